using Platform.Domain.Stock;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Posting;

/// <summary>INV-01, INV-02: movements, balances, value and journal move together.</summary>
public sealed class PostingTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task A_receipt_brings_goods_and_their_value()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var grni = await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED");

        var posted = await world.PostedAsync(world.Receipt(item, world.Dock, 10m, 2.50m));

        posted.Movements.ShouldHaveSingleItem().Value.ShouldBe(25m);
        (await world.OnHandAsync(item, world.Dock)).ShouldBe(10m);
        (await world.PoolAsync(item)).ShouldBe((10m, 25m));
        (await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED")).ShouldBe(grni - 25m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Goods_move_pick_and_ship_and_the_last_unit_takes_the_last_cent()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 2m, 5m), world.Receipt(item, world.Reserve, 1m, 0m));

        await world.PostedAsync(world.Line(
            MovementType.Pick, item, Place.In(world.Reserve, StockCondition.Usable), Place.In(world.Staging, StockCondition.Usable), 3m));
        var first = await world.PostedAsync(world.Shipment(item, world.Staging, 2m));
        var last = await world.PostedAsync(world.Shipment(item, world.Staging, 1m));

        first.Movements[0].Value.ShouldBe(-6.67m);
        last.Movements[0].Value.ShouldBe(-3.33m);
        (await world.PoolAsync(item)).ShouldBe((0m, 0m));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task What_is_not_there_is_refused_with_the_facts_and_leaves_no_trace()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Staging, 3m, 1m));
        var before = await world.FootprintAsync();

        var refused = await world.PostAsync(world.Shipment(item, world.Staging, 1m), world.Shipment(item, world.Staging, 3m));

        refused.Error.ShouldBe(new InsufficientStock(2, world.Staging, item, null, 2m, 3m));
        (await world.FootprintAsync()).ShouldBe(before);
    }
}
