using System.Text.Json.Nodes;
using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>
/// What the dock and its scenarios do again and again: buy, announce, take in, and look. Each look is somebody else's: the clock moves
/// on between them, and a token does not live as long as a story.
/// </summary>
internal static class Inbound
{
    public static object Label(decimal quantity) => new { unit = "EA", quantity, condition = "GOOD", serials = Array.Empty<string>() };

    public static object Good(string orderLine, decimal quantity) =>
        new { orderLineId = orderLine, unit = "EA", quantity, condition = "GOOD", serials = Array.Empty<string>() };

    public static object OfLot(string orderLine, decimal quantity, string lot) =>
        new { orderLineId = orderLine, unit = "EA", quantity, condition = "GOOD", lot = new { code = lot }, serials = Array.Empty<string>() };

    public static object Damaged(string orderLine, decimal quantity) => new
    {
        orderLineId = orderLine, unit = "EA", quantity, condition = "DAMAGED", serials = Array.Empty<string>(),
        evidence = new { uri = "https://photos.example/crushed.jpg", sha256 = new string('c', 64) },
    };

    /// <summary>An order that others agreed to and its supplier has; its lines' ids in order.</summary>
    public static async Task<(string Order, IReadOnlyList<string> Lines)> OrderedAsync(
        this Distributor distributor, string supplier, params IReadOnlyList<(string Item, decimal Quantity, decimal Price)> wanted)
    {
        var buyer = await distributor.AsPersonAsync(Role.Buyer);
        var day = DateOnly.FromDateTime(distributor.Clock.GetUtcNow().UtcDateTime).AddDays(14).ToString("O");
        var drafted = await buyer.DoAsync(
            "draftOrder",
            new
            {
                legalEntityId = distributor.Entity, warehouseId = distributor.Warehouse, supplierId = supplier, kind = "STANDARD", currency = "EUR",
                lines = wanted.Select(line => new
                {
                    itemId = line.Item, unit = "EA", quantity = line.Quantity, unitPrice = line.Price, expectedOn = day, overPercent = 5m, underPercent = 5m,
                }),
            },
            "order { id lines(order: [{ line: ASC }]) { nodes { id } } }");
        var order = (string)drafted["order"]!["id"]!;
        await distributor.AgreedAsync(order, version: 1);
        return (order, [.. drafted["order"]!["lines"]!["nodes"]!.AsArray().Select(line => (string)line!["id"]!)]);
    }

    /// <summary>Submitted, agreed to by a supervisor, and sent.</summary>
    public static async Task AgreedAsync(this Distributor distributor, string order, int version)
    {
        var buyer = await distributor.AsPersonAsync(Role.Buyer);
        var submitted = await buyer.DoAsync("submitOrder", new { orderId = order, version }, "request { id shownHash }");
        await distributor.ApproveAsync(submitted["request"]!);
        await buyer.DoAsync("releaseOrder", new { orderId = order, version = version + 2 }, "order { status }");
    }

    public static async Task ApproveAsync(this Distributor distributor, JsonNode request) =>
        await (await distributor.AnotherAsync(Role.WarehouseSupervisor)).DoAsync(
            "approveRequest", new { requestId = (string)request["id"]!, shownHash = (string)request["shownHash"]! }, "request { status }");

    /// <summary>A shipment that was announced with these quantities.</summary>
    public static async Task<(string Shipment, int Version)> AnnouncedAsync(
        this Distributor distributor, string supplier, params IReadOnlyList<(string Line, decimal Quantity)> lines)
    {
        var announced = await (await distributor.AsPersonAsync(Role.Buyer)).DoAsync(
            "announceShipment",
            new
            {
                supplierId = supplier, warehouseId = distributor.Warehouse, reference = distributor.NextCode("ASN"),
                expectedAt = distributor.Clock.GetUtcNow().AddDays(2).ToString("O"),
                lines = lines.Select(line => new { orderLineId = line.Line, unit = "EA", quantity = line.Quantity }),
            },
            "shipment { id version }");
        return ((string)announced["shipment"]!["id"]!, (int)announced["shipment"]!["version"]!);
    }

