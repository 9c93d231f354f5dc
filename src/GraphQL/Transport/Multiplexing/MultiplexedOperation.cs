using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Transport.Multiplexing;

/// <summary>One operation among several that share a connection.</summary>
internal sealed class MultiplexedOperation : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping;
    private bool _disposed;

    public MultiplexedOperation(string id, SendQuota quota, CancellationToken connection)
    {
        Id = id;
        Quota = quota;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(connection);
        Stopped = _stopping.Token;
    }

    public string Id { get; }

    public SendQuota Quota { get; }

    /// <summary>Raised when the client completes it, or the connection ends.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Frames that still wait are of no use any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Set while it streams, for heartbeats that carry positions.</summary>
    public ResponseStream? Stream { get; set; }

    public void Stop()
    {
        lock (_gate)
        {
            IsStopped = true;
            if (_disposed)
            {
                return;
            }
        }

        // Its work may end at this very moment; then there is nothing left to cancel.
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _stopping.Dispose();
    }
}

internal enum FrameKind
{
    Next,

    /// <summary>The request failed before it ran, or its source gave up; the operation is over.</summary>
    Error,
    Complete,

    /// <summary>Of the connection itself: acknowledgement, ping, pong.</summary>
    Control,
}

/// <summary>Something to send; who takes it from the queue disposes it.</summary>
internal readonly record struct OutgoingFrame(
    FrameKind Kind, MultiplexedOperation? Operation, OperationResult? Result, ReadOnlyMemory<byte> Text)
{
    public static OutgoingFrame Control(ReadOnlyMemory<byte> text) => new(FrameKind.Control, null, null, text);
}
