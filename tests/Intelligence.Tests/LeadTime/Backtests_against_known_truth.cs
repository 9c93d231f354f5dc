using Platform.Intelligence.LeadTime;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Backtesting;

namespace Platform.Tests.Intelligence.LeadTime;

public sealed class Backtests_against_known_truth
{
    private const double Changed = 18_600;
    private const double Until = 18_900;

    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal) { ["a"] = "SUP-A", ["b"] = "SUP-B" };

    private static readonly TrueChange[] Truth =
    [
        new("SUP-A", TrueChange.Beginning, 18_200, 20, 2), new("SUP-A", "LEAD_TIME_STEP", Changed, 32, 2), new("SUP-B", TrueChange.Beginning, 18_200, 20, 2),
    ];

    [Fact]
    public void A_step_is_noticed_soon_a_steady_supplier_is_left_alone_and_following_the_advice_pays()
    {
        var orders = Orders("a", 20, 32).Concat(Orders("b", 20, 20)).OrderBy(order => order.Sent).ToArray();
        var plans = new[] { "a", "b" }.Select(supplier => new StaticPlan(
            supplier, new SafetyStock(Demand: 10, DemandSpread: 3, ReviewDays: 7, SafetyStock.UsualFactor), Days: 20, Spread: 2, Price: 12)).ToArray();
        var outcomes = new DriftBacktest(Truth, Codes, every: 7, new MoneyRule(Holding: 0.25, Shortage: 0.4)).Run(orders, plans, Until, CancellationToken.None);

        var moved = outcomes.Single(one => one.Supplier == "SUP-A");
        var noticed = moved.Changes.Single();
        noticed.Days!.Value.ShouldBeInRange(20, 75);  // the first order of the new kind takes 32 days to arrive
        noticed.Receipts!.Value.ShouldBeInRange(1, 12);
        moved.FalseAlarms.ShouldBeLessThanOrEqualTo(4);
        moved.Saved.ShouldBeGreaterThan(0.2 * moved.CostOfRule);
        var steady = outcomes.Single(one => one.Supplier == "SUP-B");
        steady.Changes.ShouldBeEmpty();
        steady.FalseAlarms.ShouldBeLessThanOrEqualTo(4); // a false alarm may bring the one that takes it back

        var report = new BacktestReport(outcomes, Forecasts: null);
        (report.Noticed, report.Changes).ShouldBe((1, 1));
        report.ToPrinted().Notes[0].ShouldStartWith("Simulated.");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("{\"kind\": \"LEAD_TIME\"}")]
    [InlineData("{\"kind\": \"LEAD_TIME\", \"subject\": \"A\", \"at\": \"soon\", \"mean\": 1, \"spread\": 1}")]
    [InlineData("{\"kind\": \"ORDER_LATE\", \"subject\": \"PO-1\"}")]
    public void A_file_that_tells_no_truth_is_refused(string line)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, line + "\n");
            TrueChange.Read(file).Error.ShouldBeOfType<TruthRefused>();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_12_an_extract_of_a_day_knows_nothing_of_later_days()
    {
        var orders = Orders("a", 20, 32).ToArray();
        var day = Changed + 20;
        var past = orders.Where(order => order.Sent < day)
            .Select(order => order.DeliveredAsOf(day) is null ? order with { Delivered = null } : order).ToArray();
        var (whole, cut) = (LeadTimeExtract.TableOf(orders, day), LeadTimeExtract.TableOf(past, day));
        cut.RowCount.ShouldBe(whole.RowCount);
        foreach (var column in whole.Columns.OfType<NumericColumn>())
        {
            ((NumericColumn)cut.Find(column.Name)!).Values.ShouldBe(column.Values, column.Name);
        }

        ((NumericColumn)whole.Find("delivered")!).Values.ShouldContain(0);
    }

    // An order every four days, around the mean of its day.
    private static IEnumerable<SupplyOrder> Orders(string supplier, double before, double after)
    {
        var draws = new Draws(supplier[0]);
        for (var sent = 18_200.0; sent < Until; sent += 4)
        {
            var took = (sent < Changed ? before : after) + (2 * PortableMath.NormalQuantile(Math.Clamp(draws.NextUnit(), 0.001, 0.999)));
            yield return new SupplyOrder(
                $"{supplier}-{sent}", sent, supplier, ["item", "site"], [10, 100, 10, 1, 20], ["STANDARD", "none"], new Known<double>(sent + took, sent + took));
        }
    }
}
