using System.Buffers;
using System.Text;

namespace Platform.GraphQL.Language;

/// <summary>§2.9.4 String values. The whole text is known to be valid UTF-8, so only ASCII needs a look.</summary>
internal ref partial struct Lexer
{
    private static readonly SearchValues<byte> _stringStops = SearchValues.Create("\"\\\n\r"u8);

    private void ReadString(int start)
    {
        Kind = TokenKind.String;
        StringBuilder? built = null;
        var chunk = start + 1;
        var position = chunk;
        while (true)
        {
            var stop = _body[position..].IndexOfAny(_stringStops);
            position = stop < 0 ? _body.Length : position + stop;
            switch (At(position))
            {
                case (byte)'"':
                    var last = Encoding.UTF8.GetString(_body[chunk..position]);
                    Text = built is null ? last : built.Append(last).ToString();
                    End = position + 1;
                    return;
                case (byte)'\\':
                    built = (built ?? new StringBuilder()).Append(Encoding.UTF8.GetString(_body[chunk..position]));
                    position += ReadEscape(position, built);
                    chunk = position;
                    break;
                default:
                    throw Malformed(position, "Unterminated string.");
            }
        }
    }

    private readonly int ReadEscape(int position, StringBuilder target)
    {
        switch (At(position + 1))
        {
            case (byte)'u':
                return At(position + 2) == '{'
                    ? ReadBracedUnicode(position, target)
                    : ReadFixedUnicode(position, target);
            case (byte)'"' or (byte)'\\' or (byte)'/':
                target.Append((char)At(position + 1));
                return 2;
            case (byte)'b':
                target.Append('\b');
                return 2;
            case (byte)'f':
                target.Append('\f');
                return 2;
            case (byte)'n':
                target.Append('\n');
                return 2;
            case (byte)'r':
                target.Append('\r');
                return 2;
            case (byte)'t':
                target.Append('\t');
                return 2;
            default:
                throw Malformed(position, $"Invalid character escape sequence: \"{Excerpt(position, 2)}\".");
        }
    }

    // \u{1F600}: at most eight digits, and only what Unicode calls a scalar value.
    private readonly int ReadBracedUnicode(int position, StringBuilder target)
    {
        const int longest = 12;
        var size = 3;
        var point = 0L;
        while (size < longest)
        {
            var code = At(position + size++);
            if (code == '}')
            {
                if (size < 5 || point > 0x10FFFF || !Rune.IsValid((int)point))
                {
                    break;
                }

                target.Append(new Rune((int)point).ToString());
                return size;
            }

            var digit = HexDigit(code);
            point = (point << 4) | (uint)Math.Max(digit, 0);
            if (digit < 0 || point > int.MaxValue)
            {
                break;
            }
        }

        throw Malformed(position, $"Invalid Unicode escape sequence: \"{Excerpt(position, size)}\".");
    }

    // A leading surrogate is only valid together with the trailing one that follows it.
    private readonly int ReadFixedUnicode(int position, StringBuilder target)
    {
        var code = HexUnit(position + 2);
        if (code >= 0 && !char.IsSurrogate((char)code))
        {
            target.Append((char)code);
            return 6;
        }

        if (code >= 0 && char.IsHighSurrogate((char)code) && At(position + 6) == '\\' && At(position + 7) == 'u')
        {
            var trailing = HexUnit(position + 8);
            if (trailing >= 0 && char.IsLowSurrogate((char)trailing))
            {
                target.Append((char)code).Append((char)trailing);
                return 12;
            }
        }

        throw Malformed(position, $"Invalid Unicode escape sequence: \"{Excerpt(position, 6)}\".");
    }

    private readonly int HexUnit(int position)
    {
        var unit = 0;
        for (var index = 0; index < 4; index++)
        {
            var digit = HexDigit(At(position + index));
            if (digit < 0)
            {
                return -1;
            }

            unit = (unit << 4) | digit;
        }

        return unit;
    }

    private static int HexDigit(byte code) => char.IsAsciiHexDigit((char)code)
        ? code <= '9' ? code - '0' : (code | 0x20) - 'a' + 10
        : -1;

    // Error texts are cut by UTF-16 units, as the clients' own parser cuts them.
    private readonly string Excerpt(int position, int length)
    {
        var bytes = _body.Slice(position, Math.Min(length * 4, _body.Length - position));
        var text = Encoding.UTF8.GetString(bytes);
        return text.Length <= length ? text : text[..length];
    }

    private void ReadBlockString(int start)
    {
        Kind = TokenKind.BlockString;
        var position = start + 3;
        while (true)
        {
            var quote = _body[position..].IndexOf("\"\"\""u8);
            if (quote < 0)
            {
                throw Malformed(_body.Length, "Unterminated string.");
            }

            position += quote;
            if (_body[position - 1] != '\\' || position - 1 < start + 3)
            {
                break;
            }

            position += 3;
        }

        Text = BlockString.Read(_body[(start + 3)..position]);
        End = position + 3;
    }
}
