using System.Text.Json.Nodes;
using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>SCN-01 (the invoice's side), SCN-09 and SCN-28: from receipts to a month that is closed, through the graph only.</summary>
public sealed class MonthEnd(Distributor distributor) : IClassFixture<Distributor>
{
    [Fact]
    public async Task Everything_of_a_month_is_invoiced_shared_out_and_closed_in_one_run()
    {
        var finance = await distributor.AsPersonAsync(Role.Finance);
        var supplier = await distributor.SupplierAsync("Fasteners Works");

        // SCN-09: 100 ordered, come as 40, 35 and 25; each accrues, an invoice for 75 matches two receipts
        var item = await distributor.ItemAsync("Hex bolt M8", new { tracking = "LOT" });
        var (_, line) = await distributor.OrderedAsync(supplier, item, 100m, 10m);
        var receipts = new List<string>();
        foreach (var (quantity, lot) in new[] { (40m, "A"), (35m, "B"), (25m, "C") })
        {
            receipts.Add(await distributor.ComesAsync(line, quantity, new { code = lot }));
            distributor.Clock.Advance(TimeSpan.FromDays(1));
        }

        (await distributor.AccountAsync("GOODS_RECEIVED_NOT_INVOICED")).ShouldBe(-1000m);
        var invoice = await distributor.InvoicedAsync(supplier, line, 75m, 10m);
        ((string)invoice["status"]!).ShouldBe("MATCHED");
        Matches(await MatchesAsync(invoice)).ShouldBe([40m, 35m]);
        await distributor.BookedAsync(invoice);
        (await distributor.AccountAsync("GOODS_RECEIVED_NOT_INVOICED")).ShouldBe(-250m);
        (await distributor.AccountAsync("INVENTORY_INTERIM")).ShouldBe(250m);

        // freight of 50.00, by quantity: 20, 17.50 and 12.50
        var voucher = await finance.DoAsync(
            "draftVoucher",
            new
            {
                legalEntityId = distributor.Entity, currency = "EUR", charges = new[] { new { kind = "FREIGHT", basis = "QUANTITY", amount = 50m } },
                receipts = receipts.Select(receipt => new { receiptLineId = receipt }).ToArray(),
            },
            "voucher { id shares { nodes { amount } } }");
        Amounts(voucher["voucher"]!["shares"]!).Order().ShouldBe([12.5m, 17.5m, 20m]);

        // SCN-01: 1000 ordered, 920 come; the invoice for 1000 waits for the case
        var (_, shortLine) = await distributor.OrderedAsync(supplier, await distributor.ItemAsync("Washer M8"), 1000m, 1m);
        await distributor.ComesAsync(shortLine, 920m);
        await (await distributor.AsPersonAsync(Role.WarehouseSupervisor)).DoAsync(
            "raiseCase",
            new
            {
                report = new
                {
                    category = "SHORT_RECEIPT", title = "80 are missing", serviceImpact = "NONE", legalEntityId = distributor.Entity,
                    warehouseId = distributor.Warehouse, supplierId = supplier,
                },
                aboutKind = "PurchaseOrderLine", aboutId = RawId(shortLine), facts = Array.Empty<object>(),
            },
            "case { id }");
        var held = await distributor.InvoicedAsync(supplier, shortLine, 1000m, 1m);
        ((string)held["status"]!).ShouldBe("ON_HOLD");
        Reasons(held).ShouldContain("RECEIPT_CASE");
        (await finance.RefusedAsync("submitInvoice", new { invoiceId = (string)held["id"]!, version = (int)held["version"]! })).ShouldBe("WRONG_INVOICE_STATUS");

        // SCN-28: the month is over, and cannot be closed with a hold and a draft
        distributor.Clock.Advance(TimeSpan.FromDays(31));
        var month = new { legalEntityId = distributor.Entity, year = 2026, month = 3, forGood = false };
        var refusal = await finance.RefusalAsync("closePeriod", month, "... on PeriodNotReconciledError { differing { check } }");
        refusal["differing"]!.AsArray().Select(one => (string)one!["check"]!).ShouldBe(["OPEN_HOLD", "UNPOSTED_LANDED_COST"], ignoreOrder: true);

        // the case is closed: what came is payable, the rest waits for a credit
        foreach (var found in Cases(held))
        {
            await (await distributor.AsPersonAsync(Role.Buyer)).DoAsync(
                "resolveCase", new { caseId = (string)found["id"]!, version = (int)found["version"]!, outcome = "CREDITED", note = "a credit will come" }, "__typename");
        }

        var released = await distributor.InvoiceAsync(held);
        ((string)released["status"]!).ShouldBe("MATCHED");
        Decimal(released["payable"]!).ShouldBe(920m);
        Decimal(released["lines"]!["nodes"]![0]!["disputed"]!).ShouldBe(80m);
        await distributor.BookedAsync(released);
        var filed = await finance.DoAsync("submitVoucher", new { voucherId = (string)voucher["voucher"]!["id"]!, version = 1 }, "request { id shownHash }");
        await distributor.AgreeAsync(filed);

        // and the month closes in one run, with every figure agreeing
        await finance.DoAsync("closePeriod", month, "periodWasClosed { status }");
        var report = await finance.AskAsync(
            "{ periodReconciliations(first: 1, order: [{ madeAt: DESC }]) { nodes { differences lines { nodes { checkName expected found difference } } } } }");
        var made = report["periodReconciliations"]!["nodes"]![0]!;
        ((int)made["differences"]!).ShouldBe(0);
        made["lines"]!["nodes"]!.AsArray().ShouldAllBe(one => Decimal(one!["difference"]!) == 0m);
        (await finance.RefusedAsync("closePeriod", month)).ShouldBe("PERIOD_ALREADY_CLOSED");
        // FIN-14: nothing was sold, so nobody knows how long it lasts, and all of it is too much
        var capital = (await finance.AskAsync("{ itemValues(first: 10) { nodes { value usedLately daysOnHand excessValue } } }"))["itemValues"]!["nodes"]!.AsArray();
        capital.Sum(item => Decimal(item!["value"]!)).ShouldBe(1970m); // 1000 and its freight of 50, and 920
        capital.ShouldAllBe(item => item!["daysOnHand"] == null && Decimal(item["excessValue"]!) == Decimal(item["value"]!));
        (await distributor.AccountAsync("ACCOUNTS_PAYABLE")).ShouldBe(-1670m);
        (await distributor.AccountAsync("LANDED_COST_ACCRUAL")).ShouldBe(-50m);
    }

    private async Task<JsonNode> MatchesAsync(JsonNode invoice) => (await (await distributor.AsPersonAsync(Role.Finance)).AskAsync(
        "query Matches($id: ID!) { node(id: $id) { ... on SupplierInvoice { matches(order: [{ quantity: DESC }]) { nodes { quantity } } } } }",
        new { id = (string)invoice["id"]! }))["node"]!["matches"]!;

    private static IEnumerable<decimal> Matches(JsonNode matches) => matches["nodes"]!.AsArray().Select(match => Decimal(match!["quantity"]!));

    private static IEnumerable<decimal> Amounts(JsonNode shares) => shares["nodes"]!.AsArray().Select(share => Decimal(share!["amount"]!));

    private static IEnumerable<string> Reasons(JsonNode invoice) => invoice["holds"]!["nodes"]!.AsArray().Select(hold => (string)hold!["reason"]!);

    private static IEnumerable<JsonNode> Cases(JsonNode invoice) =>
        invoice["holds"]!["nodes"]!.AsArray().Select(hold => hold!["receiptCase"]).OfType<JsonNode>();

    private static decimal Decimal(JsonNode value) => decimal.Parse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    private static Guid RawId(string node) => new(Convert.FromBase64String(node)[^16..]);
}
