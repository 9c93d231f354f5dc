using System.Text;

namespace Platform.GraphQL.Language;

/// <summary>A line and a column, both counted from 1; columns count UTF-16 code units, as every GraphQL client expects.</summary>
public readonly record struct SourceLocation(int Line, int Column);

/// <summary>The UTF-8 text of one document. Line starts are found only when somebody asks for a location.</summary>
public sealed class SourceText
{
    private int[]? _lineStarts;

    public SourceText(ReadOnlyMemory<byte> body, string name)
    {
        Body = body;
        Name = name;
    }

    public SourceText(ReadOnlyMemory<byte> body)
        : this(body, "GraphQL request")
    {
    }

    public ReadOnlyMemory<byte> Body { get; }

    public string Name { get; }

    public static SourceText From(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The line and column of a byte offset.</summary>
    public SourceLocation LocationOf(int offset)
    {
        var starts = _lineStarts ??= FindLineStarts(Body.Span);
        var index = Array.BinarySearch(starts, offset);
        var line = index >= 0 ? index : ~index - 1;
        var before = Body.Span[starts[line]..Math.Min(offset, Body.Length)];
        return new SourceLocation(line + 1, Utf16Length(before) + 1);
    }

    public override string ToString() => Encoding.UTF8.GetString(Body.Span);

    private static int[] FindLineStarts(ReadOnlySpan<byte> body)
    {
        var starts = new List<int> { 0 };
        var position = 0;
        while (position < body.Length)
        {
            var next = body[position..].IndexOfAny((byte)'\n', (byte)'\r');
            if (next < 0)
            {
                break;
            }

            position += next;
            var isPair = body[position] == '\r' && position + 1 < body.Length && body[position + 1] == '\n';
            position += isPair ? 2 : 1;
            starts.Add(position);
        }

        return [.. starts];
    }

    // A continuation byte adds nothing; a four-byte sequence is a surrogate pair and counts twice.
    private static int Utf16Length(ReadOnlySpan<byte> utf8)
    {
        var length = 0;
        foreach (var unit in utf8)
        {
            length += (unit & 0xC0) == 0x80 ? 0 : unit >= 0xF0 ? 2 : 1;
        }

        return length;
    }
}

/// <summary>Where a node stands in its document. A node made in memory has no source.</summary>
public readonly record struct SourceRange(SourceText? Source, int Start, int End)
{
    public bool IsKnown => Source is not null;

    public SourceLocation? Location => Source?.LocationOf(Start);

    internal SourceRange From(int start) => this with { Start = start };
}
