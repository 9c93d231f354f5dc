using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>
/// What the trees descend: first and second derivative per row by the margin, the constant that fits best without any
/// tree, and the mean loss that early stopping watches.
/// </summary>
internal abstract class Loss
{
    /// <summary>The name in the model file, and the link between margin and prediction.</summary>
    public abstract Objective Objective { get; }

    public abstract string AllowedLabels { get; }

    /// <summary>The largest step of a leaf before shrinkage; zero for no bound.</summary>
    public virtual double MaxDeltaStep => 0;

    /// <summary>The quantile to which leaves are refitted, for losses whose second derivative says nothing.</summary>
    public virtual double? RefitQuantile => null;

    public abstract bool Allows(double label);

    /// <summary>The best constant prediction, in the space of predictions.</summary>
    public abstract double BestConstant(LabelledRows rows);

    /// <summary>Derivatives of rows [from, to), not weighted.</summary>
    public abstract void Derive(
        ReadOnlySpan<float> margins, Labels labels, int from, int to, Span<double> gradients, Span<double> hessians);

    /// <summary>The loss of one row.</summary>
    public abstract double At(double margin, double label, bool observed);

    public DomainError? Check(Labels labels)
    {
        for (var row = 0; row < labels.Count; row++)
        {
            if (!double.IsFinite(labels.Values[row]) || !Allows(labels.Values[row]))
            {
                return new LabelOutOfRange(row, labels.Values[row], AllowedLabels);
            }
        }

        return null;
    }

    /// <summary>The weighted mean loss, summed in row order.</summary>
    public double Mean(ReadOnlySpan<float> margins, LabelledRows rows)
    {
        double sum = 0, weight = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var w = rows.Weight(row);
            sum += w * At(margins[row], rows.Labels.Values[row], rows.Labels.IsObserved(row));
            weight += w;
        }

        return sum / weight;
    }

    protected static double WeightedMean(LabelledRows rows, Func<double, double> of)
    {
        double sum = 0, weight = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            sum += rows.Weight(row) * of(rows.Labels.Values[row]);
            weight += rows.Weight(row);
        }

        return sum / weight;
    }
}
