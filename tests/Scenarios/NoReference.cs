using System.Text.Json.Nodes;
using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>SCN-24: goods that nobody seems to have ordered wait in their own queue until somebody says whose they are.</summary>
public sealed class NoReference(Distributor distributor) : IClassFixture<Distributor>
{
    [Fact]
    public async Task They_are_no_stock_age_and_end_as_ours_or_theirs()
    {
        var supplier = await distributor.SupplierAsync("Who Knows");
        var item = await distributor.ItemAsync("Gasket");
        var (_, lines) = await distributor.OrderedAsync(supplier, (item, 20, 2));
        var (ours, theirs, hurry) = (await HeldAsync(item), await HeldAsync(item), await HeldAsync(item));

        // then: neither stock nor debt, and a case says so
        (await distributor.StockAsync(item, "USABLE")).ShouldBe(0m);
        (await distributor.CasesAsync("NO_PO_REFERENCE")).Count.ShouldBe(3);
        var supervisor = await distributor.AnotherAsync(Role.WarehouseSupervisor);
        await supervisor.DoAsync(
            "assignHeldGoods", new { heldGoodsId = ours, version = 1, owner = Guid.NewGuid(), ownerName = "Hanna" }, "heldGoods { assignedName status }");

        // when
        await supervisor.DoAsync("matchHeldGoods", new { heldGoodsId = ours, version = 2, orderLineId = lines[0], note = "the mail was found" }, "goodsReceived { receiptId }");
        await supervisor.DoAsync("returnHeldGoods", new { heldGoodsId = theirs, version = 1, reason = "not ours" }, "heldGoods { status }");
        var buyer = await distributor.AnotherAsync(Role.Buyer);
        var ordered = await buyer.DoAsync(
            "orderHeldGoods",
            new { heldGoodsId = hurry, version = 1, supplierId = supplier, currency = "EUR", unitPrice = 2m, reason = "we need them" },
            "order { id kind lines { nodes { id } } }");
        ((string)ordered["order"]!["kind"]!).ShouldBe("EMERGENCY");
        var line = (string)ordered["order"]!["lines"]!["nodes"]![0]!["id"]!;
        (await supervisor.RefusedAsync("matchHeldGoods", new { heldGoodsId = hurry, version = 2, orderLineId = line })).ShouldBe("ORDER_NOT_OPEN_TO");
        await SubmittedWithReasonAsync(buyer, (string)ordered["order"]!["id"]!);
        await supervisor.DoAsync("matchHeldGoods", new { heldGoodsId = hurry, version = 2, orderLineId = line }, "goodsReceived { receiptId }");

        // then
        (await distributor.StockAsync(item, "USABLE")).ShouldBe(20m);
        (await distributor.CasesAsync("NO_PO_REFERENCE")).ShouldAllBe(one => (string)one["status"]! == "RESOLVED");
        (await supervisor.RefusedAsync("matchHeldGoods", new { heldGoodsId = theirs, version = 2, orderLineId = lines[0] })).ShouldBe("WRONG_HOLD_STATUS");
    }

    /// <summary>The same item is on order already, so the emergency needs a reason of its own.</summary>
    private async Task SubmittedWithReasonAsync(Person buyer, string order)
    {
        var submitted = await buyer.DoAsync("submitOrder", new { orderId = order, version = 1, duplicateReason = "it is here" }, "request { id shownHash }");
        await distributor.ApproveAsync(submitted["request"]!);
        await buyer.DoAsync("releaseOrder", new { orderId = order, version = 3 }, "order { status }");
    }

    private async Task<string> HeldAsync(string item)
    {
        var held = await (await distributor.AnotherAsync(Role.WarehouseWorker)).DoAsync(
            "holdGoods",
            new
            {
                warehouseId = distributor.Warehouse, binId = distributor.Bins["DOCK"], reason = "NO_REFERENCE", itemId = item,
                description = "Ten gaskets without a paper", label = Inbound.Label(10),
            },
            "goodsHeld { heldGoodsId }");
        distributor.Clock.Advance(TimeSpan.FromHours(5));
        var seen = await (await distributor.AnotherAsync(Role.WarehouseSupervisor)).AskAsync(
            "query Look($id: ID!) { heldGoods(where: { id: { eq: $id } }) { nodes { status number } } }",
            new { id = (string)held["goodsHeld"]!["heldGoodsId"]! });
        ((string)((JsonNode)seen["heldGoods"]!["nodes"]![0]!)["status"]!).ShouldBe("HELD");
        return (string)held["goodsHeld"]!["heldGoodsId"]!;
    }
}
