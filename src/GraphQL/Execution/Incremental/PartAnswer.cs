using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution.Incremental;

/// <summary>The written value of one part, or null, and its errors.</summary>
internal sealed class PartAnswer : IDisposable
{
    private PartAnswer(OperationExecution execution, PendingPart part, JsonWriter? value)
    {
        Execution = execution;
        Part = part;
        Value = value;
        Nested = [.. execution.Pending];
    }

    public OperationExecution Execution { get; }

    public PendingPart Part { get; }

    /// <summary>An object for a deferred part, a list for a streamed one; null when a null reached the part's root.</summary>
    public JsonWriter? Value { get; }

    /// <summary>Parts within the part, announced together with it.</summary>
    public IReadOnlyList<PendingPart> Nested { get; }

    public static PartAnswer Write(OperationExecution execution, PendingPart part, Frame frame, int row)
    {
        var json = new JsonWriter(execution.Options.Limits.MaxResponseBytes);
        try
        {
            var isKept = part is DeferredPart deferred
                ? OperationRun.WriteRow(execution, json, PathStack.At(part.Path), deferred.Set, frame, row)
                : WriteElements(execution, json, (StreamedPart)part, frame.Columns[0]);
            if (isKept)
            {
                return new PartAnswer(execution, part, json);
            }
        }
        catch (ResponseTooLargeException)
        {
            execution.Report(new GraphQLError("The response is too large.") { Code = ErrorCodes.ResponseTooLarge });
        }

        json.Dispose();
        return new PartAnswer(execution, part, value: null);
    }

    public static PartAnswer Refuse(OperationExecution execution, PendingPart part, GraphQLError error)
    {
        execution.Report(error with { Path = part.Path });
        return new PartAnswer(execution, part, value: null);
    }

    public void Dispose() => Value?.Dispose();

    private static bool WriteElements(OperationExecution execution, JsonWriter json, StreamedPart part, Column column)
    {
        try
        {
            var composer = new ResponseComposer(execution, json, PathStack.At(part.Path));
            return composer.WriteRest(column, part.From);
        }
        catch (HaltedException)
        {
            return false;
        }
    }
}
