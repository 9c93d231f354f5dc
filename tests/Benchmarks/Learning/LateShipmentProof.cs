using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Calibrating;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>Cargo 2000: learn on the first 60 %, calibrate on the next 20 %, measure once on the last 20 %. Row order is time.</summary>
internal static class LateShipmentProof
{
    public static (double[] Probabilities, double[] Margins, double[] Labels) Run(LabelledRows rows)
    {
        int Cut(double share) => (int)(share * rows.Count);
        var train = rows.Select([.. Enumerable.Range(0, Cut(0.6))]);
        var middle = rows.Select([.. Enumerable.Range(Cut(0.6), Cut(0.8) - Cut(0.6))]);
        var test = rows.Select([.. Enumerable.Range(Cut(0.8), rows.Count - Cut(0.8))]);
        var options = new BoosterOptions
        {
            Loss = new LogisticLoss(), Trees = 600, Depth = 3, Eta = 0.04, MinChildWeight = 5, Lambda = 5, ColumnSample = 0.5,
            Subsample = 0.7, EarlyStopping = 60, Seed = 1,
        };
        var model = Booster.Fit(train, middle, options, new Silent(), CancellationToken.None).Value;
        var calibration = Calibration.Choose(Margins(model, middle), middle.Labels.Values);
        var margins = Margins(model, test);
        return (calibration.Probabilities(margins), margins, test.Labels.Values);
    }

    public static IEnumerable<(string Name, Estimate Value)> Figures(double[] probabilities, double[] margins, double[] labels)
    {
        var bootstrap = new Bootstrap(300, seed: 20);
        Estimate Of(Func<double[], double[], double> figure, double[] scores) => bootstrap.Of(
            labels.Length, rows => figure([.. rows.Select(row => scores[row])], [.. rows.Select(row => labels[row])]));
        yield return ("auc", Of(Ranking.Auc, margins));
        yield return ("brier", Of(Probabilities.Brier, probabilities));
        yield return ("ece", Of((p, y) => Probabilities.CalibrationError(p, y, bins: 10), probabilities));
        yield return ("mcc", Of((p, y) => Probabilities.Matthews(p, y, threshold: 0.5), probabilities));
        yield return ("base_rate", Of((_, y) => y.Average(), probabilities));
    }

    private static double[] Margins(BoostedModel model, LabelledRows rows)
    {
        var margins = new float[rows.Count];
        Scorer.Compile(model).Margins(rows.Features.Values, margins);
        return [.. margins.Select(margin => (double)margin)];
    }
}
