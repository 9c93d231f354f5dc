namespace Platform.Intelligence.LeadTime;

/// <summary>
/// One thing that was ordered: when the order was sent, what was known then, and when goods came, which is known only since
/// somebody recorded it. An order of which nothing came yet is censored, not missing.
/// </summary>
/// <param name="Id">The order line, or the shipment of a public file.</param>
/// <param name="Sent">The day on which it was sent, with its fraction.</param>
/// <param name="Supplier">Who delivers.</param>
/// <param name="Groups">What it has in common with others, as the shape names it: item, site.</param>
/// <param name="Amounts">Numbers of the order, as the shape names them.</param>
/// <param name="Words">Words of the order, as the shape names them.</param>
/// <param name="Delivered">The day on which goods came.</param>
internal sealed record SupplyOrder(
    string Id, double Sent, string Supplier, IReadOnlyList<string> Groups, IReadOnlyList<double> Amounts, IReadOnlyList<string> Words,
    Known<double>? Delivered)
{
    /// <summary>The day that the supplier promised last.</summary>
    public Known<double>? Promise { get; init; }

    /// <summary>The day for which the supplier announced the goods.</summary>
    public Known<double>? Announced { get; init; }

    /// <summary>The day on which it was given up without any delivery.</summary>
    public Known<double>? Ended { get; init; }

    public double? DeliveredAsOf(double day) => Delivered?.AsOf(day);

    /// <summary>How long it took, if that was known; never less than a day.</summary>
    public double? LeadTimeAsOf(double day) => Delivered?.AsOf(day) is { } delivered ? Math.Max(1, delivered - Sent) : null;

    /// <summary>How long it had lasted for certain, be it over or not; never less than a day.</summary>
    public double LastedAsOf(double day) => LeadTimeAsOf(day) ?? Math.Max(1, (Ended?.AsOf(day) ?? day) - Sent);
}

/// <summary>A number of an order; whether its ratios matter more than its differences.</summary>
internal sealed record Amount(string Name, string Unit, bool IsLog);

/// <summary>What orders of one source have in common: the names of their groups, amounts and words.</summary>
internal sealed record LeadTimeShape(IReadOnlyList<string> Groups, IReadOnlyList<Amount> Amounts, IReadOnlyList<string> Words)
{
    /// <summary>Orders of our own purchasing.</summary>
    public static LeadTimeShape Purchasing { get; } = new(
        ["item", "site"],
        [
            new Amount("quantity", "base units", IsLog: true), new Amount("value", "order currency", IsLog: true),
            new Amount("price", "order currency", IsLog: true), new Amount("lines", "lines", IsLog: false),
            new Amount("asked_days", "days", IsLog: true),
        ],
        ["order_kind", "item_category"]);
}
