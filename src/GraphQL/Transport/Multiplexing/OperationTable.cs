using System.Threading.Channels;
using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Transport.Multiplexing;

internal enum Admission
{
    Admitted,
    DuplicateId,
    TooMany,
}

/// <summary>
/// The operations of one connection and the frames they want sent. A place is taken until the operation's last frame
/// leaves the queue, so that finished but unread operations count as well: memory stays bounded whatever the client
/// does.
/// </summary>
internal sealed class OperationTable(
    int maxOperations, StreamOptions options, CancellationToken connection) : IAsyncDisposable
{
    // Answers to pings and refusals; a client that sends without reading has to wait once so many are unread.
    private const int MaxControlFrames = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MultiplexedOperation> _operations = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _running = [];
    private readonly SendQuota _control = new(MaxControlFrames, MaxControlFrames * 1024);
    private readonly Channel<OutgoingFrame> _frames =
        Channel.CreateUnbounded<OutgoingFrame>(new UnboundedChannelOptions { SingleReader = true });

    public ChannelReader<OutgoingFrame> Frames => _frames.Reader;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _operations.Count;
            }
        }
    }

    public Admission TryAdmit(string id, out MultiplexedOperation operation)
    {
        operation = new MultiplexedOperation(id, new SendQuota(options.QueueEvents, options.QueueBytes), connection);
        lock (_gate)
        {
            var admission = _operations.ContainsKey(id) ? Admission.DuplicateId
                : _operations.Count >= maxOperations ? Admission.TooMany
                : Admission.Admitted;
            if (admission is Admission.Admitted)
            {
                _operations.Add(id, operation);
                return admission;
            }

            operation.Dispose();
            return admission;
        }
    }

    /// <summary>Runs the operation's work in the background; the table waits for it when it is disposed.</summary>
    public void Run(Func<Task> work)
    {
        // Yields first, so that a long synchronous execution does not hold the reader of the connection.
        var task = Task.Run(work, CancellationToken.None);
        lock (_gate)
        {
            _running.Add(task);
        }

        _ = task.ContinueWith(
            done =>
            {
                lock (_gate)
                {
                    _running.Remove(done);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>The client wants no more of it.</summary>
    public void Stop(string id)
    {
        MultiplexedOperation? operation;
        lock (_gate)
        {
            _operations.Remove(id, out operation);
        }

        operation?.Stop();
    }

    /// <summary>Gives the operation's place back; false when it was given back before.</summary>
    public bool Release(MultiplexedOperation operation)
    {
        lock (_gate)
        {
            return _operations.TryGetValue(operation.Id, out var current)
                && ReferenceEquals(current, operation)
                && _operations.Remove(operation.Id);
        }
    }

    /// <summary>Positions of the streams that know one, for heartbeats.</summary>
    public IEnumerable<(string Id, string Position)> Positions()
    {
        lock (_gate)
        {
            return [.. from operation in _operations.Values
                       let position = operation.Stream?.Position
                       where position is not null
                       select (operation.Id, position)];
        }
    }

    public async ValueTask SendControlAsync(ReadOnlyMemory<byte> text, CancellationToken ct)
    {
        await _control.TakeAsync(text.Length, ct);
        _frames.Writer.TryWrite(OutgoingFrame.Control(text));
    }

    /// <summary>Sends what came of an operation, message by message.</summary>
    public async Task SendAsync(MultiplexedOperation operation, ExecutionResult outcome)
    {
        await using var owned = outcome as ResponseStream;
        if (outcome is OperationResult single)
        {
            if (single.RequestError is RequestErrorKind.None || single.HasData)
            {
                await SendNextAsync(operation, single);
                Finish(operation, FrameKind.Complete, null);
                return;
            }

            Finish(operation, FrameKind.Error, single);
            return;
        }

        operation.Stream = owned;
        await foreach (var result in owned!.WithCancellation(operation.Stopped))
        {
            if (result.RequestError is not RequestErrorKind.None && !result.HasData)
            {
                Finish(operation, FrameKind.Error, result);
                return;
            }

            await SendNextAsync(operation, result);
        }

        Finish(operation, FrameKind.Complete, null);
    }

    public void Finish(MultiplexedOperation operation, FrameKind kind, OperationResult? result) =>
        _frames.Writer.TryWrite(new OutgoingFrame(kind, operation, result, default));

    /// <summary>
    /// To be called for each frame before it is written: gives back what the frame held. False when its operation was
    /// stopped meanwhile and the frame is of no use any more.
    /// </summary>
    public bool Take(in OutgoingFrame frame)
    {
        if (frame.Operation is not { } operation)
        {
            _control.Give(frame.Text.Length);
            return true;
        }

        if (frame.Kind is FrameKind.Next)
        {
            operation.Quota.Give(frame.Result!.Length);
            return !operation.IsStopped;
        }

        return Release(operation);
    }

    public async ValueTask DisposeAsync()
    {
        MultiplexedOperation[] left;
        Task[] running;
        lock (_gate)
        {
            left = [.. _operations.Values];
            running = [.. _running];
            _operations.Clear();
        }

        foreach (var operation in left)
        {
            operation.Stop();
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _frames.Writer.TryComplete();
        while (_frames.Reader.TryRead(out var frame))
        {
            if (frame.Result is { } result)
            {
                await result.DisposeAsync();
            }
        }
    }

    private async ValueTask SendNextAsync(MultiplexedOperation operation, OperationResult result)
    {
        try
        {
            await operation.Quota.TakeAsync(result.Length, operation.Stopped);
        }
        catch
        {
            await result.DisposeAsync();
            throw;
        }

        _frames.Writer.TryWrite(new OutgoingFrame(FrameKind.Next, operation, result, default));
    }
}
