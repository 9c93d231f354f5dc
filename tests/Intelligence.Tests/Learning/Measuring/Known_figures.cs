using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Tests.Intelligence.Learning.Measuring;

/// <summary>Figures worked out by hand, and by scikit-learn 1.2.1 where the comment says so.</summary>
public sealed class Known_figures
{
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8, 0.4];
    private static readonly double[] Truth = [0, 0, 1, 1, 1];

    [Fact]
    public void Ranking_figures_count_ties_as_they_should()
    {
        Ranking.Auc(Scores, Truth).ShouldBe(4.5 / 6, 1e-12); // roc_auc_score
        Ranking.AveragePrecision(Scores, Truth).ShouldBe(0.8055555555555556, 1e-12); // average_precision_score
        Ranking.RecallAtBudget(Scores, Truth, 0.2).ShouldBe(1.0 / 3, 1e-12);
        Ranking.Auc(Scores, [1, 1, 1, 1, 1]).ShouldBe(double.NaN);
    }

    [Fact]
    public void Probability_figures_are_the_textbook_ones()
    {
        Probabilities.Brier([0.5, 1], [1, 1]).ShouldBe(0.125);
        Probabilities.LogLoss([0.5, 0.25], [1, 0]).ShouldBe((Math.Log(2) - Math.Log(0.75)) / 2, 1e-12);
        Probabilities.CalibrationError([0.2, 0.2, 0.9, 0.9], [0, 1, 1, 1], bins: 10).ShouldBe((0.3 + 0.1) / 2, 1e-12);
        Probabilities.Matthews([0.9, 0.9, 0.1, 0.1], [1, 0, 0, 1], 0.5).ShouldBe(0);
        Probabilities.Matthews([0.9, 0.9, 0.1, 0.1], [1, 1, 0, 0], 0.5).ShouldBe(1);
    }

    [Fact]
    public void Errors_are_signed_and_weighted_as_named()
    {
        Errors.Bias([1, 2], [3, 3]).ShouldBe(-1.5);
        Errors.MeanAbsolute([1, 2], [3, 1]).ShouldBe(1.5);
        Errors.Pinball([10], [12], 0.9).ShouldBe(1.8, 1e-12);
        Errors.Pinball([10], [8], 0.9).ShouldBe(0.2, 1e-12);
        Errors.Coverage([0, 0], [1, 1], [0.5, 2]).ShouldBe(0.5);
    }

    [Fact]
    public void Concordance_knows_what_censoring_hides()
    {
        // Pairs of known order: (1,2), (1,3), (3 is censored: it starts none), (2,3).
        var labels = new Labels([1, 2, 3], [true, true, false]);
        Concordance.Of([1, 2, 3], labels).ShouldBe(1);
        Concordance.Of([1, 3, 2], labels).ShouldBe(2.0 / 3, 1e-12);
    }

    [Fact]
    public void Concordance_is_the_share_of_all_ordered_pairs()
    {
        var draws = new Draws(7);
        double[] scores = [.. Enumerable.Range(0, 200).Select(_ => (double)draws.NextBelow(20))];
        var labels = new Labels(
            [.. scores.Select(score => 1 + score + draws.NextBelow(15))], [.. scores.Select(_ => draws.NextBelow(3) > 0)]);
        double right = 0, pairs = 0;
        for (var i = 0; i < 200; i++)
        {
            for (var j = 0; j < 200; j++)
            {
                if (labels.IsObserved(i) && labels.Values[j] > labels.Values[i])
                {
                    pairs++;
                    right += scores[j] > scores[i] ? 1 : scores[j] == scores[i] ? 0.5 : 0;
                }
            }
        }

        Concordance.Of(scores, labels).ShouldBe(right / pairs, 1e-12);
    }

    [Fact]
    public void Rows_of_one_cluster_are_not_independent_evidence()
    {
        var draws = new Draws(2);
        int[] clusters = [.. Enumerable.Range(0, 600).Select(row => row / 30)];
        double[] shared = [.. Enumerable.Range(0, 20).Select(_ => draws.NextNormal())];
        double[] values = [.. clusters.Select(cluster => shared[cluster] + (0.1 * draws.NextNormal()))];
        double Mean(int[] rows) => rows.Average(row => values[row]);
        var naive = new Bootstrap(200, 1).Of(600, Mean);
        var clustered = new Bootstrap(200, 1).OfClusters(clusters, Mean);
        clustered.Value.ShouldBe(naive.Value);
        (clustered.High - clustered.Low).ShouldBeGreaterThan(3 * (naive.High - naive.Low));
        new Bootstrap(200, 1).OfClusters(clusters, Mean).ShouldBe(clustered);
    }

    [Fact]
    public void A_paired_comparison_sees_a_small_but_steady_gain()
    {
        var draws = new Draws(2);
        double[] first = [.. Enumerable.Range(0, 500).Select(_ => Math.Abs(draws.NextNormal()))];
        double[] second = [.. first.Select(error => error - 0.05 + (0.02 * draws.NextNormal()))];
        var gain = new Bootstrap(300, 1).Of(500, rows => rows.Average(row => first[row] - second[row]));
        gain.Value.ShouldBe(0.05, 0.01);
        gain.Low.ShouldBeGreaterThan(0);
        gain.ShareNotAbove.ShouldBe(0);
    }
}
