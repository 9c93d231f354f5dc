using Platform.Intelligence.LeadTime;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>A forecast made on the day an order was sent, beside the rules of thumb of that day, and what became of it.</summary>
internal sealed record Forecast(LeadTimeForecast Made, double Global, double Vendor)
{
    public SupplyOrder Shipment => Made.Order;

    public double Ours => Made.Days;

    /// <summary>How long it took; null while nobody knows.</summary>
    public double? Took => Shipment.LeadTimeAsOf(double.PositiveInfinity);
}

/// <summary>
/// Lead times of SCMS, retrained at the start of each quarter on what was known that day: deliveries that had
/// happened, and orders on their way as censored. Forecasts are made when an order is sent; the band adapts as
/// deliveries become known.
/// </summary>
internal sealed class LeadTimeProof(IReadOnlyList<SupplyOrder> shipments)
{
    private const int FirstYear = 2009;

    private readonly LeadTimeFeatures _features = new(ShipmentHistory.Shape, shipments);

    public IReadOnlyList<Forecast> Run()
    {
        var made = LeadTimeBacktest.Run(
            _features, shipments, LeadTimeBacktest.Inputs(_features, shipments), [.. Quarters()], CancellationToken.None);
        new LeadTimeBand().Replay(made);
        return [.. made.Select(one =>
        {
            var vendor = _features.SupplierMedian(one.Order, one.Day).Median;
            return new Forecast(one, _features.GlobalMedian(one.Day), double.IsNaN(vendor) ? one.Shrunken : vendor);
        })];
    }

    private IEnumerable<(double From, double To)> Quarters()
    {
        for (var start = new DateTime(FirstYear, 1, 1); Day(start) <= shipments[^1].Sent; start = start.AddMonths(3))
        {
            yield return (Day(start), Day(start.AddMonths(3)));
        }
    }

    private static double Day(DateTime date) => (date - DateTime.UnixEpoch).TotalDays;
}
