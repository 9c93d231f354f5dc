using System.Text.Json;

namespace Platform.GraphQL.Transport.WebSockets;

internal enum ClientMessageType
{
    ConnectionInit,
    Ping,
    Pong,
    Subscribe,
    Complete,
}

/// <summary>
/// A message of the subprotocol graphql-transport-ws, from the client's side, with its payload unread.
/// </summary>
internal readonly record struct ClientMessage(ClientMessageType Type, string? Id, ReadOnlyMemory<byte> Payload)
{
    private const int LongestId = 256;

    // Nesting costs the reader one bit per level and no stack; what is too deep is refused where its meaning is known.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1 << 20 };

    /// <summary>Null when the text is not a message of the protocol: 4400.</summary>
    public static ClientMessage? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            return ParseObject(text);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ClientMessage? ParseObject(ReadOnlyMemory<byte> text)
    {
        var json = new Utf8JsonReader(text.Span, Deep);
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
        {
            return null;
        }

        string? type = null;
        string? id = null;
        ReadOnlyMemory<byte>? payload = null;
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isType = json.ValueTextEquals("type"u8);
            var isId = json.ValueTextEquals("id"u8);
            var isPayload = json.ValueTextEquals("payload"u8);
            json.Read();
            var isTwice = (isType && type is not null)
                || (isId && id is not null)
                || (isPayload && payload is not null);
            var isWrong = (isType || isId) && json.TokenType is not JsonTokenType.String;
            if (isTwice || isWrong)
            {
                return null;
            }

            var start = (int)json.TokenStartIndex;
            type = isType ? json.GetString() : type;
            id = isId ? json.GetString() : id;
            json.Skip();
            payload = isPayload ? text[start..(int)json.BytesConsumed] : payload;
        }

        return json.Read() ? null : Create(type, id, payload ?? default);
    }

    private static ClientMessage? Create(string? type, string? id, ReadOnlyMemory<byte> payload)
    {
        var isObject = payload.Length > 0 && payload.Span[0] == (byte)'{';
        var isObjectOrNothing = isObject || payload.Length == 0 || payload.Span.SequenceEqual("null"u8);
        var hasId = id is { Length: > 0 and <= LongestId };
        return type switch
        {
            "connection_init" when isObjectOrNothing =>
                new ClientMessage(ClientMessageType.ConnectionInit, null, isObject ? payload : default),
            "ping" when isObjectOrNothing => new ClientMessage(
                ClientMessageType.Ping, null, isObject ? payload : default),
            "pong" when isObjectOrNothing => new ClientMessage(ClientMessageType.Pong, null, default),
            "subscribe" when hasId && isObject => new ClientMessage(ClientMessageType.Subscribe, id, payload),
            "complete" when hasId => new ClientMessage(ClientMessageType.Complete, id, default),
            _ => null,
        };
    }
}
