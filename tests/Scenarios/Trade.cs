using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>Buying, receiving and paying as people do it, each step by who may take it.</summary>
internal static class Trade
{
    private static int _invoices;

    /// <summary>An order of one item that its supplier has: the ids of the order and of its line.</summary>
    public static async Task<(string Order, string Line)> OrderedAsync(
        this Distributor distributor, string supplier, string item, decimal quantity, decimal price)
    {
        var buyer = await distributor.AsPersonAsync(Role.Buyer);
        var expected = distributor.Clock.GetUtcNow().AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var drafted = await buyer.DoAsync(
            "draftOrder",
            new
            {
                legalEntityId = distributor.Entity, warehouseId = distributor.Warehouse, supplierId = supplier, kind = "STANDARD", currency = "EUR",
                lines = new[] { new { itemId = item, unit = "EA", quantity, unitPrice = price, expectedOn = expected, overPercent = 0m, underPercent = 0m } },
            },
            "order { id lines { nodes { id } } }");
        var order = (string)drafted["order"]!["id"]!;
        var submitted = await buyer.DoAsync("submitOrder", new { orderId = order, version = 1, duplicateReason = "a scenario" }, "request { id shownHash }");
        await distributor.AgreeAsync(submitted);
        await buyer.DoAsync("releaseOrder", new { orderId = order, version = 3 }, "__typename");
        return (order, (string)drafted["order"]!["lines"]!["nodes"]![0]!["id"]!);
    }

    /// <summary>Goods of a line come in good condition; the answer is the id of the receipt line.</summary>
    public static async Task<string> ComesAsync(this Distributor distributor, string line, decimal quantity, object? lot = null)
    {
        var worker = await distributor.AsPersonAsync(Role.WarehouseWorker);
        var posted = await worker.DoAsync(
            "postReceipt",
            new
            {
                warehouseId = distributor.Warehouse, binId = distributor.Bins["DOCK"],
                lines = new[] { new { orderLineId = line, unit = "EA", quantity, condition = "GOOD", lot, serials = Array.Empty<string>() } },
            },
            "receipt { lines { nodes { id } } }");
        return (string)posted["receipt"]!["lines"]!["nodes"]![0]!["id"]!;
    }

    /// <summary>An invoice for so much of an order line: its id, version, status and what of it is payable.</summary>
    public static async Task<JsonNode> InvoicedAsync(this Distributor distributor, string supplier, string line, decimal quantity, decimal price)
    {
        var net = quantity * price;
        var entered = await (await distributor.AsPersonAsync(Role.Finance)).DoAsync(
            "enterInvoice",
            new
            {
                legalEntityId = distributor.Entity, supplierId = supplier, supplierNumber = $"INV {Interlocked.Increment(ref _invoices):000}",
                invoiceDate = distributor.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), currency = "EUR",
                lines = new[] { new { kind = "GOODS", orderLineId = line, quantity, unitPrice = price, net, tax = 0m } },
                totals = new { net, tax = 0m, gross = net },
            },
            $"invoice {{ {InvoiceFields} }}");
        return entered["invoice"]!;
    }

    public const string InvoiceFields =
        "id version status payable holds { nodes { id reason resolution amount receiptCase { id version } } } lines { nodes { id disputed explanation } }";

    public static async Task<JsonNode> InvoiceAsync(this Distributor distributor, JsonNode invoice) =>
        (await (await distributor.AsPersonAsync(Role.Finance)).AskAsync(
            $"query Invoice($id: ID!) {{ node(id: $id) {{ ... on SupplierInvoice {{ {InvoiceFields} }} }} }}", new { id = (string)invoice["id"]! }))["node"]!;

    /// <summary>Submitted, agreed to by another, and booked.</summary>
    public static async Task<JsonNode> BookedAsync(this Distributor distributor, JsonNode invoice)
    {
        var finance = await distributor.AsPersonAsync(Role.Finance);
        var id = (string)invoice["id"]!;
        var submitted = await finance.DoAsync("submitInvoice", new { invoiceId = id, version = (int)invoice["version"]! }, "request { id shownHash }");
        await distributor.AgreeAsync(submitted);
        var version = (int)(await distributor.InvoiceAsync(invoice))["version"]!;
        await finance.DoAsync("postInvoice", new { invoiceId = id, version }, "__typename");
        return await distributor.InvoiceAsync(invoice);
    }

    /// <summary>A supervisor agrees to what was filed.</summary>
    public static async Task AgreeAsync(this Distributor distributor, JsonNode filed)
    {
        var request = filed["request"]!;
        await (await distributor.AsPersonAsync(Role.WarehouseSupervisor)).DoAsync(
            "approveRequest", new { requestId = (string)request["id"]!, shownHash = (string)request["shownHash"]! }, "__typename");
    }

    /// <summary>What stands on an account of the company, debits positive, as the graph tells it.</summary>
    public static async Task<decimal> AccountAsync(this Distributor distributor, string role)
    {
        var answer = await (await distributor.AsPersonAsync(Role.Finance)).AskAsync(
            """
            query Account($role: AccountRole!) {
              accounts(first: 1, where: { role: { eq: $role } }) {
                nodes { debits(first: 100) { nodes { amount } } credits(first: 100) { nodes { amount } } }
              }
            }
            """,
            new { role });
        var account = answer["accounts"]!["nodes"]![0]!;
        return Sum(account["debits"]!) - Sum(account["credits"]!);
    }

    private static decimal Sum(JsonNode lines) => lines["nodes"]!.AsArray().Sum(line => line!["amount"]!.AsValue().TryGetValue<decimal>(out var amount)
        ? amount
        : decimal.Parse((string)line["amount"]!, CultureInfo.InvariantCulture));
}
