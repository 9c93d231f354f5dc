using System.Runtime.Intrinsics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>
/// Finds the best cut of a node by one number. One pass turns the histogram into running sums, a second evaluates all
/// cuts four at a time, once with the missing on the right and once on the left. Ties go to the lowest cut.
/// One instance per thread: it owns its scratch.
/// </summary>
internal sealed class SplitSearch(BinnedMatrix matrix, LeafWeights leaves, int[] monotone)
{
    // A gain below this is rounding, not information; XGBoost's own constant.
    public const double SmallestGain = 1e-6;

    private const int Lanes = 4;

    private readonly double[] _gradients = new double[BinnedMatrix.MaxValueBins + Lanes];
    private readonly double[] _hessians = new double[BinnedMatrix.MaxValueBins + Lanes];

    public Split? Best(
        int feature, ReadOnlySpan<Vector128<long>> histogram, in NodeToSplit node, FixedPoint units)
    {
        var binned = matrix.Features[feature];
        var bins = histogram.Slice(binned.FirstBin, binned.ValueBins + 1);
        if (binned.ValueBins < 2 && bins[binned.MissingBin][1] == 0)
        {
            return null;
        }

        var missing = new NodeSums(bins[binned.MissingBin][0], bins[binned.MissingBin][1]);
        Accumulate(bins[..binned.ValueBins], units);
        var cuts = binned.ValueBins - 1;
        var direction = monotone[feature];
        var total = ToReal(node.Sums, units);
        var hasMissing = missing != default;

        // With the missing on the right, the last cut separates the present from the missing.
        var right = Scan(direction, hasMissing ? cuts + 1 : cuts, (0, 0), total, node);
        var left = hasMissing ? Scan(direction, cuts, ToReal(missing, units), total, node) : (Bin: -1, Gain: double.NegativeInfinity);
        var missingGoesLeft = left.Gain > right.Gain;
        var (bin, score) = missingGoesLeft ? left : right;
        var gain = score - ParentScore(total, node);
        if (bin < 0 || !(gain > SmallestGain))
        {
            return null;
        }

        var leftSums = Sum(bins[..(bin + 1)]);
        if (missingGoesLeft)
        {
            leftSums = new NodeSums(leftSums.Gradient + missing.Gradient, leftSums.Hessian + missing.Hessian);
        }

        var rightSums = node.Sums - leftSums;

        // Nothing was missing here: a missing value met later follows the larger half.
        var defaultLeft = hasMissing ? missingGoesLeft : leftSums.Hessian >= rightSums.Hessian;
        return Weighted(new Split(feature, bin, RightCategories: null, defaultLeft, gain, leftSums, rightSums), node, units);
    }

    /// <summary>Adds the weights of both sides, which bound the children of a monotone split.</summary>
    public Split Weighted(Split split, in NodeToSplit node, FixedPoint units)
    {
        var left = ToReal(split.Left, units);
        var right = ToReal(split.Right, units);
        return split with
        {
            LeftWeight = leaves.Weight(left.Gradient, left.Hessian, node.LowerWeight, node.UpperWeight),
            RightWeight = leaves.Weight(right.Gradient, right.Hessian, node.LowerWeight, node.UpperWeight),
        };
    }

    public double ParentScore((double Gradient, double Hessian) total, in NodeToSplit node)
    {
        if (!IsBounded(0, node))
        {
            return leaves.Gain(total.Gradient, total.Hessian);
        }

        var weight = leaves.Weight(total.Gradient, total.Hessian, node.LowerWeight, node.UpperWeight);
        return leaves.GainAt(total.Gradient, total.Hessian, weight);
    }

    public static (double Gradient, double Hessian) ToReal(NodeSums sums, FixedPoint units) =>
        (sums.Gradient * units.GradientUnit, sums.Hessian * units.HessianUnit);

    /// <summary>Both halves' gain with their bounded weights; minus infinity where the direction is broken.</summary>
    public double ScoreBounded(
        int direction, (double G, double H) left, (double G, double H) right, in NodeToSplit node)
    {
        if (left.H < leaves.LeastHessian || right.H < leaves.LeastHessian)
        {
            return double.NegativeInfinity;
        }

        var leftWeight = leaves.Weight(left.G, left.H, node.LowerWeight, node.UpperWeight);
        var rightWeight = leaves.Weight(right.G, right.H, node.LowerWeight, node.UpperWeight);
        return direction * leftWeight > direction * rightWeight
            ? double.NegativeInfinity
            : leaves.GainAt(left.G, left.H, leftWeight) + leaves.GainAt(right.G, right.H, rightWeight);
    }

