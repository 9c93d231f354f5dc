using System.Text.Json.Nodes;
using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>What people at the dock and around it do, for scenarios about what comes in.</summary>
internal static class InboundWork
{
    /// <summary>An order that its supplier has; the answer is its only line.</summary>
    public static async Task<string> OrderedLineAsync(this Distributor distributor, string supplier, string item, decimal quantity, decimal price)
    {
        var buyer = await distributor.AsPersonAsync(Role.Buyer);
        var expectedOn = DateOnly.FromDateTime(distributor.Clock.GetUtcNow().UtcDateTime).AddDays(10).ToString("O");
        var line = new { itemId = item, unit = "EA", quantity, unitPrice = price, expectedOn, overPercent = 0, underPercent = 0 };
        var drafted = await buyer.DoAsync(
            "draftOrder",
            new
            {
                legalEntityId = distributor.Entity, warehouseId = distributor.Warehouse, supplierId = supplier, kind = "STANDARD", currency = "EUR",
                lines = new[] { line },
            },
            "order { id lines { nodes { id } } }");
        var order = (string)drafted["order"]!["id"]!;
        var submitted = await buyer.DoAsync("submitOrder", new { orderId = order, version = 1 }, "request { id shownHash }");
        await distributor.ApprovedAsync(submitted["request"]!);
        await buyer.DoAsync("releaseOrder", new { orderId = order, version = 3 }, "__typename");
        return (string)drafted["order"]!["lines"]!["nodes"]![0]!["id"]!;
    }

    /// <summary>The supervisor agrees to what was shown.</summary>
    public static async Task ApprovedAsync(this Distributor distributor, JsonNode request) =>
        await (await distributor.AsPersonAsync(Role.WarehouseSupervisor)).DoAsync(
            "approveRequest", new { requestId = (string)request["id"]!, shownHash = (string)request["shownHash"]! }, "__typename");

    /// <summary>Rules that are in force from now on: written by one, tried, published by another.</summary>
    public static async Task PublishedAsync(this Distributor distributor, Role author, string draft, object input)
    {
        var writer = await distributor.AsPersonAsync(author);
        var drafted = await writer.DoAsync(draft, input, "policy { id }");
        var policy = (string)drafted["policy"]!["id"]!;
        var operations = await distributor.AnotherAsync(Role.Operations);
        await operations.DoAsync("simulatePolicy", new { policyId = policy, version = 1 }, "__typename");
        await operations.DoAsync("publishPolicy", new { policyId = policy, version = 2 }, "__typename");
    }

    /// <summary>Goods of the books' own: posted into a bin, without an order.</summary>
    public static async Task StockedAsync(this Distributor distributor, string item, string bin, decimal quantity, decimal cost) =>
        await (await distributor.AsPersonAsync(Role.InventoryController)).DoAsync(
            "postMovements",
            new
            {
                legalEntityId = distributor.Entity,
                document = new { kind = "Test" },
                lines = new[]
                {
                    new
                    {
                        type = "RECEIPT", itemId = item, from = (object)new { kind = "SUPPLIER" },
                        to = (object)new { kind = "BIN", binId = distributor.Bins[bin], condition = "USABLE" }, quantity, unitCost = cost,
                    },
                },
            },
            "__typename");

    /// <summary>Base units of an item by the condition in which they lie.</summary>
    public static async Task<Dictionary<string, decimal>> ConditionsAsync(this Distributor distributor, string item)
    {
        var controller = await distributor.AsPersonAsync(Role.InventoryController);
        var answer = await controller.AskAsync(
            "query($item: ID!) { stockBalances(where: { item: { id: { eq: $item } } }, first: 50) { nodes { condition onHand } } }", new { item });
        return answer["stockBalances"]!["nodes"]!.AsArray()
            .GroupBy(row => (string)row!["condition"]!, StringComparer.Ordinal)
            .Select(group => (group.Key, Sum: group.Sum(row => decimal.Parse(row!["onHand"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture))))
            .Where(one => one.Sum != 0m)
            .ToDictionary(one => one.Key, one => one.Sum, StringComparer.Ordinal);
    }
}
