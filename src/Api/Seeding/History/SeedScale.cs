namespace Platform.Api.Seeding.History;

/// <summary>How much of a distributor is made up.</summary>
/// <param name="Name">How the command line calls it.</param>
/// <param name="SizesFactor">So many times the goods of the plain demo, and racks for them.</param>
/// <param name="Days">So many days of trading.</param>
/// <param name="SalesPerDay">So many lines leave each warehouse on a working day.</param>
internal sealed record SeedScale(string Name, int SizesFactor, int Days, int SalesPerDay)
{
    public static IReadOnlyList<SeedScale> All { get; } =
    [
        new("small", SizesFactor: 1, Days: 60, SalesPerDay: 12),
        new("demo", SizesFactor: 10, Days: 180, SalesPerDay: 40),
        new("large", SizesFactor: 25, Days: 365, SalesPerDay: 150),
    ];

    public static SeedScale Of(string name) => All.Single(scale => scale.Name == name);
}
