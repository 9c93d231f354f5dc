using System.Threading.Channels;

namespace Platform.GraphQL.Execution.Subscriptions;

/// <summary>
/// One subscriber's messages that are made but not yet taken: a bounded number, of bounded size. Beyond that nothing is
/// dropped silently; the subscriber gets what it has, then RESYNC with the position up to which it saw everything, and
/// the stream ends.
/// </summary>
internal sealed class Subscriber : ResponseStream
{
    private readonly RequestExecutorOptions _options;
    private readonly RequestContext _context;
    private readonly Channel<SubscriptionMessage> _messages = Channel.CreateUnbounded<SubscriptionMessage>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _taken = new(0, 1);
    private readonly Lock _gate = new();
    private int _count;
    private long _bytes;
    private bool _isEnded;
    private string? _position;

    public Subscriber(RequestExecutorOptions options, RequestContext context, string? resumeFrom)
    {
        _options = options;
        _context = context;
        _position = resumeFrom;
        Diagnostics.GraphQLDiagnostics.Subscribers.Add(1);
    }

    public override ResponseStreamKind Kind => ResponseStreamKind.Subscription;

    public override string? Position => Volatile.Read(ref _position);

    /// <summary>Called once, when the subscriber is no longer interested.</summary>
    public Action<Subscriber>? WhenDone { get; set; }

    private bool IsFull => _count >= _options.Limits.MaxBufferedEvents || _bytes >= _options.Limits.MaxBufferedBytes;

    /// <summary>Takes a message, or ends the subscription when there is no room for it.</summary>
    public void Offer(SubscriptionMessage message)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            if (!IsFull)
            {
                Enqueue(message);
                return;
            }
        }

        End(SubscriptionMessage.Of(
            new GraphQLError("The subscriber fell behind and must synchronise again.") { Code = ErrorCodes.Resync },
            position: null));
    }

    /// <summary>Takes a message as soon as there is room for it.</summary>
    public async ValueTask OfferInTurnAsync(SubscriptionMessage message, CancellationToken ct)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_isEnded)
                {
                    return;
                }

                if (!IsFull)
                {
                    Enqueue(message);
                    return;
                }
            }

            await _taken.WaitAsync(ct);
        }
    }

    /// <summary>Everything up to the position has been seen, if nothing is waiting to be taken.</summary>
    public void Advance(string? position)
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                Volatile.Write(ref _position, position);
            }
        }
    }

    /// <summary>No more messages after this one.</summary>
    public void End(SubscriptionMessage? last)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            _isEnded = true;
            if (last is not null)
            {
                Enqueue(last);
            }

            _messages.Writer.Complete();
        }
    }

    public override async IAsyncEnumerator<OperationResult> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var message in _messages.Reader.ReadAllAsync(cancellationToken))
        {
            Take(message);

            // G-38: asked for every event and every subscriber, because permissions change while a stream is open.
            if (_options.IsStillPermitted is { } permitted && !permitted(_context))
            {
                yield return SubscriptionMessage.Of(
                    new GraphQLError("The subscription is no longer permitted.") { Code = ErrorCodes.NotAuthorized },
                    position: null).ToResult();
                yield break;
            }

            yield return message.ToResult();
        }
    }

    public override ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_isEnded)
            {
                _isEnded = true;
                _messages.Writer.Complete();
            }
        }

        if (WhenDone is { } done)
        {
            WhenDone = null;
            Diagnostics.GraphQLDiagnostics.Subscribers.Add(-1);
            done(this);
        }

        return ValueTask.CompletedTask;
    }

    private void Enqueue(SubscriptionMessage message)
    {
        _count++;
        _bytes += message.Body.Length;
        _messages.Writer.TryWrite(message);
    }

    private void Take(SubscriptionMessage message)
    {
        lock (_gate)
        {
            _count--;
            _bytes -= message.Body.Length;
            if (message.Position is not null)
            {
                Volatile.Write(ref _position, message.Position);
            }

            if (_taken.CurrentCount == 0)
            {
                _taken.Release();
            }
        }
    }
}
