using System.Globalization;
using Platform.Intelligence.Learning.Detecting;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Recipes;
using Platform.Intelligence.Workbench.Tables;
using Platform.Intelligence.Workbench.Versions;

namespace Platform.Intelligence.Workbench.Extracts;

/// <summary>One column of a table: what is in it, and how far it is from what the model in service learnt from.</summary>
internal sealed record ColumnProfile(string Column, string Kind, double Missing, int Distinct, string From, string Middle, string To, double? Drift);

/// <summary>Something about a table that a person must know before training on it.</summary>
internal sealed record Flag(bool IsRed, string Says);

internal static class Profile
{
    private const double LeakingRank = 0.98;
    private const double TooManyMissing = 0.5;
    private const double Shift = 0.25;

    public static IReadOnlyList<ColumnProfile> Of(CsvTable csv, SignatureFile? learnt) =>
    [
        .. csv.Table.Columns.Select(column =>
        {
            string[] values = [.. Ordered(column)];
            return new ColumnProfile(
                column.Name, csv.Readings[column.Name].Kind.ToString(), column.MissingCount / (double)Math.Max(1, column.Count),
                column is CategoryColumn words ? words.Codes.Where(code => code >= 0).Distinct().Count() : ((NumericColumn)column).Values.Where(value => !double.IsNaN(value)).Distinct().Count(),
                values.Length == 0 ? "" : values[0], values.Length == 0 ? "" : values[values.Length / 2], values.Length == 0 ? "" : values[^1],
                learnt?.Inputs.FirstOrDefault(input => input.Name == column.Name) is { } input ? DriftOf(csv.Table, input) : null);
        }),
    ];

    /// <summary>The stability index of a column against what the model learnt from, or null where it kept no shares.</summary>
    public static double? DriftOf(Table table, SignatureInput input)
    {
        if (input.Cuts is null || input.Shares is null || input.Shares.Length != input.Cuts.Length + 2)
        {
            return null;
        }

        var matrix = FeatureMatrix.From(table, [new Feature(input.Name, input.Categories)]);
        return PopulationBins.Distance(input.Shares, new PopulationBins(input.Cuts).Shares(matrix.Values));
    }

    /// <summary>What is wrong with a table as rows of a recipe; red flags forbid training.</summary>
    public static IEnumerable<Flag> Check(CsvTable csv, Recipe recipe, SignatureFile? learnt)
    {
        string?[] needed =
        [
            recipe.Label.Column, recipe.Label.Observed, recipe.Columns.Time, recipe.Columns.Unit, recipe.Columns.Group, recipe.Columns.Weight,
            .. recipe.Slices, .. recipe.Present.Select(feature => feature.Name),
        ];
        foreach (var name in needed.OfType<string>().Distinct(StringComparer.Ordinal).Where(name => csv.Table.Find(name) is null))
        {
            yield return new Flag(IsRed: true, $"{name} is missing");
        }

        foreach (var column in csv.Table.Columns.Where(column => !needed.Contains(column.Name, StringComparer.Ordinal)))
        {
            yield return new Flag(IsRed: false, $"{column.Name} is not in the recipe and is not read");
        }

        foreach (var flag in recipe.Present.Select(feature => csv.Table.Find(feature.Name)).OfType<Column>().SelectMany(column => Feature(csv, column, recipe)))
        {
            yield return flag;
        }

        foreach (var input in learnt?.Inputs ?? [])
        {
            if (csv.Table.Find(input.Name) is not null && DriftOf(csv.Table, input) is > Shift and { } index)
            {
                yield return new Flag(IsRed: false, string.Create(CultureInfo.InvariantCulture, $"{input.Name} has shifted since the model in service learnt: {index:F2}"));
            }
        }
    }

    private static IEnumerable<Flag> Feature(CsvTable csv, Column column, Recipe recipe)
    {
        var missing = column.MissingCount / (double)Math.Max(1, column.Count);
        if (missing > TooManyMissing)
        {
            yield return new Flag(IsRed: false, string.Create(CultureInfo.InvariantCulture, $"{column.Name} is missing in {missing:P0} of the rows"));
        }

        if (csv.Table.Find(recipe.Label.Column) is { } label && Rank(column, label) is >= LeakingRank and { } rank)
        {
            yield return new Flag(IsRed: true, string.Create(CultureInfo.InvariantCulture, $"{column.Name} orders the rows as the label does ({rank:F3}): it tells the outcome"));
        }
    }

    // How nearly one column alone orders the outcome; a feature that honest is one from the future.
    private static double Rank(Column feature, Column label)
    {
        if (feature is not NumericColumn numbers)
        {
            return 0;
        }

        var outcomes = label is NumericColumn amounts ? amounts.Values : [.. ((CategoryColumn)label).Codes.Select(code => code < 0 ? double.NaN : code)];
        int[] rows = [.. Enumerable.Range(0, outcomes.Length).Where(row => !double.IsNaN(outcomes[row]) && !double.IsNaN(numbers.Values[row]))];
        double[] x = [.. rows.Select(row => numbers.Values[row])], y = [.. rows.Select(row => outcomes[row])];
        if (rows.Length < 30 || y.Distinct().Take(2).Count() < 2)
        {
            return 0;
        }

        if (y.Distinct().Take(3).Count() == 2)
        {
            var high = y.Max();
            var auc = Ranking.Auc(x, [.. y.Select(value => value.Equals(high) ? 1.0 : 0)]);
            return Math.Max(auc, 1 - auc);
        }

        var correlation = Ranks.Correlation(Ranks.Of(x), Ranks.Of(y));
        return double.IsNaN(correlation) ? 0 : Math.Abs(correlation);
    }

    private static IEnumerable<string> Ordered(Column column) => column switch
    {
        NumericColumn numbers => numbers.Values.Where(value => !double.IsNaN(value)).Order().Select(value => value.ToString("G6", CultureInfo.InvariantCulture)),
        CategoryColumn words => words.Codes.Where(code => code >= 0).Distinct().Select(code => words.Categories[code]).Order(StringComparer.Ordinal),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
