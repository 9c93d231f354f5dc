using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Explaining;

/// <summary>The kernel of <see cref="TreeShap"/>: rows and contributions with four rows per vector, and scratch for one tree.</summary>
internal sealed unsafe class ShapLanes(int width, int groups, int edges, int scratch)
{
    public const int Count = 4;

    private readonly Vector256<double>[] _inputs = new Vector256<double>[groups * width];
    private readonly Vector256<double>[] _sums = new Vector256<double>[groups * width];
    private readonly Vector256<double>[] _goesLeft = new Vector256<double>[edges];

    // All ones in the lanes whose row passes every question to the edge's feature so far.
    private readonly Vector256<double>[] _passes = new Vector256<double>[edges];
    private readonly Vector256<double>[] _products = new Vector256<double>[scratch];

    public void Load(ReadOnlySpan<float> rows, int count)
    {
        Array.Clear(_sums);
        Span<double> lanes = stackalloc double[Count];
        for (var group = 0; group * Count < count; group++)
        {
            for (var f = 0; f < width; f++)
            {
                for (var lane = 0; lane < Count; lane++)
                {
                    // Lanes past the end repeat the last row; nobody reads them.
                    lanes[lane] = rows[(Math.Min((group * Count) + lane, count - 1) * width) + f];
                }

                _inputs[(group * width) + f] = Vector256.Create<double>(lanes);
            }
        }
    }

    public void Store(Span<double> contributions, int count, double bias)
    {
        for (var row = 0; row < count; row++)
        {
            var target = contributions.Slice(row * (width + 1), width + 1);
            for (var f = 0; f < width; f++)
            {
                target[f] = _sums[(row / Count * width) + f][row % Count];
            }

            target[width] = bias;
        }
    }

    /// <summary>Carries each path's product of factors from the root to its leaves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Descend(ExplainedTree tree, int group)
    {
        var points = tree.Points;
        var inputs = _inputs.AsSpan(group * width, width);
        fixed (EdgeRecord* records = tree.Edges)
        fixed (Vector256<double>* products = _products, passes = _passes, goesLeft = _goesLeft)
        fixed (double* passed = tree.Passed, failed = tree.Failed, inversePassed = tree.InversePassed,
            inverseFailed = tree.InverseFailed, weights = tree.Quadrature.Weights)
        {
            new Span<Vector256<double>>(products, points).Fill(Vector256<double>.One);
            for (var e = 0; e < tree.Edges.Length; e++)
            {
                var edge = records + e;
                var mine = products + (e * points);
                if (e > 0)
                {
                    var answer = edge->IsLeft ? goesLeft[edge->Parent] : ~goesLeft[edge->Parent];
                    var above = products + (edge->Parent * points);
                    passes[e] = edge->Ancestor < 0 ? answer : answer & passes[edge->Ancestor];
                    for (var q = 0; q < points; q++)
                    {
                        mine[q] = above[q] * Select(passes[e], passed, failed, (e * points) + q);
                    }

                    // The feature's earlier answer is part of this one: its factor gives way.
                    for (var q = 0; edge->Ancestor >= 0 && q < points; q++)
                    {
                        mine[q] *= Select(
                            passes[edge->Ancestor], inversePassed, inverseFailed, (edge->Ancestor * points) + q);
                    }
                }

                if (edge->IsLeaf)
                {
                    for (var q = 0; q < points; q++)
                    {
                        mine[q] *= Vector256.Create(weights[q] * edge->LeafValue);
                    }
                }
                else
                {
                    goesLeft[e] = GoesLeft(tree.Tree, edge->Node, inputs);
                }
            }
        }
    }

    /// <summary>Collects the leaves' sums and gives each edge's feature its part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Ascend(ExplainedTree tree, int group)
    {
        var points = tree.Points;
        fixed (EdgeRecord* records = tree.Edges)
        fixed (Vector256<double>* products = _products, passes = _passes, sums = _sums.AsSpan(group * width, width))
        fixed (double* inversePassed = tree.InversePassed, inverseFailed = tree.InverseFailed)
        {
            for (var e = tree.Edges.Length - 1; e > 0; e--)
            {
                var edge = records + e;
                var mine = products + (e * points);
                var above = products + (edge->Parent * points);
                var integral = Vector256<double>.Zero;
                for (var q = 0; q < points; q++)
                {
                    integral += mine[q] * Select(passes[e], inversePassed, inverseFailed, (e * points) + q);

                    // Backward through preorder the right child comes first: it overwrites the parent's product,
                    // which nobody needs any more, and the left child adds to it.
                    above[q] = edge->IsLeft ? above[q] + mine[q] : mine[q];
                }

                var part = Player(passes[e], edge->Share) * integral;
                if (edge->Ancestor >= 0)
                {
                    // The ancestor's own part will count these leaves with its answer; this edge's replaces it.
                    var counted = Vector256<double>.Zero;
                    for (var q = 0; q < points; q++)
                    {
                        counted += mine[q] * Select(
                            passes[edge->Ancestor], inversePassed, inverseFailed, (edge->Ancestor * points) + q);
                    }

                    part -= Player(passes[edge->Ancestor], records[edge->Ancestor].Share) * counted;
                }

                sums[edge->Feature] += part;
            }
        }
    }

    /// <summary>o − z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Player(Vector256<double> passes, double share) =>
        (passes & Vector256<double>.One) - Vector256.Create(share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Select(Vector256<double> passes, double* ifPassed, double* ifFailed, int at) =>
        Vector256.ConditionalSelect(passes, Vector256.Create(ifPassed[at]), Vector256.Create(ifFailed[at]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> GoesLeft(Tree tree, int node, ReadOnlySpan<Vector256<double>> inputs)
    {
        var value = inputs[tree.Feature[node]];
        if (tree.RightCategories[node] is not null)
        {
            return InSet(tree, node, value);
        }

        var isBelow = Vector256.LessThan(value, Vector256.Create((double)tree.Condition[node]));
        return tree.DefaultLeft[node] ? isBelow | ~Vector256.Equals(value, value) : isBelow;
    }

    private static Vector256<double> InSet(Tree tree, int node, Vector256<double> value)
    {
        var lanes = Vector256<long>.Zero;
        for (var lane = 0; lane < Count; lane++)
        {
            lanes = lanes.WithElement(lane, tree.GoesLeft(node, (float)value[lane]) ? -1L : 0L);
        }

        return lanes.AsDouble();
    }
}
