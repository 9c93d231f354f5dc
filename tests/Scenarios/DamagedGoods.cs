using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>SCN-10 and SCN-14, the dock's side: what is damaged or not counted can never be sold.</summary>
public sealed class DamagedGoods(Distributor distributor) : IClassFixture<Distributor>
{
    [Fact]
    public async Task Six_of_a_hundred_are_damaged_and_ninety_four_may_be_taken()
    {
        var supplier = await distributor.SupplierAsync("Fragile Ltd");
        var item = await distributor.ItemAsync("Lamp");
        var (_, lines) = await distributor.OrderedAsync(supplier, (item, 100, 5));
        (await distributor.StockAsync(item, "USABLE")).ShouldBe(0m); // ordered is not stock
        var worker = await distributor.AsPersonAsync(Role.WarehouseWorker);
        var unseen = new { orderLineId = lines[0], unit = "EA", quantity = 6m, condition = "DAMAGED", serials = Array.Empty<string>() };
        (await worker.RefusedAsync("postReceipt", new { warehouseId = distributor.Warehouse, binId = distributor.Bins["DOCK"], lines = new[] { unseen } }))
            .ShouldBe("INVALID_FIELD");

        await distributor.ReceivedAsync(shipment: null, Inbound.Good(lines[0], 94), Inbound.Damaged(lines[0], 6));

        (await distributor.StockAsync(item, "USABLE")).ShouldBe(94m);
        (await distributor.StockAsync(item, "DAMAGED")).ShouldBe(6m);
        var damage = (await distributor.CasesAsync("DAMAGE")).ShouldHaveSingleItem();
        ((string)damage["queue"]!).ShouldBe("quality");
    }

    [Fact]
    public async Task Goods_that_wait_for_an_inspection_or_for_their_bin_are_not_available()
    {
        var supplier = await distributor.SupplierAsync("Foods");
        var (food, chair) = (await distributor.ItemAsync("Food"), await distributor.ItemAsync("Chair"));
        await distributor.RulesAsync(new { name = "after inspection", itemId = food, release = "AFTER_INSPECTION" });
        var (_, lines) = await distributor.OrderedAsync(supplier, (food, 100, 1), (chair, 10, 1));

        var received = await distributor.ReceivedAsync(shipment: null, Inbound.Good(lines[0], 100), Inbound.Good(lines[1], 10));

        received["lines"]!.AsArray().Select(line => ((string)line!["state"]!, line["available"].Number()))
            .ShouldBe([("INSPECTION", 0m), ("PUTAWAY_PENDING", 10m)]);
        (await distributor.StockAsync(food, "USABLE")).ShouldBe(0m);
        (await distributor.StockAsync(food, "INSPECTION")).ShouldBe(100m);
        (await distributor.StockAsync(chair, "USABLE")).ShouldBe(10m);
    }
}
