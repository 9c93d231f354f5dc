using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>The shape of log time around its prediction.</summary>
internal enum SurvivalDistribution
{
    Normal,
    Logistic,
    Extreme,
}

/// <summary>
/// Accelerated failure time: log t = margin + scale · noise. A right-censored row says only that the time is longer.
/// With z = (log t − margin) / scale, an observed row costs −log f(z) and a censored one −log(1 − F(z)); both have
/// closed derivatives for the three distributions below. Derivatives are clipped as XGBoost clips them.
/// </summary>
internal sealed class SurvivalLoss(SurvivalDistribution distribution, double scale) : Loss
{
    private const double LargestGradient = 15;
    private const double SmallestHessian = 1e-16;
    private const double LargestHessian = 15;

    public override Objective Objective { get; } = Objective.Survival(distribution, scale);

    public override string AllowedLabels => "times above 0";

    public override bool Allows(double label) => label > 0;

    public override double BestConstant(LabelledRows rows) =>
        PortableMath.Exp(WeightedMean(rows, PortableMath.Log));

    public override void Derive(
        ReadOnlySpan<float> margins, Labels labels, int from, int to, Span<double> gradients, Span<double> hessians)
    {
        for (var row = from; row < to; row++)
        {
            var z = (PortableMath.Log(labels.Values[row]) - margins[row]) / scale;
            var (slope, curvature) = labels.IsObserved(row) ? Observed(z) : Censored(z);
            gradients[row] = Math.Clamp(-slope / scale, -LargestGradient, LargestGradient);
            hessians[row] = Math.Clamp(curvature / (scale * scale), SmallestHessian, LargestHessian);
        }
    }

    public override double At(double margin, double label, bool observed)
    {
        var logTime = PortableMath.Log(label);
        var z = (logTime - margin) / scale;
        if (observed)
        {
            var density = distribution switch
            {
                SurvivalDistribution.Normal => (0.5 * z * z) + 0.9189385332046727,
                SurvivalDistribution.Logistic => (2 * PortableMath.SoftPlus(z)) - z,
                SurvivalDistribution.Extreme => PortableMath.Exp(z) - z,
            };
            return density + PortableMath.Log(scale) + logTime;
        }

        return distribution switch
        {
            SurvivalDistribution.Normal => -PortableMath.NormalLogSurvival(z),
            SurvivalDistribution.Logistic => PortableMath.SoftPlus(z),
            SurvivalDistribution.Extreme => PortableMath.Exp(z),
        };
    }

    /// <summary>First and second derivative by z of −log f.</summary>
    private (double Slope, double Curvature) Observed(double z)
    {
        switch (distribution)
        {
            case SurvivalDistribution.Normal:
                return (z, 1);
            case SurvivalDistribution.Logistic:
                var s = PortableMath.Sigmoid(z);
                return ((2 * s) - 1, 2 * s * (1 - s));
            case SurvivalDistribution.Extreme:
                var e = PortableMath.Exp(z);
                return (e - 1, e);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>First and second derivative by z of −log(1 − F): the hazard and its slope.</summary>
    private (double Slope, double Curvature) Censored(double z)
    {
        switch (distribution)
        {
            case SurvivalDistribution.Normal:
                var hazard = PortableMath.NormalHazard(z);
                return (hazard, hazard * (hazard - z));
            case SurvivalDistribution.Logistic:
                var s = PortableMath.Sigmoid(z);
                return (s, s * (1 - s));
            case SurvivalDistribution.Extreme:
                var e = PortableMath.Exp(z);
                return (e, e);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
