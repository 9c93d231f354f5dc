using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>Breaks documents: some tokens or characters are removed, doubled, swapped or replaced.</summary>
internal static partial class TextMutation
{
    private static readonly string[] _tokens =
    [
        "{", "}", "(", ")", "[", "]", ":", "=", "!", "|", "&", "@", "$", "...", ",", "\n", "\r\n", "#c\n", "on", "query",
        "mutation", "fragment", "type", "extend", "input", "enum", "union", "interface", "scalar", "directive", "schema",
        "implements", "repeatable", "true", "false", "null", "name", "_a1", "0", "-1", "1.5", "1e10", "01", "1.", "-", "1a",
        "\"s\"", "\"\"", "\"\"\"b\"\"\"", "\"\"\"\n  a\n    b\n\"\"\"", "\"\\n\\u0041\"", "\"\\u{1F600}\"", "\"\\uD83D\\uDE00\"",
        "\"\\uD83D\"", "\"\\q\"", "\"\\u{110000}\"", "\"open", "\"\"\"open", "'a'", "\uFEFF", "é", "\u0007", "😀", "\"é😀\"",
        "#", ".", "..", "%", "\\", "QUERY", "FIELD",
    ];

    public static string Break(string text, Chance chance)
    {
        var parts = Tokens().Matches(text).Select(match => match.Value).ToList();
        for (var count = chance.Between(1, 3); count > 0 && parts.Count > 0; count--)
        {
            var place = chance.Below(parts.Count);
            switch (chance.Below(5))
            {
                case 0:
                    parts.RemoveAt(place);
                    break;
                case 1:
                    parts.Insert(place, parts[chance.Below(parts.Count)]);
                    break;
                case 2:
                    parts[place] = chance.Of(_tokens);
                    break;
                case 3:
                    parts.Insert(place, chance.Of(_tokens));
                    break;
                default:
                    parts[place] = BreakWithin(parts[place], chance);
                    break;
            }
        }

        return string.Concat(parts);
    }

    private static string BreakWithin(string token, Chance chance)
    {
        var runes = token.EnumerateRunes().ToList();
        var place = chance.Below(Math.Max(runes.Count, 1));
        if (runes.Count > 0 && chance.Percent(50))
        {
            runes.RemoveAt(place);
        }
        else
        {
            runes.Insert(place, new Rune(chance.Of("aA0_$@\"\\{}[]()!:.,#-+ \n\r\t".ToCharArray())));
        }

        return string.Concat(runes);
    }

    [GeneratedRegex("\\s+|\\w+|\\.\\.\\.|\"[^\"\n]*\"|.", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tokens();
}
