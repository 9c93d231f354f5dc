using Npgsql;
using Platform.Api.Live.Rules;
using Platform.Domain.Kernel.Events;

namespace Platform.Api.Live.Feed;

/// <summary>
/// Reads the end of the log once for the whole node and keeps the last events in memory, so that ten thousand listeners
/// who are up to date cost the database as much as one.
/// </summary>
internal sealed partial class EventTail(
    EventFeed feed, EventReader reader, EventRuleBook rules, Places places, LiveSettings settings, TimeProvider clock,
    ILogger<EventTail> logger) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly LiveEvent[] _kept = new LiveEvent[settings.KeptInMemory];
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = NewSignal();
    private long _head = -1;
    private long _first;

    /// <summary>Take it before reading: an event between the reading and the wait is then not missed.</summary>
    public Task NextEvents => Volatile.Read(ref _next).Task;

    /// <summary>The events after a position, if that part of the log is in memory; empty when there are none yet.</summary>
    public bool TryRead(long after, int limit, out IReadOnlyList<LiveEvent> events)
    {
        lock (_gate)
        {
            if (_head < 0 || after > _head || after < _first)
            {
                events = [];
                return false;
            }

            var found = new LiveEvent[(int)Math.Min(limit, _head - after)];
            for (var i = 0; i < found.Length; i++)
            {
                found[i] = _kept[(after + 1 + i) % _kept.Length];
            }

            events = found;
            return true;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                Interrupted(logger, fault);
                await Task.Delay(Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        if (_head < 0)
        {
            StartAt(await reader.HeadAsync(ct));
        }

        await foreach (var page in feed.FollowAsync(_head, ct))
        {
            if (page is not EventPage.Events events)
            {
                // The database is another one than before: whoever stands behind its end is told so when they read it.
                StartAt(await reader.HeadAsync(ct));
                return;
            }

            var live = new List<LiveEvent>(events.Items.Count);
            foreach (var published in events.Items)
            {
                live.Add(await LiveEvent.OfAsync(published, rules, places, ct));
            }

            Append(live);
        }
    }

    private void StartAt(long head)
    {
        lock (_gate)
        {
            _head = _first = head;
        }

        Signal();
    }

    private void Append(List<LiveEvent> events)
    {
        lock (_gate)
        {
            foreach (var one in events)
            {
                _kept[one.Position % _kept.Length] = one;
                _head = one.Position;
            }

            _first = Math.Max(_first, _head - _kept.Length);
        }

        Signal();
    }

    private void Signal() => Interlocked.Exchange(ref _next, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Following the event log was interrupted; it continues where it stopped")]
    private static partial void Interrupted(ILogger logger, Exception fault);
}
