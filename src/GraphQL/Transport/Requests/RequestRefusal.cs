using Microsoft.AspNetCore.Http;
using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Transport.Requests;

/// <summary>A request that no executor sees, because HTTP or JSON already shows that it is wrong.</summary>
internal sealed record RequestRefusal(int Status, string Code, string Message)
{
    /// <summary>The draft of 2026 tells a body that is no JSON (400) from JSON that is no request (422).</summary>
    public int DraftStatus { get; init; } = Status;

    /// <summary>For 405: the methods that would do.</summary>
    public string? Allow { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static RequestRefusal BadJson { get; } =
        new(StatusCodes.Status400BadRequest, ErrorCodes.InvalidRequest, "The request body is not valid JSON.");

    public static RequestRefusal Bug { get; } =
        new(StatusCodes.Status500InternalServerError, ErrorCodes.UnexpectedError, "Unexpected Execution Error");

    public static RequestRefusal NoBody { get; } =
        new(StatusCodes.Status400BadRequest, ErrorCodes.InvalidRequest, "The request has no body.");

    public static RequestRefusal BodyTooLarge(long limit) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            ErrorCodes.RequestTooLarge,
            $"The request body is larger than {limit} bytes.");

    public static RequestRefusal BodyTooSlow { get; } =
        new(StatusCodes.Status408RequestTimeout, ErrorCodes.InvalidRequest, "The request body did not arrive in time.");

    public static RequestRefusal NoDocument { get; } =
        Malformed(ErrorCodes.NoDocument, "The request has neither a query nor the id of a stored one.");

    public static RequestRefusal Duplicate(string name) =>
        new(StatusCodes.Status400BadRequest, ErrorCodes.DuplicateProperty, $"The property {name} is present twice.");

    public static RequestRefusal VariablesDepth(int limit) =>
        new(
            StatusCodes.Status400BadRequest,
            ErrorCodes.VariablesDepth,
            $"Variables are nested deeper than {limit} levels.");

    public static RequestRefusal NoText(string property) =>
        Malformed(ErrorCodes.InvalidVariable, $"A string in {property} is no Unicode text.");

    public static RequestRefusal WrongKind(string property, string expected) =>
        Malformed(ErrorCodes.InvalidRequest, $"The property {property} must be {expected}.");

    public static RequestRefusal UnsupportedMediaType(string message) =>
        new(StatusCodes.Status415UnsupportedMediaType, ErrorCodes.UnsupportedMediaType, message);

    public static RequestRefusal NotAcceptable { get; } =
        new(
            StatusCodes.Status406NotAcceptable,
            ErrorCodes.NoAcceptableType,
            "None of the accepted media types can be produced.");

    public static RequestRefusal UnreadableAccept { get; } =
        new(StatusCodes.Status400BadRequest, ErrorCodes.UnreadableAccept, "The Accept header cannot be read.");

    public static RequestRefusal Preflight { get; } = new(
        StatusCodes.Status400BadRequest,
        ErrorCodes.CsrfPreflight,
        "This request could have been forged by another site: send the header GraphQL-Preflight: 1.");

    public static RequestRefusal Malformed(string code, string message) =>
        new(StatusCodes.Status400BadRequest, code, message) { DraftStatus = StatusCodes.Status422UnprocessableEntity };
}

/// <summary>Carries a refusal out of a reader; caught in the transport that called it.</summary>
internal sealed class RefusedRequestException(RequestRefusal refusal) : Exception(refusal.Message)
{
    public RequestRefusal Refusal { get; } = refusal;
}
