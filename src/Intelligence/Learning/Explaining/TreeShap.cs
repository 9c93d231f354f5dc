using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Explaining;

/// <summary>
/// Exact path-dependent Shapley values (Lundberg 2020), the definition of XGBoost's <c>pred_contribs</c>.
/// <para>
/// For a leaf with value v whose path asks the features j, let o be 1 if the row passes all questions to j and z the
/// share of training rows that do. Shapley's sum over coalitions with its weights |T|!(m−1−|T|)!/m! is an integral:
/// φ_i = v·(o_i − z_i)·∫₀¹ Π_{j≠i} (z_j(1−t) + o_j·t) dt. The integrand is a polynomial, so Gauss–Legendre with ⌈m/2⌉
/// points is exact. The products are carried down the tree and the leaves' sums up, so a tree costs one visit per edge,
/// and four rows go through at once. All factors are positive: nothing cancels, sums hold to about 1e-12.
/// </para>
/// </summary>
internal sealed class TreeShap
{
    // Groups of four rows that pass a tree while it is in cache.
    private const int GroupsPerBlock = 16;

    private readonly ExplainedTree[] _trees;
    private readonly int _width;
    private readonly int _scratchLength;
    private readonly int _mostEdges;

    public TreeShap(BoostedModel model)
    {
        _width = model.Features.Count;
        _trees = [.. model.Trees.Select(ExplainedTree.From)];
        _mostEdges = _trees.Length == 0 ? 0 : _trees.Max(tree => tree.Edges.Length);
        _scratchLength = _trees.Length == 0 ? 0 : _trees.Max(tree => tree.Edges.Length * tree.Quadrature.Nodes.Length);
        Bias = model.BaseMargin;
        foreach (var tree in _trees)
        {
            Bias += tree.Expectation;
        }
    }

    /// <summary>What the model answers when it knows nothing of the row.</summary>
    public double Bias { get; }

    /// <summary>Per row: one contribution per feature, then the bias. They sum to the margin.</summary>
    public void Explain(ReadOnlySpan<float> rows, Span<double> contributions)
    {
        var count = rows.Length / Math.Max(1, _width);
        if (rows.Length != count * _width || contributions.Length != count * (_width + 1))
        {
            throw new ArgumentException($"The model reads {_width} features and explains {_width + 1} parts per row.", nameof(rows));
        }

        var work = new ShapLanes(_width, GroupsPerBlock, _mostEdges, _scratchLength);
        for (var first = 0; first < count; first += GroupsPerBlock * ShapLanes.Count)
        {
            var size = Math.Min(GroupsPerBlock * ShapLanes.Count, count - first);
            work.Load(rows.Slice(first * _width, size * _width), size);
            foreach (var tree in _trees)
            {
                for (var group = 0; group * ShapLanes.Count < size; group++)
                {
                    work.Descend(tree, group);
                    work.Ascend(tree, group);
                }
            }

            work.Store(contributions.Slice(first * (_width + 1), size * (_width + 1)), size, Bias);
        }
    }
}
