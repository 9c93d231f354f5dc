using System.Text;

namespace Platform.GraphQL.Language;

/// <summary>§2.9.4.1 Block strings: their meaning is the text without the indentation all lines share.</summary>
internal static class BlockString
{
    private const int WidestSingleLine = 70;

    public static string Read(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        if (text.Contains("\\\"\"\"", StringComparison.Ordinal))
        {
            text = text.Replace("\\\"\"\"", "\"\"\"", StringComparison.Ordinal);
        }

        return text.AsSpan().IndexOfAny('\n', '\r') < 0 ? text.Trim(' ', '\t').Length == 0 ? "" : text : Dedent(text);
    }

    public static string[] SplitLines(string text) => text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);

    /// <summary>The literal whose meaning is <paramref name="value"/>.</summary>
    public static string Print(string value)
    {
        var escaped = value.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal);
        var lines = SplitLines(escaped);
        var isSingleLine = lines.Length == 1;

        // When every later line is indented, the indentation would count as common: a first empty line prevents it.
        var needsLeadingLine = !isSingleLine && lines.Skip(1).All(line => line.Length == 0 || IsSpace(line[0]));
        var endsWithTripleQuote = escaped.EndsWith("\\\"\"\"", StringComparison.Ordinal);
        var needsTrailingLine = (value.EndsWith('"') && !endsWithTripleQuote) || value.EndsWith('\\');
        var isSpread = !isSingleLine || value.Length > WidestSingleLine || needsTrailingLine || needsLeadingLine ||
            endsWithTripleQuote;
        var startsWithSpace = isSingleLine && value.Length > 0 && IsSpace(value[0]);

        var head = (isSpread && !startsWithSpace) || needsLeadingLine ? "\n" : "";
        var tail = isSpread ? "\n" : "";
        return $"\"\"\"{head}{escaped}{tail}\"\"\"";
    }

    /// <summary>Whether a block string can say exactly this text.</summary>
    public static bool CanSay(string value)
    {
        var isEmptyLine = true;
        var hasIndent = false;
        var hasCommonIndent = true;
        var seenLine = false;
        foreach (var unit in value)
        {
            switch (unit)
            {
                case '\n':
                    if (isEmptyLine && !seenLine)
                    {
                        return false;
                    }

                    seenLine = true;
                    isEmptyLine = true;
                    hasIndent = false;
                    break;
                case '\t' or ' ':
                    hasIndent |= isEmptyLine;
                    break;
                case <= '\u000F':
                    return false;
                default:
                    hasCommonIndent &= hasIndent;
                    isEmptyLine = false;
                    break;
            }
        }

        return value.Length == 0 || (!isEmptyLine && !(hasCommonIndent && seenLine));
    }

    private static string Dedent(string text)
    {
        var lines = SplitLines(text);
        var common = int.MaxValue;
        var first = -1;
        var last = -1;
        for (var index = 0; index < lines.Length; index++)
        {
            var indent = lines[index].Length - lines[index].TrimStart(' ', '\t').Length;
            if (indent == lines[index].Length)
            {
                continue;
            }

            first = first < 0 ? index : first;
            last = index;
            common = index == 0 ? common : Math.Min(common, indent);
        }

        if (first < 0)
        {
            return "";
        }

        var kept = new StringBuilder();
        for (var index = first; index <= last; index++)
        {
            kept.Append(index == first ? "" : "\n");
            kept.Append(index == 0 ? lines[index] : lines[index][Math.Min(common, lines[index].Length)..]);
        }

        return kept.ToString();
    }

    private static bool IsSpace(char unit) => unit is ' ' or '\t';
}
