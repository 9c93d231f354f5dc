using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Explaining;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.CommandLine;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Recipes;
using Platform.Intelligence.Workbench.Registry;
using Platform.Intelligence.Workbench.Scoring;

namespace Platform.Intelligence.Workbench.Judging;

internal sealed record NoSuchRow(string Asked, int Rows) : DomainError
{
    public override string Message => $"{Asked} is not a row of the table; it has {Rows}.";
}

/// <summary>What one feature did to the score of one row.</summary>
internal sealed record Reason(string Feature, string Value, string Unit, double Contribution);

/// <summary>A score and what it is made of: bias and reasons sum to the margin.</summary>
internal sealed record Explained(string Version, double Prediction, double Margin, double Bias, IReadOnlyList<Reason> Reasons)
{
    private const int BarWidth = 24;

    public Printed ToPrinted()
    {
        var largest = Math.Max(1e-12, Reasons.Select(reason => Math.Abs(reason.Contribution)).DefaultIfEmpty(0).Max());
        return new Printed(
            ["feature", "value", "contribution", ""],
            [.. Reasons.Select(reason => (string[])[
                reason.Feature, $"{reason.Value} {reason.Unit}".TrimEnd(), reason.Contribution.ToString("+0.000;-0.000;0", CultureInfo.InvariantCulture),
                new string(reason.Contribution > 0 ? '▶' : '◀', (int)Math.Round(BarWidth * Math.Abs(reason.Contribution) / largest))])],
            [FormattableString.Invariant($"{Version} answers {Prediction:G5}: margin {Margin:G5} = bias {Bias:G5} + the contributions above.")],
            this);
    }
}

/// <summary>Explains one row of a table by a version.</summary>
internal sealed class Explaining(RegisteredVersion version)
{
    public Result<Explained> Run(string csv, int? row, string? match, CancellationToken ct)
    {
        var read = ScoringTable.Read(csv, version.Answering, ct);
        if (!read.Succeeded(out var table))
        {
            return read.Error!;
        }

        var recipe = RecipeReader.Read(Path.Combine(version.Folder, RecipeReader.FileName));
        if (!recipe.Succeeded(out var asLearnt))
        {
            return recipe.Error!;
        }

        var at = row is { } number ? number - 1 : Place(table, match!);
        return at >= 0 && at < table.Matrix.RowCount
            ? Of(table.Matrix.Select([at]), asLearnt)
            : new NoSuchRow(match ?? row?.ToString(CultureInfo.InvariantCulture) ?? "", table.Matrix.RowCount);
    }

    private static int Place(ScoringTable table, string match)
    {
        var equals = match.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && table.Csv.Table.Find(match[..equals]) is { } column
            ? Enumerable.Range(0, column.Count).FirstOrDefault(row => Slicing.Text(column, row) == match[(equals + 1)..], -1)
            : -1;
    }

    private Explained Of(FeatureMatrix one, Recipe recipe)
    {
        var model = version.Answering.Model;
        var parts = new double[model.Features.Count + 1];
        Explainer.For(model).Explain(one.Values, parts);
        var scored = ModelFitting.Score(version.Answering, new LabelledRows(one, Labels.Of([0]), Weights: null));
        var units = recipe.Features.ToDictionary(feature => feature.Name, feature => feature.Unit, StringComparer.Ordinal);
        return new Explained(
            $"{version.Model}@{version.Version}", scored.Predictions[0], scored.Margins[0], parts[^1],
            [
                .. model.Features.Select((feature, f) => new Reason(
                        feature.Name, Told(feature, one[0, f]), feature.IsCategorical ? "" : units.GetValueOrDefault(feature.Name, ""), parts[f]))
                    .OrderByDescending(reason => Math.Abs(reason.Contribution)),
            ]);
    }

    private static string Told(Feature feature, float value) => float.IsNaN(value) ? "missing"
        : feature.IsCategorical ? feature.Categories![(int)value]
        : value.ToString("G5", CultureInfo.InvariantCulture);
}
