using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Domain.Kernel;

/// <summary>
/// One byte sequence per meaning: members sorted by ordinal name, nulls and numbers in one spelling, no white space.
/// The fingerprint of a command is the SHA-256 of it, so that 1.50 and 1.5 are the same request.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Most types are written in their canonical form at once; where the form depends on the value, it is put in order after.</summary>
    public static byte[] Of(object value) =>
        CanonicalTypes.AreWrittenInOrder(value.GetType())
            ? JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), CanonicalTypes.Options)
            : Sorted(value);

    public static byte[] Fingerprint(ReadOnlySpan<byte> canonical) => SHA256.HashData(canonical);

    /// <summary>The long way, which holds for every value.</summary>
    internal static byte[] Sorted(object value)
    {
        using var document = JsonSerializer.SerializeToDocument(value, value.GetType(), KernelJson.Options);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, document.RootElement);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Normalised(element), skipInputValidation: true);
                break;
            case JsonValueKind.String:
            case JsonValueKind.True:
            case JsonValueKind.False:
            case JsonValueKind.Null:
            case JsonValueKind.Undefined:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>Digits without trailing zeros; what does not fit 28 digits keeps the spelling it came with.</summary>
    private static string Normalised(JsonElement number) =>
        number.TryGetDecimal(out var value)
            ? Trimmed(value.ToString(CultureInfo.InvariantCulture))
            : number.GetRawText();

    private static string Trimmed(string digits)
    {
        if (!digits.Contains('.', StringComparison.Ordinal))
        {
            return digits;
        }

        var trimmed = digits.TrimEnd('0').TrimEnd('.');
        return trimmed is "-0" ? "0" : trimmed;
    }

    internal static string Text(ReadOnlySpan<byte> canonical) => Encoding.UTF8.GetString(canonical);
}
