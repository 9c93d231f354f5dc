using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Receiving;

/// <summary>Deliveries for tests, against orders that were made as people make them.</summary>
internal static class Docks
{
    public static Caller Receiver { get; } = Callers.Of(ActorKind.Human, "Rita Receiver", "receiving.receive", "exceptions.raise");

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
        new(world.Warehouse, world.Dock, "DN-1", HappenedAt: null, goods);

    public static Task<Result<GoodsReceived>> ReceiveAsync(this StockWorld world, params IReadOnlyList<ReceivedGoods> goods) =>
        world.RunAsync(world.Receipt(goods), Receiver);

    public static Task<PurchaseOrder> OrderAsync(this StockWorld world, PurchaseOrderId id) =>
        world.LookAsync(db => db.Set<PurchaseOrder>().SingleAsync(order => order.Id == id));

    public static Task<PurchaseOrderLine> OrderLineAsync(this StockWorld world, PurchaseOrderLineId id) =>
        world.LookAsync(db => db.Set<PurchaseOrderLine>().SingleAsync(line => line.Id == id));

    public static Task<decimal> AvailableAsync(this StockWorld world, ItemId item) => world.ScalarAsync<decimal>(
        $"select coalesce(sum(quantity), 0) from stock_bucket where item_id = '{item}' and condition = 'USABLE' and bucket <> 'ALLOCATED'");
}
