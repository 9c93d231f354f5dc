using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>SCN-16: what looks like a stock-out is a posting that came 26 hours late.</summary>
public sealed class LatePosting(Distributor distributor) : IClassFixture<Distributor>
{
    [Fact]
    public async Task The_delay_is_measured_and_whoever_missed_the_goods_is_told()
    {
        var supplier = await distributor.SupplierAsync("On Time");
        var item = await distributor.ItemAsync("Filter");
        var (_, lines) = await distributor.OrderedAsync(supplier, (item, 50, 1));
        var counted = distributor.Clock.GetUtcNow();
        distributor.Clock.Advance(TimeSpan.FromHours(26));
        var planner = await distributor.AnotherAsync(Role.Planner);
        await planner.DoAsync(
            "raiseCase",
            new
            {
                report = new { category = "STOCKOUT", title = "Filters ran out", serviceImpact = "DELAY", warehouseId = distributor.Warehouse, legalEntityId = distributor.Entity, itemId = item },
                aboutKind = "Item", aboutId = Guid.NewGuid(), facts = Array.Empty<object>(),
            },
            "case { id }");

        var received = await (await distributor.AnotherAsync(Role.WarehouseWorker)).DoAsync(
            "postReceipt",
            new { warehouseId = distributor.Warehouse, binId = distributor.Bins["DOCK"], happenedAt = counted.ToString("O"), lines = new[] { Inbound.Good(lines[0], 50) } },
            "goodsReceived { receipt { recordedAt happenedAt lines { nodes { postingDelaySeconds dockToStockSeconds } } } }");

        var line = received["goodsReceived"]!["receipt"]!["lines"]!["nodes"]![0]!;
        line["postingDelaySeconds"]!.ToString().ShouldBe("93600");
        (await distributor.CasesAsync("LATE_POSTING")).ShouldHaveSingleItem();
        ((int)(await distributor.CasesAsync("STOCKOUT")).ShouldHaveSingleItem()["signals"]!).ShouldBe(2); // the shortage knows of the late posting
        (await distributor.StockAsync(item, "USABLE")).ShouldBe(50m);
    }
}
