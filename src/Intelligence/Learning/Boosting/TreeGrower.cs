using System.Runtime.Intrinsics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>
/// Grows one tree depth first: with no bound on leaves, the order of growth does not change the tree, and depth first
/// needs one histogram per level instead of one per node. Only the smaller child's histogram is built from rows.
/// </summary>
internal sealed class TreeGrower
{
    private readonly BinnedMatrix _matrix;
    private readonly BoosterOptions _options;
    private readonly LeafWeights _leaves;
    private readonly int[] _monotone;
    private readonly Stack<Histogram> _spare = new();
    private readonly (SplitSearch Numbers, CategorySearch Categories)[] _searches;
    private readonly int[] _rows;
    private readonly int[] _scratch;

    public TreeGrower(BinnedMatrix matrix, BoosterOptions options)
    {
        _matrix = matrix;
        _options = options;
        _leaves = new LeafWeights(options);
        _monotone = [.. matrix.Source.Features.Select(feature => options.Monotone.GetValueOrDefault(feature.Name))];
        _searches = [.. Enumerable.Range(0, options.Threads).Select(_ =>
        {
            var numbers = new SplitSearch(matrix, _leaves, _monotone);
            return (numbers, new CategorySearch(matrix, _leaves, numbers, options.CategorySmoothing, options.CategoryPenalty));
        })];
        _rows = new int[matrix.RowCount];
        _scratch = new int[matrix.RowCount];
    }

    /// <summary>The rows in the order of the last tree's leaves.</summary>
    public ReadOnlySpan<int> RowsOf(GrowingNode node) => _rows.AsSpan(node.FirstRow, node.RowCount);

    public GrowingTree Grow(FixedPoint derivatives, ReadOnlySpan<int> rows, int[] features)
    {
        rows.CopyTo(_rows);
        var tree = new GrowingTree(_matrix);
        var sums = Vector128<long>.Zero;
        foreach (var row in rows)
        {
            sums += derivatives.Rows[row];
        }

        var root = Add(tree, new GrowingNode
        {
            FirstRow = 0,
            RowCount = rows.Length,
            Depth = 0,
            Parent = -1,
            Sums = new NodeToSplit(new NodeSums(sums[0], sums[1]), double.NegativeInfinity, double.PositiveInfinity),
        });
        var histogram = Take();
        histogram.Build(_matrix, derivatives, rows, _options.Threads);
        Divide(tree, root, histogram, derivatives, features);
        foreach (var node in tree.Nodes)
        {
            var (gradient, hessian) = SplitSearch.ToReal(node.Sums.Sums, derivatives);
            node.Weight = _leaves.Weight(gradient, hessian, node.Sums.LowerWeight, node.Sums.UpperWeight);
        }

        return tree;
    }

    private static int Add(GrowingTree tree, GrowingNode node)
    {
        tree.Nodes.Add(node);
        return tree.Nodes.Count - 1;
    }

    private Histogram Take() => _spare.TryPop(out var histogram) ? histogram : new Histogram(_matrix.BinCount);

    /// <summary>Splits a node as far as it pays. Owns the histogram and gives it back.</summary>
    private void Divide(GrowingTree tree, int at, Histogram histogram, FixedPoint derivatives, int[] features)
    {
        var node = tree.Nodes[at];
        var split = Best(node, histogram, derivatives, features);
        if (split is null || split.Gain < _options.Gamma)
        {
            _spare.Push(histogram);
            return;
        }

        node.Split = split;
        var leftCount = Partition(node, split);
        (node.Left, node.Right) = AddChildren(tree, at, split, leftCount);
        if (node.Depth + 1 >= _options.Depth)
        {
            _spare.Push(histogram);
            return;
        }

        var leftIsSmaller = leftCount <= node.RowCount - leftCount;
        var (small, large) = leftIsSmaller ? (node.Left, node.Right) : (node.Right, node.Left);
        var smallHistogram = Take();
        smallHistogram.Build(_matrix, derivatives, RowsOf(tree.Nodes[small]), _options.Threads);
        histogram.Subtract(smallHistogram);
        Divide(tree, small, smallHistogram, derivatives, features);
        Divide(tree, large, histogram, derivatives, features);
    }

