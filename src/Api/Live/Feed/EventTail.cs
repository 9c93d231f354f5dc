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

    /// <summary>Where the run before this one ended: the same place as where this one began.</summary>
    private long _endBefore = -1;

    /// <summary>Take it before reading: an event between the reading and the wait is then not missed.</summary>
    public Task NextEvents => Volatile.Read(ref _next).Task;

    /// <summary>The events after a position, if that part of the log is in memory; empty when there are none yet.</summary>
    /// <param name="after">The last position seen; moved on over the hole between two runs.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="events">In the order of the log.</param>
    public bool TryRead(ref long after, int limit, out LiveEvents events)
    {
        lock (_gate)
        {
            if (after == _endBefore && after >= 0)
            {
                after = _first;
            }

            if (_head < 0 || after > _head || after < _first)
            {
                events = default;
                return false;
            }

            var found = new LiveEvent[(int)Math.Min(limit, _head - after)];
            for (var i = 0; i < found.Length; i++)
            {
                found[i] = _kept[(after + 1 + i) % _kept.Length];
            }

            events = new LiveEvents(found, IsLast: after + found.Length == _head);
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

            Append(live, events.Head);
        }
    }

    private void StartAt(long head)
    {
        lock (_gate)
        {
            _head = _first = head;
            _endBefore = -1;
        }

        Signal();
    }

    private void Append(List<LiveEvent> events, long head)
    {
        lock (_gate)
        {
            foreach (var one in events)
            {
                if (one.Position != _head + 1)
                {
                    BeginRun(one.Position - 1);
                }

                _kept[one.Position % _kept.Length] = one;
                _head = one.Position;
            }

            if (events.Count == 0)
            {
                BeginRun(head);
            }

            var oldest = Math.Max(_first, _head - _kept.Length);
            _endBefore = oldest == _first ? _endBefore : -1;
            _first = oldest;
        }

        Signal();
    }

    /// <summary>What is kept of the run before is given up: runs are rare, and who is behind reads the database.</summary>
    private void BeginRun(long beginsAfter)
    {
        _endBefore = _head;
        _head = _first = beginsAfter;
    }

    private void Signal() => Interlocked.Exchange(ref _next, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Following the event log was interrupted; it continues where it stopped")]
    private static partial void Interrupted(ILogger logger, Exception fault);
}

/// <summary>Events in the order of the log, and whether there are no more at this moment.</summary>
internal readonly record struct LiveEvents(IReadOnlyList<LiveEvent> Items, bool IsLast);
