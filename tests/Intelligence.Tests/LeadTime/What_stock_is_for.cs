using Platform.Intelligence.LeadTime;

namespace Platform.Tests.Intelligence.LeadTime;

/// <summary>AIU-02: what a lead time means for the stock that is kept, as a person would reckon it.</summary>
public sealed class What_stock_is_for
{
    private static readonly SafetyStock _stock = new(Demand: 10, DemandSpread: 4, ReviewDays: 0, Factor: 1.645);

    [Fact]
    public void Safety_stock_is_z_times_the_root_of_both_variances() =>
        _stock.Needed(days: 16, spread: 2).ShouldBe(1.645 * Math.Sqrt((16 * 16) + (100 * 4)), 1e-9);

    [Fact]
    public void At_the_reorder_point_of_its_own_target_the_target_is_served() =>
        _stock.Service(_stock.ReorderPoint(16, 2), 16, 2).ShouldBe(0.95, 0.0005);

    [Fact]
    public void A_point_for_ten_days_serves_hardly_anybody_at_sixteen() =>
        _stock.Service(_stock.ReorderPoint(10, 1), 16, 1).ShouldBeLessThan(0.05);

    [Theory]
    [InlineData(10, 16)]
    [InlineData(16, 20)]
    public void A_longer_lead_time_leaves_more_people_without(int planned, int now) =>
        _stock.ShortInAYear(_stock.ReorderPoint(planned, 1), now, 1, lot: 180)
            .ShouldBeGreaterThan(_stock.ShortInAYear(_stock.ReorderPoint(planned, 1), planned, 1, lot: 180));

    [Fact]
    public void Without_any_variation_what_is_short_is_what_is_missing() =>
        new SafetyStock(10, 0, 0, 1.645).ShortInAYear(100, 16, 0, lot: 100).ShouldBe(60 * 36.5, 1e-9);

    [Fact]
    public void What_nobody_wants_is_never_short() =>
        new SafetyStock(Demand: 0, DemandSpread: 0, ReviewDays: 7, SafetyStock.UsualFactor).ShortInAYear(point: 0, days: 10, spread: 2, lot: 0).ShouldBe(0);
}
