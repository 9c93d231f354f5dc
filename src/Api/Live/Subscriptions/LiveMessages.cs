using Platform.Api.Access;
using Platform.Api.Live.Feed;

namespace Platform.Api.Live.Subscriptions;

/// <summary>One thing that a stream has to tell.</summary>
/// <param name="Key">Of several with one key, a slowed stream tells the last.</param>
/// <param name="Value">What is told, or what it is made from.</param>
internal readonly record struct LiveMessage(object Key, object Value);

/// <summary>What a stream makes of events.</summary>
internal abstract class LiveMessages
{
    /// <summary>What an event means to a listener for whom it is; often nothing.</summary>
    public abstract ValueTask<IReadOnlyList<LiveMessage>> OfAsync(LiveEvent one, Principal listener, CancellationToken ct);

    /// <summary>The values to tell, at a moment when everything up to the position is taken into account.</summary>
    public virtual ValueTask<IReadOnlyList<object>> FinishAsync(
        IReadOnlyList<LiveMessage> messages, long position, CancellationToken ct) =>
        new([.. messages.Select(message => message.Value)]);
}

/// <summary>Every event as it is.</summary>
internal sealed class EventMessages : LiveMessages
{
    public override async ValueTask<IReadOnlyList<LiveMessage>> OfAsync(
        LiveEvent one, Principal listener, CancellationToken ct) =>
        [new LiveMessage(one.Published.Subject, await DomainEvent.OfAsync(one, listener, ct))];
}

/// <summary>What waits to be told; of one key only the last, in the order in which keys first came.</summary>
internal sealed class WaitingMessages(TimeSpan throttle, TimeProvider clock)
{
    /// <summary>More different keys than this are not waited for.</summary>
    private const int Most = 1_000;

    private readonly OrderedDictionary<object, LiveMessage> _byKey = [];
    private long _since;

    public bool IsEmpty => _byKey.Count == 0;

    public bool IsDue => !IsEmpty && (_byKey.Count >= Most || Left <= TimeSpan.Zero);

    /// <summary>How long they may still wait.</summary>
    public TimeSpan Left => throttle - clock.GetElapsedTime(_since);

    public void Add(LiveMessage message)
    {
        if (IsEmpty)
        {
            _since = clock.GetTimestamp();
        }

        // Without a throttle each is told, also two of one key in one event.
        _byKey[throttle > TimeSpan.Zero ? message.Key : new object()] = message;
    }

    public IReadOnlyList<LiveMessage> Take()
    {
        var taken = _byKey.Values.ToList();
        _byKey.Clear();
        return taken;
    }
}
