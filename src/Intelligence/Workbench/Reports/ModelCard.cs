using System.Globalization;
using System.Text;
using Platform.Intelligence.Workbench.Fitting;

namespace Platform.Intelligence.Workbench.Reports;

/// <summary>The card, in Hugging Face's front matter and Google's sections, generated from facts.</summary>
internal static class ModelCard
{
    public const string FileName = "MODEL_CARD.md";

    private static readonly double[] Thresholds = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9];

    public static string Write(ReportFacts facts)
    {
        var fitted = facts.Fitted;
        var card = new StringBuilder();
        card.Append("---\ntags: [tabular, gradient-boosting, xgboost-json]\nlibrary_name: xgboost\nmodel-index:\n- name: ").Append(RecipeSections.Title(fitted))
            .Append("\n  results:\n  - dataset: {name: ").Append(Path.GetFileName(fitted.Csv.File)).Append(", type: csv}\n    metrics:\n");
        foreach (var (name, estimate) in fitted.Figures)
        {
            card.Append(CultureInfo.InvariantCulture, $"    - {{type: {name}, value: {estimate.Value:G6}}}\n");
        }

        card.Append(CultureInfo.InvariantCulture, $"---\n# {RecipeSections.Title(fitted)}\n\n{CardSentences.Summary(fitted)}\n\n");
        if (fitted.Request.Recipe is { } origin)
        {
            RecipeSections.Decision(card, origin);
        }

        card.Append("## Use\nDecision support: a score is a reason to look, never a permission to act. Not for judging people.\n\n");
        Data(card, fitted);
        if (fitted.Request.Recipe is { } asked)
        {
            RecipeSections.Inputs(card, asked.Recipe);
        }

        Figures(card, fitted);
        RecipeSections.Slices(card, fitted);
        if (fitted.Kept.IsClassifier)
        {
            ThresholdTable(card, fitted.Test);
        }

        card.Append("## What moves the score\n\n| feature | mean size of contribution |\n| --- | ---: |\n");
        foreach (var item in facts.Importances.Take(15))
        {
            card.Append(CultureInfo.InvariantCulture, $"| {item.Feature} | {item.MeanSize:G4} |\n");
        }

        card.Append("\n## Limits\n");
        foreach (var limit in Limits(fitted))
        {
            card.Append("- ").Append(limit).Append('\n');
        }

        card.Append('\n');
        if (fitted.Request.Recipe is { } served)
        {
            RecipeSections.Serving(card, served.Recipe);
        }

        card.Append("## Again\nThe settings and the hash of the data are in `data.lock.json`; the same file, settings and seed give this folder byte for byte.\n");
        return card.ToString();
    }

    private static void Data(StringBuilder card, FittedModel fitted)
    {
        card.Append("## Data\n");
        card.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(fitted.Csv.File)}, {fitted.Csv.Table.RowCount} rows, sha256 `{fitted.Csv.Sha256[..16]}…`. ");
        card.Append(CultureInfo.InvariantCulture, $"{fitted.DroppedRows} rows had no label.\n\n");
        if (fitted.Tried.Count > 0)
        {
            card.Append("Tried on the middle block: ").AppendJoin("; ", fitted.Tried.Select(tried =>
                string.Create(CultureInfo.InvariantCulture, $"depth {tried.Depth}, eta {tried.Eta}, least weight {tried.MinChildWeight}, lambda {tried.Lambda}: {tried.Trees} trees, loss {tried.Loss:F5}"))).Append(".\n\n");
        }

        if (fitted.Roles.LeftOut.Count > 0)
        {
            card.Append("Left out: ").AppendJoin("; ", fitted.Roles.LeftOut.Select(left => $"{left.Column} ({left.Reason})")).Append(".\n\n");
        }
    }

    private static void Figures(StringBuilder card, FittedModel fitted)
    {
        card.Append(CultureInfo.InvariantCulture, $"## Figures on the last {fitted.Test.Count} rows\n\n| figure | value | 95 % interval |\n| --- | ---: | --- |\n");
        foreach (var (name, estimate) in fitted.Figures)
        {
            card.Append(CultureInfo.InvariantCulture, $"| {name} | {estimate.Value:G5} | {estimate.Low:G5} … {estimate.High:G5} |\n");
        }

        card.Append(CultureInfo.InvariantCulture, $"\nCalibration: {fitted.Kept.Calibration.Name}.");
        if (fitted.Kept.Band is { } band)
        {
            card.Append(CultureInfo.InvariantCulture,
                $" A band of {(band.IsFactor ? "a factor e^" : "±")}{band.HalfWidth:G4} covered {band.Coverage:P0} of the middle block.");
        }

        card.Append("\n\n");
    }

    private static void ThresholdTable(StringBuilder card, ScoredRows test)
    {
        card.Append("| flag from | flagged | precision | recall | mean cost, if a flag costs that and a miss 1 |\n| ---: | ---: | ---: | ---: | ---: |\n");
        var sought = Math.Max(1, test.Labels.Values.Count(label => label > 0.5));
        foreach (var threshold in Thresholds)
        {
            int[] flagged = [.. Enumerable.Range(0, test.Count).Where(row => test.Predictions[row] >= threshold)];
            var right = flagged.Count(row => test.Labels.Values[row] > 0.5);
            var precision = flagged.Length == 0 ? "–" : (right / (double)flagged.Length).ToString("F3", CultureInfo.InvariantCulture);
            card.Append(CultureInfo.InvariantCulture, $"| {threshold} | {flagged.Length} | {precision} | {right / (double)sought:F3} | {((threshold * flagged.Length) + sought - right) / test.Count:F4} |\n");
        }

        card.Append('\n');
    }

    private static IEnumerable<string> Limits(FittedModel fitted)
    {
        if (fitted.Request.Time is null)
        {
            yield return "No column of time was named: the figures hold for the future only if the rows are in its order.";
        }

        if (fitted.Test.Count < 1000)
        {
            yield return FormattableString.Invariant($"Only {fitted.Test.Count} rows measured it: read the intervals, not the values.");
        }

        if (fitted.Kept.IsClassifier && fitted.Test.Labels.Values.Count(label => label > 0.5) is < 50 and var few)
        {
            yield return FormattableString.Invariant($"Only {few} of them were {fitted.Label.Positive ?? "1"}.");
        }

        foreach (var limit in fitted.Request.Recipe?.Recipe.Limits ?? ["Whether the data was real or simulated is not visible from a file; say so where it is used."])
        {
            yield return limit;
        }
    }
}
