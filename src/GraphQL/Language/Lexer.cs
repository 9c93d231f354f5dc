using System.Text;

namespace Platform.GraphQL.Language;

/// <summary>§2.1 Cuts UTF-8 text into tokens. A token is three numbers; only strings make a string.</summary>
internal ref partial struct Lexer
{
    private readonly SourceText _source;
    private readonly ReadOnlySpan<byte> _body;

    public Lexer(SourceText source)
    {
        _source = source;
        _body = source.Body.Span;
    }

    public TokenKind Kind { get; private set; }

    public int Start { get; private set; }

    public int End { get; private set; }

    /// <summary>Where the token before this one ended: the end of a node that has just been read.</summary>
    public int PreviousEnd { get; private set; }

    /// <summary>The value of a string token.</summary>
    public string? Text { get; private set; }

    public readonly SourceText Source => _source;

    public readonly ReadOnlySpan<byte> Bytes => _body[Start..End];

    public void Advance()
    {
        PreviousEnd = End;
        Text = null;
        var position = SkipIgnored(End);
        Start = position;
        if (position >= _body.Length)
        {
            Kind = TokenKind.EndOfFile;
            End = position;
            return;
        }

        var kind = Punctuator(_body[position]);
        if (kind != TokenKind.StartOfFile)
        {
            Kind = kind;
            End = position + 1;
            return;
        }

        ReadLongToken(position);
    }

    /// <summary>How an error message shows the current token.</summary>
    public readonly string Describe() => Kind switch
    {
        TokenKind.Name or TokenKind.Int or TokenKind.Float => $"{Kind.Describe()} \"{Encoding.ASCII.GetString(Bytes)}\"",
        TokenKind.String or TokenKind.BlockString => $"{Kind.Describe()} \"{Text}\"",
        _ => Kind.Describe(),
    };

    private readonly SyntaxException Malformed(int position, string description) =>
        new(_source, position, description, SyntaxFault.Malformed);

    private static TokenKind Punctuator(byte code) => code switch
    {
        (byte)'!' => TokenKind.Bang,
        (byte)'$' => TokenKind.Dollar,
        (byte)'&' => TokenKind.Ampersand,
        (byte)'(' => TokenKind.ParenLeft,
        (byte)')' => TokenKind.ParenRight,
        (byte)':' => TokenKind.Colon,
        (byte)'=' => TokenKind.Equal,
        (byte)'@' => TokenKind.At,
        (byte)'[' => TokenKind.BracketLeft,
        (byte)']' => TokenKind.BracketRight,
        (byte)'{' => TokenKind.BraceLeft,
        (byte)'|' => TokenKind.Pipe,
        (byte)'}' => TokenKind.BraceRight,
        _ => TokenKind.StartOfFile,
    };

    // §2.1.1–2.1.7: white space, line ends, commas, comments and the byte order mark mean nothing between tokens.
    private readonly int SkipIgnored(int position)
    {
        while (position < _body.Length)
        {
            switch (_body[position])
            {
                case (byte)' ' or (byte)'\t' or (byte)',' or (byte)'\n' or (byte)'\r':
                    position++;
                    break;
                case (byte)'#':
                    var length = _body[position..].IndexOfAny((byte)'\n', (byte)'\r');
                    position = length < 0 ? _body.Length : position + length;
                    break;
                case 0xEF when _body[position..].StartsWith("\uFEFF"u8):
                    position += 3;
                    break;
                default:
                    return position;
            }
        }

        return position;
    }

    private void ReadLongToken(int position)
    {
        var code = _body[position];
        if (IsNameStart(code))
        {
            var end = position + 1;
            while (end < _body.Length && (IsNameStart(_body[end]) || IsDigit(_body[end])))
            {
                end++;
            }

            Kind = TokenKind.Name;
            End = end;
        }
        else if (code == '"')
        {
            if (_body[position..].StartsWith("\"\"\""u8))
            {
                ReadBlockString(position);
            }
            else
            {
                ReadString(position);
            }
        }
        else if (code == '-' || IsDigit(code))
        {
            ReadNumber(position);
        }
        else if (_body[position..].StartsWith("..."u8))
        {
            Kind = TokenKind.Spread;
            End = position + 3;
        }
        else if (code == '\'')
        {
            throw Malformed(position, "Unexpected single quote character ('), did you mean to use a double quote (\")?");
        }
        else
        {
            throw Malformed(position, $"Unexpected character: {Show(position)}.");
        }
    }

    // §2.9.1, §2.9.2: no leading zeros, and no name or dot may touch a number.
    private void ReadNumber(int start)
    {
        var position = start;
        Kind = TokenKind.Int;
        if (At(position) == '-')
        {
            position++;
        }

        if (At(position) == '0')
        {
            position++;
            if (IsDigit(At(position)))
            {
                throw Malformed(position, $"Invalid number, unexpected digit after 0: {Show(position)}.");
            }
        }
        else
        {
            position = ReadDigits(position);
        }

        if (At(position) == '.')
        {
            Kind = TokenKind.Float;
            position = ReadDigits(position + 1);
        }

        if (At(position) is (byte)'e' or (byte)'E')
        {
            Kind = TokenKind.Float;
            position++;
            position = ReadDigits(At(position) is (byte)'+' or (byte)'-' ? position + 1 : position);
        }

        if (At(position) == '.' || IsNameStart(At(position)))
        {
            throw Malformed(position, $"Invalid number, expected digit but got: {Show(position)}.");
        }

        End = position;
    }

    private readonly int ReadDigits(int position)
    {
        if (!IsDigit(At(position)))
        {
            throw Malformed(position, $"Invalid number, expected digit but got: {Show(position)}.");
        }

        while (IsDigit(At(position)))
        {
            position++;
        }

        return position;
    }

    private readonly byte At(int position) => position < _body.Length ? _body[position] : (byte)0;

    private static bool IsDigit(byte code) => code is >= (byte)'0' and <= (byte)'9';

    private static bool IsNameStart(byte code) =>
        (code | 0x20) is >= 'a' and <= 'z' || code == '_';

    /// <summary>A character as an error message shows it.</summary>
    private readonly string Show(int position)
    {
        if (position >= _body.Length)
        {
            return TokenKind.EndOfFile.Describe();
        }

        _ = Rune.DecodeFromUtf8(_body[position..], out var rune, out _);
        return rune.Value switch
        {
            '"' => "'\"'",
            >= 0x20 and <= 0x7E => $"\"{(char)rune.Value}\"",
            var other => $"U+{other:X4}",
        };
    }
}
