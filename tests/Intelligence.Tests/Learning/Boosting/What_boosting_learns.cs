using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Tests.Intelligence.Learning.Boosting;

public sealed class What_boosting_learns
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_category_a_gap_and_an_interaction_are_found(int depth)
    {
        var rows = SyntheticRows.Binary(8_000, seed: 1);
        var test = SyntheticRows.Binary(4_000, seed: 2);
        var auc = Auc(Fit(rows, new BoosterOptions { Loss = new LogisticLoss(), Depth = depth, Trees = 120 }), test);
        auc.ShouldBeGreaterThan(depth == 1 ? 0.80 : 0.82);
    }

    /// <summary>Leakage: with labels that mean nothing, nothing is learnt that holds elsewhere.</summary>
    [Fact]
    public void A_shuffled_target_gives_an_auc_of_one_half()
    {
        var rows = SyntheticRows.Binary(6_000, seed: 1);
        var test = SyntheticRows.Binary(6_000, seed: 2);
        var shuffled = (double[])rows.Labels.Values.Clone();
        var draws = new Draws(8);

        // One chance correlation moves a single AUC by several points; ten average out.
        var aucs = Enumerable.Range(0, 10).Select(_ =>
        {
            draws.Shuffle<double>(shuffled);
            return Auc(Fit(rows with { Labels = Labels.Of(shuffled) }, new BoosterOptions { Loss = new LogisticLoss(), Trees = 20 }), test);
        });
        aucs.Average().ShouldBe(0.5, 0.03);
    }

    [Theory]
    [InlineData(+1)]
    [InlineData(-1)]
    public void A_monotone_feature_never_turns(int direction)
    {
        var rows = SyntheticRows.Continuous(3_000, seed: 6, noise: 2);
        foreach (var loss in (Loss[])[new SquaredLoss(), new PinballLoss(0.9)])
        {
            var model = Fit(rows, new BoosterOptions
            {
                Loss = loss, Depth = 4, Trees = 60, Monotone = new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = direction },
            });
            var scorer = Scorer.Compile(model);
            for (var row = 0; row < 100; row++)
            {
                var cells = rows.Features.Row(row).ToArray();
                var before = direction * double.NegativeInfinity;
                for (var a = -4f; a <= 4; a += 0.1f)
                {
                    cells[0] = a;
                    var margin = (double)scorer.Margin(cells);
                    // Sums of single-precision leaves may differ in their last bit.
                    (direction * margin).ShouldBeGreaterThanOrEqualTo(double.IsInfinity(before) ? double.MinValue : (direction * before) - 1e-4);
                    before = margin;
                }
            }
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_quantile_model_leaves_its_share_below(double quantile)
    {
        var model = Fit(SyntheticRows.Continuous(6_000, seed: 6, noise: 1), new BoosterOptions { Loss = new PinballLoss(quantile), Trees = 80, Depth = 3 });
        var test = SyntheticRows.Continuous(6_000, seed: 7, noise: 1);
        var margins = Margins(model, test);
        var below = test.Labels.Values.Where((label, row) => label <= margins[row]).Count() / 6_000.0;
        below.ShouldBe(quantile, 0.03);
    }

    [Fact]
    public void Counts_are_predicted_by_their_mean()
    {
        var rows = SyntheticRows.Continuous(6_000, seed: 6, noise: 0);
        double[] counts = [.. rows.Labels.Values.Select(score => Math.Floor(Math.Exp(score / 2) * 3))];
        var model = Fit(rows with { Labels = Labels.Of(counts) }, new BoosterOptions { Loss = new PoissonLoss(), Trees = 150, Depth = 3 });
        var scorer = Scorer.Compile(model);
        var predicted = Margins(model, rows).Select(margin => scorer.Prediction(margin)).ToArray();
        (predicted.Average() / counts.Average()).ShouldBe(1, 0.02);
        predicted.Zip(counts, (p, c) => Math.Abs(p - c)).Average().ShouldBeLessThan(1.1);
    }

    /// <summary>Rule 6: open orders are censored, not missing.</summary>
    [Theory]
    [InlineData("normal")]
    [InlineData("logistic")]
    [InlineData("extreme")]
    public void Censored_times_do_not_bias_the_prediction(string shape)
    {
        var distribution = Enum.Parse<SurvivalDistribution>(shape, ignoreCase: true);
        var (matrix, scores) = SyntheticRows.Draw(6_000, seed: 21);
        var draws = new Draws(5);
        double[] truth = [.. scores.Select(score => Math.Exp(3 + (0.5 * score) + (0.3 * Noise(distribution, draws))))];
        double[] cut = [.. truth.Select(_ => 10 + (40 * draws.NextUnit()))];
        var observed = truth.Zip(cut, (time, limit) => time <= limit).ToArray();
        observed.Count(flag => !flag).ShouldBeGreaterThan(1_000);
        double[] times = [.. truth.Zip(cut, Math.Min)];
        var options = new BoosterOptions { Loss = new SurvivalLoss(distribution, 0.3), Trees = 150, Depth = 3 };

        var survival = Fit(new LabelledRows(matrix, new Labels(times, observed), null), options);
        var naive = Fit(new LabelledRows(matrix, Labels.Of(times), null), options);

        double Bias(BoostedModel model) => Margins(model, matrix).Zip(scores, (margin, score) => margin - (3 + (0.5 * score))).Average();
        Bias(survival).ShouldBe(0, 0.05);
        Bias(naive).ShouldBeLessThan(-0.1);
    }

    [Fact]
    public void A_weight_of_two_is_the_row_twice()
    {
        // Few distinct values: the histogram's cuts, which see rows and not weights, are the same.
        var rows = SyntheticRows.Binary(2_000, seed: 1);
        float[] rounded = [.. rows.Features.Values.Select(value => MathF.Round(value, 1))];
        rows = rows with { Features = new FeatureMatrix(rows.Features.Features, rounded, 2_000) };
        double[] weights = [.. Enumerable.Range(0, 2_000).Select(row => 1.0 + (row % 2))];
        int[] repeated = [.. Enumerable.Range(0, 2_000).SelectMany(row => Enumerable.Repeat(row, 1 + (row % 2)))];
        var options = new BoosterOptions { Loss = new LogisticLoss(), Trees = 20 };
        var weighted = Margins(Fit(rows with { Weights = weights }, options), rows);
        var counted = Margins(Fit(rows.Select(repeated), options), rows);
        for (var row = 0; row < 2_000; row++)
        {
            weighted[row].ShouldBe(counted[row], 1e-4f);
        }
    }

    [Fact]
    public void Early_stopping_keeps_the_best_trees_of_a_later_block()
    {
        var rows = SyntheticRows.Binary(1_500, seed: 1);
        var later = SyntheticRows.Binary(1_500, seed: 2);
        var options = new BoosterOptions { Loss = new LogisticLoss(), Trees = 400, Depth = 6, Eta = 0.3, EarlyStopping = 15 };
        var stopped = Booster.Fit(rows, later, options, Quiet.Progress, CancellationToken.None).Value;
        var full = Fit(rows, options with { EarlyStopping = 0 });
        stopped.Trees.Count.ShouldBeInRange(3, 200);
        options.Loss.Mean(Margins(stopped, later), later).ShouldBeLessThan(options.Loss.Mean(Margins(full, later), later));
    }

    [Fact]
    public void Options_and_labels_out_of_range_are_refused_by_name()
    {
        var rows = SyntheticRows.Binary(50, seed: 1);
        Refusal(rows, new BoosterOptions { Loss = new LogisticLoss(), Depth = 40 }).ShouldBeOfType<OptionOutOfRange>().Option.ShouldBe("depth");
        Refusal(rows, new BoosterOptions { Loss = new LogisticLoss(), Eta = double.NaN }).ShouldBeOfType<OptionOutOfRange>();
        Refusal(rows with { Labels = Labels.Of([.. Enumerable.Repeat(3.0, 50)]) }, new BoosterOptions { Loss = new LogisticLoss() })
            .ShouldBe(new LabelOutOfRange(0, 3, "numbers from 0 to 1"));
        Refusal(rows, new BoosterOptions { Loss = new LogisticLoss(), Monotone = new Dictionary<string, int>(StringComparer.Ordinal) { ["kind"] = 1 } })
            .ShouldBeOfType<MonotoneNotPossible>();
        Refusal(rows.Select([]), new BoosterOptions { Loss = new LogisticLoss() }).ShouldBeOfType<NothingToLearn>();
    }

    [Fact]
    public void One_sided_and_constant_data_still_give_a_finite_model()
    {
        var rows = SyntheticRows.Binary(300, seed: 1);
        foreach (var constant in (double[])[0, 1])
        {
            var model = Fit(rows with { Labels = Labels.Of([.. Enumerable.Repeat(constant, 300)]) }, new BoosterOptions { Loss = new LogisticLoss(), Trees = 30 });
            Margins(model, rows).ShouldAllBe(margin => float.IsFinite(margin));
        }

        var flat = new LabelledRows(new FeatureMatrix([Feature.Number("x")], new float[300], 300), rows.Labels, null);
        Fit(flat, new BoosterOptions { Loss = new LogisticLoss(), Trees = 3 }).Trees.ShouldAllBe(tree => tree.NodeCount == 1);
    }

    private static double Noise(SurvivalDistribution distribution, Draws draws)
    {
        var u = Math.Clamp(draws.NextUnit(), 1e-9, 1 - 1e-9);
        return distribution switch
        {
            SurvivalDistribution.Normal => draws.NextNormal(),
            SurvivalDistribution.Logistic => Math.Log(u / (1 - u)),
            SurvivalDistribution.Extreme => Math.Log(-Math.Log(1 - u)),
        };
    }

    private static BoostedModel Fit(LabelledRows rows, BoosterOptions options) =>
        Booster.Fit(rows, later: null, options, Quiet.Progress, CancellationToken.None).Value;

    private static Platform.Domain.Kernel.DomainError? Refusal(LabelledRows rows, BoosterOptions options) =>
        Booster.Fit(rows, later: null, options, Quiet.Progress, CancellationToken.None).Error;

    private static float[] Margins(BoostedModel model, LabelledRows rows) => Margins(model, rows.Features);

    private static float[] Margins(BoostedModel model, FeatureMatrix matrix)
    {
        var margins = new float[matrix.RowCount];
        Scorer.Compile(model).Margins(matrix.Values, margins);
        return margins;
    }

    private static double Auc(BoostedModel model, LabelledRows rows) =>
        Ranking.Auc([.. Margins(model, rows).Select(margin => (double)margin)], rows.Labels.Values);
}
