using System.Buffers;
using System.Text.Json;
using Platform.GraphQL.Transport.Multiplexing;
using Platform.GraphQL.Transport.Responses;

namespace Platform.GraphQL.Transport.WebSockets;

/// <summary>Messages of graphql-transport-ws from the server's side.</summary>
internal static class ServerMessages
{
    private const int LongestEcho = 1024;

    private static readonly byte[] PlainPing = """{"type":"ping"}"""u8.ToArray();
    private static readonly byte[] PlainPong = """{"type":"pong"}"""u8.ToArray();
    private static readonly byte[] PlainAck = """{"type":"connection_ack"}"""u8.ToArray();

    public static ReadOnlyMemory<byte> Ack(JsonElement? payload) =>
        payload is { } given
            ? Object(json =>
            {
                json.WriteString("type"u8, "connection_ack"u8);
                json.WritePropertyName("payload"u8);
                given.WriteTo(json);
            })
            : PlainAck;

    /// <summary>
    /// The payload comes back, as in the reference server; long ones do not: a ping is not a file transfer.
    /// </summary>
    public static ReadOnlyMemory<byte> Pong(ReadOnlyMemory<byte> payload) =>
        payload.Length is 0 or > LongestEcho
            ? PlainPong
            : Object(json =>
            {
                json.WriteString("type"u8, "pong"u8);
                json.WritePropertyName("payload"u8);
                json.WriteRawValue(payload.Span);
            });

    /// <summary>Ends one operation and leaves the socket alone.</summary>
    public static ReadOnlyMemory<byte> Error(string id, string code, string message) => Object(json =>
    {
        json.WriteString("id"u8, id);
        json.WriteString("type"u8, "error"u8);
        json.WritePropertyName("payload"u8);
        ErrorBody.WriteErrors(json, code, message);
    });

    /// <summary>A heartbeat that also tells idle subscriptions how far they have come.</summary>
    public static ReadOnlyMemory<byte> Ping(IEnumerable<(string Id, string Position)> positions)
    {
        var known = positions.ToArray();
        return known.Length == 0
            ? PlainPing
            : Object(json =>
            {
                json.WriteString("type"u8, "ping"u8);
                json.WriteStartObject("payload"u8);
                json.WriteStartObject("positions"u8);
                foreach (var (id, position) in known)
                {
                    json.WriteString(id, position);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            });
    }

    /// <summary>
    /// <c>next</c> carries the position beside the payload: clients that know nothing of it pass the payload on
    /// untouched.
    /// </summary>
    public static void Write(ArrayBufferWriter<byte> output, in OutgoingFrame frame)
    {
        if (frame.Operation is not { } operation)
        {
            output.Write(frame.Text.Span);
            return;
        }

        output.Write("{\"id\":"u8);
        WriteString(output, operation.Id);
        switch (frame.Kind)
        {
            case FrameKind.Next:
                output.Write(",\"type\":\"next\""u8);
                if (frame.Result!.Position is { } position)
                {
                    output.Write(",\"position\":"u8);
                    WriteString(output, position);
                }

                output.Write(",\"payload\":"u8);
                frame.Result.WriteTo(output);
                output.Write("}"u8);
                break;
            case FrameKind.Error:
                output.Write(",\"type\":\"error\",\"payload\":"u8);
                foreach (var part in ResponseParts.Errors(frame.Result!.Body))
                {
                    output.Write(part.Span);
                }

                output.Write("}"u8);
                break;
            case FrameKind.Complete or FrameKind.Control:
                output.Write(",\"type\":\"complete\"}"u8);
                break;
        }
    }

    private static void WriteString(ArrayBufferWriter<byte> output, string value)
    {
        output.Write("\""u8);
        output.Write(JsonEncodedText.Encode(value).EncodedUtf8Bytes);
        output.Write("\""u8);
    }

    private static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
