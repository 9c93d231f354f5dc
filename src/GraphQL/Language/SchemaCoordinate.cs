using System.Text;

namespace Platform.GraphQL.Language;

/// <summary>§2.13, §3.14 Names one element of a schema: `Type`, `Type.member`, `Type.field(arg:)`, `@dir`, `@dir(arg:)`.</summary>
public sealed record SchemaCoordinate(string Name, string? MemberName, string? ArgumentName, CoordinateTarget Target)
{
    public static SchemaCoordinate OfType(string type) => new(type, null, null, CoordinateTarget.Type);

    public static SchemaCoordinate OfMember(string type, string member) =>
        new(type, member, null, CoordinateTarget.Type);

    public static SchemaCoordinate OfArgument(string type, string field, string argument) =>
        new(type, field, argument, CoordinateTarget.Type);

    public static SchemaCoordinate OfDirective(string directive) =>
        new(directive, null, null, CoordinateTarget.Directive);

    public static SchemaCoordinate OfDirectiveArgument(string directive, string argument) =>
        new(directive, null, argument, CoordinateTarget.Directive);

    /// <summary>Reads a coordinate. Nothing may stand between its parts, not even a space.</summary>
    /// <exception cref="SyntaxException">The text is not a coordinate.</exception>
    public static SchemaCoordinate Parse(string text)
    {
        var reader = new CoordinateReader(SourceText.From(text));
        return reader.Read();
    }

    public override string ToString()
    {
        var text = new StringBuilder(Target == CoordinateTarget.Directive ? "@" : "").Append(Name);
        if (MemberName is not null)
        {
            text.Append('.').Append(MemberName);
        }

        if (ArgumentName is not null)
        {
            text.Append('(').Append(ArgumentName).Append(":)");
        }

        return text.ToString();
    }
}

public enum CoordinateTarget
{
    Type,
    Directive,
}

/// <summary>The coordinate grammar is its own: its lexer ignores nothing.</summary>
internal ref struct CoordinateReader(SourceText source)
{
    private readonly ReadOnlySpan<byte> _text = source.Body.Span;
    private TokenKind _kind;
    private int _start;
    private int _end;

    public SchemaCoordinate Read()
    {
        Advance();
        var target = Skip(TokenKind.At) ? CoordinateTarget.Directive : CoordinateTarget.Type;
        var name = Name();
        var member = target == CoordinateTarget.Type && Skip(TokenKind.Dot) ? Name() : null;
        string? argument = null;
        if ((target == CoordinateTarget.Directive || member is not null) && Skip(TokenKind.ParenLeft))
        {
            argument = Name();
            Expect(TokenKind.Colon);
            Expect(TokenKind.ParenRight);
        }

        return _kind == TokenKind.EndOfFile
            ? new SchemaCoordinate(name, member, argument, target)
            : throw Expected(TokenKind.EndOfFile);
    }

    private void Advance()
    {
        _start = _end;
        if (_start == _text.Length)
        {
            _kind = TokenKind.EndOfFile;
            return;
        }

        _end = _start + 1;
        _kind = _text[_start] switch
        {
            (byte)'.' => TokenKind.Dot,
            (byte)'(' => TokenKind.ParenLeft,
            (byte)')' => TokenKind.ParenRight,
            (byte)':' => TokenKind.Colon,
            (byte)'@' => TokenKind.At,
            var code when IsNamePart(code) && !char.IsAsciiDigit((char)code) => TokenKind.Name,
            _ => throw Invalid(),
        };
        while (_kind == TokenKind.Name && _end < _text.Length && IsNamePart(_text[_end]))
        {
            _end++;
        }
    }

    private static bool IsNamePart(byte code) => char.IsAsciiLetterOrDigit((char)code) || code == '_';

    private bool Skip(TokenKind kind)
    {
        if (_kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

    private void Expect(TokenKind kind)
    {
        if (!Skip(kind))
        {
            throw Expected(kind);
        }
    }

    private string Name()
    {
        var text = Encoding.ASCII.GetString(_kind == TokenKind.Name ? _text[_start.._end] : []);
        Expect(TokenKind.Name);
        return text;
    }

    private readonly SyntaxException Expected(TokenKind kind)
    {
        var found = _kind == TokenKind.Name
            ? $"Name \"{Encoding.ASCII.GetString(_text[_start.._end])}\""
            : _kind.Describe();
        return new SyntaxException(
            source, _start, $"Expected {kind.Describe()}, found {found}.", SyntaxFault.Malformed);
    }

    private readonly SyntaxException Invalid()
    {
        _ = Rune.DecodeFromUtf8(_text[_start..], out var rune, out _);
        var shown = rune.Value is >= 0x20 and <= 0x7E
            ? rune.Value == '"' ? "'\"'" : $"\"{rune}\""
            : $"U+{rune.Value:X4}";
        return new SyntaxException(source, _start, $"Invalid character: {shown}.", SyntaxFault.Malformed);
    }
}
