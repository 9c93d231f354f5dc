using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Platform.Tests.Api.Live;

/// <summary>What a listener got: an event, or a word about the stream itself.</summary>
/// <param name="Position">What its client would resume from by now.</param>
/// <param name="Word">Null for an event; else the code of an error, the name of a frame, or the number a socket was closed with.</param>
/// <param name="Body">The facts of the event, or what was said with the word.</param>
public sealed record Heard(string? Position, string? Word, JsonElement Body);

/// <summary>
/// A client of one of the transports: <c>sse</c> and <c>ws</c> are the subscription <c>events</c>, <c>feed</c> is <c>/events</c>.
/// It keeps the position that its protocol tells it, and nothing else.
/// </summary>
public sealed class Listening : IAsyncDisposable
{
    private readonly Channel<Heard> _heard = Channel.CreateUnbounded<Heard>();
    private readonly CancellationTokenSource _stop = new();
    private readonly IDisposable _connection;
    private Task _reading = Task.CompletedTask;
    private string? _position;

    private Listening(IDisposable connection, string? position) => (_connection, _position) = (connection, position);

    public string? Position => Volatile.Read(ref _position);

    public static IReadOnlyList<string> All { get; } = ["sse", "ws", "feed"];

    public static TheoryData<string> Transports => [.. All];

    /// <param name="transport">One of <see cref="Transports"/>.</param>
    /// <param name="url">The node.</param>
    /// <param name="token">Who listens.</param>
    /// <param name="type">The type of event to hear of.</param>
    /// <param name="after">The position to resume from; null listens from now on.</param>
    /// <param name="ct">Ends the opening.</param>
    public static async Task<Listening> OpenAsync(
        string transport, string url, string token, string type, string? after, CancellationToken ct)
    {
        var document = $$"""subscription { events(types: ["{{type}}"]) { position data } }""";
        if (transport == "ws")
        {
            return await OpenSocketAsync(url, token, document, after, ct);
        }

        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(url), Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, transport == "sse" ? "/graphql?query=" + Uri.EscapeDataString(document) : "/events?types=" + type);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Accept", "text/event-stream");
            request.Headers.Add("GraphQL-Preflight", "1");
            if (after is not null)
            {
                request.Headers.Add("Last-Event-ID", after);
            }

            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (!response.IsSuccessStatusCode)
            {
                throw new HttpRequestException(await response.Content.ReadAsStringAsync(ct), null, response.StatusCode);
            }

            var listening = new Listening(client, after);
            listening._reading = listening.ReadAsync(async () => await listening.ReadFramesAsync(response));
            return listening;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The next thing heard; null when the connection is over.</summary>
    public Task<Heard?> TryNextAsync(TimeSpan patience) => TryNextAsync(patience, CancellationToken.None);

    public async Task<Heard?> TryNextAsync(TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            return await _heard.Reader.ReadAsync(limit.Token);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    /// <summary>The next event or word.</summary>
    public async Task<Heard> NextAsync() =>
        await TryNextAsync(TimeSpan.FromSeconds(20)) ?? throw new InvalidOperationException("The stream ended.");

    /// <summary>The facts of the next event.</summary>
    public async Task<JsonElement> NextEventAsync()
    {
        while (true)
        {
            var heard = await NextAsync();
            if (heard.Word is null)
            {
                return heard.Body;
            }

            heard.Word.ShouldBe("scope", heard.Body.ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _connection.Dispose();
        await _reading;
        _stop.Dispose();
    }

    private static async Task<Listening> OpenSocketAsync(
        string url, string token, string document, string? after, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol("graphql-transport-ws");
            socket.Options.Proxy = null;
            await socket.ConnectAsync(new Uri(url.Replace("http://", "ws://", StringComparison.Ordinal) + "/graphql"), ct);
            await SendAsync(socket, new { type = "connection_init", payload = new { authorization = "Bearer " + token } }, ct);
            var listening = new Listening(socket, after);
            await SendAsync(socket, new { id = "1", type = "subscribe", payload = new { query = document, extensions = new { resume = after } } }, ct);
            listening._reading = listening.ReadAsync(() => listening.ReadMessagesAsync(socket));
            return listening;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Task SendAsync(ClientWebSocket socket, object message, CancellationToken ct) => socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, ct);

    private async Task ReadAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is over.
        }

        _heard.Writer.Complete();
    }

    /// <summary>As an EventSource does: a frame counts when its empty line has come, a piece of one is forgotten.</summary>
    private async Task ReadFramesAsync(HttpResponseMessage response)
    {
        using var owned = response;
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(_stop.Token));
        var (id, name, data) = (Position, (string?)null, (string?)null);
        while (await lines.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.Length == 0)
            {
                Volatile.Write(ref _position, id);
                if (data is { Length: > 0 })
                {
                    Tell(name, JsonElement.Parse(data));
                }

                (name, data) = (null, null);
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = line[(colon + 1)..].TrimStart();
            switch (line[..colon])
            {
                case "id":
                    id = value;
                    break;
                case "event":
                    name = value;
                    break;
                case "data":
                    data = value;
                    break;
            }
        }
    }

    private async Task ReadMessagesAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult frame;
            do
            {
                frame = await socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                length += frame.Count;
            }
            while (!frame.EndOfMessage);

            if (frame.MessageType is WebSocketMessageType.Close)
            {
                Write($"{(int)socket.CloseStatus!}", JsonSerializer.SerializeToElement(new { message = socket.CloseStatusDescription }));
                return;
            }

            var message = JsonElement.Parse(buffer.AsSpan(0, length));
            switch (message.GetProperty("type").GetString())
            {
                case "ping":
                    await SendAsync(socket, new { type = "pong" }, _stop.Token);
                    break;
                case "next":
                    Tell("next", message.GetProperty("payload"));
                    break;
                case "error":
                    Write(CodeOf(message.GetProperty("payload")), message);
                    break;
                case "complete":
                    Write("complete", message);
                    break;
            }

            if (message.TryGetProperty("payload", out var payload) && payload.ValueKind is JsonValueKind.Object
                && payload.TryGetProperty("positions", out var positions) && positions.TryGetProperty("1", out var position))
            {
                Volatile.Write(ref _position, position.GetString());
            }
        }
    }

    private void Tell(string? name, JsonElement data)
    {
        if (name is null)
        {
            Write(word: null, data.GetProperty("data"));
        }
        else if (name != "next")
        {
            Write(name, data);
        }
        else if (data.TryGetProperty("errors", out var errors))
        {
            Write(CodeOf(errors), data);
        }
        else
        {
            var told = data.GetProperty("data").GetProperty("events");
            Volatile.Write(ref _position, told.GetProperty("position").GetString());
            Write(word: null, told.GetProperty("data"));
        }
    }

    private void Write(string? word, JsonElement body) => _heard.Writer.TryWrite(new Heard(Position, word, body));

    private static string CodeOf(JsonElement errors) =>
        errors[0].GetProperty("extensions").GetProperty("code").GetString()!;
}
