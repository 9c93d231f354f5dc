using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Recipes;

namespace Platform.Intelligence.Workbench.Judging;

/// <summary>How two versions did on the rows of one slice: mean loss of both.</summary>
internal sealed record SliceComparison(string Column, string Value, int Rows, double Before, double After);

/// <summary>
/// Two answers to the same rows that neither model had seen: the mean loss of both, and the gain of the second with an
/// interval from paired resamples in which the rows of one group are drawn together.
/// </summary>
internal sealed record Comparison(
    string Before, string After, string Figure, int Rows, double LossBefore, double LossAfter, Estimate Gain,
    double? CalibrationError, IReadOnlyList<SliceComparison> Slices)
{
    private const int Resamples = 1_000;
    private const ulong Seed = 1_955;
    private const int LeastRows = 60;

    public const string Constant = "constant";

    /// <summary>Holds a version against another, or against the best constant when there is no other.</summary>
    public static Result<Comparison> Of(JudgedVersion? before, JudgedVersion after, OutcomeTable table)
    {
        // Both must be asked about what neither knew.
        var seen = Math.Max(after.SeenUntil, before?.SeenUntil ?? double.NegativeInfinity);
        var rows = table.After(seen);
        if (rows.Length < LeastRows)
        {
            return new NoRowsToJudge(
                table.Csv.File, $"{rows.Length} rows are later than what the versions learnt from; at least {LeastRows} are needed");
        }

        var labels = table.Labels.Select(rows);
        var challenger = table.Scored(after.Measured, rows);
        var predicted = before is null ? Guess(table, seen, labels.Count) : table.Scored(before.Measured, rows).Predictions;
        var loss = LossOf(after.Recipe);
        double[] old = [.. Enumerable.Range(0, rows.Length).Select(row => loss(predicted[row], labels, row))];
        double[] young = [.. Enumerable.Range(0, rows.Length).Select(row => loss(challenger.Predictions[row], labels, row))];
        var gain = new Bootstrap(Resamples, Seed).OfClusters(
            table.Clusters(rows), sample => sample.Length == 0 ? double.NaN : sample.Average(row => old[row] - young[row]));
        return new Comparison(
            before?.Name ?? Constant, after.Name, FigureName(after.Recipe), rows.Length, old.Average(), young.Average(), gain,
            after.Recipe.Label.Objective == "logistic"
                ? Probabilities.CalibrationError(challenger.Predictions, labels.Values, bins: 10)
                : null,
            [.. table.Slices(rows).Select(pair => new SliceComparison(
                pair.Column, pair.Slice.Value, pair.Slice.Places.Length,
                pair.Slice.Places.Average(place => old[place]), pair.Slice.Places.Average(place => young[place])))]);
    }

    private static string FigureName(Recipe recipe) => recipe.Gates.Figure switch
    {
        GateFigure.LogLoss => "log loss",
        GateFigure.Pinball => "pinball loss",
        GateFigure.AbsoluteError => $"absolute error, {recipe.Label.Unit}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The loss of one row. What still runs has an error of at least what it outlasted the forecast by.</summary>
    private static Func<double, Labels, int, double> LossOf(Recipe recipe) => recipe.Gates.Figure switch
    {
        GateFigure.LogLoss => static (p, labels, row) => Probabilities.LogLoss(p, labels.Values[row]),
        GateFigure.Pinball => (p, labels, row) => Errors.Pinball([p], [labels.Values[row]], recipe.Label.Quantile ?? 0.5),
        GateFigure.AbsoluteError => static (p, labels, row) => labels.IsObserved(row)
            ? Math.Abs(p - labels.Values[row])
            : Math.Max(0, labels.Values[row] - p),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // The best that can be said without a model: the rate, or the median, of everything earlier.
    private static double[] Guess(OutcomeTable table, double seen, int count)
    {
        int[] earlier = [.. Enumerable.Range(0, table.Times.Length).Where(row => table.Times[row] <= seen)];
        double[] values = [.. (earlier.Length == 0 ? Enumerable.Range(0, table.Times.Length) : earlier).Select(row => table.Labels.Values[row])];
        var guess = table.Recipe.Gates.Figure == GateFigure.LogLoss
            ? values.Average()
            : values.Order().ElementAt((int)((table.Recipe.Label.Quantile ?? 0.5) * (values.Length - 1)));
        return [.. Enumerable.Repeat(guess, count)];
    }
}
