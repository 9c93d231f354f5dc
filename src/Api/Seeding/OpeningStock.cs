using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Api.Seeding;

/// <summary>What lies in the demo's warehouses on its first day: everything that needs neither lot, serial nor scale.</summary>
internal static class OpeningStock
{
    private static readonly string[] Families = ["BOLT-", "WASH-", "BOX-", "CABL-"];

    public static async Task PostAsync(DemoDistributor demo, PlatformDb db, CancellationToken ct)
    {
        foreach (var (entity, sites) in new[] { ("NORD", new[] { "HAM", "KAS" }), ("WEST", ["RNO", "EWR"]) })
        {
            foreach (var site in sites)
            {
                var lines = Lines(demo, await RackBinsAsync(db, demo.Warehouses[site], ct)).ToList();
                await demo.RunAsync(new PostMovements(new PostingRequest
                {
                    LegalEntity = demo.Entities[entity],
                    Document = new StockDocument("OPENING", $"OPEN-{site}", Id: null),
                    Lines = lines,
                }));
            }
        }
    }

    private static IEnumerable<MovementLine> Lines(DemoDistributor demo, IReadOnlyList<BinId> bins) =>
        demo.Items.Where(item => Families.Any(family => item.Key.StartsWith(family, StringComparison.Ordinal)))
            .OrderBy(item => item.Key, StringComparer.Ordinal)
            .Select((item, number) => new MovementLine
            {
                Type = MovementType.Opening,
                Item = item.Value,
                From = Place.Opening,
                To = Place.In(bins[number % bins.Count], StockCondition.Usable),
                Quantity = 20 + (number * 7 % 180),
                UnitCost = 0.25m + (number * 13 % 400 / 100m),
            });

    public static async Task<IReadOnlyList<BinId>> RackBinsAsync(PlatformDb db, WarehouseId site, CancellationToken ct) =>
        await db.Set<Bin>().AsNoTracking()
            .Where(bin => bin.WarehouseId == site && !bin.IsGroup && EF.Functions.Like(bin.Code, "A-%"))
            .OrderBy(bin => bin.Code)
            .Select(bin => bin.Id)
            .ToListAsync(ct);
}
