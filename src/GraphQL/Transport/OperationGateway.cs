using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Negotiation;
using Platform.GraphQL.Transport.PersistedOperations;
using Platform.GraphQL.Transport.Requests;

namespace Platform.GraphQL.Transport;

/// <summary>What one road allows and asks for, beside the request itself.</summary>
internal readonly record struct Carriage(
    OperationKinds Allowed, IncrementalFormat Incremental, CostReporting Cost, string? ResumeFrom)
{
    /// <summary>Everything, with results that say by ids what they belong to.</summary>
    public static Carriage Multiplexed { get; } =
        new(OperationKinds.All, IncrementalFormat.PendingById, CostReporting.None, ResumeFrom: null);

    /// <summary>One operation of a batch over one document; null takes the request's own.</summary>
    public string? OperationName { get; init; }

    /// <summary>One set of a batch of variables; null takes the request's own.</summary>
    public JsonElement? Variables { get; init; }

    public static IncrementalFormat FormatOf(AcceptedFormats formats) =>
        formats.Stream is StreamFormat.None ? IncrementalFormat.None
        : formats.Dialect is IncrementalDialect.V01 ? IncrementalFormat.PathAndLabel
        : IncrementalFormat.PendingById;
}

/// <summary>
/// The way from every transport to the executor: stored documents are resolved here and nowhere else.
/// </summary>
internal sealed class OperationGateway(IRequestExecutor executor, DocumentLookup documents)
{
    public async ValueTask<ExecutionResult> ExecuteAsync(
        OperationEnvelope envelope, Caller caller, RequestContext context, Carriage carriage)
    {
        var found = await documents.FindAsync(envelope, caller, context.Aborted);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var request = new OperationRequest
        {
            Document = found.Document,
            DocumentId = found.Id,
            OperationName = carriage.OperationName ?? envelope.OperationName,
            Variables = carriage.Variables ?? envelope.Variables,
            Extensions = envelope.Extensions,
            OnError = envelope.OnError,
            Allowed = carriage.Allowed,
            IncrementalFormat = carriage.Incremental,
            CostReporting = carriage.Cost,
            ResumeFrom = carriage.ResumeFrom ?? ResumeOf(envelope.Extensions),
        };
        var result = await executor.ExecuteAsync(request, context);
        return found.Registration is { } registration && result is OperationResult complete
            ? await documents.RegisterAsync(registration, found.Document, complete, context.Aborted)
            : result;
    }

    /// <summary><c>extensions.resume</c>: for transports that have no <c>Last-Event-ID</c>.</summary>
    private static string? ResumeOf(JsonElement extensions) =>
        extensions.ValueKind is JsonValueKind.Object
        && extensions.TryGetProperty("resume"u8, out var resume)
        && resume.ValueKind is JsonValueKind.String
            ? resume.GetString()
            : null;
}
