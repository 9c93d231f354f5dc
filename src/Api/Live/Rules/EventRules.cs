using System.Collections.Frozen;
using Platform.Api.Hosting;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Api.Live.Rules;

/// <summary>The rules for the events of one capability. Found by itself; every event type needs exactly one rule.</summary>
internal interface IEventRules
{
    IEnumerable<EventRule> Rules { get; }
}

/// <summary>Every rule by the name under which its event is logged.</summary>
internal sealed class EventRuleBook
{
    private readonly FrozenDictionary<string, EventRule> _byName = Parts.Of<IEventRules>()
        .SelectMany(capability => capability.Rules)
        .ToFrozenDictionary(rule => rule.Type.Name, StringComparer.Ordinal);

    public EventRuleBook() => Personal = [.. All.Where(rule => rule.PersonalKind is not null)];

    public IEnumerable<EventRule> All => _byName.Values;

    /// <summary>Those whose events are told to one account each.</summary>
    public IReadOnlyList<EventRule> Personal { get; }

    public EventRule? Find(string eventType) => _byName.GetValueOrDefault(eventType);
}

/// <summary>The words in which rules are written down.</summary>
internal static class Rule
{
    /// <summary>Master data that everybody shares.</summary>
    public static EventRule Shared<TEvent>(string permission)
        where TEvent : IEvent =>
        new EventRule<TEvent>(permission, static (_, _, _) => new(EventReach.Shared), narrowing: null);

    /// <summary>What no one hears of who is limited to rows: accounts, and the rows that others are limited to.</summary>
    public static EventRule Unlimited<TEvent>(string permission)
        where TEvent : IEvent =>
        new EventRule<TEvent>(permission, static (_, _, _) => new(EventReach.Unlimited), narrowing: null);

    public static EventRule InEntity<TEvent>(string permission, Func<TEvent, LegalEntityId> entity)
        where TEvent : IEvent =>
        new EventRule<TEvent>(
            permission, (happened, _, _) => new(new EventReach(entity(happened).Value, [], null)), narrowing: null);

    public static EventRule InWarehouse<TEvent>(string permission, Func<TEvent, WarehouseId> warehouse)
        where TEvent : IEvent =>
        new EventRule<TEvent>(
            permission, (happened, places, ct) => places.OfWarehouseAsync(warehouse(happened).Value, ct), narrowing: null);

    public static EventRule OfPartner<TEvent>(string permission, Func<TEvent, Guid> partner)
        where TEvent : IEvent =>
        new EventRule<TEvent>(
            permission, (happened, _, _) => new(new EventReach(null, [], partner(happened))), narrowing: null);

    /// <summary>Where the scope is known to the database only.</summary>
    public static EventRule At<TEvent>(string permission, ReachOf<TEvent> reach)
        where TEvent : IEvent => new EventRule<TEvent>(permission, reach, narrowing: null);

    /// <summary>What somebody does for themselves: told to that account only.</summary>
    public static EventRule Personal<TEvent>(string permission, string kind, ReachOf<TEvent> reach)
        where TEvent : IEvent => new EventRule<TEvent>(permission, reach, narrowing: null) { PersonalKind = kind };

    public static EventRule Narrowed<TEvent>(string permission, ReachOf<TEvent> reach, NarrowingOf<TEvent> narrowing)
        where TEvent : IEvent => new EventRule<TEvent>(permission, reach, narrowing);
}
