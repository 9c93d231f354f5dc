namespace Platform.Api.Seeding.History;

/// <summary>
/// How a supplier behaves, which nobody in the distributor is told: what is learned of it is learned from orders and receipts.
/// </summary>
/// <param name="LeadDays">The days from order to arrival, on average.</param>
/// <param name="SpreadDays">Their spread.</param>
/// <param name="ShortShare">The share of lines that come short.</param>
/// <param name="DamagedShare">The share of lines of which something is broken.</param>
/// <param name="DriftDays">So many days more from <paramref name="DriftsFrom"/> on.</param>
/// <param name="DriftsFrom">When it became slower; null for who stays as they are.</param>
internal sealed record SupplierCharacter(
    double LeadDays, double SpreadDays, double ShortShare, double DamagedShare, double DriftDays, DateOnly? DriftsFrom)
{
    /// <summary>Every fourth supplier drifts, six days in the last third of the history; the higher the number the worse the rest.</summary>
    public static SupplierCharacter Of(int number, DateOnly from, DateOnly until) => new(
        LeadDays: 5 + number,
        SpreadDays: 0.5 + (number % 4),
        ShortShare: 0.02 * (number % 5),
        DamagedShare: 0.01 * (number % 3),
        DriftDays: 6,
        DriftsFrom: number % 4 == 0 ? from.AddDays((until.DayNumber - from.DayNumber) * 2 / 3) : null);

    public int DrawLeadDays(DateOnly orderedOn, Random chance)
    {
        var mean = LeadDays + (orderedOn >= DriftsFrom ? DriftDays : 0);
        return Math.Max(1, (int)Math.Round(mean + (SpreadDays * Normal(chance))));
    }

    private static double Normal(Random chance) =>
        Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
}
