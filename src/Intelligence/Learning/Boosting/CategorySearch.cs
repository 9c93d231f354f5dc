using System.Runtime.Intrinsics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>
/// Finds the best set of categories to part from the rest. Ordered by their mean gradient, the best set is a prefix of
/// that order (Fisher 1958), so sorting replaces the search over 2^k sets. The smaller half is the one written down.
/// The best of so many sets gains something by luck alone, and more with every category: the penalty takes it off.
/// </summary>
internal sealed class CategorySearch(BinnedMatrix matrix, LeafWeights leaves, SplitSearch search, double smoothing, double penalty)
{
    // XGBoost's bound on the set that a node lists.
    private const int LargestSet = 64;

    public Split? Best(
        int feature, ReadOnlySpan<Vector128<long>> histogram, in NodeToSplit node, FixedPoint units)
    {
        var binned = matrix.Features[feature];
        var bins = histogram.Slice(binned.FirstBin, binned.ValueBins + 1);
        var missing = new NodeSums(bins[binned.MissingBin][0], bins[binned.MissingBin][1]);
        var order = Order(bins[..binned.ValueBins], node, units);
        if (order.Count == 0)
        {
            return null;
        }

        Split? best = null;
        var sum = default(NodeSums);
        for (var taken = 1; taken <= order.Count; taken++)
        {
            var (code, _) = order[taken - 1];
            sum = new NodeSums(sum.Gradient + bins[code][0], sum.Hessian + bins[code][1]);
            if (Math.Min(taken, order.Count - taken) > LargestSet)
            {
                continue;
            }

            best = Better(best, feature, order, taken, sum, missing, node, units);
        }

        return best is null ? null : search.Weighted(best, node, units);
    }

    private Split? Better(
        Split? best, int feature, List<(int Code, double Rate)> order, int taken, NodeSums sum, NodeSums missing,
        in NodeToSplit node, FixedPoint units)
    {
        // The listed set goes right; the missing are tried with it and with the rest.
        var listFirst = taken <= order.Count - taken || taken == order.Count;
        var listed = listFirst ? sum : node.Sums - missing - sum;
        foreach (var withMissing in missing == default ? [false] : (ReadOnlySpan<bool>)[false, true])
        {
            var right = withMissing
                ? new NodeSums(listed.Gradient + missing.Gradient, listed.Hessian + missing.Hessian)
                : listed;
            var left = node.Sums - right;
            var gain = Gain(left, right, node, units) - (penalty * units.Noise * (order.Count - 1));
            if (gain > SplitSearch.SmallestGain && (best is null || gain > best.Gain))
            {
                var range = listFirst ? order[..taken] : order[taken..];
                int[] codes = [.. range.Select(item => item.Code).Order()];
                var defaultLeft = missing == default ? left.Hessian >= right.Hessian : !withMissing;
                best = new Split(feature, -1, codes, defaultLeft, gain, left, right);
            }
        }

        return best;
    }

    private double Gain(NodeSums left, NodeSums right, in NodeToSplit node, FixedPoint units)
    {
        var leftReal = SplitSearch.ToReal(left, units);
        var rightReal = SplitSearch.ToReal(right, units);
        var parent = search.ParentScore(SplitSearch.ToReal(node.Sums, units), node);
        if (search.IsBounded(0, node))
        {
            return search.ScoreBounded(0, leftReal, rightReal, node) - parent;
        }

        return leftReal.Hessian < leaves.LeastHessian || rightReal.Hessian < leaves.LeastHessian
            ? double.NegativeInfinity
            : leaves.Gain(leftReal.Gradient, leftReal.Hessian) + leaves.Gain(rightReal.Gradient, rightReal.Hessian) - parent;
    }

    /// <summary>Categories present here by their smoothed mean gradient, then code.</summary>
    private List<(int Code, double Rate)> Order(
        ReadOnlySpan<Vector128<long>> bins, in NodeToSplit node, FixedPoint units)
    {
        var order = new List<(int Code, double Rate)>(bins.Length);
        var total = SplitSearch.ToReal(node.Sums, units);
        var prior = total.Hessian > 0 ? total.Gradient / total.Hessian : 0;
        for (var code = 0; code < bins.Length; code++)
        {
            if (bins[code][1] == 0)
            {
                continue;
            }

            var (gradient, hessian) = SplitSearch.ToReal(new NodeSums(bins[code][0], bins[code][1]), units);
            order.Add((code, (gradient + (smoothing * prior)) / (hessian + leaves.Lambda + smoothing)));
        }

        order.Sort(static (a, b) => a.Rate != b.Rate ? a.Rate.CompareTo(b.Rate) : a.Code.CompareTo(b.Code));
        return order;
    }
}
