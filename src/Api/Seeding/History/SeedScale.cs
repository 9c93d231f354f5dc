namespace Platform.Api.Seeding.History;

/// <summary>How much of a distributor is made up.</summary>
/// <param name="Name">How the command line calls it.</param>
/// <param name="SizesFactor">So many times the goods of the plain demo, racks for them, and more suppliers.</param>
/// <param name="Days">So many days of trading, unless the command line says otherwise.</param>
/// <param name="Rhythm">How often what is done.</param>
internal sealed record SeedScale(string Name, int SizesFactor, int Days, Rhythm Rhythm)
{
    public static IReadOnlyList<SeedScale> All { get; } =
    [
        new("small", SizesFactor: 1, Days: 140, new Rhythm(SaleDays: 1, LinesPerSale: 20, ReviewWeeks: 12, WatchedReviewWeeks: 6, LinesPerOrder: 3)),
        new("demo", SizesFactor: 10, Days: 560, new Rhythm(SaleDays: 5, LinesPerSale: 40, ReviewWeeks: 8, WatchedReviewWeeks: 4, LinesPerOrder: 12)),
        new("large", SizesFactor: 25, Days: 730, new Rhythm(SaleDays: 5, LinesPerSale: 150, ReviewWeeks: 6, WatchedReviewWeeks: 3, LinesPerOrder: 25)),
    ];

    public static SeedScale Of(string name) => All.Single(scale => scale.Name == name);
}

/// <summary>How often what is done at a site.</summary>
/// <param name="SaleDays">Goods leave on so many days of a week.</param>
/// <param name="LinesPerSale">So many lines leave on each of them.</param>
/// <param name="ReviewWeeks">A supplier gets an order every so many weeks.</param>
/// <param name="WatchedReviewWeeks">Those whose lead time will change get theirs more often, so that it can be seen.</param>
/// <param name="LinesPerOrder">An order has so many lines at most.</param>
internal sealed record Rhythm(int SaleDays, int LinesPerSale, int ReviewWeeks, int WatchedReviewWeeks, int LinesPerOrder);
