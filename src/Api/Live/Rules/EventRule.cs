using System.Text.Json;
using Platform.Api.Access;
using Platform.Domain.Kernel;

namespace Platform.Api.Live.Rules;

/// <summary>
/// Who may hear of one type of event: the permission it needs, whose rows it tells of, and what of it is left out for
/// whom. An event without a rule is heard by nobody.
/// </summary>
public abstract class EventRule(Type type, string permission)
{
    public Type Type { get; } = type;

    public string Permission { get; } = permission;

    /// <summary>What of it is only told to some; null when everybody who hears of it hears all of it.</summary>
    public abstract bool IsNarrowed { get; }

    /// <summary>The kind of thing of which each belongs to one account, and only that one is told; null when many may hear of it.</summary>
    public string? PersonalKind { get; init; }

    /// <summary>Null when it was written by a version that knew the type otherwise; it is then told to nobody.</summary>
    public IEvent? TryRead(string payload)
    {
        try
        {
            return (IEvent?)JsonSerializer.Deserialize(payload, Type, KernelJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public abstract ValueTask<EventReach> ReachAsync(IEvent happened, Places places, CancellationToken ct);

    /// <summary>The event as somebody who may hear of it may see it.</summary>
    public abstract ValueTask<IEvent> NarrowAsync(IEvent happened, Principal listener, Places places, CancellationToken ct);
}

internal delegate ValueTask<EventReach> ReachOf<in TEvent>(TEvent happened, Places places, CancellationToken ct);

internal delegate ValueTask<TEvent> NarrowingOf<TEvent>(
    TEvent happened, Principal listener, Places places, CancellationToken ct);

internal sealed class EventRule<TEvent>(string permission, ReachOf<TEvent> reach, NarrowingOf<TEvent>? narrowing)
    : EventRule(typeof(TEvent), permission)
    where TEvent : IEvent
{
    public override bool IsNarrowed => narrowing is not null;

    public override ValueTask<EventReach> ReachAsync(IEvent happened, Places places, CancellationToken ct) =>
        reach((TEvent)happened, places, ct);

    public override async ValueTask<IEvent> NarrowAsync(
        IEvent happened, Principal listener, Places places, CancellationToken ct) =>
        narrowing is null ? happened : await narrowing((TEvent)happened, listener, places, ct);
}
