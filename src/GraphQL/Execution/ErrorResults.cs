using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution;

/// <summary>§7.1.2 Request Error Result: errors and no data.</summary>
public static class ErrorResults
{
    public static OperationResult Refuse(RequestErrorKind kind, params IReadOnlyList<GraphQLError> errors)
    {
        var json = new JsonWriter(long.MaxValue);
        json.WriteRaw((byte)'{');
        ErrorWriter.WriteErrors(json, errors);
        json.WriteRaw((byte)'}');
        return new OperationResult(json) { HasErrors = true, RequestError = kind };
    }

    internal static OperationResult Overloaded(TimeSpan retryAfter)
    {
        var json = new JsonWriter(long.MaxValue);
        json.WriteRaw((byte)'{');
        ErrorWriter.WriteErrors(json, [new GraphQLError("The server is busy. Try again.") { Code = ErrorCodes.Overloaded }]);
        json.WriteRaw((byte)'}');
        return new OperationResult(json)
        {
            HasErrors = true,
            RequestError = RequestErrorKind.Overloaded,
            RetryAfter = retryAfter,
        };
    }
}
