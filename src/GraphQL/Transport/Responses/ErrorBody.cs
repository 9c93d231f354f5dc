using System.Buffers;
using System.Text.Json;
using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Transport.Responses;

/// <summary>Responses that a transport writes itself, because no executor was asked.</summary>
internal static class ErrorBody
{
    public static OperationResult Result(RequestErrorKind kind, string code, string message) =>
        new(Bytes(code, message)) { HasErrors = true, RequestError = kind };

    public static byte[] Bytes(string code, string message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WritePropertyName("errors"u8);
        WriteErrors(json, code, message);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteErrors(Utf8JsonWriter json, string code, string message)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("message"u8, message);
        json.WriteStartObject("extensions"u8);
        json.WriteString("code"u8, code);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
