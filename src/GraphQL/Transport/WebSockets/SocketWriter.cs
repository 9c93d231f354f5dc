using System.Buffers;
using System.Net.WebSockets;
using Platform.GraphQL.Transport.Multiplexing;

namespace Platform.GraphQL.Transport.WebSockets;

/// <summary>Sends frames one after the other, and says the last word.</summary>
internal sealed class SocketWriter(
    WebSocket socket, OperationTable operations, StreamOptions options, TimeProvider time)
{
    // A burst of large results must not leave an idle socket with their memory.
    private const int KeptBuffer = 64 * 1024;

    private readonly TaskCompletionSource<CloseReason> _closing =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ArrayBufferWriter<byte> _message = new(256);

    public Task<CloseReason> Closing => _closing.Task;

    /// <summary>What is still queued is not sent any more. The first reason stands.</summary>
    public void Close(CloseReason reason) => _closing.TrySetResult(reason);

    /// <summary>Ends after the close frame was sent, or after the socket was given up.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (!_closing.Task.IsCompleted)
            {
                if (operations.Frames.TryRead(out var frame))
                {
                    await WriteAsync(frame, ct);
                    continue;
                }

                var more = operations.Frames.WaitToReadAsync(ct).AsTask();
                await Task.WhenAny(more, _closing.Task);
                if (more.IsCanceled)
                {
                    socket.Abort();
                    return;
                }
            }

            var reason = await _closing.Task;
            await socket.CloseOutputAsync((WebSocketCloseStatus)reason.Code, reason.Description, ct)
                .WaitAsync(options.SlowReaderGrace, time, ct);
        }
        catch (Exception exception) when (
            exception is WebSocketException or OperationCanceledException or TimeoutException)
        {
            socket.Abort();
        }
    }

    private async ValueTask WriteAsync(OutgoingFrame frame, CancellationToken ct)
    {
        await using var result = frame.Result;
        if (!operations.Take(frame))
        {
            return;
        }

        ServerMessages.Write(_message, frame);
        var sending = socket.SendAsync(
            _message.WrittenMemory, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, ct);
        if (!sending.IsCompletedSuccessfully)
        {
            await WaitAsync(sending.AsTask(), ct);
        }

        if (_message.Capacity > KeptBuffer)
        {
            _message = new ArrayBufferWriter<byte>(256);
        }
        else
        {
            _message.ResetWrittenCount();
        }
    }

    /// <summary>
    /// A client that takes nothing for the grace period is told so, if it ever takes the message that blocks the line;
    /// a second period later the socket is given up.
    /// </summary>
    private async Task WaitAsync(Task sending, CancellationToken ct)
    {
        try
        {
            await sending.WaitAsync(options.SlowReaderGrace, time, ct);
        }
        catch (TimeoutException)
        {
            Close(CloseReason.TooSlow);
            await sending.WaitAsync(options.SlowReaderGrace, time, ct);
        }
    }
}
