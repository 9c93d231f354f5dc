using Platform.Domain.Catalog;
using Platform.Domain.Stock.Valuation;

namespace Platform.Tests.Domain.Stock.Valuation;

public sealed class CostPoolTests
{
    [Fact]
    public void The_last_unit_takes_the_rounding_dust_with_it()
    {
        foreach (var flow in new[] { CostingMethod.MovingAverage, CostingMethod.Fifo })
        {
            var pool = CostPool.Empty(flow, 2);
            pool.Receive(3m, 10m);
            pool.Issue(1m).OnHand.ShouldBe(-3.33m);
            pool.Issue(1m).OnHand.ShouldBe(-3.34m);
            pool.Issue(1m).OnHand.ShouldBe(-3.33m);
            pool.Value.ShouldBe(0m);
        }
    }

    [Fact]
    public void An_exact_half_coin_rounds_up_even_when_its_ratio_has_no_end()
    {
        // 0.15 / 30 is half a cent: dividing before multiplying would give 0.00499… and lose it.
        var pool = CostPool.Empty(CostingMethod.MovingAverage, 2);
        pool.Receive(30m, 0.15m);
        pool.Issue(1m).OnHand.ShouldBe(-0.01m);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 3)]
    public void Currencies_without_and_with_three_digits_round_at_their_own_coin(int digits, int units)
    {
        var pool = CostPool.Empty(CostingMethod.MovingAverage, digits);
        pool.Receive(units, 10m);
        pool.Issue(1m).OnHand.ShouldBe(digits == 0 ? -3m : -3.333m);
    }

    [Fact]
    public void First_in_is_first_out()
    {
        var pool = CostPool.Empty(CostingMethod.Fifo, 2);
        pool.Receive(10m, 100m);
        pool.Receive(10m, 200m);
        pool.Issue(12m).ShouldBe(new Valued(-140m, 0m));
        pool.Value.ShouldBe(160m);
        pool.Layers.ShouldHaveSingleItem().Remaining.ShouldBe(8m);
    }

    [Fact]
    public void A_receipt_taken_back_leaves_the_others_at_their_own_cost()
    {
        foreach (var flow in new[] { CostingMethod.MovingAverage, CostingMethod.Fifo })
        {
            var pool = CostPool.Empty(flow, 2);
            var first = pool.Receive(10m, 100m).Mark;
            var second = pool.Receive(10m, 300m).Mark;
            pool.TakeBack(10m, 300m, second).ShouldBe(new Valued(-300m, 0m));
            pool.Value.ShouldBe(100m);
            pool.Charge(first, 5m).ShouldBe(new Valued(5m, 0m)); // all of the first is still here
        }
    }

    [Fact]
    public void A_receipt_taken_back_from_a_diluted_pool_leaves_no_negative_value()
    {
        var pool = CostPool.Empty(CostingMethod.MovingAverage, 2);
        var dear = pool.Receive(10m, 100m).Mark;
        pool.Receive(10m, 0m);
        pool.Issue(5m);
        pool.Issue(3m);
        pool.Issue(1m);
        pool.TakeBack(10m, 100m, dear).ShouldBe(new Valued(-55m, -45m));
        pool.Value.ShouldBe(0m);
    }

    [Fact]
    public void Stock_below_zero_is_priced_at_the_last_cost_and_settled_by_the_next_receipt()
    {
        foreach (var flow in new[] { CostingMethod.MovingAverage, CostingMethod.Fifo })
        {
            var pool = CostPool.Empty(flow, 2);
            pool.Receive(10m, 100m);
            pool.Issue(15m).ShouldBe(new Valued(-150m, 0m));
            (pool.Quantity, pool.Value).ShouldBe((-5m, -50m));

            // Ten at 12: five fill the shortage booked at 10, so 10 is a difference; five stay, at 12.
            var (valued, mark) = pool.Receive(10m, 120m);
            valued.ShouldBe(new Valued(110m, 10m));
            (pool.Quantity, pool.Value).ShouldBe((5m, 60m));

            // Half of that receipt stayed, so half of its late cost does.
            pool.Charge(mark, 8m).ShouldBe(new Valued(4m, 4m));
        }
    }

    [Fact]
    public void A_receipt_that_only_fills_part_of_a_shortage_leaves_no_value()
    {
        var pool = CostPool.Empty(CostingMethod.MovingAverage, 2);
        pool.Receive(10m, 100m);
        pool.Issue(15m);
        var (valued, mark) = pool.Receive(2m, 30m);
        valued.ShouldBe(new Valued(20m, 10m));
        (pool.Quantity, pool.Value).ShouldBe((-3m, -30m));
        pool.Charge(mark, 4m).ShouldBe(new Valued(0m, 4m));
    }

    [Fact]
    public void At_standard_the_pool_is_worth_its_standard_and_a_new_standard_changes_only_the_value()
    {
        var pool = CostPool.Empty(CostingMethod.Standard, 2);
        pool.ChangeStandard(10m);
        pool.Receive(10m, 95m).Valued.ShouldBe(new Valued(100m, -5m));
        pool.Issue(4m).ShouldBe(new Valued(-40m, 0m));
        pool.ChangeStandard(12m).ShouldBe(new Valued(12m, 0m));
        (pool.Quantity, pool.Value).ShouldBe((6m, 72m));
    }

    [Fact]
    public void A_revaluation_spreads_over_the_layers_so_that_the_coins_add_up()
    {
        var pool = CostPool.Empty(CostingMethod.Fifo, 2);
        pool.Receive(1m, 10m);
        pool.Receive(2m, 10m);
        pool.Revalue(3.3333m).ShouldBe(new Valued(-10m, 0m));
        pool.Layers.Select(layer => layer.Value).ShouldBe([3.33m, 6.67m]);
    }

    [Fact]
    public void What_is_found_when_nothing_lies_here_is_priced_at_what_was_here_last()
    {
        var pool = CostPool.Empty(CostingMethod.MovingAverage, 2);
        pool.CurrentCost.ShouldBe(0m);
        pool.Receive(3m, 10m);
        pool.CurrentCost.ShouldBe(3.3333333333m);
        pool.Issue(3m);
        pool.CurrentCost.ShouldBe(3.3333333333m);
    }
}
