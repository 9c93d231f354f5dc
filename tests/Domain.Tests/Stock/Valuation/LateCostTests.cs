using System.Numerics;
using Platform.Domain.Catalog;
using Platform.Domain.Stock.Valuation;

namespace Platform.Tests.Domain.Stock.Valuation;

/// <summary>A cost that arrives after goods have left: what is here takes its share, exactly as if it had been known at receipt.</summary>
public sealed class LateCostTests
{
    [Theory]
    //          received issued  late cost    on hand       gone
    [InlineData(100,      5,     "100",       "95",         "5")]
    [InlineData(100,     85,     "10",        "1.50",       "8.50")]
    [InlineData(10,       7,     "30",        "9",          "21")]
    [InlineData(230,     20,     "-29925",    "-27322.83",  "-2602.17")]
    public void The_examples_published_by_others_come_out_to_the_cent(
        int received, int issued, string lateCost, string onHand, string gone)
    {
        foreach (var flow in new[] { CostingMethod.MovingAverage, CostingMethod.Fifo })
        {
            var pool = CostPool.Empty(flow, 2);
            var mark = pool.Receive(received, 40_000m).Mark;
            pool.Issue(issued);
            pool.Charge(mark, Parse(lateCost)).ShouldBe(new Valued(Parse(onHand), Parse(gone)));
        }
    }

    [Fact]
    public void A_later_receipt_does_not_dilute_the_share_of_an_earlier_one()
    {
        var pool = CostPool.Empty(CostingMethod.MovingAverage, 2);
        var mark = pool.Receive(10m, 100m).Mark;
        pool.Receive(30m, 300m);
        pool.Issue(20m);
        pool.Charge(mark, 8m).ShouldBe(new Valued(4m, 4m));
    }

    [Fact]
    public void When_the_pool_has_run_empty_all_of_a_late_cost_has_left()
    {
        var pool = CostPool.Empty(CostingMethod.MovingAverage, 2);
        var mark = pool.Receive(10m, 100m).Mark;
        pool.Issue(10m);
        pool.Receive(10m, 50m);
        pool.Charge(mark, 8m).ShouldBe(new Valued(0m, 8m));
        pool.Value.ShouldBe(50m);
    }

    [Fact]
    public void A_long_lived_pool_keeps_the_digits_of_a_tiny_share()
    {
        // 4 500 issues of 0.5 %, each topped up by a receipt at the same cost: the first receipt's share is 0.995^4500.
        var pool = CostPool.Empty(CostingMethod.MovingAverage, 2);
        var mark = pool.Receive(1000m, 10_000m).Mark;
        for (var i = 0; i < 4_500; i++)
        {
            pool.Issue(5m);
            pool.Receive(5m, 50m);
        }

        // 995^4500 / 1000^4500, exactly, to 30 digits.
        var exact = BigInteger.Pow(995, 4500) * BigInteger.Pow(10, 60) / BigInteger.Pow(1000, 4500);
        var share = pool.State.Decay.ShareSince(mark.Decay, 1m);
        share.ShouldBe((decimal)(exact / BigInteger.Pow(10, 32)) / 1E28m, 1E-20m);
        share.ShouldBeInRange(1.5E-10m, 1.7E-10m); // ten stored decimals would have stuck at 1.00E-8

        pool.Charge(mark, 1_000_000m).ShouldBe(new Valued(0m, 1_000_000m));
        pool.Charge(mark, 1_000_000_000m).ShouldBe(new Valued(0.16m, 999_999_999.84m));
    }

    [Fact]
    public void An_index_below_one_part_in_a_million_million_moves_to_the_next_epoch_without_losing_digits()
    {
        var index = DecayIndex.Start;
        for (var i = 0; i < 20; i++)
        {
            index = index.After(remaining: 1m, before: 10m);
        }

        index.Epoch.ShouldBe(1);
        index.ShareSince(DecayIndex.Start, 500_000_000_000_000m).ShouldBe(0.000005m);
        index.After(1m, 100_000_000_000m).ShareSince(DecayIndex.Start, 500_000_000_000_000m).ShouldBe(0m);
    }

    [Fact]
    public void One_issue_may_leave_almost_nothing_of_the_largest_quantity()
    {
        var index = DecayIndex.Start.After(0.000001m, 999_999_999_999m).After(0.000001m, 999_999_999_999m);
        index.Epoch.ShouldBe(2); // 1E-36 is 1 × 10⁻¹² two epochs down
        index.Scaled.ShouldBeGreaterThanOrEqualTo(1m);
    }

    [Fact]
    public void A_credit_never_turns_the_value_against_the_quantity()
    {
        var pool = CostPool.Empty(CostingMethod.MovingAverage, 2);
        var mark = pool.Receive(10m, 100m).Mark;
        pool.Charge(mark, -150m).ShouldBe(new Valued(-100m, -50m));
        pool.Value.ShouldBe(0m);
    }

    [Fact]
    public void Only_the_part_of_a_layer_that_is_still_here_takes_a_late_cost()
    {
        var pool = CostPool.Empty(CostingMethod.Fifo, 2);
        var first = pool.Receive(10m, 100m).Mark;
        var second = pool.Receive(10m, 200m).Mark;
        pool.Issue(15m);
        pool.Charge(first, 7m).ShouldBe(new Valued(0m, 7m));
        pool.Charge(second, 7m).ShouldBe(new Valued(3.50m, 3.50m));
        pool.Value.ShouldBe(103.50m);
    }

    [Fact]
    public void At_standard_cost_a_late_cost_is_all_variance()
    {
        var pool = CostPool.Empty(CostingMethod.Standard, 2);
        pool.ChangeStandard(10m);
        var (valued, mark) = pool.Receive(10m, 120m);
        valued.ShouldBe(new Valued(100m, 20m));
        pool.Charge(mark, 7m).ShouldBe(new Valued(0m, 7m));
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
