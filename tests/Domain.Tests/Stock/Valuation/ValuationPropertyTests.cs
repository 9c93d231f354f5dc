using FsCheck;
using FsCheck.Fluent;
using Platform.Domain.Catalog;
using Platform.Domain.Stock.Valuation;

namespace Platform.Tests.Domain.Stock.Valuation;

/// <summary>I-07 over random sequences: value = Σ entries, no quantity ⇒ no value, never of opposite sign, replay identical.</summary>
public sealed class ValuationPropertyTests
{
    private static readonly Gen<Step> Steps =
        from kind in Gen.Frequency((4, Gen.Constant(0)), (5, Gen.Constant(1)), (1, Gen.Constant(2)), (1, Gen.Constant(3)),
            (1, Gen.Constant(4)), (1, Gen.Constant(5)))
        from quantity in Gen.Choose(1, 5_000_000)
        from cents in Gen.Choose(0, 1_000_000)
        select new Step(kind, quantity / 1000m, cents / 100m);

    public static TheoryData<CostingMethod, int, bool> Pools => new()
    {
        { CostingMethod.MovingAverage, 2, false }, { CostingMethod.Fifo, 2, false }, { CostingMethod.Standard, 2, false },
        { CostingMethod.MovingAverage, 0, true }, { CostingMethod.Fifo, 3, true }, { CostingMethod.Standard, 0, true },
    };

    [Theory]
    [MemberData(nameof(Pools))]
    public void A_pool_is_worth_the_sum_of_its_entries_whatever_happens(CostingMethod flow, int digits, bool belowZero) =>
        Prop.ForAll(Steps.ListOf().ToArbitrary(), steps =>
        {
            var pool = CostPool.Empty(flow, digits);
            pool.ChangeStandard(7.77m);
            var sum = 0m;
            foreach (var onHand in Play(pool, steps, digits, belowZero))
            {
                sum += onHand;
                if (sum != pool.Value || (pool.Quantity == 0m && pool.Value != 0m) || pool.Quantity * pool.Value < 0m
                    || decimal.Round(pool.Value, digits) != pool.Value || !LayersAgree(pool))
                {
                    return false;
                }
            }

            var replayed = CostPool.Empty(flow, digits);
            replayed.ChangeStandard(7.77m);
            return Play(replayed, steps, digits, belowZero).Sum() == sum && replayed.State == pool.State
                && replayed.Layers.SequenceEqual(pool.Layers);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(200));

    /// <summary>The same sequence with the cost known at receipt, in exact arithmetic on a very fine coin.</summary>
    [Fact]
    public void A_late_cost_lands_where_it_would_have_if_it_had_been_known() =>
        Prop.ForAll(Steps.ListOf().ToArbitrary(), steps =>
        {
            const int fine = 12;
            var late = CostPool.Empty(CostingMethod.MovingAverage, fine);
            var known = CostPool.Empty(CostingMethod.MovingAverage, fine);
            var mark = late.Receive(1000m, 1000m).Mark;
            known.Receive(1000m, 1100m);
            foreach (var step in steps.Where(step => step.Kind <= 1))
            {
                if (step.Kind == 0)
                {
                    late.Receive(step.Quantity, step.Money);
                    known.Receive(step.Quantity, step.Money);
                }
                else if (late.Quantity > 0m)
                {
                    var quantity = decimal.Min(step.Quantity / 4m, late.Quantity);
                    late.Issue(quantity);
                    known.Issue(quantity);
                }
            }

            var valued = late.Charge(mark, 100m);
            return valued.Total == 100m && decimal.Abs(late.Value - known.Value) < 1E-9m;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(300));

    private static bool LayersAgree(CostPool pool) => pool.Flow != CostingMethod.Fifo || pool.Quantity <= 0m
        || (pool.Layers.Sum(layer => layer.Value) == pool.Value
            && pool.Layers.Sum(layer => layer.Remaining) == pool.Quantity);

    private static IEnumerable<decimal> Play(CostPool pool, IEnumerable<Step> steps, int digits, bool belowZero)
    {
        var receipts = new Stack<(decimal Quantity, decimal Cost, ReceiptMark Mark)>();
        foreach (var (kind, quantity, money) in steps)
        {
            var cost = decimal.Round(money, digits);
            switch (kind)
            {
                case 0:
                    var (valued, mark) = pool.Receive(quantity, cost);
                    receipts.Push((quantity, cost, mark));
                    yield return valued.OnHand;
                    break;
                case 1 when belowZero || pool.Quantity >= quantity:
                    yield return pool.Issue(quantity).OnHand;
                    break;
                case 1 when pool.Quantity > 0m:
                    yield return pool.Issue(pool.Quantity).OnHand;
                    break;
                case 2 when receipts.TryPeek(out var charged):
                    yield return pool.Charge(charged.Mark, cost - decimal.Round(3000m, digits)).OnHand;
                    break;
                case 3 when receipts.TryPeek(out var taken) && (belowZero || pool.Quantity >= taken.Quantity):
                    receipts.Pop();
                    yield return pool.TakeBack(taken.Quantity, taken.Cost, taken.Mark).OnHand;
                    break;
                case 4 when pool.Quantity > 0m && pool.Flow != CostingMethod.Standard:
                    yield return pool.Revalue(money / 10m).OnHand;
                    break;
                case 5 when pool.Flow == CostingMethod.Standard:
                    yield return pool.ChangeStandard(money).OnHand;
                    break;
                default:
                    break;
            }
        }
    }

    private sealed record Step(int Kind, decimal Quantity, decimal Money);
}
