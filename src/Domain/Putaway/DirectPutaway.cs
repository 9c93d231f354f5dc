using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

/// <summary>
/// Directs goods that lie in a bin to where they are kept: by rules, with an explanation for every bin, and with the rest that no bin
/// takes as a case (PUT-01, PUT-03). Goods for which somebody waits go straight to where orders leave (RCV-11).
/// </summary>
[Needs("putaway.direct"), WithinRows]
[Refuses<InvalidField>, Refuses<BinNotFound>, Refuses<ItemNotFound>, Refuses<NothingToPutAway>]
public sealed record DirectPutaway(LegalEntityId LegalEntity, StockSpot Spot, decimal? Quantity) : ICommand<PutawayDirected>;

/// <summary>Directs what is still to be stored of a receipt line.</summary>
[Needs("putaway.direct"), WithinRows]
[Refuses<ReceiptLineNotFound>, Refuses<LineHasNothingToStore>, Refuses<NothingToPutAway>]
public sealed record DirectReceiptLine(ReceiptLineId Line) : ICommand<PutawayDirected>;

/// <param name="Item">What is put away.</param>
/// <param name="Directed">How many units have a bin.</param>
/// <param name="Rest">How many no bin takes.</param>
/// <param name="Tasks">The tasks, in the order in which bins were chosen.</param>
public sealed record PutawayDirected(ItemId Item, decimal Directed, decimal Rest, IReadOnlyList<WarehouseTaskId> Tasks)
{
    internal static PutawayDirected Of(ItemId item, IReadOnlyList<WarehouseTask> tasks) => new(
        item,
        tasks.Where(task => task.ToBinId is not null).Sum(task => task.Quantity),
        tasks.Where(task => task.ToBinId is null).Sum(task => task.Quantity),
        [.. tasks.Select(task => task.Id)]);
}

internal sealed class DirectPutawayHandler(PlatformDb db, PutawayDesk desk) : ICommandHandler<DirectPutaway, PutawayDirected>
{
    public async Task<Result<PutawayDirected>> HandleAsync(DirectPutaway command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Positive("quantity", command.Quantity, most: 1_000_000_000m, decimals: 6) is { } invalid)
        {
            return invalid;
        }

        var spot = command.Spot;
        if (await db.FindTaskBinAsync(spot.Bin, command.LegalEntity, ct) is not { } bin)
        {
            return new BinNotFound(spot.Bin);
        }

        if (!await db.IsItemKnownAsync(spot.Item, ct))
        {
            return new ItemNotFound(spot.Item);
        }

        var goods = new GoodsToPut(
            command.LegalEntity, bin.WarehouseId, spot.Bin, spot.Item, spot.Lot, spot.Serial, spot.HandlingUnit,
            spot.Owner ?? OwnerId.From(command.LegalEntity.Value), spot.Condition, ReceiptLine: null);
        await db.LockDirectionsAsync(bin.WarehouseId, ct);
        var (onHand, underWay) = await db.FindUndirectedAsync(goods, ct);
        var quantity = command.Quantity ?? onHand - underWay;
        return quantity <= 0m || quantity > onHand - underWay
            ? new NothingToPutAway(spot.Bin, spot.Item, spot.Condition, onHand, underWay)
            : PutawayDirected.Of(spot.Item, await desk.DirectAsync(goods, quantity, envelope, ct));
    }
}

internal sealed class DirectReceiptLineHandler(PlatformDb db, PutawayDesk desk, ReceiptLineDesk receipts)
    : ICommandHandler<DirectReceiptLine, PutawayDirected>
{
    public async Task<Result<PutawayDirected>> HandleAsync(DirectReceiptLine command, Envelope envelope, CancellationToken ct)
    {
        if (await receipts.LockAsync(command.Line, ct) is not { } arrived)
        {
            return new ReceiptLineNotFound(command.Line);
        }

        var line = arrived.Line;
        if (arrived.ToStore <= 0m)
        {
            return new LineHasNothingToStore(line.Id, line.State, arrived.ToStore);
        }

        await db.LockDirectionsAsync(arrived.Warehouse, ct);
        var goods = Goods(arrived);
        var (onHand, underWay) = await db.FindUndirectedAsync(goods, ct);
        var quantity = decimal.Min(arrived.ToStore - await db.SumOpenTasksAsync(line.Id, ct), onHand - underWay);
        return quantity <= 0m
            ? new NothingToPutAway(goods.Bin, goods.Item, goods.Condition, onHand, underWay)
            : PutawayDirected.Of(line.ItemId, await desk.DirectAsync(goods, quantity, envelope, ct));
    }

    private static GoodsToPut Goods(ArrivedLine arrived)
    {
        var line = arrived.Line;
        return new GoodsToPut(
            arrived.LegalEntity, arrived.Warehouse, line.BinId, line.ItemId, line.LotId, line.SerialId, HandlingUnit: null,
            OwnerId.From(arrived.LegalEntity.Value), arrived.IsReleasedByPutaway ? StockCondition.Receiving : StockCondition.Usable, line.Id);
    }
}