    public bool IsBounded(int direction, in NodeToSplit node) =>
        leaves.IsBounded || direction != 0
        || !double.IsInfinity(node.LowerWeight) || !double.IsInfinity(node.UpperWeight);

    private static NodeSums Sum(ReadOnlySpan<Vector128<long>> bins)
    {
        var sum = Vector128<long>.Zero;
        foreach (var bin in bins)
        {
            sum += bin;
        }

        return new NodeSums(sum[0], sum[1]);
    }

    private void Accumulate(ReadOnlySpan<Vector128<long>> bins, FixedPoint units)
    {
        var gradientUnit = units.GradientUnit;
        var hessianUnit = units.HessianUnit;
        var sum = Vector128<long>.Zero;
        var b = 0;
        for (; b < bins.Length; b++)
        {
            sum += bins[b];
            _gradients[b] = sum.GetElement(0) * gradientUnit;
            _hessians[b] = sum.GetElement(1) * hessianUnit;
        }

        // The vectors read past the last bin: no hessian makes those lanes invalid.
        for (var pad = 0; pad < Lanes; pad++)
        {
            _gradients[b + pad] = 0;
            _hessians[b + pad] = double.NegativeInfinity;
        }
    }

    private (int Bin, double Gain) Scan(
        int direction, int cuts, (double G, double H) added, (double G, double H) total, in NodeToSplit node) =>
        IsBounded(direction, node)
            ? ScanBounded(direction, cuts, added, total, node)
            : ScanFree(cuts, added, total);

    private (int Bin, double Gain) ScanFree(int cuts, (double G, double H) added, (double G, double H) total)
    {
        var best = Vector256.Create(double.NegativeInfinity);
        var bestBin = Vector256<long>.Zero;
        var bin = Vector256.Create(0L, 1, 2, 3);
        var lambda = Vector256.Create(leaves.Lambda);
        var alpha = Vector256.Create(leaves.Alpha);
        var least = Vector256.Create(leaves.LeastHessian);
        var end = Vector256.Create((long)cuts);
        for (var b = 0; b < cuts; b += Lanes)
        {
            var leftG = Vector256.Create<double>(_gradients.AsSpan(b, Lanes)) + Vector256.Create(added.G);
            var leftH = Vector256.Create<double>(_hessians.AsSpan(b, Lanes)) + Vector256.Create(added.H);
            var rightG = Vector256.Create(total.G) - leftG;
            var rightH = Vector256.Create(total.H) - leftH;
            var leftPull = Vector256.Max(Vector256.Abs(leftG) - alpha, Vector256<double>.Zero);
            var rightPull = Vector256.Max(Vector256.Abs(rightG) - alpha, Vector256<double>.Zero);
            var gain = (leftPull * leftPull / (leftH + lambda)) + (rightPull * rightPull / (rightH + lambda));
            var better = Vector256.GreaterThanOrEqual(leftH, least)
                & Vector256.GreaterThanOrEqual(rightH, least)
                & Vector256.GreaterThan(gain, best)
                & Vector256.LessThan(bin, end).AsDouble();
            best = Vector256.ConditionalSelect(better, gain, best);
            bestBin = Vector256.ConditionalSelect(better.AsInt64(), bin, bestBin);
            bin += Vector256.Create((long)Lanes);
        }

        var winner = 0;
        for (var lane = 1; lane < Lanes; lane++)
        {
            if (best[lane] > best[winner] || (best[lane] == best[winner] && bestBin[lane] < bestBin[winner]))
            {
                winner = lane;
            }
        }

        return double.IsNegativeInfinity(best[winner]) ? (-1, best[winner]) : ((int)bestBin[winner], best[winner]);
    }

    private (int Bin, double Gain) ScanBounded(
        int direction, int cuts, (double G, double H) added, (double G, double H) total, in NodeToSplit node)
    {
        (int Bin, double Gain) best = (-1, double.NegativeInfinity);
        for (var b = 0; b < cuts; b++)
        {
            var left = (G: _gradients[b] + added.G, H: _hessians[b] + added.H);
            var gain = ScoreBounded(direction, left, (total.G - left.G, total.H - left.H), node);
            if (gain > best.Gain)
            {
                best = (b, gain);
            }
        }

        return best;
    }
}
