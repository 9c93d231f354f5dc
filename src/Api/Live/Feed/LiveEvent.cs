using System.Text.Json;
using Platform.Api.Access;
using Platform.Api.Live.Rules;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Events;

namespace Platform.Api.Live.Feed;

/// <summary>An event with everything that decides who hears of it; read once per node, whoever listens.</summary>
public sealed class LiveEvent
{
    private readonly EventRule? _rule;
    private readonly Places _places;
    private JsonElement? _payload;

    private LiveEvent(PublishedEvent published, EventRule? rule, IEvent? happened, EventReach reach, Places places)
    {
        Published = published;
        _rule = rule;
        Happened = happened;
        Reach = reach;
        _places = places;
    }

    public PublishedEvent Published { get; }

    public long Position => Published.Position;

    public EventReach Reach { get; }

    /// <summary>All of it, for deciding what concerns whom; what is told goes through <see cref="SeenByAsync"/>.</summary>
    internal IEvent? Happened { get; }

    /// <summary>The finished frame of the plain feed, where everybody sees the same; the last writer wins, all write alike.</summary>
    internal byte[]? SharedFrame { get; set; }

    internal bool IsNarrowed => _rule?.IsNarrowed ?? false;

    internal static async ValueTask<LiveEvent> OfAsync(
        PublishedEvent published, EventRuleBook rules, Places places, CancellationToken ct)
    {
        if (rules.Find(published.Type) is not { } rule || rule.TryRead(published.Payload) is not { } happened)
        {
            return new LiveEvent(published, null, null, EventReach.Shared, places);
        }

        return new LiveEvent(published, rule, happened, await rule.ReachAsync(happened, places, ct), places);
    }

    /// <summary>An event without a rule, such as one of a newer version beside us, is for nobody.</summary>
    public bool IsFor(Principal listener) =>
        _rule is not null && listener.Holds(_rule.Permission) && Reach.Meets(listener);

    /// <summary>The event as a listener for whom it is may see it.</summary>
    public ValueTask<IEvent> SeenByAsync(Principal listener, CancellationToken ct) =>
        _rule!.NarrowAsync(Happened!, listener, _places, ct);

    /// <summary>What a listener sees, as JSON.</summary>
    public JsonElement PayloadOf(IEvent seen) =>
        ReferenceEquals(seen, Happened)
            ? _payload ??= JsonElement.Parse(Published.Payload)
            : JsonSerializer.SerializeToElement(seen, seen.GetType(), KernelJson.Options);
}
