using System.Buffers;
using System.Text.Json;

namespace Platform.GraphQL.Transport.Responses;

/// <summary>Looks into a finished response, on the few roads where a transport must.</summary>
internal static class ResponseParts
{
    /// <summary>
    /// The JSON of the entry <c>errors</c>: protocols that have a message for it send the list alone.
    /// </summary>
    public static ReadOnlySequence<byte> Errors(ReadOnlySequence<byte> body) =>
        Find(body, "errors"u8) ?? new ReadOnlySequence<byte>("[]"u8.ToArray());

    /// <summary>The same response with one more entry in <c>extensions</c>.</summary>
    public static byte[] WithExtension(ReadOnlySequence<byte> body, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var output = new ArrayBufferWriter<byte>((int)body.Length + name.Length + value.Length + 24);
        var extensions = Find(body, "extensions"u8);
        if (extensions is { } present)
        {
            var end = body.GetOffset(present.End) - body.GetOffset(body.Start) - 1;
            Copy(output, body.Slice(0, end));
            output.Write(present.Length > 2 ? ",\""u8 : "\""u8);
            Entry(output, name, value);
            Copy(output, body.Slice(end));
            return output.WrittenSpan.ToArray();
        }

        Copy(output, body.Slice(0, body.Length - 1));
        output.Write(",\"extensions\":{\""u8);
        Entry(output, name, value);
        output.Write("}}"u8);
        return output.WrittenSpan.ToArray();
    }

    private static void Entry(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        output.Write(name);
        output.Write("\":"u8);
        output.Write(value);
    }

    private static void Copy(ArrayBufferWriter<byte> output, ReadOnlySequence<byte> part)
    {
        foreach (var segment in part)
        {
            output.Write(segment.Span);
        }
    }

    private static ReadOnlySequence<byte>? Find(ReadOnlySequence<byte> body, ReadOnlySpan<byte> entry)
    {
        // What an executor wrote may be as deep as a document allows; the reader only walks over it.
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 1024 });
        json.Read();
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var found = json.ValueTextEquals(entry);
            json.Read();
            var start = json.TokenStartIndex;
            json.Skip();
            if (found)
            {
                return body.Slice(start, json.BytesConsumed - start);
            }
        }

        return null;
    }
}
