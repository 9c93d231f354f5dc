using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>R-51…R-53 and RCV over HTTP: two receivers, two invoices, and facts that change while somebody approves; who may; lists.</summary>
public sealed class TwoAtTheDock(Distributor distributor) : IClassFixture<Distributor>
{
    private const string Receive =
        "mutation Receive($input: PostReceiptInput!) { postReceipt(input: $input) { goodsReceived { number } errors { ... on Error { code message } ... on OverReceiptError { ordered received arriving tolerated } } } }";

    private const string Enter =
        "mutation Enter($input: EnterInvoiceInput!) { enterInvoice(input: $input) { invoice { id version status } errors { ... on Error { code } } } }";

    [Fact]
    public async Task Of_two_who_take_in_the_same_goods_at_once_one_is_refused_with_the_figures_R_51()
    {
        // given: a hundred ordered, and two who count sixty each
        var supplier = await distributor.SupplierAsync("Twice Counted");
        var item = await distributor.ItemAsync("Bolt");
        var (_, line) = await distributor.OrderedAsync(supplier, item, 100m, 1m);
        var (first, second) = (await distributor.AnotherAsync(Role.WarehouseWorker), await distributor.AnotherAsync(Role.WarehouseWorker));
        await first.AskAsync("{ __typename }");
        await second.AskAsync("{ __typename }");

        // when
        var answers = await Task.WhenAll(first.SendAsync(Receive, Goods(line, 60m)), second.SendAsync(Receive, Goods(line, 60m)));

        // then
        var payloads = answers.Select(answer => answer["data"]!["postReceipt"]!).ToList();
        payloads.Count(payload => payload["goodsReceived"] is not null).ShouldBe(1, answers[0].ToJsonString() + answers[1].ToJsonString());
        var refusal = payloads.Single(payload => payload["goodsReceived"] is null)["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)refusal["code"]!, refusal["ordered"].Number(), refusal["received"].Number(), refusal["arriving"].Number())
            .ShouldBe(("OVER_RECEIPT", 100m, 60m, 60m));
        (await distributor.StockAsync(item, "USABLE")).ShouldBe(60m);
    }

    [Fact]
    public async Task Of_two_invoices_for_the_same_goods_at_once_one_is_payable_and_the_other_waits_R_53()
    {
        // given
        var supplier = await distributor.SupplierAsync("Charges Twice");
        var (_, line) = await distributor.OrderedAsync(supplier, await distributor.ItemAsync("Nut"), 10m, 2m);
        await distributor.ComesAsync(line, 10m);
        var (first, second) = (await distributor.AnotherAsync(Role.Finance), await distributor.AnotherAsync(Role.Finance));
        await first.AskAsync("{ __typename }");
        await second.AskAsync("{ __typename }");

        // when
        var answers = await Task.WhenAll(
            first.SendAsync(Enter, Invoice(supplier, "TWICE-A", line, 10m, 2m)), second.SendAsync(Enter, Invoice(supplier, "TWICE-B", line, 10m, 2m)));

        // then
        answers.Select(answer => (string)answer["data"]!["enterInvoice"]!["invoice"]!["status"]!).Order(StringComparer.Ordinal)
            .ShouldBe(["MATCHED", "ON_HOLD"]);
        var lines = await (await distributor.AsPersonAsync(Role.Finance)).AskAsync(
            "query Lines($line: ID!) { supplierInvoiceLines(where: { orderLine: { id: { eq: $line } } }, first: 5) { nodes { matched } } }", new { line });
        lines["supplierInvoiceLines"]!["nodes"]!.AsArray().Sum(one => one!["matched"].Number()).ShouldBe(10m);
    }

    [Fact]
    public async Task What_changed_since_it_was_shown_is_not_approved_R_52()
    {
        // given: an invoice that waits for its approver
        var supplier = await distributor.SupplierAsync("Changes Late");
        var (_, line) = await distributor.OrderedAsync(supplier, await distributor.ItemAsync("Vase"), 20m, 3m);
        await distributor.ComesAsync(line, 10m);
        var invoice = await distributor.InvoicedAsync(supplier, line, 10m, 3m);
        var submitted = await (await distributor.AsPersonAsync(Role.Finance)).DoAsync(
            "submitInvoice", new { invoiceId = (string)invoice["id"]!, version = (int)invoice["version"]! }, "request { id shownHash }");

        // when: damage of the same line is found meanwhile
        await distributor.ReceivedAsync(shipment: null, Inbound.Damaged(line, 1m));
        var refused = await (await distributor.AsPersonAsync(Role.WarehouseSupervisor)).RefusedAsync(
            "approveRequest",
            new { requestId = (string)submitted["request"]!["id"]!, shownHash = (string)submitted["request"]!["shownHash"]! });

        // then
        refused.ShouldBe("PRECONDITIONS_CHANGED");
        ((string)(await distributor.InvoiceAsync(invoice))["status"]!).ShouldBe("PENDING_APPROVAL");
    }

    [Fact]
    public async Task Receipts_are_read_page_by_page_and_taken_in_only_by_who_may()
    {
        // given: three deliveries of one supplier
        var supplier = await distributor.SupplierAsync("Three Lorries");
        var (_, line) = await distributor.OrderedAsync(supplier, await distributor.ItemAsync("Box"), 30m, 1m);
        foreach (var quantity in new[] { 5m, 10m, 15m })
        {
            await distributor.ComesAsync(line, quantity);
        }

        // when
        var reader = await distributor.AnotherAsync(Role.WarehouseSupervisor);
        var first = await PageAsync(reader, supplier, after: null);
        var second = await PageAsync(reader, supplier, (string)first["pageInfo"]!["endCursor"]!);

        // then
        first["nodes"]!.AsArray().Concat(second["nodes"]!.AsArray()).Select(one => one!["lines"]!["nodes"]![0]!["quantity"].Number())
            .ShouldBe([5m, 10m, 15m]);
        ((bool)first["pageInfo"]!["hasNextPage"]!, (bool)second["pageInfo"]!["hasNextPage"]!).ShouldBe((true, false));
        foreach (var role in new[] { Role.Buyer, Role.Finance })
        {
            (await (await distributor.AnotherAsync(role)).TurnedAwayAsync("postReceipt", Input(line, 1m))).ShouldBe("AUTH_NOT_AUTHORIZED");
        }

        var late = await (await distributor.AnotherAsync(Role.WarehouseWorker)).RefusalAsync(
            "postReceipt", Input(line, 1m), "... on OverReceiptError { received tolerated }");
        ((string)late["code"]!, late["received"].Number()).ShouldBe(("OVER_RECEIPT", 30m));
    }

    private static async Task<JsonNode> PageAsync(Person reader, string supplier, string? after) => (await reader.AskAsync(
        """
        query Page($supplier: ID!, $after: String) {
          receipts(where: { supplier: { id: { eq: $supplier } }, status: { eq: POSTED } }, order: [{ number: ASC }], first: 2, after: $after) {
            nodes { number lines(first: 5) { nodes { quantity accepted undecided state } } } pageInfo { hasNextPage endCursor }
          }
        }
        """,
        new { supplier, after }))["receipts"]!;

    private object Input(string line, decimal quantity) =>
        new { warehouseId = distributor.Warehouse, binId = distributor.Bins["DOCK"], lines = new[] { Inbound.Good(line, quantity) } };

    private object Goods(string line, decimal quantity) => new { input = Input(line, quantity) };

    private object Invoice(string supplier, string number, string line, decimal quantity, decimal price) => new
    {
        input = new
        {
            legalEntityId = distributor.Entity, supplierId = supplier, supplierNumber = number, currency = "EUR",
            invoiceDate = distributor.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            lines = new[] { new { kind = "GOODS", orderLineId = line, quantity, unitPrice = price, net = quantity * price, tax = 0m } },
            totals = new { net = quantity * price, tax = 0m, gross = quantity * price },
        },
    };
}
