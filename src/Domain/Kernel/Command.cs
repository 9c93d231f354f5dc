namespace Platform.Domain.Kernel;

/// <summary>Something a person or a machine asks for; answered by one event, or by a refusal.</summary>
public interface ICommand<TEvent>
    where TEvent : notnull;

/// <summary>A command that carries the person's own words for why; they are kept in the audit log.</summary>
public interface IReasoned
{
    string? Reason { get; }
}

/// <summary>
/// Loads, locks, decides and changes entities. It never opens a transaction, saves, publishes or reads a clock:
/// the <see cref="CommandRunner"/> does that once for all.
/// </summary>
public interface ICommandHandler<in TCommand, TEvent>
    where TCommand : ICommand<TEvent>
    where TEvent : notnull
{
    Task<Result<TEvent>> HandleAsync(TCommand command, Envelope envelope, CancellationToken ct);
}

/// <summary>
/// Implemented beside a handler whose last guard is a constraint of the database: a document number taken by a
/// concurrent transaction is a refusal, not an outage.
/// </summary>
public interface IConstraintRefusals<in TCommand>
{
    /// <summary>The refusal that a violated constraint means for this command; null when it means a bug.</summary>
    DomainError? RefusalFor(TCommand command, string constraint);
}

/// <summary>Who asks, when, and for which larger cause. Decisions take their time and their actor from here.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Permissions">What they hold, for decisions that depend on it: a change by the owner of the fields takes effect at once.</param>
/// <param name="Now">The time of the decision.</param>
/// <param name="CorrelationId">The larger cause.</param>
/// <param name="IdempotencyKey">The client's key, or null.</param>
public sealed record Envelope(
    Actor Actor, IReadOnlySet<string> Permissions, DateTimeOffset Now, Guid CorrelationId, string? IdempotencyKey)
{
    /// <summary>
    /// The decision of others under which the command runs, where it is more than one person may do alone; null when
    /// somebody runs it by themselves. Only the domain sets it, never a caller.
    /// </summary>
    public Guid? Mandate { get; internal init; }
}

/// <summary>The permission without which a command is refused. A command that names none is refused to everybody.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NeedsAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}

/// <summary>
/// The few commands that a model may run: filing and withdrawing recommendations. Every other command is guarded,
/// whatever permissions the model's account was given (I-16).
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OpenToModelsAttribute : Attribute;

/// <summary>On an id that may be of several kinds of record: the names of those it may be of.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdOfAttribute(params string[] records) : Attribute
{
    public IReadOnlyList<string> Records { get; } = records;
}

/// <summary>
/// Run by the host itself once it has done its own part (verified a password, made a secret), and therefore offered to nobody
/// as it is: no mutation is made from it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ByTheHostOnlyAttribute : Attribute;

/// <summary>
/// A command whose decision needs no rows beside those it names, so that callers who are limited to rows may run it: what is
/// not theirs is not found. Any other command is refused to them, because it would decide without having seen everything.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WithinRowsAttribute : Attribute;
