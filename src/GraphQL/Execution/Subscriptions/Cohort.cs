using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Execution.Subscriptions;

/// <summary>
/// Reads one source and serves everybody who joined. A cohort that may be shared never waits for a subscriber: one who
/// falls too far behind is told to resynchronise. A private one waits for its only subscriber instead, so that the
/// replay of a long log is paced by the one who asked for it.
/// </summary>
internal sealed class Cohort : IAsyncDisposable
{
    private readonly IEventSource _source;
    private readonly EventExecution _events;
    private readonly Action<Cohort>? _whenEmpty;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private List<Subscriber> _subscribers = [];
    private bool _isOver;
    private Task _reading = Task.CompletedTask;

    /// <param name="source">Owned by the cohort from here on.</param>
    /// <param name="events">What is done with each event.</param>
    /// <param name="whenEmpty">Given for cohorts that others may join; called when the last one left.</param>
    public Cohort(IEventSource source, EventExecution events, Action<Cohort>? whenEmpty)
    {
        _source = source;
        _events = events;
        _whenEmpty = whenEmpty;
    }

    private bool IsShared => _whenEmpty is not null;

    public bool TryJoin(Subscriber subscriber)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            // A new list each time: the reader walks it without a lock.
            _subscribers = [.. _subscribers, subscriber];
            subscriber.WhenDone = Leave;
            if (_subscribers.Count == 1 && _reading.IsCompleted)
            {
                _reading = Task.Run(ReadAsync);
            }

            return true;
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

        _whenEmpty?.Invoke(this);
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
            }
        }
        catch (OperationCanceledException)
            when (_stop.IsCancellationRequested || (!IsShared && _events.IsAbandoned))
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
        if (source.IsProgress)
        {
            _subscribers.ForEach(subscriber => subscriber.Advance(source.Position));
            return;
        }

        var message = await _events.ExecuteAsync(source, _stop.Token);
        foreach (var subscriber in _subscribers)
        {
            if (IsShared)
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

        _whenEmpty?.Invoke(this);
        left.ForEach(subscriber => subscriber.End(last));
        await _source.DisposeAsync();
    }
}
