using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Platform.Intelligence.Learning.Trees;

/// <summary>
/// A model compiled for speed. All nodes lie in one array of eight-byte records, children side by side, and a leaf
/// points at itself, so that a walk is a fixed number of branchless steps and several walks overlap. Margins are
/// summed in single precision in the order of the trees: bit for bit what XGBoost computes.
/// </summary>
internal sealed unsafe class Scorer
{
    // Rows, or trees of one row, that walk side by side: enough to hide the latency of a step.
    private const int Lanes = 8;
    private const int MaxNodesPerTree = 65_535;

    private readonly BoostedModel _model;
    private readonly FlatNode[] _nodes;
    private readonly float[] _values;
    private readonly int[] _roots;
    private readonly int[] _depths;
    private readonly float _baseMargin;

    private Scorer(BoostedModel model, FlatNode[] nodes, float[] values, int[] roots, int[] depths)
    {
        _model = model;
        _nodes = nodes;
        _values = values;
        _roots = roots;
        _depths = depths;
        _baseMargin = model.BaseMargin;
        Width = model.Features.Count;
        IsCompiled = roots.Length == model.Trees.Count;
    }

    public int Width { get; }

    /// <summary>False when the model has category sets or giant trees: then rows walk the trees one by one.</summary>
    public bool IsCompiled { get; }

    public static Scorer Compile(BoostedModel model)
    {
        if (model.Trees.Any(tree => tree.NodeCount > MaxNodesPerTree || tree.RightCategories.Any(set => set is not null)))
        {
            return new Scorer(model, [], [], [], []);
        }

        var nodes = new List<FlatNode>();
        var values = new List<float>();
        var roots = new int[model.Trees.Count];
        var depths = new int[model.Trees.Count];
        for (var t = 0; t < roots.Length; t++)
        {
            roots[t] = nodes.Count;
            depths[t] = model.Trees[t].Depth();
            Flatten(model.Trees[t], model.Features.Count, nodes, values);
        }

        // A walk of the last tree may read its neighbours' lanes, never past the array.
        return new Scorer(model, [.. nodes], [.. values], roots, depths);
    }

    /// <summary>The margin of one row. Allocates nothing.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Margin(ReadOnlySpan<float> row)
    {
        if (row.Length != Width)
        {
            throw new ArgumentException($"The model reads {Width} features, the row has {row.Length}.", nameof(row));
        }

        if (!IsCompiled || Width > 4096)
        {
            return Walk(row);
        }

        var doubled = stackalloc float[2 * Width];
        Double(row, doubled);
        fixed (FlatNode* nodes = _nodes)
        fixed (float* values = _values)
        {
            var margin = _baseMargin;
            var tree = 0;
            var at = stackalloc int[Lanes];
            for (; tree + Lanes <= _roots.Length; tree += Lanes)
            {
                StepTrees(nodes, doubled, tree, at);
                for (var lane = 0; lane < Lanes; lane++)
                {
                    margin += values[_roots[tree + lane] + at[lane]];
                }
            }

            for (; tree < _roots.Length; tree++)
            {
                var node = 0;
                for (var level = 0; level < _depths[tree]; level++)
                {
                    node = Step(nodes + _roots[tree], doubled, node);
                }

                margin += values[_roots[tree] + node];
            }

            return margin;
        }
    }

    /// <summary>The margins of rows that lie one after the other.</summary>
    public void Margins(ReadOnlySpan<float> rows, Span<float> margins)
    {
        if (rows.Length != (long)margins.Length * Width)
        {
            throw new ArgumentException($"The model reads {Width} features per row.", nameof(rows));
        }

        var row = 0;
        if (IsCompiled)
        {
            // One buffer for the whole batch; a block of rows stays in cache while all trees pass over it.
            const int block = 64;
            var doubled = new float[block * 2 * Width];
            for (; row + Lanes <= margins.Length; row += block)
            {
                var count = Math.Min(block, (margins.Length - row) / Lanes * Lanes);
                Block(rows.Slice(row * Width, count * Width), doubled, margins.Slice(row, count));
                if (count < block)
                {
                    row += count;
                    break;
                }
            }
        }

        for (; row < margins.Length; row++)
        {
            margins[row] = Margin(rows.Slice(row * Width, Width));
        }
    }

    /// <summary>What the model predicts for a margin: a probability, a mean, a time.</summary>
    public double Prediction(float margin) => _model.Objective.ToPrediction(margin);

