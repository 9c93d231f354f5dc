using Microsoft.AspNetCore.Http;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Negotiation;

namespace Platform.GraphQL.Transport.Responses;

/// <summary>The HTTP status of a result, in both editions of GraphQL-over-HTTP.</summary>
internal static class ResponseStatus
{
    /// <summary>
    /// Not registered with IANA; the draft of 2026-04-02 asks for it when data and errors come together.
    /// </summary>
    private const int PartialSuccess = 294;

    public static int Of(OperationResult result, SingleFormat label, HttpMode mode)
    {
        if (result.RequestError is RequestErrorKind.None)
        {
            return mode is HttpMode.Draft2026 && label is SingleFormat.GraphQLResponse && result.HasErrors
                ? PartialSuccess
                : StatusCodes.Status200OK;
        }

        var status = mode is HttpMode.Draft2026 ? Draft(result.RequestError) : Compat(result.RequestError);
        return mode is HttpMode.Compat && label is SingleFormat.Json && IsOfGraphQL(result.RequestError)
            ? StatusCodes.Status200OK
            : status;
    }

    /// <summary>
    /// Clients that only know application/json expect 200 with errors once there was a document. What is wrong before
    /// that, and what proxies must understand, is told to everybody.
    /// </summary>
    private static bool IsOfGraphQL(RequestErrorKind kind) =>
        kind is not (RequestErrorKind.Malformed or RequestErrorKind.OperationNotAllowed or RequestErrorKind.Overloaded);

    private static int Compat(RequestErrorKind kind) => kind switch
    {
        RequestErrorKind.Malformed or RequestErrorKind.Syntax or RequestErrorKind.Validation
            or RequestErrorKind.OperationSelection or RequestErrorKind.Variables
            or RequestErrorKind.PersistedDocument or RequestErrorKind.DocumentLimit
            or RequestErrorKind.Cost or RequestErrorKind.Introspection
            or RequestErrorKind.ResponseTooLarge or RequestErrorKind.Subscription => StatusCodes.Status400BadRequest,
        _ => Shared(kind),
    };

    private static int Draft(RequestErrorKind kind) => kind switch
    {
        RequestErrorKind.Syntax or RequestErrorKind.PersistedDocument => StatusCodes.Status400BadRequest,
        RequestErrorKind.Malformed or RequestErrorKind.Validation or RequestErrorKind.OperationSelection
            or RequestErrorKind.Variables or RequestErrorKind.DocumentLimit or RequestErrorKind.Cost
            or RequestErrorKind.Introspection or RequestErrorKind.ResponseTooLarge
            or RequestErrorKind.Subscription => StatusCodes.Status422UnprocessableEntity,
        _ => Shared(kind),
    };

    private static int Shared(RequestErrorKind kind) => kind switch
    {
        RequestErrorKind.OperationNotAllowed => StatusCodes.Status405MethodNotAllowed,
        RequestErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        RequestErrorKind.Overloaded => StatusCodes.Status503ServiceUnavailable,
        RequestErrorKind.Timeout => StatusCodes.Status504GatewayTimeout,
        RequestErrorKind.Cancelled => StatusCodes.Status499ClientClosedRequest,
        _ => StatusCodes.Status500InternalServerError,
    };
}
