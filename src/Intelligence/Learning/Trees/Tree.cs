namespace Platform.Intelligence.Learning.Trees;

/// <summary>
/// One regression tree, in parallel arrays as the model file has them. Node 0 is the root; a leaf has no children and
/// its value, already shrunk, in <see cref="Condition"/>. A number goes left when it is strictly below the condition in
/// single precision; a category goes right when it is in the node's set.
/// </summary>
internal sealed class Tree
{
    public const int NoChild = -1;

    public required int[] Left { get; init; }

    public required int[] Right { get; init; }

    public required int[] Parent { get; init; }

    public required int[] Feature { get; init; }

    public required float[] Condition { get; init; }

    public required bool[] DefaultLeft { get; init; }

    /// <summary>The categories that go right, ascending; null where the split is by number.</summary>
    public required int[]?[] RightCategories { get; init; }

    public required float[] LossChange { get; init; }

    public required float[] SumHessian { get; init; }

    public required float[] BaseWeight { get; init; }

    public int DeletedCount { get; init; }

    public int NodeCount => Left.Length;

    public bool IsLeaf(int node) => Left[node] == NoChild;

    public int LeafOf(ReadOnlySpan<float> row)
    {
        var node = 0;
        while (!IsLeaf(node))
        {
            node = GoesLeft(node, row[Feature[node]]) ? Left[node] : Right[node];
        }

        return node;
    }

    public bool GoesLeft(int node, float value)
    {
        if (float.IsNaN(value))
        {
            return DefaultLeft[node];
        }

        var set = RightCategories[node];
        if (set is null)
        {
            return value < Condition[node];
        }

        // What is no category at all goes left, as in XGBoost.
        return value < 0 || value >= 16777216 || Array.BinarySearch(set, (int)value) < 0;
    }

    /// <summary>Longest way from the root to a leaf.</summary>
    public int Depth()
    {
        var deepest = 0;
        var open = new Stack<(int Node, int Depth)>();
        open.Push((0, 0));
        while (open.TryPop(out var at))
        {
            deepest = Math.Max(deepest, at.Depth);
            if (!IsLeaf(at.Node))
            {
                open.Push((Left[at.Node], at.Depth + 1));
                open.Push((Right[at.Node], at.Depth + 1));
            }
        }

        return deepest;
    }
}
