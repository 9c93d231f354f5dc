using Platform.Intelligence.LeadTime;
using Platform.Intelligence.Learning.Detecting;

namespace Platform.Tests.Intelligence.LeadTime;

/// <summary>AIU-02: changes are found soon, with their beginning and size, and hardly ever where there are none.</summary>
public sealed class Suppliers_that_change
{
    private const double Later = Suppliers.Start + 10_000;

    [Fact]
    public void Ten_days_that_become_sixteen_are_found_with_the_delivery_with_which_it_began()
    {
        var orders = Suppliers.Orders("s", 60, at => at < 45 ? 10 : 16, 0.1, seed: 3).Select(order => order with { Groups = ["one", "Hamburg"] });

        var reading = SupplierWatch.Read(orders, Later);

        reading.Regime!.Kind.ShouldBe(DriftKind.Longer);
        reading.Regime.Onset.ShouldBeInRange(42, 48);
        (reading.Regime.Detected - reading.Regime.Onset).ShouldBeLessThan(12);
        reading.NowDays.ShouldBeGreaterThan(reading.UsualDays + 4);
    }

    [Fact]
    public void Growing_variation_is_told_from_longer_lead_times()
    {
        var draws = 0;
        var orders = Suppliers.Orders("s", 120, at => at < 60 ? 20 : draws++ % 2 == 0 ? 13 : 30, 0.1, seed: 5).Select((order, at) => order with { Groups = ["one", "Hamburg"] });

        var reading = SupplierWatch.Read(orders, Later);

        reading.Regime.ShouldNotBeNull();
        reading.NowSpread.ShouldBeGreaterThan(reading.UsualSpread * 1.3);
    }

    [Fact]
    public void Suppliers_that_do_not_change_raise_hardly_an_alarm()
    {
        var alarms = Enumerable.Range(0, 100).Count(seed =>
            SupplierWatch.Read(Suppliers.Orders("s", 60, _ => 15, 0.2, (ulong)(1000 + seed)), Later).Regime is not null);

        // The budget is ten in a hundred over a hundred deliveries of a known habit; a habit known from ten deliveries costs some more.
        alarms.ShouldBeLessThan(20);
    }

    [Fact]
    public void Too_few_deliveries_say_nothing()
    {
        var reading = SupplierWatch.Read(Suppliers.Orders("s", SupplierWatch.Baseline, at => at < 5 ? 5 : 50, 0.1, seed: 1), Later);

        reading.Regime.ShouldBeNull();
    }

    [Fact]
    public void What_was_not_known_yet_is_not_read()
    {
        var orders = Suppliers.Orders("s", 60, at => at < 45 ? 10 : 16, 0.1, seed: 3);
        var day = orders[50].Sent;

        var reading = SupplierWatch.Read(orders, day);

        reading.Deliveries.ShouldAllBe(order => order.Delivered!.Since < day);
    }
}