    private static void Flatten(Tree tree, int width, List<FlatNode> nodes, List<float> values)
    {
        var first = nodes.Count;
        var order = new List<int> { 0 };
        for (var i = 0; i < order.Count; i++)
        {
            var node = order[i];
            if (tree.IsLeaf(node))
            {
                // Nothing is at or above NaN: the step always takes the left child, itself.
                nodes.Add(new FlatNode(float.NaN, 0, (ushort)i));
                values.Add(tree.Condition[node]);
                continue;
            }

            var column = tree.Feature[node] + (tree.DefaultLeft[node] ? 0 : width);
            nodes.Add(new FlatNode(tree.Condition[node], (ushort)column, (ushort)order.Count));
            values.Add(0);
            order.Add(tree.Left[node]);
            order.Add(tree.Right[node]);
        }

        System.Diagnostics.Debug.Assert(nodes.Count - first == order.Count, "Every reached node is laid out once.");
    }

    /// <summary>
    /// A missing value is below everything for nodes that default to the left and above everything for the others.
    /// So a row is kept twice, and each node reads the copy that suits its default.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Double(ReadOnlySpan<float> row, float* doubled)
    {
        for (var f = 0; f < row.Length; f++)
        {
            var value = row[f];
            doubled[f] = float.IsNaN(value) ? float.NegativeInfinity : value;
            doubled[f + row.Length] = float.IsNaN(value) ? float.PositiveInfinity : value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Block(ReadOnlySpan<float> rows, float[] buffer, Span<float> margins)
    {
        fixed (FlatNode* nodes = _nodes)
        fixed (float* doubled = buffer, values = _values, sums = margins)
        {
            for (var row = 0; row < margins.Length; row++)
            {
                Double(rows.Slice(row * Width, Width), doubled + (row * 2 * Width));
                sums[row] = _baseMargin;
            }

            for (var tree = 0; tree < _roots.Length; tree++)
            {
                var root = nodes + _roots[tree];
                var leaves = values + _roots[tree];
                for (var row = 0; row < margins.Length; row += Lanes)
                {
                    StepRows(root, leaves, doubled + (row * 2 * Width), 2 * Width, _depths[tree], sums + row);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Step(FlatNode* root, float* row, int node)
    {
        unchecked
        {
            var record = root[node];
            return record.Left + (row[record.Column] >= record.Condition ? 1 : 0);
        }
    }

    /// <summary>Eight rows down one tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepRows(FlatNode* root, float* leaves, float* rows, int stride, int depth, float* sums)
    {
        unchecked
        {
            float* r1 = rows + stride, r2 = r1 + stride, r3 = r2 + stride;
            float* r4 = r3 + stride, r5 = r4 + stride, r6 = r5 + stride, r7 = r6 + stride;
            int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
            for (var level = 0; level < depth; level++)
            {
                a = Step(root, rows, a);
                b = Step(root, r1, b);
                c = Step(root, r2, c);
                d = Step(root, r3, d);
                e = Step(root, r4, e);
                f = Step(root, r5, f);
                g = Step(root, r6, g);
                h = Step(root, r7, h);
            }

            sums[0] += leaves[a];
            sums[1] += leaves[b];
            sums[2] += leaves[c];
            sums[3] += leaves[d];
            sums[4] += leaves[e];
            sums[5] += leaves[f];
            sums[6] += leaves[g];
            sums[7] += leaves[h];
        }
    }

    /// <summary>One row down eight trees. A leaf stays where it is, so the deepest tree sets the steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepTrees(FlatNode* nodes, float* row, int tree, int* at)
    {
        unchecked
        {
            var depth = 0;
            for (var lane = 0; lane < Lanes; lane++)
            {
                depth = Math.Max(depth, _depths[tree + lane]);
            }

            FlatNode* t0 = nodes + _roots[tree], t1 = nodes + _roots[tree + 1], t2 = nodes + _roots[tree + 2];
            FlatNode* t3 = nodes + _roots[tree + 3], t4 = nodes + _roots[tree + 4], t5 = nodes + _roots[tree + 5];
            FlatNode* t6 = nodes + _roots[tree + 6], t7 = nodes + _roots[tree + 7];
            int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
            for (var level = 0; level < depth; level++)
            {
                a = Step(t0, row, a);
                b = Step(t1, row, b);
                c = Step(t2, row, c);
                d = Step(t3, row, d);
                e = Step(t4, row, e);
                f = Step(t5, row, f);
                g = Step(t6, row, g);
                h = Step(t7, row, h);
            }

            (at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7]) = (a, b, c, d, e, f, g, h);
        }
    }

    private float Walk(ReadOnlySpan<float> row)
    {
        var margin = _baseMargin;
        foreach (var tree in _model.Trees)
        {
            margin += tree.Condition[tree.LeafOf(row)];
        }

        return margin;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct FlatNode(float Condition, ushort Column, ushort Left);
}
