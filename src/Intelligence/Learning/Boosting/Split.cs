namespace Platform.Intelligence.Learning.Boosting;

/// <summary>Sums of a node in fixed point.</summary>
internal readonly record struct NodeSums(long Gradient, long Hessian)
{
    public static NodeSums operator -(NodeSums a, NodeSums b) => new(a.Gradient - b.Gradient, a.Hessian - b.Hessian);
}

/// <summary>
/// The best cut of one node by one feature. <see cref="Bin"/> is the last value bin that goes left; for categories,
/// <see cref="RightCategories"/> lists the codes that go right.
/// </summary>
internal sealed record Split(
    int Feature, int Bin, int[]? RightCategories, bool DefaultLeft, double Gain, NodeSums Left, NodeSums Right)
{
    public double LeftWeight { get; init; }

    public double RightWeight { get; init; }
}

/// <summary>What a node knows when it looks for its split: its sums and how far its weight may move.</summary>
internal readonly record struct NodeToSplit(NodeSums Sums, double LowerWeight, double UpperWeight);
