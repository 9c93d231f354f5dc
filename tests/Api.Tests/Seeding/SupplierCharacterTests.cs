using Platform.Api.Seeding.History;

namespace Platform.Tests.Api.Seeding;

public sealed class SupplierCharacterTests
{
    private static readonly DateOnly _from = new(2025, 1, 1);
    private static readonly DateOnly _until = new(2026, 7, 14);

    [Theory]
    [InlineData(1, "LeadTime")]
    [InlineData(2, "LeadTime LeadTimeStep LeadTimeRecovery")]
    [InlineData(4, "LeadTime LeadTimeStep")]
    [InlineData(8, "LeadTime LeadTimeSpread")]
    [InlineData(12, "LeadTime LeadTimeStep LeadTimeRecovery")]
    [InlineData(13, "LeadTime")]
    public void Of_ten_suppliers_three_change(int number, string kinds) =>
        string.Join(' ', SupplierCharacter.Of(number, _from, _until).Truths().Select(truth => truth.Kind)).ShouldBe(kinds);

    [Fact]
    public void What_is_told_of_a_supplier_is_how_it_delivers()
    {
        foreach (var supplier in Enumerable.Range(1, 10).Select(number => SupplierCharacter.Of(number, _from, _until)))
        {
            foreach (var regime in supplier.Regimes)
            {
                var days = Draws(supplier, regime).Where(arrival => arrival.Cause is not (TruthCause.CarrierBreakdown or TruthCause.CustomsHold))
                    .Select(arrival => (double)(arrival.On.DayNumber - Monday(regime.From).DayNumber)).ToList();

                // Goods that would come on a weekend come on Monday: a little later than the mean, and closer together.
                (days.Average() - regime.LeadDays).ShouldBeInRange(-0.4, 1.0);
                Deviation(days).ShouldBeInRange(regime.SpreadDays * 0.6, regime.SpreadDays + 0.8);
            }
        }
    }

    [Fact]
    public void Chances_are_the_same_everywhere_and_independent_of_each_other()
    {
        Chances.Of(42, 1, 2).Next().ShouldBe(Chances.Of(42, 1, 2).Next());
        Enumerable.Range(0, 1000).Select(number => Chances.Of(42, number).Next()).Distinct().Count().ShouldBeGreaterThan(995);
        Enumerable.Range(0, 5000).Select(number => Chances.Of(42, number).Normal()).Average().ShouldBeInRange(-0.06, 0.06);
    }

    private static IEnumerable<Arrival> Draws(SupplierCharacter supplier, Regime regime) =>
        Enumerable.Range(0, 3000).Select(number => supplier.Draw(Monday(regime.From), Chances.Of(7, supplier.Number, number)));

    private static DateOnly Monday(DateOnly day) => day.DayOfWeek == DayOfWeek.Monday ? day : Monday(day.AddDays(1));

    private static double Deviation(List<double> days) => Math.Sqrt(days.Average(day => Math.Pow(day - days.Average(), 2)));
}
