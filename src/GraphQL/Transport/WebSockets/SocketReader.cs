using System.Buffers;
using System.Net.WebSockets;

namespace Platform.GraphQL.Transport.WebSockets;

/// <summary>
/// Reads whole messages. While a socket is idle it holds no buffer: memory is rented when the first byte has come.
/// </summary>
internal sealed class SocketReader(WebSocket socket, int maxMessageBytes)
{
    private const int FirstBuffer = 4 * 1024;

    /// <summary>A message in a rented buffer; whoever receives it returns it.</summary>
    internal readonly record struct Received(byte[] Rented, int Length, bool IsText) : IDisposable
    {
        public ReadOnlyMemory<byte> Bytes => Rented.AsMemory(0, Length);

        public void Dispose() => ArrayPool<byte>.Shared.Return(Rented);
    }

    /// <summary>Null when the other side has closed.</summary>
    /// <exception cref="MessageTooBigException">The message is longer than allowed.</exception>
    public async ValueTask<Received?> ReadAsync(CancellationToken ct)
    {
        var start = await socket.ReceiveAsync(Memory<byte>.Empty, ct);
        if (start.MessageType is WebSocketMessageType.Close)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        var length = 0;
        try
        {
            var result = start;
            while (!result.EndOfMessage)
            {
                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, length);
                }

                result = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                if (result.MessageType is WebSocketMessageType.Close)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }

                length += result.Count;
                if (length > maxMessageBytes)
                {
                    throw new MessageTooBigException();
                }
            }

            return new Received(buffer, length, start.MessageType is WebSocketMessageType.Text);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}

internal sealed class MessageTooBigException : Exception;
