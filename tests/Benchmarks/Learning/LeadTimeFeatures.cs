using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>
/// The inputs of one order on the day it is sent. Everything historical is asked of <see cref="KnownLeadTimes"/> for
/// that day, in training as in scoring.
/// </summary>
internal sealed class LeadTimeFeatures
{
    private static readonly string[] Numbers =
    [
        "shrunken", "vendor_median", "vendor_count", "site_median", "country_median", "vendor_recent", "vendor_open",
        "vendor_open_age", "quantity", "value", "price", "lines", "month", "all_recent",
    ];

    private readonly IReadOnlyList<Shipment> _shipments;
    private readonly KnownLeadTimes _known;

    public LeadTimeFeatures(IReadOnlyList<Shipment> shipments)
        : this(
            shipments,
            [
                .. Numbers.Select(Feature.Number),
                Category(shipments, "mode", shipment => shipment.Mode),
                Category(shipments, "terms", shipment => shipment.Terms),
                Category(shipments, "product", shipment => shipment.Product),
                Category(shipments, "form", shipment => shipment.Form),
            ])
    {
    }

    private LeadTimeFeatures(IReadOnlyList<Shipment> shipments, IReadOnlyList<Feature> features)
    {
        _shipments = shipments;
        _known = new KnownLeadTimes(shipments);
        Features = features;
    }

    public IReadOnlyList<Feature> Features { get; }

    /// <summary>The same definitions over another history.</summary>
    public LeadTimeFeatures With(IReadOnlyList<Shipment> shipments) => new(shipments, Features);

    /// <summary>The shrunken median, which is also the forecast to beat.</summary>
    public double Shrunken(Shipment shipment) => _known.Shrunken(shipment, shipment.Sent, strength: 8);

    public (double Median, int Count) VendorMedian(Shipment shipment) => _known.Of(other => other.Vendor == shipment.Vendor, shipment.Sent);

    public double GlobalMedian(Shipment shipment) => _known.Of(static _ => true, shipment.Sent).Median;

    public float[] Of(Shipment shipment)
    {
        var day = shipment.Sent;
        var vendor = VendorMedian(shipment);
        var site = _known.Of(other => other.Site == shipment.Site, day);
        var country = _known.Of(other => other.Country == shipment.Country, day);
        Shipment[] open = [.. _shipments.TakeWhile(other => other.Sent < day)
            .Where(other => other.Vendor == shipment.Vendor && !(other.Delivered < day) && other.Sent > day - 730)];
        return
        [
            Log(Shrunken(shipment)), Log(vendor.Median), vendor.Count, Log(site.Median), Log(country.Median),
            Log(Recent(shipment, 5)), open.Length, open.Length == 0 ? float.NaN : (float)open.Average(other => day - other.Sent),
            Log(shipment.Quantity), Log(shipment.Value), (float)shipment.Price, shipment.Lines,
            DateTime.UnixEpoch.AddDays(day).Month, Log(RecentOfAll(day)),
            Code(14, shipment.Mode), Code(15, shipment.Terms), Code(16, shipment.Product), Code(17, shipment.Form),
        ];
    }

    // The mean of the last deliveries of the supplier, by the day they arrived.
    private double Recent(Shipment asked, int count)
    {
        double[] last = [.. _shipments.TakeWhile(other => other.Sent < asked.Sent)
            .Where(other => other.Vendor == asked.Vendor && other.Delivered < asked.Sent)
            .OrderByDescending(other => other.Delivered).Take(count).Select(other => Math.Max(1, other.LeadTime!.Value))];
        return last.Length == 0 ? double.NaN : last.Average();
    }

    private double RecentOfAll(double day)
    {
        double[] last = [.. _shipments.TakeWhile(other => other.Sent < day).Where(other => other.Delivered < day)
            .OrderByDescending(other => other.Delivered).Take(60).Select(other => Math.Max(1, other.LeadTime!.Value))];
        return last.Length == 0 ? double.NaN : last.Average();
    }

    private static Feature Category(IReadOnlyList<Shipment> shipments, string name, Func<Shipment, string> of) =>
        new(name, [.. shipments.Select(of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private float Code(int feature, string word) => Features[feature].Categories!.ToList().IndexOf(word);

    private static float Log(double value) => double.IsNaN(value) ? float.NaN : (float)PortableMath.Log(Math.Max(1, value));
}
