using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Platform.GraphQL.Response;

/// <summary>The JSON form of single values.</summary>
public sealed partial class JsonWriter
{
    private const int LongestNumber = 64;

    /// <summary>Strings are written in pieces of this many characters, so that one never asks for a chunk of its own.</summary>
    private const int PieceLength = 4096;

    private const string Controls =
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    private static readonly SearchValues<char> Escaped = SearchValues.Create("\"\\" + Controls);
    private static readonly SearchValues<byte> EscapedUtf8 = SearchValues.Create(Encoding.UTF8.GetBytes("\"\\" + Controls));

    public void WriteNull() => WriteRaw("null"u8);

    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    public void WriteNumber(int value) => WriteFormatted(value);

    public void WriteNumber(long value) => WriteFormatted(value);

    public void WriteNumber(ulong value) => WriteFormatted(value);

    public void WriteNumber(decimal value) => WriteFormatted(value);

    /// <summary>JSON has no word for what is not finite; a scalar refuses such values before they come here.</summary>
    public void WriteNumber(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), "JSON has no infinity and no NaN.");
        }

        if (!TryWriteShort(value))
        {
            WriteFormatted(value);
        }
    }

    public void WriteString(Guid value)
    {
        var span = GetSpan(38);
        span[0] = (byte)'"';
        value.TryFormat(span[1..], out _);
        span[37] = (byte)'"';
        _at += 38;
    }

    /// <summary>RFC 3339 with as many digits after the second as the value has, at most seven.</summary>
    public void WriteString(DateTimeOffset value)
    {
        var span = GetSpan(40);
        span[0] = (byte)'"';
        value.TryFormat(span[1..], out var length, "yyyy-MM-ddTHH:mm:ss.FFFFFFF", null);
        length++;
        if (value.Offset == TimeSpan.Zero)
        {
            span[length++] = (byte)'Z';
        }
        else
        {
            value.TryFormat(span[length..], out var offset, "zzz", null);
            length += offset;
        }

        span[length++] = (byte)'"';
        _at += length;
    }

    public void WriteString(DateOnly value)
    {
        var span = GetSpan(12);
        span[0] = (byte)'"';
        value.TryFormat(span[1..], out _, "yyyy-MM-dd", null);
        span[11] = (byte)'"';
        _at += 12;
    }

    /// <summary>A number or date that JSON must carry as text.</summary>
    public void WriteStringOf<T>(T value, ReadOnlySpan<char> format) where T : IUtf8SpanFormattable
    {
        var span = GetSpan(LongestNumber + 2);
        span[0] = (byte)'"';
        if (!value.TryFormat(span[1..], out var length, format, null))
        {
            throw new ArgumentException("The value has no short text.", nameof(value));
        }

        span[length + 1] = (byte)'"';
        _at += length + 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(string value) => WriteString(value.AsSpan());

    public void WriteString(ReadOnlySpan<char> value)
    {
        if (value.Length > PieceLength)
        {
            WriteEscaped(value);
            return;
        }

        if (PlainText.TryNarrow(value, GetSpan(value.Length + 2)[1..]))
        {
            _chunk[_at] = (byte)'"';
            _chunk[_at + value.Length + 1] = (byte)'"';
            _at += value.Length + 2;
            return;
        }

        if (value.ContainsAny(Escaped))
        {
            WriteEscaped(value);
            return;
        }

        var span = GetSpan((value.Length * 3) + 2);
        span[0] = (byte)'"';
        Utf8.FromUtf16(value, span[1..], out _, out var written);
        span[written + 1] = (byte)'"';
        _at += written + 2;
    }

    /// <summary>Text that already is valid UTF-8.</summary>
    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        WriteRaw((byte)'"');
        for (var next = utf8.IndexOfAny(EscapedUtf8); next >= 0; next = utf8.IndexOfAny(EscapedUtf8))
        {
            WriteRaw(utf8[..next]);
            WriteEscape((char)utf8[next]);
            utf8 = utf8[(next + 1)..];
        }

        WriteRaw(utf8);
        WriteRaw((byte)'"');
    }

    /// <summary>A JSON value as it was received. Property order and the text of numbers are kept.</summary>
    public void WriteJson(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined:
                WriteNull();
                break;
            case JsonValueKind.String:
                WriteString(value.GetString()!);
                break;
            default:
                WriteRaw(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    /// <summary>
    /// Prices and weights have few decimals, and for those the general algorithm is four times slower. A quotient of an
    /// integer and a power of ten that equals the value is its text; with at most fifteen digits no shorter text reads
    /// back as the same number.
    /// </summary>
    private bool TryWriteShort(double value)
    {
        const double scale = 10_000;
        const double largest = 1e15;
        var scaled = Math.Round(value * scale);
        if (!(Math.Abs(scaled) < largest) || scaled / scale != value || (scaled == 0 && double.IsNegative(value)))
        {
            return false;
        }

        var digits = (long)Math.Abs(scaled);
        var fraction = (int)(digits % (long)scale);
        var span = GetSpan(LongestNumber);
        var length = 0;
        if (scaled < 0)
        {
            span[length++] = (byte)'-';
        }

        (digits / (long)scale).TryFormat(span[length..], out var whole, default, null);
        length += whole;
        if (fraction > 0)
        {
            span[length++] = (byte)'.';
            for (var unit = 1000; fraction > 0; unit /= 10)
            {
                span[length++] = (byte)('0' + (fraction / unit));
                fraction %= unit;
            }
        }

        _at += length;
        return true;
    }

    private void WriteEscaped(ReadOnlySpan<char> value)
    {
        WriteRaw((byte)'"');
        while (!value.IsEmpty)
        {
            var clean = value.IndexOfAny(Escaped);
            var plain = clean < 0 ? value : value[..clean];
            while (!plain.IsEmpty)
            {
                WritePiece(ref plain);
            }

            if (clean < 0)
            {
                break;
            }

            WriteEscape(value[clean]);
            value = value[(clean + 1)..];
        }

        WriteRaw((byte)'"');
    }

    private void WritePiece(scoped ref ReadOnlySpan<char> plain)
    {
        var length = Math.Min(plain.Length, PieceLength);
        if (length < plain.Length && char.IsHighSurrogate(plain[length - 1]))
        {
            length--;
        }

        // A lone surrogate has no UTF-8 form and becomes U+FFFD.
        Utf8.FromUtf16(plain[..length], GetSpan(length * 3), out _, out var written);
        _at += written;
        plain = plain[length..];
    }

    private void WriteEscape(char value)
    {
        switch (value)
        {
            case '"': WriteRaw("\\\""u8); break;
            case '\\': WriteRaw("\\\\"u8); break;
            case '\n': WriteRaw("\\n"u8); break;
            case '\r': WriteRaw("\\r"u8); break;
            case '\t': WriteRaw("\\t"u8); break;
            case '\b': WriteRaw("\\b"u8); break;
            case '\f': WriteRaw("\\f"u8); break;
            default:
                var span = GetSpan(6);
                "\\u"u8.CopyTo(span);
                Utf8Formatter.TryFormat((int)value, span[2..], out _, new StandardFormat('x', 4));
                _at += 6;
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteFormatted<T>(T value) where T : IUtf8SpanFormattable
    {
        if (_chunk.Length - _at < LongestNumber)
        {
            Grow(LongestNumber);
        }

        value.TryFormat(_chunk.AsSpan(_at), out var written, default, null);
        _at += written;
    }
}
