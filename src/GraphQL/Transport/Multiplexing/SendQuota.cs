namespace Platform.GraphQL.Transport.Multiplexing;

/// <summary>
/// How much of one operation may wait to be sent. When it is used up, the operation's source is read no further until
/// the client has taken something: a slow reader delays itself and nobody else.
/// </summary>
internal sealed class SendQuota(int maxEvents, long maxBytes)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _room;
    private int _events;
    private long _bytes;

    /// <summary>
    /// One taker at a time. A single result larger than the whole quota passes when nothing else waits.
    /// </summary>
    public async ValueTask TakeAsync(long bytes, CancellationToken ct)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (_events == 0 || (_events < maxEvents && _bytes + bytes <= maxBytes))
                {
                    _events++;
                    _bytes += bytes;
                    return;
                }

                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(ct);
        }
    }

    public void Give(long bytes)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _events--;
            _bytes -= bytes;
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
    }
}
