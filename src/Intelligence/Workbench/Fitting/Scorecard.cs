using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>Rows with what the model said and what happened.</summary>
internal sealed record ScoredRows(double[] Margins, double[] Predictions, Labels Labels)
{
    public int Count => Margins.Length;

    public ScoredRows Select(int[] rows) => new(
        [.. rows.Select(row => Margins[row])], [.. rows.Select(row => Predictions[row])], Labels.Select(rows));
}

/// <summary>One figure of a report.</summary>
internal sealed record Figure(string Name, Estimate Estimate);

/// <summary>The figures that suit what a model predicts, each with its 95 % interval from resampled rows.</summary>
internal static class Scorecard
{
    private const ulong Seed = 95;

    public static IReadOnlyList<Figure> Measure(ScoredRows rows, Objective objective, double? quantile)
    {
        // Intervals of large samples are narrow anyway; their resamples are dear.
        var bootstrap = new Bootstrap(Math.Clamp(4_000_000 / Math.Max(rows.Count, 1), 30, 300), Seed);
        var figures = objective.Link == Link.Logistic ? Classification
            : objective.Name == "survival:aft" ? Survival
            : Regression(quantile);
        // Sorted once, every resample is sorted by its row numbers: ranking costs a walk instead of a sort.
        var sorted = rows.Select(Ranking.Ascending(rows.Margins));
        var estimates = bootstrap.Of(
            rows.Count,
            sample =>
            {
                Array.Sort(sample);
                var drawn = sorted.Select(sample);
                return [.. figures.Select(figure => figure.Of(drawn))];
            },
            figures.Length);
        return [.. figures.Zip(estimates, static (figure, estimate) => new Figure(figure.Name, estimate))];
    }

    private static readonly (string Name, Func<ScoredRows, double> Of)[] Classification =
    [
        ("auc", static rows => Ranking.Auc(rows.Margins, rows.Labels.Values)),
        ("average_precision", static rows => Ranking.AveragePrecision(rows.Margins, rows.Labels.Values)),
        ("log_loss", static rows => Probabilities.LogLoss(rows.Predictions, rows.Labels.Values)),
        ("brier", static rows => Probabilities.Brier(rows.Predictions, rows.Labels.Values)),
        ("ece", static rows => Probabilities.CalibrationError(rows.Predictions, rows.Labels.Values, bins: 10)),
        ("mcc_at_half", static rows => Probabilities.Matthews(rows.Predictions, rows.Labels.Values, threshold: 0.5)),
        ("recall_at_05_percent", static rows => Ranking.RecallAtBudget(rows.Margins, rows.Labels.Values, budget: 0.05)),
        ("recall_at_10_percent", static rows => Ranking.RecallAtBudget(rows.Margins, rows.Labels.Values, budget: 0.10)),
        ("recall_at_20_percent", static rows => Ranking.RecallAtBudget(rows.Margins, rows.Labels.Values, budget: 0.20)),
        ("base_rate", static rows => rows.Labels.Values.Average()),
    ];

    private static readonly (string Name, Func<ScoredRows, double> Of)[] Survival =
    [
        ("concordance", static rows => Concordance.Of(rows.Margins, rows.Labels)),
        ("mae_observed", static rows => Observed(rows, Errors.MeanAbsolute)),
        ("bias_observed", static rows => Observed(rows, Errors.Bias)),
        ("share_observed", static rows => Enumerable.Range(0, rows.Count).Count(rows.Labels.IsObserved) / (double)rows.Count),
    ];

    private static (string Name, Func<ScoredRows, double> Of)[] Regression(double? quantile)
    {
        (string, Func<ScoredRows, double>)[] common =
        [
            ("mae", static rows => Errors.MeanAbsolute(rows.Predictions, rows.Labels.Values)),
            ("rmse", static rows => Errors.RootMeanSquare(rows.Predictions, rows.Labels.Values)),
            ("bias", static rows => Errors.Bias(rows.Predictions, rows.Labels.Values)),
            ("r2", static rows => Explained(rows)),
        ];
        return quantile is not { } share ? common :
        [
            ("pinball", rows => Errors.Pinball(rows.Predictions, rows.Labels.Values, share)),
            ("share_not_above", static rows => Errors.Coverage(
                [.. rows.Predictions.Select(_ => double.NegativeInfinity)], rows.Predictions, rows.Labels.Values)),
            .. common,
        ];
    }

    private static double Explained(ScoredRows rows)
    {
        var mean = rows.Labels.Values.Average();
        var total = rows.Labels.Values.Sum(value => (value - mean) * (value - mean));
        var left = rows.Predictions.Zip(rows.Labels.Values, (p, y) => (p - y) * (p - y)).Sum();
        return total == 0 ? double.NaN : 1 - (left / total);
    }

    private static double Observed(ScoredRows rows, Func<double[], double[], double> error)
    {
        int[] observed = [.. Enumerable.Range(0, rows.Count).Where(rows.Labels.IsObserved)];
        return observed.Length == 0
            ? double.NaN
            : error([.. observed.Select(row => rows.Predictions[row])], [.. observed.Select(row => rows.Labels.Values[row])]);
    }
}
