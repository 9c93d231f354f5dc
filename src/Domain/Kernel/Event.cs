namespace Platform.Domain.Kernel;

/// <summary>What an event happened to: the aggregate's name as in code (<c>SalesOrder</c>) and its id.</summary>
public readonly record struct Subject(string Kind, Guid Id);

/// <summary>Something that happened. Its type's name and public properties are the published contract.</summary>
public interface IEvent
{
    /// <summary>The aggregate it happened to. Versions count without a hole within one subject (I-18).</summary>
    Subject Subject { get; }
}

/// <summary>
/// The first and only event of its subject, such as a posted stock document. It is version 1 by nature, so no row
/// that counts versions is written for it.
/// </summary>
public interface ISoleEvent : IEvent;

/// <summary>An event that knows when it happened, which may be earlier than its recording.</summary>
public interface IDatedEvent : IEvent
{
    DateTimeOffset OccurredAt { get; }
}
