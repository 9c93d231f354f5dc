using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.Learning.Measuring;

/// <summary>How true probabilities are. Labels are 0 or 1.</summary>
internal static class Probabilities
{
    // A certain and wrong answer costs 34.5, not infinity.
    private const double Certain = 1e-15;

    public static double LogLoss(double[] probabilities, double[] labels)
    {
        var sum = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            sum += LogLoss(probabilities[row], labels[row]);
        }

        return sum / labels.Length;
    }

    public static double LogLoss(double probability, double label)
    {
        var p = Math.Clamp(probability, Certain, 1 - Certain);
        return -((label * PortableMath.Log(p)) + ((1 - label) * PortableMath.Log(1 - p)));
    }

    public static double Brier(double[] probabilities, double[] labels) =>
        probabilities.Zip(labels, static (p, y) => (p - y) * (p - y)).Average();

    /// <summary>Expected calibration error: the mean gap between promise and outcome over bins of equal width.</summary>
    public static double CalibrationError(double[] probabilities, double[] labels, int bins) =>
        Reliability(probabilities, labels, bins).Sum(bin => bin.Count * Math.Abs(bin.Promised - bin.Happened)) / labels.Length;

    public static IReadOnlyList<ReliabilityBin> Reliability(double[] probabilities, double[] labels, int bins)
    {
        var sums = new (int Count, double Promised, double Happened)[bins];
        for (var row = 0; row < labels.Length; row++)
        {
            var bin = Math.Clamp((int)(probabilities[row] * bins), 0, bins - 1);
            sums[bin] = (sums[bin].Count + 1, sums[bin].Promised + probabilities[row], sums[bin].Happened + labels[row]);
        }

        return [.. sums.Where(sum => sum.Count > 0)
            .Select(sum => new ReliabilityBin(sum.Count, sum.Promised / sum.Count, sum.Happened / sum.Count))];
    }

    /// <summary>Matthews' correlation of flags (p ≥ threshold) with labels; 0 when either is constant.</summary>
    public static double Matthews(double[] probabilities, double[] labels, double threshold)
    {
        double tp = 0, fp = 0, tn = 0, fn = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            var isFlagged = probabilities[row] >= threshold;
            var isSought = labels[row] > 0.5;
            tp += isFlagged && isSought ? 1 : 0;
            fp += isFlagged && !isSought ? 1 : 0;
            fn += !isFlagged && isSought ? 1 : 0;
            tn += !isFlagged && !isSought ? 1 : 0;
        }

        var scale = Math.Sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
        return scale == 0 ? 0 : ((tp * tn) - (fp * fn)) / scale;
    }
}

internal sealed record ReliabilityBin(int Count, double Promised, double Happened);
