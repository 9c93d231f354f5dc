using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>SCN-08: a load that was flagged is counted twice; stock and money hear of the second count.</summary>
public sealed class RiskyLoad(Distributor distributor) : IClassFixture<Distributor>
{
    [Theory]
    [InlineData(0.83, true)]
    [InlineData(0.69, false)]
    public async Task From_the_threshold_on_somebody_else_counts_again_before_anything_is_posted(double risk, bool verified)
    {
        var supplier = await distributor.SupplierAsync("New Works");
        var item = await distributor.ItemAsync(verified ? "Centrifugal pump" : "Garden hose");
        var (_, lines) = await distributor.OrderedAsync(supplier, (item, 100, 10));
        var (shipment, version) = await distributor.AnnouncedAsync(supplier, (lines[0], 100));
        var flagged = await (await distributor.AsPersonAsync(Role.WarehouseSupervisor)).DoAsync(
            "flagShipment",
            new { shipmentId = shipment, version, risk = (decimal)risk, reasons = new[] { "first delivery of a new factory", "two short deliveries" } },
            "shipmentFlagged { isHighRisk threshold reasons version }");
        ((bool)flagged["shipmentFlagged"]!["isHighRisk"]!).ShouldBe(verified);
        await distributor.ArrivedAsync(shipment, version + 1);

        var counted = await distributor.ReceivedAsync(shipment, Inbound.Good(lines[0], 100));

        ((string)counted["status"]!).ShouldBe(verified ? "COUNTED" : "POSTED");
        (await distributor.StockAsync(item, "USABLE")).ShouldBe(verified ? 0m : 100m);
        (await distributor.LineAsync(lines[0]))["received"].Number().ShouldBe(verified ? 0m : 100m);
        if (!verified)
        {
            return;
        }

        // then: the supervisor knows, and why
        var told = (await distributor.CasesAsync("HIGH_RISK_INBOUND")).ShouldHaveSingleItem();
        ((string)told["queue"]!).ShouldBe("supervisor");
        var open = await distributor.ShipmentAsync(shipment);
        open["riskReasons"]!.ToJsonString().ShouldContain("new factory");
        (await (await distributor.AsPersonAsync(Role.WarehouseWorker)).RefusedAsync(
            "finishShipment", new { shipmentId = shipment, version = (int)open["version"]! })).ShouldBe("VERIFICATION_REQUIRED");

        // when
        var validated = await (await distributor.AsPersonAsync(Role.WarehouseSupervisor)).DoAsync(
            "validateReceipt",
            new { receiptId = (string)counted["receiptId"]!, version = 1, lines = new[] { new { line = 1, quantity = 97m } }, note = "three cartons are empty" },
            "goodsReceived { status lines { quantity accrued } }");

        // then: what the second count says is what is stock, and owed
        var line = validated["goodsReceived"]!["lines"]![0]!;
        (line["quantity"].Number(), line["accrued"].Number()).ShouldBe((97m, 970m));
        (await distributor.StockAsync(item, "USABLE")).ShouldBe(97m);
    }
}
