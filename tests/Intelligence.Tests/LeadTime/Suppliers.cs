using Platform.Intelligence.LeadTime;
using Platform.Intelligence.Learning.Numerics;

namespace Platform.Tests.Intelligence.LeadTime;

/// <summary>Suppliers whose habits are known because they are made up: a mean per supplier and item, a spread, and a day on which it changes.</summary>
internal static class Suppliers
{
    public const double Start = 19_000;

    /// <summary>Orders of one supplier, one every <paramref name="gap"/> days.</summary>
    public static List<SupplyOrder> Orders(string supplier, int count, Func<int, double> mean, double spread, ulong seed, double gap = 3)
    {
        var draws = new Draws(seed);
        return [.. Enumerable.Range(0, count).Select(at =>
        {
            var item = at % 3;
            var noise = PortableMath.NormalQuantile((draws.NextBelow(9_998) + 1) / 10_000.0);
            var days = Math.Max(1, mean(at) * PortableMath.Exp(spread * noise) * (1 + (0.3 * item)));
            var sent = Start + (at * gap);
            return Order(supplier, $"{supplier}-{at}", $"item {item}", sent, sent + days);
        })];
    }

    public static SupplyOrder Order(string supplier, string id, string item, double sent, double delivered) => new(
        id, sent, supplier, [item, "Hamburg"], [10, 40, 4, 1, 10], ["STANDARD", "none"], new Known<double>(delivered, delivered + 0.5));

    public static IReadOnlyList<SupplyOrder> Many(int suppliers, int count, ulong seed) =>
        [.. Enumerable.Range(0, suppliers)
            .SelectMany(at => Orders($"supplier {at}", count, _ => 8 + (3 * at), 0.2, seed + (ulong)at))
            .OrderBy(order => order.Sent).ThenBy(order => order.Id, StringComparer.Ordinal)];
}
