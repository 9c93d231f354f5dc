using Platform.Intelligence.CountVariance;
using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Tests.Intelligence.CountVariance;

public sealed class Counts_do_not_know_the_future
{
    private static readonly IReadOnlyList<BinHistory> Histories = new SimulatedCounts(seed: 1).Run();

    [Fact]
    public void A_12_features_of_a_day_do_not_change_when_everything_later_is_edited()
    {
        // Every fifth day of a year: what came later is deleted, or turned into its opposite.
        foreach (var day in Enumerable.Range(0, 12).Select(step => 18_400.0 + (step * 37)))
        {
            BinHistory[] cut = [.. Histories.Select(history => history with { Events = [.. history.Events.Where(one => one.RecordedOn < day)] })];
            BinHistory[] edited = [.. Histories.Select(history => history with
            {
                Events = [.. history.Events.Select(one => one.RecordedOn < day ? one : one with { Variance = one.Variance == 0 ? 5 : 0, Quantity = 999, Book = -1 })],
            })];
            CountFeatures whole = new(Histories), past = new(cut), other = new(edited);
            for (var bin = 0; bin < Histories.Count; bin += 29)
            {
                var features = whole.Of(Histories[bin], day);
                past.Of(cut[bin], day).ShouldBe(features);
                other.Of(edited[bin], day).ShouldBe(features);
            }
        }
    }

    [Fact]
    public void Carelessness_is_found_and_a_shuffled_outcome_is_not()
    {
        var table = CountVarianceExtract.TableOf(Histories, asOf: double.PositiveInfinity);
        var features = FeatureMatrix.Describe(table, CountFeatures.Names);
        var matrix = FeatureMatrix.From(table, features);
        var outcomes = (CategoryColumn)table.Find("off")!;
        double[] off = [.. Enumerable.Range(0, table.RowCount).Select(row => outcomes[row] == "yes" ? 1.0 : 0)];
        off.Average().ShouldBeInRange(0.05, 0.5);

        Auc(matrix, off).ShouldBeGreaterThan(0.65);
        var draws = new Draws(7);
        double[] shuffled = [.. off];
        var aucs = Enumerable.Range(0, 5).Select(_ =>
        {
            draws.Shuffle<double>(shuffled);
            return Auc(matrix, shuffled);
        });
        aucs.Average().ShouldBe(0.5, 0.04);
    }

    [Fact]
    public void The_table_is_the_same_for_a_seed_and_as_of_leaves_out_what_came_later()
    {
        var again = CountVarianceExtract.TableOf(new SimulatedCounts(seed: 1).Run(), asOf: 18_700);
        var whole = CountVarianceExtract.TableOf(Histories, asOf: double.PositiveInfinity);
        again.RowCount.ShouldBeLessThan(whole.RowCount);
        foreach (var name in CountFeatures.Names)
        {
            ((NumericColumn)again.Find(name)!).Values.ShouldBe(((NumericColumn)whole.Find(name)!).Values.Take(again.RowCount));
        }
    }

    private static double Auc(FeatureMatrix matrix, double[] labels)
    {
        var cut = matrix.RowCount * 7 / 10;
        int[] first = [.. Enumerable.Range(0, cut)], last = [.. Enumerable.Range(cut, matrix.RowCount - cut)];
        var train = new LabelledRows(matrix.Select(first), Labels.Of([.. first.Select(row => labels[row])]), Weights: null);
        var model = Booster.Fit(train, null, new BoosterOptions { Loss = new LogisticLoss(), Trees = 60, Depth = 2 }, new Unheard(), CancellationToken.None).Value;
        var margins = new float[last.Length];
        Scorer.Compile(model).Margins(matrix.Select(last).Values, margins);
        return Ranking.Auc([.. margins.Select(margin => (double)margin)], [.. last.Select(row => labels[row])]);
    }

    private sealed class Unheard : IProgress<BoostingRound>
    {
        public void Report(BoostingRound value)
        {
        }
    }
}
