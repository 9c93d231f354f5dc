using System.Globalization;
using System.Runtime.Intrinsics;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>Log loss: the label is a probability, usually 0 or 1.</summary>
internal sealed class LogisticLoss : Loss
{
    // XGBoost's floor, so that certain rows keep a little curvature.
    private const double SmallestHessian = 1e-16;

    public override Objective Objective { get; } = Objective.Logistic;

    public override string AllowedLabels => "numbers from 0 to 1";

    public override bool Allows(double label) => label is >= 0 and <= 1;

    // One-sided data would have an infinite margin; the constant stays where a float can tell it from certainty.
    public override double BestConstant(LabelledRows rows) =>
        Math.Clamp(WeightedMean(rows, static label => label), 1e-6, 1 - 1e-6);

    public override void Derive(
        ReadOnlySpan<float> margins, Labels labels, int from, int to, Span<double> gradients, Span<double> hessians)
    {
        var one = Vector256<double>.One;
        var floor = Vector256.Create(SmallestHessian);
        var row = from;
        for (; row + 4 <= to; row += 4)
        {
            var margin = Vector256.WidenLower(Vector256.Create(Vector128.Create(margins.Slice(row, 4)), default));
            var p = one / (one + PortableMath.Exp(-margin));
            var label = Vector256.Create<double>(labels.Values.AsSpan(row, 4));
            (p - label).CopyTo(gradients[row..]);
            Vector256.Max(p * (one - p), floor).CopyTo(hessians[row..]);
        }

        for (; row < to; row++)
        {
            var p = PortableMath.Sigmoid(margins[row]);
            gradients[row] = p - labels.Values[row];
            hessians[row] = Math.Max(p * (1 - p), SmallestHessian);
        }
    }

    public override double At(double margin, double label, bool observed) =>
        PortableMath.SoftPlus(margin) - (label * margin);
}

/// <summary>Half the squared error.</summary>
internal sealed class SquaredLoss : Loss
{
    public override Objective Objective { get; } = Objective.Squared;

    public override string AllowedLabels => "finite numbers";

    public override bool Allows(double label) => true;

    public override double BestConstant(LabelledRows rows) => WeightedMean(rows, static label => label);

    public override void Derive(
        ReadOnlySpan<float> margins, Labels labels, int from, int to, Span<double> gradients, Span<double> hessians)
    {
        for (var row = from; row < to; row++)
        {
            gradients[row] = margins[row] - labels.Values[row];
            hessians[row] = 1;
        }
    }

    public override double At(double margin, double label, bool observed) => 0.5 * (margin - label) * (margin - label);
}

/// <summary>
/// Quantile regression. The pinball loss has no curvature: the trees' shape follows the sign of the error, and each
/// leaf is then set to the quantile of its rows' residuals.
/// </summary>
internal sealed class PinballLoss(double quantile) : Loss
{
    // XGBoost 1.7 knows no quantile objective. The margin is the prediction, so the file says squared error, which
    // every version loads, and keeps the truth in its attributes.
    public override Objective Objective { get; } = Objective.Squared with
    {
        Notes = [new("platform_quantile", quantile.ToString("R", CultureInfo.InvariantCulture))],
    };

    public override string AllowedLabels => "finite numbers";

    public override double? RefitQuantile => quantile;

    public override bool Allows(double label) => true;

    public override double BestConstant(LabelledRows rows)
    {
        var order = new WeightedQuantile(rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            order.Add(rows.Labels.Values[row], rows.Weight(row));
        }

        return order.At(quantile);
    }

    public override void Derive(
        ReadOnlySpan<float> margins, Labels labels, int from, int to, Span<double> gradients, Span<double> hessians)
    {
        for (var row = from; row < to; row++)
        {
            gradients[row] = labels.Values[row] > margins[row] ? -quantile : 1 - quantile;
            hessians[row] = 1;
        }
    }

    public override double At(double margin, double label, bool observed) =>
        label > margin ? quantile * (label - margin) : (1 - quantile) * (margin - label);
}

/// <summary>Counts: the margin is the logarithm of the expected count.</summary>
internal sealed class PoissonLoss : Loss
{
    public override Objective Objective { get; } = Objective.Poisson;

    public override string AllowedLabels => "numbers not below 0";

    // XGBoost's default; the exponential runs away without it.
    public override double MaxDeltaStep => 0.7;

    public override bool Allows(double label) => label >= 0;

    public override double BestConstant(LabelledRows rows) => Math.Max(WeightedMean(rows, static label => label), 1e-6);

    public override void Derive(
        ReadOnlySpan<float> margins, Labels labels, int from, int to, Span<double> gradients, Span<double> hessians)
    {
        var widened = PortableMath.Exp(Vector256.Create(MaxDeltaStep))[0];
        for (var row = from; row < to; row++)
        {
            var mean = PortableMath.Exp(margins[row]);
            gradients[row] = mean - labels.Values[row];
            // The curvature at the largest step ahead bounds the one met on the way.
            hessians[row] = mean * widened;
        }
    }

    public override double At(double margin, double label, bool observed) =>
        PortableMath.Exp(margin) - (label * margin);
}
