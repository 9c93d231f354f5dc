using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Tests.Wire;

/// <summary>Keeps a document where the server finds it by its id.</summary>
public delegate ValueTask StoreDocument(string id, byte[] text);

/// <summary>
/// Every way into the server. The same document has to meet the same gate on each of them: a limit that holds on one road
/// only is no limit.
/// </summary>
public sealed class AttackRoads(WireClient server, StoreDocument store) : IAsyncDisposable
{
    // A request line is at most 8 KiB; what is longer cannot come by GET at all.
    private const int LongestUrl = 7_500;

    // What is longer closes the socket with 1009 before anybody reads it; WebSocketTests covers that.
    private const int LongestMessage = 64 * 1024 - 100;

    private RawSocket? _socket;
    private int _operation;

    /// <summary>The first error's code on every road that can carry the request; null is a result without errors.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> TravelAsync(string document, string? variables)
    {
        var body = Body(document, variables);
        var codes = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["post"] = CodeOf((await server.PostAsync(body, "application/graphql-response+json")).Body),
            ["legacy post"] = CodeOf((await server.PostAsync(body, "application/json")).Body),
            ["events"] = CodeOf(Data((await server.PostAsync(body, "text/event-stream")).Body)),
            ["json lines"] = CodeOf((await server.PostAsync(body, "application/jsonl")).Body.Split('\n')[0]),
            ["single connection"] = await OverSingleConnectionAsync(document, variables),
            ["batch"] = await InBatchAsync(body),
            ["stored"] = await StoredAsync(document, variables),
        };
        if (Encoding.UTF8.GetByteCount(body) < LongestMessage)
        {
            codes["socket"] = await OverSocketAsync(body);
        }

        var url = $"?query={Uri.EscapeDataString(document)}" + (variables is null ? string.Empty : $"&variables={Uri.EscapeDataString(variables)}");
        if (url.Length < LongestUrl)
        {
            codes["get"] = CodeOf((await server.GetAsync(url, "application/graphql-response+json")).Body);
        }

        return codes;
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket is not null)
        {
            await _socket.DisposeAsync();
        }
    }

    private async Task<string?> OverSocketAsync(string body)
    {
        if (_socket is null || _socket.Socket.State is not System.Net.WebSockets.WebSocketState.Open)
        {
            _socket = await RawSocket.InitialisedAsync(server);
        }

        await _socket.SendAsync($$"""{"type":"subscribe","id":"{{++_operation}}","payload":{{body}}}""");
        var message = JsonDocument.Parse(await _socket.ReceiveAsync(), Deep).RootElement;
        var payload = message.GetProperty("payload");
        if (message.GetProperty("type").GetString() == "error")
        {
            return FirstCode(payload);
        }

        await _socket.ReceiveAsync(); // complete
        return payload.TryGetProperty("errors", out var errors) ? FirstCode(errors) : null;
    }

    private async Task<string?> OverSingleConnectionAsync(string document, string? variables)
    {
        using var reservation = server.Request(HttpMethod.Put, string.Empty, null, null);
        var token = (await server.SendAsync(reservation)).Body;
        using var opening = server.Request(HttpMethod.Get, $"?token={token}", "text/event-stream", null);
        using var stream = await server.Client.SendAsync(opening, HttpCompletionOption.ResponseHeadersRead);
        var body = $$"""{"query":{{Text(document)}},"extensions":{"operationId":"1"}{{(variables is null ? "" : $",\"variables\":{variables}")}}}""";
        using var request = server.Request(
            HttpMethod.Post, $"?token={token}", "application/graphql-response+json", new StringContent(body, Encoding.UTF8, "application/json"));
        var answer = await server.SendAsync(request);
        if (answer.Code != 202)
        {
            return CodeOf(answer.Body);
        }

        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());
        while (await events.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return CodeOf(JsonDocument.Parse(line[6..], Deep).RootElement.GetProperty("payload").GetRawText());
            }
        }

        throw new InvalidOperationException("The stream ended without a result.");
    }

    private async Task<string?> InBatchAsync(string body)
    {
        var answer = await server.PostAsync($"[{body}]", "application/graphql-response+json");
        var json = JsonDocument.Parse(answer.Body, Deep).RootElement;
        return json.ValueKind is JsonValueKind.Array ? CodeOf(json[0].GetRawText()) : CodeOf(answer.Body);
    }

    private async Task<string?> StoredAsync(string document, string? variables)
    {
        var text = Encoding.UTF8.GetBytes(document);
        var id = Convert.ToHexStringLower(SHA256.HashData(text));
        await store(id, text);
        var body = $$"""{"id":"{{id}}"{{(variables is null ? "" : $",\"variables\":{variables}")}}}""";
        return CodeOf((await server.PostAsync(body, "application/graphql-response+json")).Body);
    }

    public static string Body(string document, string? variables) =>
        $$"""{"query":{{Text(document)}}{{(variables is null ? "" : $",\"variables\":{variables}")}}}""";

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 100_000 };

    private static string Text(string document) => JsonSerializer.Serialize(document);

    private static string Data(string events) =>
        events.Split('\n').FirstOrDefault(line => line.StartsWith("data: ", StringComparison.Ordinal))?[6..] ?? events;

    private static string? CodeOf(string json)
    {
        var root = JsonDocument.Parse(json, Deep).RootElement;
        return root.TryGetProperty("errors", out var errors) ? FirstCode(errors) : null;
    }

    private static string? FirstCode(JsonElement errors) =>
        errors[0].TryGetProperty("extensions", out var extensions) && extensions.TryGetProperty("code", out var code)
            ? code.GetString()
            : "none";
}
