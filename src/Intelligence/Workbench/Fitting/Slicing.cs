using System.Globalization;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>Rows that share one value of a column, by their places in the block that is measured.</summary>
internal sealed record Slice(string Value, int[] Places);

internal static class Slicing
{
    private const int MostSlices = 50;

    // Fewer say nothing about the slice.
    private const int LeastRows = 30;

    /// <summary>The larger slices of some rows of a column, largest first.</summary>
    public static IReadOnlyList<Slice> By(Column column, int[] rows) =>
    [
        .. Enumerable.Range(0, rows.Length).GroupBy(place => Text(column, rows[place]), StringComparer.Ordinal)
            .Where(group => group.Count() >= LeastRows)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostSlices)
            .Select(group => new Slice(group.Key, [.. group])),
    ];

    public static string Text(Column column, int row) => column switch
    {
        CategoryColumn words => words[row] ?? "missing",
        NumericColumn numbers when double.IsNaN(numbers.Values[row]) => "missing",
        NumericColumn numbers => numbers.Values[row].ToString("R", CultureInfo.InvariantCulture),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