    private Split? Best(GrowingNode node, Histogram histogram, FixedPoint units, int[] features)
    {
        // Neither half could reach the least weight.
        if (node.Sums.Sums.Hessian * units.HessianUnit < 2 * _leaves.LeastHessian)
        {
            return null;
        }

        // The search is small beside the histograms; only wide tables pay for threads.
        var found = new Split?[features.Length];
        if (_options.Threads == 1 || features.Length < 64)
        {
            for (var i = 0; i < features.Length; i++)
            {
                found[i] = Search(0, features[i], histogram, node.Sums, units);
            }
        }
        else
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads };
            Parallel.For(0, _options.Threads, parallel, thread =>
            {
                for (var i = thread; i < features.Length; i += _options.Threads)
                {
                    found[i] = Search(thread, features[i], histogram, node.Sums, units);
                }
            });
        }

        // In feature order, so that ties do not depend on threads.
        Split? best = null;
        foreach (var split in found)
        {
            best = split is not null && (best is null || split.Gain > best.Gain) ? split : best;
        }

        return best;
    }

    private Split? Search(int thread, int feature, Histogram histogram, in NodeToSplit node, FixedPoint units) =>
        _matrix.Features[feature].IsCategorical
            ? _searches[thread].Categories.Best(feature, histogram.Bins, node, units)
            : _searches[thread].Numbers.Best(feature, histogram.Bins, node, units);

    /// <summary>Left rows first, each half in its old order. Returns how many go left.</summary>
    private int Partition(GrowingNode node, Split split)
    {
        var feature = _matrix.Features[split.Feature];
        Span<bool> goesLeft = stackalloc bool[256];
        for (var bin = 0; bin < feature.ValueBins; bin++)
        {
            goesLeft[bin] = split.RightCategories is null ? bin <= split.Bin : Array.BinarySearch(split.RightCategories, bin) < 0;
        }

        goesLeft[feature.MissingBin] = split.DefaultLeft;
        var rows = _rows.AsSpan(node.FirstRow, node.RowCount);
        var bins = feature.Bins;
        int left = 0, right = 0;
        foreach (var row in rows)
        {
            // Both are written and one cursor moves: no branch to mispredict.
            var toLeft = goesLeft[bins[row]] ? 1 : 0;
            rows[left] = row;
            _scratch[right] = row;
            left += toLeft;
            right += 1 - toLeft;
        }

        _scratch.AsSpan(0, right).CopyTo(rows[left..]);
        return left;
    }

    private (int Left, int Right) AddChildren(GrowingTree tree, int parent, Split split, int leftCount)
    {
        var node = tree.Nodes[parent];
        double leftLow = node.Sums.LowerWeight, leftHigh = node.Sums.UpperWeight;
        double rightLow = leftLow, rightHigh = leftHigh;
        var middle = (split.LeftWeight + split.RightWeight) / 2;
        switch (_monotone[split.Feature])
        {
            case > 0:
                (leftHigh, rightLow) = (middle, middle);
                break;
            case < 0:
                (leftLow, rightHigh) = (middle, middle);
                break;
        }

        var left = Add(tree, new GrowingNode
        {
            FirstRow = node.FirstRow,
            RowCount = leftCount,
            Depth = node.Depth + 1,
            Parent = parent,
            Sums = new NodeToSplit(split.Left, leftLow, leftHigh),
        });
        var right = Add(tree, new GrowingNode
        {
            FirstRow = node.FirstRow + leftCount,
            RowCount = node.RowCount - leftCount,
            Depth = node.Depth + 1,
            Parent = parent,
            Sums = new NodeToSplit(split.Right, rightLow, rightHigh),
        });
        return (left, right);
    }
}