    public static async Task ArrivedAsync(this Distributor distributor, string shipment, int version) =>
        await (await distributor.AsPersonAsync(Role.WarehouseWorker)).DoAsync(
            "arriveShipment", new { shipmentId = shipment, version }, "shipment { status }");

    public static async Task<JsonNode> ReceivedAsync(this Distributor distributor, string? shipment, params IReadOnlyList<object> goods) =>
        (await (await distributor.AnotherAsync(Role.WarehouseWorker)).DoAsync(
            "postReceipt",
            new { warehouseId = distributor.Warehouse, binId = distributor.Bins["DOCK"], shipmentId = shipment, lines = goods },
            "goodsReceived { receiptId number status lines { receiptLineId orderLineId quantity state available accrued } }"))["goodsReceived"]!;

    public static async Task<JsonNode> FinishedAsync(this Distributor distributor, string shipment)
    {
        var worker = await distributor.AnotherAsync(Role.WarehouseWorker);
        var version = (int)(await distributor.ShipmentAsync(shipment))["version"]!;
        return (await worker.DoAsync("finishShipment", new { shipmentId = shipment, version }, "shipment { status version }"))["shipment"]!;
    }

    public static async Task<JsonNode> ShipmentAsync(this Distributor distributor, string shipment) =>
        (await (await distributor.AnotherAsync(Role.WarehouseSupervisor)).AskAsync(
            """
            query Look($id: ID!) {
              inboundShipments(where: { id: { eq: $id } }, first: 1) { nodes {
                id number status version isHighRisk riskReasons
                discrepancies { nodes { id kind status expected actual percent version item { id } case { id status category { code } queue history } } } } }
            }
            """,
            new { id = shipment }))["inboundShipments"]!["nodes"]![0]!;

    public static async Task<JsonNode> LineAsync(this Distributor distributor, string orderLine) =>
        (await (await distributor.AnotherAsync(Role.Buyer)).AskAsync(
            "query Look($id: ID!) { purchaseOrderLines(where: { id: { eq: $id } }, first: 1) { nodes { received status confirmedOn order { status } } } }",
            new { id = orderLine }))["purchaseOrderLines"]!["nodes"]![0]!;

    /// <summary>Base units of an item in a condition, wherever they lie.</summary>
    public static async Task<decimal> StockAsync(this Distributor distributor, string item, string condition)
    {
        var found = await (await distributor.AnotherAsync(Role.InventoryController)).AskAsync(
            """
            query Look($item: ID!, $condition: StockCondition!) {
              stockBalances(where: { item: { id: { eq: $item } }, condition: { eq: $condition } }, first: 50) { nodes { onHand } }
            }
            """,
            new { item, condition });
        return found["stockBalances"]!["nodes"]!.AsArray().Sum(row => (decimal)row!["onHand"]!);
    }

    public static async Task<IReadOnlyList<JsonNode>> CasesAsync(this Distributor distributor, string category) =>
    [
        .. (await (await distributor.AnotherAsync(Role.WarehouseSupervisor)).AskAsync(
            """
            query Look($category: String!) {
              exceptionCases(where: { category: { code: { eq: $category } } }, first: 50) { nodes { id title status queue signals sourceEvent sourceId item { id } } }
            }
            """,
            new { category }))["exceptionCases"]!["nodes"]!.AsArray().Select(one => one!),
    ];

    /// <summary>Rules of receiving in force from now on.</summary>
    public static async Task RulesAsync(this Distributor distributor, object rule)
    {
        var author = await distributor.AnotherAsync(Role.Operations);
        var drafted = await author.DoAsync("draftReceivingPolicy", new { receiving = new { rules = new[] { rule } }, note = "scenario" }, "policy { id version }");
        var policy = (string)drafted["policy"]!["id"]!;
        await author.DoAsync("simulatePolicy", new { policyId = policy, version = 1 }, "__typename");
        await (await distributor.AnotherAsync(Role.Operations)).DoAsync("publishPolicy", new { policyId = policy, version = 2 }, "__typename");
    }

    public static decimal Number(this JsonNode? value) => (decimal)value!;
}
