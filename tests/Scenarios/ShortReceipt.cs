using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>SCN-01, the dock's side: less comes than was announced, and only the line that is short waits.</summary>
public sealed class ShortReceipt(Distributor distributor) : IClassFixture<Distributor>
{
    [Fact]
    public async Task Eight_percent_short_is_a_case_of_one_line_and_four_percent_is_only_kept()
    {
        var supplier = await distributor.SupplierAsync("Bolts and More");
        var (bolts, nuts, pins) = (await distributor.ItemAsync("Bolt"), await distributor.ItemAsync("Nut"), await distributor.ItemAsync("Pin"));
        var (_, lines) = await distributor.OrderedAsync(supplier, (bolts, 1000, 2), (nuts, 300, 1), (pins, 1000, 1));
        var (shipment, version) = await distributor.AnnouncedAsync(supplier, (lines[0], 1000), (lines[1], 300), (lines[2], 1000));
        await distributor.ArrivedAsync(shipment, version);

        // when: the dock counts 920 of 1000 bolts (8 % less), all nuts, and 960 of 1000 pins (4 % less)
        await distributor.ReceivedAsync(shipment, Inbound.Good(lines[0], 920), Inbound.Good(lines[1], 300), Inbound.Good(lines[2], 960));
        (await distributor.CasesAsync("SHORT_RECEIPT")).ShouldBeEmpty(); // more may still come off the lorry
        await distributor.FinishedAsync(shipment);

        // then: only what was counted is stock
        (await distributor.StockAsync(bolts, "USABLE")).ShouldBe(920m);
        (await distributor.StockAsync(nuts, "USABLE")).ShouldBe(300m);
        (await distributor.StockAsync(pins, "USABLE")).ShouldBe(960m);
        var found = (await distributor.ShipmentAsync(shipment))["discrepancies"]!["nodes"]!.AsArray();
        var shortage = found.Single(one => (string)one!["status"]! == "OPEN")!;
        ((string)shortage["kind"]!, shortage["expected"].Number(), shortage["actual"].Number(), shortage["percent"].Number())
            .ShouldBe(("SHORT", 1000m, 920m, 8m));
        ((string)shortage["case"]!["queue"]!).ShouldBe("procurement");
        shortage["case"]!["history"].ShouldNotBeNull();
        var tolerated = found.Single(one => (string)one!["status"]! == "TOLERATED")!;
        (tolerated["percent"].Number(), tolerated["case"] is null).ShouldBe((4m, true));

        // then: the supplier's own discrepancy is one case too, and operations, finance and procurement read the same ids
        (await distributor.CasesAsync("SHORT_RECEIPT")).ShouldHaveSingleItem();
        (await distributor.CasesAsync("ASN_MISMATCH")).ShouldHaveSingleItem();
        foreach (var role in new[] { Role.Operations, Role.Finance, Role.Buyer })
        {
            var seen = await (await distributor.AsPersonAsync(role)).AskAsync("{ discrepancies(where: { status: { eq: OPEN } }) { nodes { id case { id } } } }");
            ((string)seen["discrepancies"]!["nodes"]![0]!["id"]!, (string)seen["discrepancies"]!["nodes"]![0]!["case"]!["id"]!)
                .ShouldBe(((string)shortage["id"]!, (string)shortage["case"]!["id"]!));
        }

        // when: the shipment closes only once somebody said what becomes of the rest
        var supervisor = await distributor.AsPersonAsync(Role.WarehouseSupervisor);
        var received = (int)(await distributor.ShipmentAsync(shipment))["version"]!;
        (await supervisor.RefusedAsync("closeShipment", new { shipmentId = shipment, version = received })).ShouldBe("DISCREPANCIES_OPEN");
        await (await distributor.AsPersonAsync(Role.Buyer)).DoAsync(
            "settleDiscrepancy",
            new { discrepancyId = (string)shortage["id"]!, version = 1, settlement = "CANCEL_REST", note = "the supplier has no more" },
            "discrepancySettled { settlement }");

        // then
        (await distributor.CasesAsync("SHORT_RECEIPT")).ShouldAllBe(one => (string)one["status"]! == "RESOLVED");
        var line = await distributor.LineAsync(lines[0]);
        ((string)line["status"]!, line["received"].Number()).ShouldBe(("CLOSED", 920m));
        await supervisor.DoAsync("closeShipment", new { shipmentId = shipment, version = received }, "shipment { status }");
    }
}
