using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace Platform.Tests.Wire;

/// <summary>A WebSocket client that says exactly what a test tells it, right or wrong.</summary>
public sealed class RawSocket(ClientWebSocket socket) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public ClientWebSocket Socket => socket;

    public static Task<RawSocket> OpenAsync(WireClient server) => OpenAsync(server, "graphql-transport-ws", _ => { });

    public static async Task<RawSocket> OpenAsync(WireClient server, string? subprotocol, Action<ClientWebSocketOptions> configure)
    {
        var socket = new ClientWebSocket();
        if (subprotocol is not null)
        {
            socket.Options.AddSubProtocol(subprotocol);
        }

        socket.Options.CollectHttpResponseDetails = true;
        configure(socket.Options);
        var raw = new RawSocket(socket);
        await socket.ConnectAsync(server.SocketEndpoint, CancellationToken.None).WaitAsync(Patience);
        return raw;
    }

    /// <summary>Opens and is acknowledged.</summary>
    public static async Task<RawSocket> InitialisedAsync(WireClient server)
    {
        var socket = await OpenAsync(server);
        await socket.SendAsync(server.Token is { } token
            ? $$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{token}}}"}}"""
            : """{"type":"connection_init"}""");
        (await socket.ReceiveAsync()).ShouldBe("""{"type":"connection_ack"}""");
        return socket;
    }

    public Task SendAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task SubscribeAsync(string id, string document) => SendAsync(
        JsonSerializer.Serialize(new { type = "subscribe", id, payload = new { query = document } }));

    /// <summary>The next message; null when the server closed.</summary>
    public async Task<string?> TryReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        WebSocketReceiveResult result;
        do
        {
            result = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience);
            message.Write(buffer, 0, result.Count);
        }
        while (!result.EndOfMessage);

        return result.MessageType is WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(message.ToArray());
    }

    public async Task<string> ReceiveAsync() =>
        await TryReceiveAsync() ?? throw new InvalidOperationException($"Closed with {socket.CloseStatus}: {socket.CloseStatusDescription}");

    /// <summary>The next message about an operation; the server's pings, which come when they like, are answered.</summary>
    public async Task<string> ToldAsync()
    {
        while (true)
        {
            var message = await ReceiveAsync();
            if (!message.StartsWith("{\"type\":\"ping\"", StringComparison.Ordinal))
            {
                return message;
            }

            await SendAsync("""{"type":"pong"}""");
        }
    }

    /// <summary>Reads on until the server closes; the code it closed with.</summary>
    public async Task<int> ClosedAsync()
    {
        while (await TryReceiveAsync() is not null)
        {
        }

        return (int)socket.CloseStatus!;
    }

    public Task CloseAsync(int code) =>
        socket.CloseAsync((WebSocketCloseStatus)code, "bye", CancellationToken.None).WaitAsync(Patience);

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
