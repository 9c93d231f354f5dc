using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.Explaining;

/// <summary>
/// A tree laid out for explanation: reached nodes in preorder, so that a pass forward meets parents before children
/// and a pass backward children before parents. Node 0 is the root and has no edge above it.
/// </summary>
internal sealed class ExplainedTree
{
    // The share of rows that a child got: one that got none still divides, and changes nothing that can be seen.
    private const double LeastShare = 1e-12;

    private ExplainedTree(Tree tree, EdgeRecord[] edges)
    {
        Tree = tree;
        Edges = edges;
        var unique = edges.Max(edge => edge.UniqueFeatures);
        Quadrature = GaussLegendre.Of(Math.Max(1, (unique + 1) / 2));
        Passed = new double[edges.Length * Points];
        Failed = new double[edges.Length * Points];
        for (var e = 0; e < edges.Length; e++)
        {
            for (var q = 0; q < Points; q++)
            {
                Failed[(e * Points) + q] = edges[e].Share * (1 - Quadrature.Nodes[q]);
                Passed[(e * Points) + q] = Failed[(e * Points) + q] + Quadrature.Nodes[q];
            }
        }

        InversePassed = [.. Passed.Select(factor => 1 / factor)];
        InverseFailed = [.. Failed.Select(factor => 1 / factor)];
        foreach (var edge in edges.Where(edge => edge.IsLeaf))
        {
            Expectation += edge.Reach * edge.LeafValue;
        }
    }

    public Tree Tree { get; }

    public EdgeRecord[] Edges { get; }

    /// <summary>Exact for the products that a path of this tree can form.</summary>
    public GaussLegendre Quadrature { get; }

    public int Points => Quadrature.Nodes.Length;

    /// <summary>Per edge and point, the factor of a row that passes, z(1−t) + t, and of one that does not, z(1−t).</summary>
    public double[] Passed { get; }

    public double[] Failed { get; }

    /// <summary>Their inverses: two values each, so the kernel selects and never divides.</summary>
    public double[] InversePassed { get; }

    public double[] InverseFailed { get; }

    /// <summary>The mean of the tree under the shares of its training rows.</summary>
    public double Expectation { get; }

    public static ExplainedTree From(Tree tree)
    {
        var edges = new List<EdgeRecord>();
        var open = new Stack<(int Node, int Parent)>();
        open.Push((0, -1));
        while (open.TryPop(out var at))
        {
            var position = edges.Count;
            edges.Add(at.Parent < 0
                ? new EdgeRecord { Node = 0, Parent = -1, Ancestor = -1, Share = 1, Reach = 1, LeafValue = tree.Condition[0], IsLeaf = tree.IsLeaf(0) }
                : Edge(tree, edges, at.Node, at.Parent));
            if (!tree.IsLeaf(at.Node))
            {
                open.Push((tree.Right[at.Node], position));
                open.Push((tree.Left[at.Node], position));
            }
        }

        return new ExplainedTree(tree, [.. edges]);
    }

    private static EdgeRecord Edge(Tree tree, List<EdgeRecord> edges, int node, int parentPosition)
    {
        var parent = edges[parentPosition];
        var feature = tree.Feature[parent.Node];

        // The nearest edge above that asked the same feature: both answers are one player of the game.
        var ancestor = parentPosition;
        while (ancestor > 0 && edges[ancestor].Feature != feature)
        {
            ancestor = edges[ancestor].Parent;
        }

        ancestor = ancestor > 0 ? ancestor : -1;
        var cover = tree.SumHessian[parent.Node];
        var share = cover > 0 ? Math.Clamp((double)tree.SumHessian[node] / cover, LeastShare, 1) : 0.5;
        return new EdgeRecord
        {
            Node = node,
            Parent = parentPosition,
            Ancestor = ancestor,
            Feature = feature,
            IsLeft = tree.Left[parent.Node] == node,
            IsLeaf = tree.IsLeaf(node),
            LeafValue = tree.Condition[node],
            Share = share * (ancestor < 0 ? 1 : edges[ancestor].Share),
            Reach = parent.Reach * share,
            UniqueFeatures = parent.UniqueFeatures + (ancestor < 0 ? 1 : 0),
        };
    }
}

/// <summary>A node and the edge that leads to it.</summary>
internal readonly record struct EdgeRecord
{
    public required int Node { get; init; }

    public required int Parent { get; init; }

    public required int Ancestor { get; init; }

    public int Feature { get; init; }

    public bool IsLeft { get; init; }

    public bool IsLeaf { get; init; }

    public float LeafValue { get; init; }

    /// <summary>The share of rows that pass all questions to this feature on the way here.</summary>
    public required double Share { get; init; }

    /// <summary>The share of all rows that arrive here.</summary>
    public required double Reach { get; init; }

    public int UniqueFeatures { get; init; }
}
