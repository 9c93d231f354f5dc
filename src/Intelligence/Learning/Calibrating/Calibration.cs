using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.Learning.Calibrating;

/// <summary>From margin to a probability that means what it says; fitted on a later block than the model.</summary>
internal abstract record Calibration
{
    public abstract string Name { get; }

    public abstract double Probability(double margin);

    /// <summary>
    /// The best of none, Platt and isotonic by log loss, judged on halves that did not fit them. Isotonic needs data:
    /// on a small block Platt's two parameters win by themselves.
    /// </summary>
    public static Calibration Choose(double[] margins, double[] labels)
    {
        var positives = labels.Count(label => label > 0.5);
        if (positives < 10 || labels.Length - positives < 10)
        {
            return NoCalibration.Instance;
        }

        Func<double[], double[], Calibration>[] candidates =
            [static (_, _) => NoCalibration.Instance, PlattCalibration.Fit, IsotonicCalibration.Fit];
        var best = candidates.MinBy(fit => CrossedLoss(fit, margins, labels))!;
        return best(margins, labels);
    }

    public double[] Probabilities(double[] margins) => [.. margins.Select(Probability)];

    private static double CrossedLoss(Func<double[], double[], Calibration> fit, double[] margins, double[] labels)
    {
        var loss = 0.0;
        for (var half = 0; half < 2; half++)
        {
            double[] Pick(double[] values, int rest) => [.. values.Where((_, row) => row % 2 == rest)];
            var calibration = fit(Pick(margins, half), Pick(labels, half));
            loss += Learning.Measuring.Probabilities.LogLoss(
                calibration.Probabilities(Pick(margins, 1 - half)), Pick(labels, 1 - half));
        }

        return loss;
    }
}

/// <summary>The model's own probability.</summary>
internal sealed record NoCalibration : Calibration
{
    public static readonly NoCalibration Instance = new();

    public override string Name => "none";

    public override double Probability(double margin) => PortableMath.Sigmoid(margin);
}

/// <summary>Platt (1999): a logistic curve over the margin, with his smoothed targets against certainty.</summary>
internal sealed record PlattCalibration(double Slope, double Offset) : Calibration
{
    public override string Name => "platt";

    public override double Probability(double margin) => PortableMath.Sigmoid((Slope * margin) + Offset);

    public static PlattCalibration Fit(double[] margins, double[] labels)
    {
        double positives = labels.Count(label => label > 0.5), negatives = labels.Length - positives;
        double high = (positives + 1) / (positives + 2), low = 1 / (negatives + 2);
        double slope = 1, offset = 0;
        for (var step = 0; step < 100; step++)
        {
            double gradientA = 0, gradientB = 0, aa = 1e-9, ab = 0, bb = 1e-9;
            for (var row = 0; row < margins.Length; row++)
            {
                var p = PortableMath.Sigmoid((slope * margins[row]) + offset);
                var error = p - (labels[row] > 0.5 ? high : low);
                var curvature = p * (1 - p);
                gradientA += error * margins[row];
                gradientB += error;
                aa += curvature * margins[row] * margins[row];
                ab += curvature * margins[row];
                bb += curvature;
            }

            var determinant = (aa * bb) - (ab * ab);
            var stepA = ((bb * gradientA) - (ab * gradientB)) / determinant;
            var stepB = ((aa * gradientB) - (ab * gradientA)) / determinant;

            // A full Newton step can overshoot far from the optimum; its length is bounded.
            var length = Math.Max(1, Math.Max(Math.Abs(stepA), Math.Abs(stepB)));
            slope -= stepA / length;
            offset -= stepB / length;
            if (Math.Abs(stepA) + Math.Abs(stepB) < 1e-10)
            {
                break;
            }
        }

        // A falling curve would turn the model's order around: then the block is noise and the mean is the answer.
        return slope >= 0 ? new PlattCalibration(slope, offset) : new PlattCalibration(0, PortableMath.Log(positives / negatives));
    }
}

/// <summary>The best rising step curve (pool adjacent violators), joined by straight lines between its blocks.</summary>
internal sealed record IsotonicCalibration(double[] Margins, double[] Values) : Calibration
{
    public override string Name => "isotonic";

    public static IsotonicCalibration Fit(double[] margins, double[] labels)
    {
        int[] order = [.. Enumerable.Range(0, margins.Length).OrderBy(row => margins[row]).ThenBy(row => row)];
        var blocks = new List<(double Margin, double Label, double Count)>();
        foreach (var row in order)
        {
            blocks.Add((margins[row], labels[row], 1));
            while (blocks.Count > 1 && Pools(blocks[^2], blocks[^1]))
            {
                var (a, b) = (blocks[^2], blocks[^1]);
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add((a.Margin + b.Margin, a.Label + b.Label, a.Count + b.Count));
            }
        }

        // No block of finite size proves certainty.
        var edge = 1 / (margins.Length + 2.0);
        return new IsotonicCalibration(
            [.. blocks.Select(block => block.Margin / block.Count)],
            [.. blocks.Select(block => Math.Clamp(block.Label / block.Count, edge, 1 - edge))]);
    }

    public override double Probability(double margin)
    {
        var at = Array.BinarySearch(Margins, margin);
        if (at >= 0)
        {
            return Values[at];
        }

        var above = ~at;
        if (above == 0 || above == Margins.Length)
        {
            return Values[above == 0 ? 0 : ^1];
        }

        var share = (margin - Margins[above - 1]) / (Margins[above] - Margins[above - 1]);
        return Values[above - 1] + (share * (Values[above] - Values[above - 1]));
    }

    public bool Equals(IsotonicCalibration? other) =>
        other is not null && Margins.SequenceEqual(other.Margins) && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Margins.Length, Values.Length);

    // Equal margins must share a block, or the curve would not be a function.
    private static bool Pools((double Margin, double Label, double Count) a, (double Margin, double Label, double Count) b) =>
        a.Label * b.Count >= b.Label * a.Count || a.Margin * b.Count == b.Margin * a.Count;
}
