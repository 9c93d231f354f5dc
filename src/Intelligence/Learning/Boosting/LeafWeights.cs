namespace Platform.Intelligence.Learning.Boosting;

/// <summary>
/// The second-order optimum of a leaf and what it gains, with the penalties of the options. Written out: minimise
/// G·w + ½(H + λ)·w² + α·|w|, which gives w = −shrink(G, α) / (H + λ) and twice the drop shrink(G, α)² / (H + λ).
/// </summary>
internal sealed class LeafWeights(BoosterOptions options)
{
    public double Lambda { get; } = options.Lambda;

    public double Alpha { get; } = options.Alpha;

    /// <summary>No side of a split may weigh less; a side without curvature has no optimum at all.</summary>
    public double LeastHessian { get; } = Math.Max(options.MinChildWeight, 1e-16);

    private readonly double _largest = options.Loss.MaxDeltaStep;

    /// <summary>A bounded step or a monotone direction makes the closed gain wrong: it must be computed from weights.</summary>
    public bool IsBounded { get; } = options.Loss.MaxDeltaStep > 0;

    public double Weight(double gradient, double hessian, double lower, double upper)
    {
        var weight = hessian + Lambda <= 0 ? 0 : -Shrink(gradient) / (hessian + Lambda);
        if (_largest > 0)
        {
            weight = Math.Clamp(weight, -_largest, _largest);
        }

        return Math.Clamp(weight, lower, upper);
    }

    public double Gain(double gradient, double hessian)
    {
        var shrunk = Shrink(gradient);
        return hessian + Lambda <= 0 ? 0 : shrunk * shrunk / (hessian + Lambda);
    }

    public double GainAt(double gradient, double hessian, double weight) =>
        -((2 * gradient * weight) + ((hessian + Lambda) * weight * weight) + (2 * Alpha * Math.Abs(weight)));

    private double Shrink(double gradient) =>
        gradient > Alpha ? gradient - Alpha : gradient < -Alpha ? gradient + Alpha : 0;
}
