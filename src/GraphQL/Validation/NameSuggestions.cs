namespace Platform.GraphQL.Validation;

/// <summary>Names that somebody may have meant: near by Damerau–Levenshtein distance, nearest first.</summary>
internal static class NameSuggestions
{
    private const int MostShown = 5;

    public static string DidYouMean(string word, IEnumerable<string> names) => Phrase("", Near(word, names));

    public static string DidYouMean(string what, string word, IEnumerable<string> names) =>
        Phrase($"{what} ", Near(word, names));

    public static string Phrase(string what, IReadOnlyList<string> names)
    {
        var quoted = names.Take(MostShown).Select(name => $"\"{name}\"").ToArray();
        return quoted.Length switch
        {
            0 => "",
            1 => $" Did you mean {what}{quoted[0]}?",
            2 => $" Did you mean {what}{quoted[0]} or {quoted[1]}?",
            _ => $" Did you mean {what}{string.Join(", ", quoted[..^1])}, or {quoted[^1]}?",
        };
    }

    public static List<string> Near(string word, IEnumerable<string> names)
    {
        var threshold = (int)(word.Length * 0.4) + 1;
        return
        [
            .. names.Distinct(StringComparer.Ordinal)
                .Select(name => (Name: name, Distance: Distance(word, name, threshold)))
                .Where(candidate => candidate.Distance <= threshold)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, NaturalOrder.Instance)
                .Select(candidate => candidate.Name),
        ];
    }

    // Three rows are enough, because a swap of neighbours looks back two. Beyond the threshold the number is not exact.
    private static int Distance(string word, string name, int threshold)
    {
        if (word == name)
        {
            return 0;
        }

        var (first, second) = (name.ToLowerInvariant(), word.ToLowerInvariant());
        if (first == second)
        {
            return 1;
        }

        if (first.Length < second.Length)
        {
            (first, second) = (second, first);
        }

        if (first.Length - second.Length > threshold)
        {
            return int.MaxValue;
        }

        int[][] rows = [new int[second.Length + 1], new int[second.Length + 1], new int[second.Length + 1]];
        for (var column = 0; column <= second.Length; column++)
        {
            rows[0][column] = column;
        }

        for (var row = 1; row <= first.Length; row++)
        {
            if (Fill(rows, row, first, second) > threshold)
            {
                return int.MaxValue;
            }
        }

        return rows[first.Length % 3][second.Length];
    }

    private static int Fill(int[][] rows, int row, string first, string second)
    {
        var above = rows[(row - 1) % 3];
        var current = rows[row % 3];
        var smallest = current[0] = row;
        for (var column = 1; column <= second.Length; column++)
        {
            var cost = first[row - 1] == second[column - 1] ? 0 : 1;
            var cell = Math.Min(Math.Min(above[column] + 1, current[column - 1] + 1), above[column - 1] + cost);
            if (row > 1 && column > 1 && first[row - 1] == second[column - 2] && first[row - 2] == second[column - 1])
            {
                cell = Math.Min(cell, rows[(row - 2) % 3][column - 2] + 1);
            }

            current[column] = cell;
            smallest = Math.Min(smallest, cell);
        }

        return smallest;
    }
}

/// <summary>Text order in which the numbers within names count as numbers: `a2` before `a10`.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var (l, r) = (0, 0);
        while (l < left.Length && r < right.Length)
        {
            int order;
            if (char.IsAsciiDigit(left[l]) && char.IsAsciiDigit(right[r]))
            {
                order = ReadNumber(left, ref l).CompareTo(ReadNumber(right, ref r));
            }
            else
            {
                order = left[l++].CompareTo(right[r++]);
            }

            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static decimal ReadNumber(ReadOnlySpan<char> text, ref int position)
    {
        // A leading zero stands for itself; the digits after it are another number.
        var number = 0m;
        do
        {
            number = Math.Min(number * 10 + (text[position++] - '0'), 1e27m);
        }
        while (position < text.Length && char.IsAsciiDigit(text[position]) && number > 0);

        return number;
    }
}
