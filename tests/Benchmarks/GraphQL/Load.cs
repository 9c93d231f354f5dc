using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>
/// A closed loop of keep-alive connections over loopback: each sends a request, reads the whole response and sends the
/// next. It looks at the status line and the length and at nothing else, so that it costs little beside the server.
/// </summary>
internal static class Load
{
    /// <summary>Gives the length of the body.</summary>
    public static async Task<int> RunAsync(int port, string body, int connections, int requests) =>
        (await TimeAsync(port, body, connections, requests)).Bytes;

    /// <summary>Gives the length of the body and how long each request took.</summary>
    public static async Task<(int Bytes, TimeSpan[] Times)> TimeAsync(int port, string body, int connections, int requests)
    {
        var content = Encoding.UTF8.GetBytes(body);
        var request = Encoding.ASCII.GetBytes(
            $"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n" +
            $"Accept: application/json\r\nContent-Length: {content.Length}\r\n\r\n").Concat(content).ToArray();
        var each = requests / connections;
        var times = new TimeSpan[each * connections];
        var loops = Enumerable.Range(0, connections).Select(i => LoopAsync(port, request, times.AsMemory(i * each, each))).ToArray();
        return ((await Task.WhenAll(loops)).Max(), times);
    }

    private static async Task<int> LoopAsync(int port, byte[] request, Memory<TimeSpan> times)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        var buffer = new byte[256 * 1024];
        var bodyLength = 0;
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            bodyLength = await ReadResponseAsync(socket, buffer);
            times.Span[i] = Stopwatch.GetElapsedTime(started);
        }

        return bodyLength;
    }

    private static async ValueTask<int> ReadResponseAsync(Socket socket, byte[] buffer)
    {
        var received = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(received));
            if (read == 0)
            {
                throw new InvalidOperationException("The server closed the connection.");
            }

            received += read;
            if (TryFindEnd(buffer.AsSpan(0, received), out var length, out var bodyLength) && received >= length)
            {
                return bodyLength;
            }
        }
    }

    private static bool TryFindEnd(ReadOnlySpan<byte> response, out int length, out int bodyLength)
    {
        (length, bodyLength) = (0, 0);
        var end = response.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        if (!response.StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(response));
        }

        var head = response[..end];
        var field = FindLength(head);
        if (field >= 0)
        {
            length = end + 4 + (Utf8Parser.TryParse(head[field..], out bodyLength, out _) ? bodyLength : 0);
            return true;
        }

        // Chunked: the last chunk is empty.
        var body = response[(end + 4)..];
        (length, bodyLength) = (response.Length, body.Length);
        return body.EndsWith("0\r\n\r\n"u8);
    }

    private static int FindLength(ReadOnlySpan<byte> head)
    {
        foreach (var name in (ReadOnlySpan<string>)["Content-Length: ", "content-length: "])
        {
            var at = head.IndexOf(Encoding.ASCII.GetBytes(name));
            if (at >= 0)
            {
                return at + name.Length;
            }
        }

        return -1;
    }
}
