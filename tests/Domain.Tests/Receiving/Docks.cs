using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Policies;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Receiving;

/// <summary>Deliveries for tests, against orders that were made as people make them.</summary>
internal static class Docks
{
    public static Caller Receiver { get; } = Callers.Of(ActorKind.Human, "Rita Receiver", "receiving.receive", "exceptions.raise");

    public static Caller Lead { get; } = Callers.Of(
        ActorKind.Human, "Lea Lead", "receiving.receive", "receiving.announce", "receiving.settle", "receiving.flag", "receiving.validate",
        "receiving.reverse", "receiving.docks", "receiving.schedule", "exceptions.raise", "approvals.request");

    public static Caller Approver { get; } = Callers.Of(
        ActorKind.Human, "Ada Approver", "approvals.decide", "approver.supervisor", "receiving.approve_surplus");

    private static Caller Author { get; } = Callers.Of(ActorKind.Human, "Rolf Rules", "receiving.govern", "policies.simulate");

    private static Caller Publisher { get; } = Callers.Of(ActorKind.Human, "Pia Publisher", "policies.publish");

    public static ReceivingRule Rule { get; } = new("rule", null, null, null, null, null, null, null, null, null, null, null, null);

    public static DamageEvidence Photo { get; } = new("https://photos.example/1.jpg", new string('a', 64));

    public static ReceivedGoods Good(PurchaseOrderLineId line, decimal quantity) =>
        new(line, "EA", quantity, Weight: null, ReceivedCondition.Good, Lot: null, [], Evidence: null);

    /// <summary>An order on its way, with the ids of its lines in order.</summary>
    public static async Task<(PurchaseOrderId Order, IReadOnlyList<PurchaseOrderLineId> Lines)> OnItsWayAsync(
        this StockWorld world, params IReadOnlyList<OrderLine> lines)
    {
        var (order, _) = await world.ReleasedAsync(lines);
        var ids = await world.LookAsync(db =>
            db.Set<PurchaseOrderLine>().Where(line => line.OrderId == order).OrderBy(line => line.Line).Select(line => line.Id).ToListAsync());
        return (order, ids);
    }

    public static PostReceipt Receipt(this StockWorld world, params IReadOnlyList<ReceivedGoods> goods) =>
        new(world.Warehouse, world.Dock, Shipment: null, "DN-1", HappenedAt: null, goods);

    public static Task<Result<GoodsReceived>> ReceiveAsync(this StockWorld world, params IReadOnlyList<ReceivedGoods> goods) =>
        world.RunAsync(world.Receipt(goods), Receiver);

    public static Task<PurchaseOrder> OrderAsync(this StockWorld world, PurchaseOrderId id) =>
        world.LookAsync(db => db.Set<PurchaseOrder>().SingleAsync(order => order.Id == id));

    public static Task<PurchaseOrderLine> OrderLineAsync(this StockWorld world, PurchaseOrderLineId id) =>
        world.LookAsync(db => db.Set<PurchaseOrderLine>().SingleAsync(line => line.Id == id));

    public static Task<decimal> AvailableAsync(this StockWorld world, ItemId item) => world.ScalarAsync<decimal>(
        $"select coalesce(sum(quantity), 0) from stock_bucket where item_id = '{item}' and condition = 'USABLE' and bucket <> 'ALLOCATED'");

    /// <summary>Rules in force: written, tried, and published by somebody else.</summary>
    public static async Task RulesAsync(this StockWorld world, params IReadOnlyList<ReceivingRule> rules)
    {
        var drafted = (await world.RunAsync(new DraftReceivingPolicy(new ReceivingRules(rules), "test"), Author)).Value;
        (await world.RunAsync(new SimulatePolicy(drafted.Policy, 1), Author)).Error.ShouldBeNull();
        (await world.RunAsync(new PublishPolicy(drafted.Policy, 2, EffectiveFrom: null), Publisher)).Error.ShouldBeNull();
    }

    /// <summary>A shipment at the dock that was announced with these quantities for the lines.</summary>
    public static async Task<InboundShipmentId> AtTheDockAsync(
        this StockWorld world, params IReadOnlyList<(PurchaseOrderLineId Line, decimal Quantity)> lines)
    {
        var shipment = await world.AnnouncedAsync(lines);
        (await world.RunAsync(new ArriveShipment(shipment, 1, ArrivedAt: null), Receiver)).Error.ShouldBeNull();
        return shipment;
    }

    public static async Task<InboundShipmentId> AnnouncedAsync(
        this StockWorld world, params IReadOnlyList<(PurchaseOrderLineId Line, decimal Quantity)> lines)
    {
        var supplier = await world.LookAsync(db => db.Set<PurchaseOrder>()
            .Where(order => db.Set<PurchaseOrderLine>().Any(line => line.Id == lines[0].Line && line.OrderId == order.Id))
            .Select(order => order.SupplierId).SingleAsync());
        return (await world.RunAsync(
            new AnnounceShipment(
                supplier, world.Warehouse, MasterData.Code("ASN"), "Road Runner", Tracking: null, world.Clock.GetUtcNow().AddDays(1),
                [.. lines.Select(line => new AnnouncedLine(line.Line, "EA", line.Quantity, null, null, null))]),
            Lead)).Value.Shipment;
    }

    public static Task<Result<GoodsReceived>> ReceiveOfAsync(this StockWorld world, InboundShipmentId shipment, params IReadOnlyList<ReceivedGoods> goods) =>
        world.RunAsync(world.Receipt(goods) with { Shipment = shipment }, Receiver);

    public static Task<InboundShipment> ShipmentAsync(this StockWorld world, InboundShipmentId id) =>
        world.LookAsync(db => db.Set<InboundShipment>().SingleAsync(one => one.Id == id));

    public static async Task FinishAsync(this StockWorld world, InboundShipmentId id) =>
        (await world.RunAsync(new FinishShipment(id, (await world.ShipmentAsync(id)).Version), Receiver)).Error.ShouldBeNull();

    public static Task<List<Discrepancy>> DiscrepanciesAsync(this StockWorld world, PurchaseOrderLineId line) =>
        world.LookAsync(db => db.Set<Discrepancy>().Where(found => found.OrderLineId == line).OrderBy(found => found.FoundAt).ToListAsync());

    public static Task<HeldGoods> HeldAsync(this StockWorld world, HeldGoodsId id) =>
        world.LookAsync(db => db.Set<HeldGoods>().SingleAsync(one => one.Id == id));

    public static Task<ExceptionCase> CaseAsync(this StockWorld world, ExceptionCaseId id) =>
        world.LookAsync(db => db.Set<ExceptionCase>().SingleAsync(one => one.Id == id));
}
