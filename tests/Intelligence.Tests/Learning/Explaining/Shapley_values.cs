using System.Numerics;
using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Explaining;
using Platform.Intelligence.Learning.Trees;
using Platform.Tests.Intelligence.Learning.Parity;

namespace Platform.Tests.Intelligence.Learning.Explaining;

public sealed class Shapley_values
{
    /// <summary>Against the definition: all coalitions, the conditional expectation of each by walking the tree.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)] // deep enough to ask one feature several times on a path
    public void The_fast_kernel_agrees_with_the_sum_over_all_coalitions(int depth)
    {
        var rows = SyntheticRows.Binary(2_000, seed: 9);
        var options = new BoosterOptions { Loss = new LogisticLoss(), Trees = 5, Depth = depth, Eta = 0.5 };
        var model = Booster.Fit(rows, later: null, options, Quiet.Progress, CancellationToken.None).Value;
        var parts = new double[10 * 6];
        new TreeShap(model).Explain(rows.Features.Values.AsSpan(0, 50), parts);
        for (var row = 0; row < 10; row++)
        {
            var expected = BySubsets(model, rows.Features.Row(row).ToArray());
            for (var f = 0; f < 5; f++)
            {
                parts[(row * 6) + f].ShouldBe(expected[f], 1e-9);
            }

            parts.AsSpan(row * 6, 6).ToArray().Sum().ShouldBe(ExactMargin.Of(model, rows.Features.Row(row)), 1e-9);
        }
    }

    [Fact]
    public void Stumps_are_explained_by_lookup_as_by_the_kernel()
    {
        var rows = SyntheticRows.Binary(3_000, seed: 4);
        var options = new BoosterOptions { Loss = new LogisticLoss(), Trees = 150, Depth = 1, Eta = 0.2 };
        var model = Booster.Fit(rows, later: null, options, Quiet.Progress, CancellationToken.None).Value;
        var tables = AdditiveTables.From(model).ShouldNotBeNull();
        var parts = new double[500 * 6];
        new TreeShap(model).Explain(rows.Features.Values.AsSpan(0, 2_500), parts);
        var looked = new double[6];
        for (var row = 0; row < 500; row++)
        {
            tables.Explain(rows.Features.Row(row), looked);
            for (var f = 0; f < 6; f++)
            {
                looked[f].ShouldBe(parts[(row * 6) + f], 1e-9);
            }
        }
    }

    [Fact]
    public void A_model_with_interactions_has_no_tables()
    {
        var options = new BoosterOptions { Loss = new LogisticLoss(), Trees = 3, Depth = 2 };
        var model = Booster.Fit(SyntheticRows.Binary(500, seed: 4), later: null, options, Quiet.Progress, CancellationToken.None).Value;
        AdditiveTables.From(model).ShouldBeNull();
    }

    private static double[] BySubsets(BoostedModel model, float[] row)
    {
        var width = row.Length;
        var worth = new double[1 << width];
        for (var known = 0; known < worth.Length; known++)
        {
            worth[known] = model.Trees.Sum(tree => Expect(tree, 0, row, known));
        }

        var values = new double[width];
        for (var f = 0; f < width; f++)
        {
            for (var others = 0; others < worth.Length; others++)
            {
                if ((others & (1 << f)) == 0)
                {
                    var size = BitOperations.PopCount((uint)others);
                    var weight = Factorial(size) * Factorial(width - 1 - size) / Factorial(width);
                    values[f] += weight * (worth[others | (1 << f)] - worth[others]);
                }
            }
        }

        return values;
    }

    private static double Expect(Tree tree, int node, float[] row, int known)
    {
        if (tree.IsLeaf(node))
        {
            return tree.Condition[node];
        }

        var feature = tree.Feature[node];
        if ((known & (1 << feature)) != 0)
        {
            return Expect(tree, tree.GoesLeft(node, row[feature]) ? tree.Left[node] : tree.Right[node], row, known);
        }

        double cover = tree.SumHessian[node];
        return (tree.SumHessian[tree.Left[node]] / cover * Expect(tree, tree.Left[node], row, known))
            + (tree.SumHessian[tree.Right[node]] / cover * Expect(tree, tree.Right[node], row, known));
    }

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
}
