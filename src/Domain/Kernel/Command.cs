namespace Platform.Domain.Kernel;

/// <summary>Something a person or a machine asks for; answered by one event, or by a refusal.</summary>
public interface ICommand<TEvent>
    where TEvent : notnull;

/// <summary>
/// Loads, locks, decides and changes entities. It never opens a transaction, saves, publishes or reads a clock:
/// the <c>CommandRunner</c> does that once for all.
/// </summary>
public interface ICommandHandler<in TCommand, TEvent>
    where TCommand : ICommand<TEvent>
    where TEvent : notnull
{
    Task<Result<TEvent>> HandleAsync(TCommand command, Envelope envelope, CancellationToken ct);
}

/// <summary>Who asks, when, and for which larger cause. Decisions take their time and their actor from here.</summary>
public sealed record Envelope(Actor Actor, DateTimeOffset Now, Guid CorrelationId, string? IdempotencyKey = null);

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
