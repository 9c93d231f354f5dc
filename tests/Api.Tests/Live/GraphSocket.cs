using System.Net.WebSockets;
using System.Text.Json;

namespace Platform.Tests.Api.Live;

/// <summary>A socket that asks one thing after the other.</summary>
public sealed class GraphSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private int _asked;

    private GraphSocket()
    {
    }

    public static async Task<GraphSocket> OpenAsync(string url, string token)
    {
        var opened = new GraphSocket();
        opened._socket.Options.AddSubProtocol("graphql-transport-ws");
        await opened._socket.ConnectAsync(
            new Uri(url.Replace("http://", "ws://", StringComparison.Ordinal) + "/graphql"), CancellationToken.None);
        await opened.SendAsync(new { type = "connection_init", payload = new { authorization = "Bearer " + token } });
        (await opened.ReadAsync()).GetProperty("type").GetString().ShouldBe("connection_ack");
        return opened;
    }

    /// <summary>The response to a query or mutation.</summary>
    public async Task<JsonElement> AskAsync(string document)
    {
        var id = $"{++_asked}";
        await SendAsync(new { id, type = "subscribe", payload = new { query = document } });
        JsonElement? answer = null;
        while (true)
        {
            var message = await ReadAsync();
            switch (message.GetProperty("type").GetString())
            {
                case "next":
                    answer = message.GetProperty("payload");
                    break;
                case "complete":
                    return answer!.Value;
                case "ping":
                    await SendAsync(new { type = "pong" });
                    break;
                default:
                    throw new InvalidOperationException(message.ToString());
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task SendAsync(object message) => _socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private async Task<JsonElement> ReadAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[64 * 1024];
        var frame = await _socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
        frame.MessageType.ShouldBe(WebSocketMessageType.Text);
        return JsonElement.Parse(buffer.AsSpan(0, frame.Count));
    }
}
