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
    private Action<Subscriber>? _leave;
    private bool _isInHand;
    private bool _isEnded;
    private bool _isGone;
    private volatile bool _isOutdated;
    private string? _position;
    private string? _offered;
    private CancellationTokenRegistration _watch;

    public Subscriber(RequestExecutorOptions options, RequestContext context, string? resumeFrom)
    {
        _options = options;
        _context = context;
        _position = _offered = resumeFrom;
        Diagnostics.GraphQLDiagnostics.Subscribers.Add(1);
    }

    public override ResponseStreamKind Kind => ResponseStreamKind.Subscription;

    public override string? Position => Volatile.Read(ref _position);

    /// <summary>It ended because its messages were made for who the caller was before; what was not taken is void.</summary>
    public bool IsOutdated => _isOutdated;

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

        End(FellBehind());
    }

    /// <summary>Ends it, with everything that is not taken yet, as soon as the caller may see something else.</summary>
    public void EndOnChange(CancellationToken changed) => _watch = changed.Register(() =>
    {
        _isOutdated = true;
        End(last: null);
    });

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
            if (position is not null && _count == 0 && !_isInHand && !_isEnded)
            {
                _offered = position;
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
            if (_isOutdated)
            {
                yield break;
            }

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
            Pass(message);
        }
    }

    /// <param name="leave">Called once, when the subscriber is no longer interested.</param>
    /// <returns>False when it already is not.</returns>
    public bool TryBelong(Action<Subscriber> leave)
    {
        lock (_gate)
        {
            _leave = leave;
            return !_isGone;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _watch.Dispose();
        Action<Subscriber>? leave;
        lock (_gate)
        {
            if (_isGone)
            {
                return ValueTask.CompletedTask;
            }

            _isGone = true;
            leave = _leave;
            if (!_isEnded)
            {
                _isEnded = true;
                _messages.Writer.Complete();
            }
        }

        Diagnostics.GraphQLDiagnostics.Subscribers.Add(-1);
        leave?.Invoke(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>It still takes what is waiting; after that, this is where it comes back to.</summary>
    private SubscriptionMessage FellBehind() => SubscriptionMessage.Of(
        new GraphQLError("The subscriber fell behind; what was told until this position is complete, resume from there.")
        {
            Code = ErrorCodes.Resync,
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["position"] = _offered },
        },
        _offered);

    private void Enqueue(SubscriptionMessage message)
    {
        _offered = message.Position ?? _offered;
        _count++;
        _bytes += message.Body.Length;
        _messages.Writer.TryWrite(message);
    }

    /// <summary>
    /// The reader has come back for more. Not before: a heartbeat beside a message that is not written yet must not tell
    /// the message's position.
    /// </summary>
    private void Pass(SubscriptionMessage message)
    {
        lock (_gate)
        {
            _isInHand = false;
            if (message.Position is not null)
            {
                Volatile.Write(ref _position, message.Position);
            }
        }
    }

    private void Take(SubscriptionMessage message)
    {
        lock (_gate)
        {
            _count--;
            _bytes -= message.Body.Length;
            _isInHand = true;
            if (_taken.CurrentCount == 0)
            {
                _taken.Release();
            }
        }
    }
}
