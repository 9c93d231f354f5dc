using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>
/// Sets the leaves of a pinball tree to the quantile of what is left to explain in them, then restores the order that
/// monotone features demand: where the two sides of such a split overlap, both are cut at the middle.
/// </summary>
internal sealed class LeafRefit(BoosterOptions options, double quantile)
{
    private readonly WeightedQuantile _residuals = new(capacity: 1024);

    public void Apply(GrowingTree tree, TreeGrower grower, LabelledRows rows, float[] margins)
    {
        foreach (var leaf in tree.Nodes.Where(node => node.IsLeaf))
        {
            _residuals.Clear();
            foreach (var row in grower.RowsOf(leaf))
            {
                _residuals.Add(rows.Labels.Values[row] - margins[row], rows.Weight(row));
            }

            leaf.Weight = _residuals.Count == 0 ? 0 : _residuals.At(quantile);
        }

        if (options.Monotone.Count > 0)
        {
            Restore(tree, 0, rows.Features.Features);
        }
    }

    private void Restore(GrowingTree tree, int at, IReadOnlyList<Feature> features)
    {
        var node = tree.Nodes[at];
        if (node.IsLeaf)
        {
            return;
        }

        Restore(tree, node.Left, features);
        Restore(tree, node.Right, features);
        var direction = options.Monotone.GetValueOrDefault(features[node.Split!.Feature].Name);
        if (direction == 0)
        {
            return;
        }

        var (low, high) = direction > 0 ? (node.Left, node.Right) : (node.Right, node.Left);
        var lowLeaves = Leaves(tree, low);
        var highLeaves = Leaves(tree, high);
        var top = lowLeaves.Max(leaf => leaf.Weight);
        var bottom = highLeaves.Min(leaf => leaf.Weight);
        if (top > bottom)
        {
            var middle = (top + bottom) / 2;
            lowLeaves.ForEach(leaf => leaf.Weight = Math.Min(leaf.Weight, middle));
            highLeaves.ForEach(leaf => leaf.Weight = Math.Max(leaf.Weight, middle));
        }
    }

    private static List<GrowingNode> Leaves(GrowingTree tree, int at)
    {
        var leaves = new List<GrowingNode>();
        var open = new Stack<int>([at]);
        while (open.TryPop(out var next))
        {
            var node = tree.Nodes[next];
            if (node.IsLeaf)
            {
                leaves.Add(node);
                continue;
            }

            open.Push(node.Right);
            open.Push(node.Left);
        }

        return leaves;
    }
}
