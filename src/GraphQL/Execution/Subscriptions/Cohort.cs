using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Execution.Subscriptions;

/// <summary>
/// Reads one source and serves everybody who joined. A cohort that may be shared never waits for a subscriber: one who
/// falls too far behind is told to resynchronise. A private one waits for its only subscriber instead, so that the
/// replay of a long log is paced by the one who asked for it; once it is current it meets the shared one.
/// </summary>
internal sealed class Cohort : IAsyncDisposable
{
    private readonly IEventSource _source;
    private readonly EventExecution _events;
    private readonly ICohortMeeting _meeting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly LatestMessages _latest = new();

    /// <summary>Those who are current and a little ahead of this cohort.</summary>
    private readonly List<(Cohort Cohort, string Position)> _coming = [];

    private List<Subscriber> _subscribers = [];
    private volatile bool _isShared;
    private bool _isOver;

    /// <summary>Where it waits for more, having told everything; null while it tells something.</summary>
    private string? _standsAt;

    private Task _reading = Task.CompletedTask;

    /// <param name="source">Owned by the cohort from here on.</param>
    /// <param name="events">What is done with each event.</param>
    /// <param name="meeting">Where it meets others, or leaves.</param>
    /// <param name="isShared">Whether others may join from the start.</param>
    public Cohort(IEventSource source, EventExecution events, ICohortMeeting meeting, bool isShared)
    {
        _source = source;
        _events = events;
        _meeting = meeting;
        _isShared = isShared;
    }

    public bool TryJoin(Subscriber subscriber)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            Add(subscriber);
            subscriber.Advance(_latest.Position);
            if (_subscribers.Count == 1 && _reading.IsCompleted)
            {
                _reading = Task.Run(ReadAsync);
            }

            return true;
        }
    }

    /// <summary>From now on others may join; it no longer waits for anybody.</summary>
    public void Share() => _isShared = true;

    /// <summary>
    /// Takes over those who stand at a position: at once when this cohort was there lately, with what was told since;
    /// else when it comes there, if they are still waiting then.
    /// </summary>
    public void TakeOver(Cohort other, string position)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            if (_latest.After(position) is { } missed)
            {
                Take(other, position, missed);
            }
            else
            {
                _coming.RemoveAll(one => ReferenceEquals(one.Cohort, other));
                _coming.Add((other, position));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_reading.IsCompleted)
        {
            await _stop.CancelAsync();
        }

        await _reading;
        _stop.Dispose();
    }

    // A new list each time: the reader walks it without a lock.
    private void Add(Subscriber subscriber)
    {
        if (subscriber.TryBelong(Leave))
        {
            _subscribers = [.. _subscribers, subscriber];
        }
    }

    private void Take(Cohort other, string position, List<SubscriptionMessage> missed)
    {
        foreach (var subscriber in other.GiveAway(position))
        {
            Add(subscriber);
            missed.ForEach(subscriber.Offer);
        }
    }

    /// <summary>Nobody, when it has gone on from there.</summary>
    private List<Subscriber> GiveAway(string position)
    {
        List<Subscriber> given;
        lock (_gate)
        {
            if (_isOver || _standsAt != position)
            {
                return [];
            }

            given = _subscribers;
            (_subscribers, _isOver) = ([], true);
        }

        // Not here: what it wakes would run under the locks that are held.
        _ = _stop.CancelAsync();
        return given;
    }

    private void Leave(Subscriber subscriber)
    {
        lock (_gate)
        {
            _subscribers = [.. _subscribers.Where(other => !ReferenceEquals(other, subscriber))];
            if (_subscribers.Count > 0 || _isOver)
            {
                return;
            }

            _isOver = true;
        }

        _meeting.Remove(this);
        _stop.Cancel();
    }

    private async Task ReadAsync()
    {
        SubscriptionMessage? last = null;
        try
        {
            await foreach (var source in _source.WithCancellation(_stop.Token))
            {
                await DeliverAsync(source);
                if (source is { IsCurrent: true, Position: { } position } && !_isShared)
                {
                    lock (_gate)
                    {
                        _standsAt = position;
                    }

                    _meeting.Meet(this, position);
                }
            }
        }
        catch (OperationCanceledException)
            when (_stop.IsCancellationRequested || (!_isShared && _events.IsAbandoned))
        {
            // Everybody left, or the server stops; a source that watches its only subscriber may know it first.
        }
        catch (GraphQLException exception)
        {
            last = SubscriptionMessage.Of(exception.Errors[0], position: null);
        }
#pragma warning disable CA1031 // The outermost frame of a reading: the fault is reported and the subscribers are told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            last = SubscriptionMessage.Of(_events.Mask(exception), position: null);
        }

        await EndAsync(last);
    }

    private async ValueTask DeliverAsync(SourceEvent source)
    {
        lock (_gate)
        {
            _standsAt = null;
        }

        var message = source.IsProgress ? null : await _events.ExecuteAsync(source, _stop.Token);
        List<Subscriber> listening;
        lock (_gate)
        {
            // Whoever joins from here on is given the message by the joining.
            _latest.Add(message, source.Position);
            listening = _subscribers;
            foreach (var (other, position) in _coming.Where(one => one.Position == source.Position))
            {
                Take(other, position, []);
            }

            _coming.RemoveAll(one => one.Position == source.Position || one.Cohort._isOver);
        }

        foreach (var subscriber in listening)
        {
            if (message is null)
            {
                subscriber.Advance(source.Position);
            }
            else if (_isShared)
            {
                subscriber.Offer(message);
            }
            else
            {
                await subscriber.OfferInTurnAsync(message, _stop.Token);
            }
        }
    }

    private async ValueTask EndAsync(SubscriptionMessage? last)
    {
        List<Subscriber> left;
        lock (_gate)
        {
            _isOver = true;
            left = _subscribers;
        }

        _meeting.Remove(this);
        left.ForEach(subscriber => subscriber.End(last));
        await _source.DisposeAsync();
    }
}

/// <summary>Where cohorts that tell the same become one.</summary>
internal interface ICohortMeeting
{
    /// <summary>A private cohort is current: its subscribers can be served by another, or it is the one for others.</summary>
    void Meet(Cohort cohort, string position);

    void Remove(Cohort cohort);
}

/// <summary>What a cohort told last, so that one who is a little behind can join it without a hole.</summary>
internal sealed class LatestMessages
{
    private const int Most = 64;

    private readonly LinkedList<(SubscriptionMessage? Message, string? Position)> _told = [];

    /// <summary>Whoever comes now hears everything after it.</summary>
    public string? Position { get; private set; }

    /// <summary>Null when the position is not among the last.</summary>
    public List<SubscriptionMessage>? After(string position)
    {
        var missed = new List<SubscriptionMessage>();
        for (var one = _told.Last; one is not null; one = one.Previous)
        {
            if (one.Value.Position == position)
            {
                missed.Reverse();
                return missed;
            }

            if (one.Value.Message is { } message)
            {
                missed.Add(message);
            }
        }

        return null;
    }

    public void Add(SubscriptionMessage? message, string? position)
    {
        // In silence only the position moves on.
        if (message is null && _told.Last is { Value: { Message: null } })
        {
            _told.RemoveLast();
        }
        else if (_told.Count == Most)
        {
            _told.RemoveFirst();
        }

        Position = position ?? Position;
        _told.AddLast((message, position));
    }
}
