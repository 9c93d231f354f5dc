using Platform.Domain.Stock;
using Platform.Domain.Stock.Importing;
using Platform.Domain.Stock.Posting;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Importing;

public sealed class ImportTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task What_is_right_is_posted_and_every_wrong_line_is_named()
    {
        var items = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.ItemAsync(new ItemTraits())));
        var fifo = await world.ItemAsync(new ItemTraits { Costing = "FIFO" });
        var draft = await world.ItemAsync(new ItemTraits { Status = "DRAFT" });
        var lines = Enumerable.Range(0, 1_000)
            .Select(i => world.Line(
                MovementType.Opening, items[i % 5], Place.Opening, Place.In(world.Reserve, StockCondition.Usable), 2m) with { UnitCost = 1.5m })
            .Append(world.Line(MovementType.Opening, draft, Place.Opening, Place.In(world.Reserve, StockCondition.Usable), 1m) with { UnitCost = 1m })
            .Append(world.Shipment(items[0], world.Pick, 1m))
            .Append(world.Receipt(fifo, world.Pick, 3m, 3.33m))
            .Append(world.Shipment(fifo, world.Pick, 1m))
            .ToList();

        var imported = (await world.RunAsync(new ImportMovements(world.Request(lines)))).Value;

        imported.Posted.ShouldBe(1_002);
        imported.Refused.Select(line => (line.Line, line.Code)).ShouldBe([(1_001, "ITEM_NOT_ACTIVE"), (1_002, "INSUFFICIENT_STOCK")]);
        (await world.PoolAsync(items[0])).ShouldBe((400m, 600m));
        (await world.PoolAsync(fifo)).ShouldBe((2m, 6.66m));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Nothing_right_posts_nothing_and_a_document_comes_once()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var nothing = (await world.RunAsync(new ImportMovements(world.Request(world.Shipment(item, world.Pick, 1m))))).Value;
        (nothing.Posted, nothing.Refused.Count).ShouldBe((0, 1));
        var request = world.Request(world.Receipt(item, world.Pick, 1m, 1m)) with { Document = new StockDocument("Opening", "O-1", null) };
        (await world.RunAsync(new ImportMovements(request))).Error.ShouldBeNull();
        (await world.RunAsync(new ImportMovements(request))).Error.ShouldBe(new DocumentAlreadyPosted("Opening", "O-1"));
    }
}
