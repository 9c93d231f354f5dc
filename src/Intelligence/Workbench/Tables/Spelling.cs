namespace Platform.Intelligence.Workbench.Tables;

/// <summary>Finds what a person meant by a name that is not there.</summary>
internal static class Spelling
{
    private const int Most = 20;

    /// <summary>The name that differs by case, by what stands around it, or by few letters; null when none is near.</summary>
    public static string? Nearest(string asked, IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => name.Equals(asked, StringComparison.OrdinalIgnoreCase))
        ?? names.Select(name => (Name: name, Steps: Steps(Plain(asked), Plain(name))))
            .Where(near => near.Steps <= Math.Max(1, asked.Length / 3))
            .OrderBy(near => near.Steps).Select(near => near.Name).FirstOrDefault()
        ?? names.FirstOrDefault(name => asked.Length > 2 && name.Contains(asked, StringComparison.OrdinalIgnoreCase));

    public static string Listed(IReadOnlyList<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(Most))} and {names.Count - Most} more";

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Letters to insert, remove or change (Levenshtein).</summary>
    private static int Steps(string from, string to)
    {
        int[] above = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
            }

            above = row;
        }

        return above[^1];
    }
}
