namespace Platform.Domain.Kernel;

/// <summary>What acts.</summary>
public enum ActorKind
{
    /// <summary>A person; the only kind that may approve.</summary>
    Human,

    /// <summary>A handheld, a scale, a sensor: it reports what a person or a machine does on the floor.</summary>
    Device,

    /// <summary>Another system, or a job of ours.</summary>
    Service,

    /// <summary>A model. It files recommendations, and nothing else.</summary>
    Model,
}

/// <summary>The one who acts. Two accounts of one person share the <paramref name="Person"/>, so that nobody approves their own request.</summary>
public sealed record Actor(ActorKind Kind, Guid Id, Guid Person, string Name);

/// <summary>One request to run a command: the actor, what they hold, the larger cause, and the key that makes a retry safe.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Permissions">What the identity service found them to hold, for this request.</param>
/// <param name="CorrelationId">The larger cause: everything done for one request shares it.</param>
/// <param name="IdempotencyKey">At most 255 visible ASCII characters, made by the client; null when a repeat shall be a new request.</param>
public sealed record Caller(
    Actor Actor, IReadOnlySet<string> Permissions, Guid CorrelationId, string? IdempotencyKey)
{
    /// <summary>The rows that are theirs; whoever else's are not found.</summary>
    public RowScope Rows { get; init; } = RowScope.Everything;
}
