using System.Text.Json;

namespace Platform.GraphQL.Execution;

/// <summary>One operation a client asks for, whatever transport carried it.</summary>
public sealed record OperationRequest
{
    /// <summary>The document's text as UTF-8. A transport resolves ids of stored documents before it comes here.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>The id under which a stored document was found; for diagnostics only.</summary>
    public string? DocumentId { get; init; }

    public string? OperationName { get; init; }

    /// <summary>The variables as received: an object, null, or undefined where the request had none.</summary>
    public JsonElement Variables { get; init; }

    public JsonElement Extensions { get; init; }

    /// <summary>What an execution error does to its surroundings; null leaves it to the server's default.</summary>
    public ErrorHandling? OnError { get; init; }

    /// <summary>The wire format a client accepts for @defer and @stream; without one they are answered at once.</summary>
    public IncrementalFormat IncrementalFormat { get; init; }

    public CostReporting CostReporting { get; init; }

    /// <summary>Operations this transport may carry: GET carries queries only.</summary>
    public OperationKinds Allowed { get; init; } = OperationKinds.All;

    /// <summary>Where a subscriber left off (SSE <c>Last-Event-ID</c>, <c>extensions.resume</c>); null starts at now.</summary>
    public string? ResumeFrom { get; init; }
}

/// <summary>The <c>onError</c> modes of the proposal in graphql-spec #1163.</summary>
public enum ErrorHandling
{
    /// <summary>The specification's way: a non-null position hands its null to its parent.</summary>
    Propagate,

    /// <summary>The failed position is null, even where the type says it cannot be.</summary>
    Null,

    /// <summary>The first error ends the operation and data is null.</summary>
    Halt,
}

public enum IncrementalFormat
{
    None,

    /// <summary>pending, incremental, completed, hasNext: incrementalSpec=v0.2.</summary>
    PendingById,

    /// <summary>path and label with every part: deferSpec=20220824, incrementalSpec=v0.1.</summary>
    PathAndLabel,
}

/// <summary>The request header <c>GraphQL-Cost</c>.</summary>
public enum CostReporting
{
    None,
    Report,
    Validate,
}

[Flags]
public enum OperationKinds
{
    None = 0,
    Query = 1,
    Mutation = 2,
    Subscription = 4,
    All = Query | Mutation | Subscription,
}
