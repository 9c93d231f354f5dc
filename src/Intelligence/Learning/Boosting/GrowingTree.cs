using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>A node while its tree grows: its rows are a range of the grower's row order.</summary>
internal sealed class GrowingNode
{
    public required int FirstRow { get; init; }

    public required int RowCount { get; init; }

    public required int Depth { get; init; }

    public required NodeToSplit Sums { get; init; }

    public required int Parent { get; init; }

    public Split? Split { get; set; }

    public int Left { get; set; } = Tree.NoChild;

    public int Right { get; set; } = Tree.NoChild;

    /// <summary>Before shrinkage.</summary>
    public double Weight { get; set; }

    public bool IsLeaf => Left == Tree.NoChild;
}

/// <summary>The nodes of one tree, and their translation into the file's arrays, level by level.</summary>
internal sealed class GrowingTree(BinnedMatrix matrix)
{
    public List<GrowingNode> Nodes { get; } = [];

    /// <summary>The finished tree. Leaves hold their shrunk weight in single precision.</summary>
    public Tree Finish(FixedPoint units, double eta)
    {
        var order = ByLevel();
        var position = new int[Nodes.Count];
        for (var i = 0; i < order.Count; i++)
        {
            position[order[i]] = i;
        }

        var count = order.Count;
        var tree = new Tree
        {
            Left = new int[count],
            Right = new int[count],
            Parent = new int[count],
            Feature = new int[count],
            Condition = new float[count],
            DefaultLeft = new bool[count],
            RightCategories = new int[count][],
            LossChange = new float[count],
            SumHessian = new float[count],
            BaseWeight = new float[count],
        };
        for (var i = 0; i < count; i++)
        {
            var node = Nodes[order[i]];
            tree.Parent[i] = node.Parent < 0 ? int.MaxValue : position[node.Parent];
            tree.SumHessian[i] = (float)(node.Sums.Sums.Hessian * units.HessianUnit);
            tree.BaseWeight[i] = (float)node.Weight;
            if (node.IsLeaf)
            {
                tree.Left[i] = tree.Right[i] = Tree.NoChild;
                tree.Condition[i] = (float)(node.Weight * eta);
                tree.BaseWeight[i] = tree.Condition[i];
                continue;
            }

            tree.Left[i] = position[node.Left];
            tree.Right[i] = position[node.Right];
            WriteSplit(tree, i, node.Split!);
        }

        return tree;
    }

    private void WriteSplit(Tree tree, int i, Split split)
    {
        tree.Feature[i] = split.Feature;
        tree.DefaultLeft[i] = split.DefaultLeft;
        tree.LossChange[i] = (float)split.Gain;
        tree.RightCategories[i] = split.RightCategories;

        // The cut behind the last value bin parts the present (left) from the missing (right): nothing is too large.
        var cuts = matrix.Features[split.Feature].Cuts;
        tree.Condition[i] = split.RightCategories is not null ? float.NaN
            : split.Bin < cuts.Length ? cuts[split.Bin]
            : float.MaxValue;
    }

    private List<int> ByLevel()
    {
        var order = new List<int>(Nodes.Count) { 0 };
        for (var i = 0; i < order.Count; i++)
        {
            var node = Nodes[order[i]];
            if (!node.IsLeaf)
            {
                order.Add(node.Left);
                order.Add(node.Right);
            }
        }

        return order;
    }
}
