namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>The root field of a subscription. §6.2.3.1 Source Stream</summary>
public abstract class StreamResolver : FieldResolver
{
    /// <summary>
    /// Opens the source. <paramref name="resumeFrom"/> is the position of the last message the client saw, null for
    /// a new subscriber. A position that cannot be resumed is a <see cref="GraphQLException"/> with
    /// <see cref="ErrorCodes.CursorExpired"/>, never a silent gap.
    /// </summary>
    public abstract ValueTask<IEventSource> SubscribeAsync(FieldContext field, string? resumeFrom, CancellationToken ct);

    /// <summary>The field's value for one event; the event itself unless overridden.</summary>
    public virtual ValueTask<object?> ResolveAsync(object? message, FieldContext field, CancellationToken ct) =>
        ValueTask.FromResult(message);
}

/// <summary>An ordered sequence of events. Disposing it ends the subscription.</summary>
public interface IEventSource : IAsyncEnumerable<SourceEvent>, IAsyncDisposable
{
    /// <summary>
    /// Names the sequence. Subscribers with equal keys, operation, variables and permission scope share one reading
    /// of it; null keeps it private for ever.
    /// </summary>
    string? SharingKey { get; }

    /// <summary>
    /// It starts at somebody's own position: it is read alone until it tells that it is current, and from there on
    /// shared as well.
    /// </summary>
    bool IsCatchingUp => false;

    /// <summary>
    /// The argument that gave the position. It does not make subscriptions differ: once both are current, they tell the same.
    /// </summary>
    string? StartArgument => null;
}

/// <summary>
/// One event; its position is opaque, and resuming from it continues with the next event. An event without payload
/// only moves the position forward.
/// </summary>
public readonly record struct SourceEvent(object? Payload, string? Position)
{
    /// <summary>Nothing to deliver, but idle subscribers have now seen everything up to here.</summary>
    public bool IsProgress { get; init; }

    /// <summary>Progress up to the end of what there is: whoever was catching up has caught up.</summary>
    public bool IsCurrent { get; init; }
}
