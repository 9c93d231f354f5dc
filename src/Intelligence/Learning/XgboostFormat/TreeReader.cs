using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.XgboostFormat;

/// <summary>How many nodes one file may still bring.</summary>
internal sealed class NodeBudget
{
    public const int Most = 8_000_000;

    private int _left = Most;

    public void Take(int nodes)
    {
        _left -= nodes;
        if (_left < 0)
        {
            throw new FormatRefused($"it has more than {Most} nodes");
        }
    }
}

/// <summary>Reads one tree and proves that walking it ends at a finite leaf, whatever the row.</summary>
internal static class TreeReader
{
    public const int MaxDepth = 64;

    // Beyond this, sums of many leaves could leave single precision.
    private const float LargestLeaf = 1e30f;
    private const int LargestCategory = 16_777_215;

    public static Tree Read(JsonPath file, int width, NodeBudget budget)
    {
        var parameters = file["tree_param"];
        var count = parameters["num_nodes"].Count(NodeBudget.Most);
        budget.Take(count);
        if (count < 1)
        {
            throw new FormatRefused($"{file.Name} has no root");
        }

        if (parameters.Optional("size_leaf_vector")?.Count(int.MaxValue) > 1)
        {
            throw new FormatRefused($"{file.Name} has several values per leaf");
        }

        var tree = new Tree
        {
            Left = file["left_children"].Integers(count),
            Right = file["right_children"].Integers(count),
            Parent = file["parents"].Integers(count),
            Feature = file["split_indices"].Integers(count),
            Condition = file["split_conditions"].Floats(count),
            DefaultLeft = file["default_left"].Flags(count),
            RightCategories = Categories(file, count),
            LossChange = file["loss_changes"].Floats(count),
            SumHessian = file["sum_hessian"].Floats(count),
            BaseWeight = file["base_weights"].Floats(count),
            DeletedCount = parameters.Optional("num_deleted")?.Count(count) ?? 0,
        };
        Prove(tree, width, file.Name);
        return tree;
    }

    private static int[]?[] Categories(JsonPath file, int count)
    {
        var sets = new int[]?[count];
        if (file.Optional("split_type") is null)
        {
            return sets;
        }

        var types = file["split_type"].Flags(count);
        var nodes = file["categories_nodes"].Integers();
        var segments = file["categories_segments"].Integers(nodes.Length);
        var sizes = file["categories_sizes"].Integers(nodes.Length);
        var codes = file["categories"].Integers();
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i] < 0 || nodes[i] >= count || !types[nodes[i]] || sets[nodes[i]] is not null)
            {
                throw new FormatRefused($"{file.Name} has categories for node {nodes[i]}, which is none of their kind");
            }

            if (segments[i] < 0 || sizes[i] < 0 || (long)segments[i] + sizes[i] > codes.Length)
            {
                throw new FormatRefused($"{file.Name} has a category segment outside its list");
            }

            var set = codes.AsSpan(segments[i], sizes[i]).ToArray();
            Array.Sort(set);
            if (set.Length > 0 && (set[0] < 0 || set[^1] > LargestCategory))
            {
                throw new FormatRefused($"{file.Name} has a category that is no code");
            }

            sets[nodes[i]] = set;
        }

        if (types.Where((isCategorical, node) => isCategorical && sets[node] is null).Any())
        {
            throw new FormatRefused($"{file.Name} has a categorical node without categories");
        }

        return sets;
    }

    /// <summary>
    /// Walks from the root. A node reached twice would be a cycle or a shared branch; nodes never reached are what
    /// pruning left behind and are not looked at.
    /// </summary>
    private static void Prove(Tree tree, int width, string name)
    {
        var seen = new bool[tree.NodeCount];
        var open = new Stack<(int Node, int Depth)>();
        open.Push((0, 0));
        seen[0] = true;
        while (open.TryPop(out var at))
        {
            var (node, depth) = at;
            if (!float.IsFinite(tree.SumHessian[node]) || tree.SumHessian[node] < 0)
            {
                throw new FormatRefused($"{name} node {node} has no finite sum_hessian");
            }

            if (tree.Left[node] == Tree.NoChild && tree.Right[node] == Tree.NoChild)
            {
                if (!(Math.Abs(tree.Condition[node]) <= LargestLeaf))
                {
                    throw new FormatRefused($"{name} leaf {node} has no finite value");
                }

                continue;
            }

            if (depth >= MaxDepth)
            {
                throw new FormatRefused($"{name} is deeper than {MaxDepth}");
            }

            ProveSplit(tree, node, width, name);
            foreach (var child in (ReadOnlySpan<int>)[tree.Left[node], tree.Right[node]])
            {
                if (child <= 0 || child >= tree.NodeCount || seen[child])
                {
                    throw new FormatRefused($"{name} node {node} has the child {child}, which is absent or has a parent already");
                }

                if (tree.Parent[child] != node)
                {
                    throw new FormatRefused($"{name} node {child} names another parent than {node}");
                }

                seen[child] = true;
                open.Push((child, depth + 1));
            }
        }
    }

    private static void ProveSplit(Tree tree, int node, int width, string name)
    {
        if (tree.Feature[node] < 0 || tree.Feature[node] >= width)
        {
            throw new FormatRefused($"{name} node {node} splits on feature {tree.Feature[node]} of {width}");
        }

        if (tree.RightCategories[node] is null && !float.IsFinite(tree.Condition[node]))
        {
            throw new FormatRefused($"{name} node {node} has no finite condition");
        }
    }
}
