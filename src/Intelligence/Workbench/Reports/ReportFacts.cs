using Platform.Intelligence.Learning.Detecting;
using Platform.Intelligence.Learning.Explaining;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Fitting;

namespace Platform.Intelligence.Workbench.Reports;

/// <summary>How much a feature moves the margin: the mean size of its contribution on the test block.</summary>
internal sealed record Importance(string Feature, double MeanSize);

/// <summary>How one feature acts: along its values, the mean contribution of rows like these.</summary>
internal sealed record Effect(string Feature, IReadOnlyList<string> Labels, IReadOnlyList<double> Contributions);

/// <summary>How far the values of a feature moved from the first block to the last.</summary>
internal sealed record FeatureDrift(string Feature, double Index);

/// <summary>Everything that card and report say, computed once. Nothing in them is written by hand.</summary>
internal sealed record ReportFacts(
    FittedModel Fitted, IReadOnlyList<Importance> Importances, IReadOnlyList<Effect> Effects, IReadOnlyList<FeatureDrift> Drifts)
{
    private const int ExplainedRows = 2_000;
    private const int DrawnFeatures = 8;
    private const int Steps = 10;

    public static ReportFacts Of(FittedModel fitted)
    {
        var count = Math.Min(ExplainedRows, fitted.Blocks.Test.Count);
        var rows = fitted.Blocks.Test.Select([.. Enumerable.Range(0, count).Select(i => (int)((long)i * fitted.Blocks.Test.Count / count))]);
        var width = rows.Features.Width;
        var parts = new double[count * (width + 1)];
        Explainer.For(fitted.Measured.Model).Explain(rows.Features.Values, parts);
        Importance[] importances = [.. Enumerable.Range(0, width)
            .Select(f => new Importance(
                rows.Features.Features[f].Name,
                Enumerable.Range(0, count).Average(row => Math.Abs(parts[(row * (width + 1)) + f]))))
            .OrderByDescending(importance => importance.MeanSize).ThenBy(importance => importance.Feature, StringComparer.Ordinal)];
        var byName = Enumerable.Range(0, width).ToDictionary(f => rows.Features.Features[f].Name, StringComparer.Ordinal);
        Effect[] effects = [.. importances.Take(DrawnFeatures).Where(item => item.MeanSize > 0)
            .Select(item => EffectOf(rows.Features, byName[item.Feature], row => parts[(row * (width + 1)) + byName[item.Feature]]))];
        return new ReportFacts(fitted, importances, effects, DriftsOf(fitted));
    }

    private static FeatureDrift[] DriftsOf(FittedModel fitted)
    {
        var (first, last) = (fitted.Blocks.Train.Features, fitted.Blocks.Test.Features);
        static float[] Values(FeatureMatrix matrix, int f) => [.. Enumerable.Range(0, matrix.RowCount).Select(row => matrix[row, f])];
        return
        [
            .. first.Features.Select((feature, f) =>
            {
                var before = Values(first, f);
                var bins = PopulationBins.Of(feature, [.. before.Where(value => !float.IsNaN(value))]);
                return new FeatureDrift(feature.Name, PopulationBins.Distance(bins.Shares(before), bins.Shares(Values(last, f))));
            }).OrderByDescending(drift => drift.Index).ThenBy(drift => drift.Feature, StringComparer.Ordinal),
        ];
    }

    /// <summary>Gain of ranking by score: the share of the sought found in the first so many rows.</summary>
    public IReadOnlyList<(double X, double Y)> Gain()
    {
        var test = Fitted.Test;
        int[] order = [.. Enumerable.Range(0, test.Count).OrderByDescending(row => test.Margins[row]).ThenBy(row => row)];
        var total = Math.Max(test.Labels.Values.Sum(), 1e-9);
        var points = new List<(double, double)> { (0, 0) };
        var found = 0.0;
        for (var i = 0; i < order.Length; i++)
        {
            found += test.Labels.Values[order[i]];
            if ((i + 1) % Math.Max(1, order.Length / 100) == 0 || i == order.Length - 1)
            {
                points.Add(((i + 1) / (double)order.Length, found / total));
            }
        }

        return points;
    }

    /// <summary>
    /// Mean cost per row when a flag costs c and a miss costs 1, flagging where the probability exceeds c: what a
    /// calibrated model is for. Beside it, flagging everything and flagging nothing.
    /// </summary>
    public (IReadOnlyList<(double X, double Y)> Model, IReadOnlyList<(double X, double Y)> All, double Nothing) Costs()
    {
        var test = Fitted.Test;
        var rate = test.Labels.Values.Average();
        var model = new List<(double, double)>();
        var all = new List<(double, double)>();
        for (var step = 1; step < 50; step++)
        {
            var flag = step / 50.0;
            var cost = 0.0;
            for (var row = 0; row < test.Count; row++)
            {
                cost += test.Predictions[row] >= flag ? flag : test.Labels.Values[row];
            }

            model.Add((flag, cost / test.Count));
            all.Add((flag, flag));
        }

        return (model, all, rate);
    }

    private static Effect EffectOf(FeatureMatrix matrix, int feature, Func<int, double> contribution)
    {
        var present = Enumerable.Range(0, matrix.RowCount).Where(row => !float.IsNaN(matrix[row, feature])).ToArray();
        var groups = matrix.Features[feature].IsCategorical
            ? present.GroupBy(row => (int)matrix[row, feature]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
                .Take(Steps + 2).Select(group => (matrix.Features[feature].Categories![group.Key], group.ToArray()))
            : Bins(matrix, feature, present);
        List<(string Label, int[] Rows)> all = [.. groups];
        var missing = Enumerable.Range(0, matrix.RowCount).Except(present).ToArray();
        if (missing.Length > 0)
        {
            all.Add(("missing", missing));
        }

        return new Effect(
            matrix.Features[feature].Name,
            [.. all.Select(group => group.Label)],
            [.. all.Select(group => group.Rows.Average(contribution))]);
    }

    private static IEnumerable<(string Label, int[] Rows)> Bins(FeatureMatrix matrix, int feature, int[] present)
    {
        float[] values = [.. present.Select(row => matrix[row, feature])];
        var cuts = QuantileCuts.Of(values, values.Length, Steps);
        return present.GroupBy(row => QuantileCuts.Bin(cuts, matrix[row, feature])).OrderBy(group => group.Key).Select(group =>
        {
            var middle = group.Select(row => matrix[row, feature]).Order().ElementAt(group.Count() / 2);
            return (middle.ToString("G4", System.Globalization.CultureInfo.InvariantCulture), group.ToArray());
        });
    }
}
