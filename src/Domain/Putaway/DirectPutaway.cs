using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Receiving;
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

/// <summary>
/// Directs what is still to be stored of a receipt line, at once. It happens by itself a moment after goods may be carried, unless the
/// rules leave it to people; what is directed already is answered as it is.
/// </summary>
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

internal sealed class DirectReceiptLineHandler(ReceiptLineDirecting directing, ReceiptLineDesk receipts)
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

        var directed = await directing.DirectAsync(arrived, envelope, ct);
        return directed.Tasks.Count == 0
            ? new NothingToPutAway(line.BinId, line.ItemId, line.AcceptedAs(), directed.OnHand, directed.UnderWay)
            : PutawayDirected.Of(line.ItemId, directed.Tasks);
    }
}

/// <summary>
/// Looks for bins for lines whose goods may be carried and that nobody has directed yet; run by a service. Where the rules say that
/// people direct, it leaves them to people.
/// </summary>
[Needs("putaway.watch")]
public sealed record DirectArrivals(int Most) : ICommand<ArrivalsDirected>;

/// <param name="Tasks">The tasks that were made.</param>
public sealed record ArrivalsDirected(IReadOnlyList<WarehouseTaskId> Tasks);

internal sealed class DirectArrivalsHandler(PlatformDb db, ReceiptLineDirecting directing, PutawayDesk desk, ReceiptLineDesk receipts)
    : ICommandHandler<DirectArrivals, ArrivalsDirected>
{
    public async Task<Result<ArrivalsDirected>> HandleAsync(DirectArrivals command, Envelope envelope, CancellationToken ct)
    {
        var waiting = await receipts.LockUndirectedAsync(Math.Clamp(command.Most, 1, 500), ct);
        var byHand = (await desk.RulesAsync(envelope.Now, ct)).Body.ByHand is true;
        var tasks = new List<WarehouseTaskId>();
        foreach (var arrived in waiting)
        {
            if (byHand)
            {
                arrived.Line.Direct();
                continue;
            }

            var known = await db.FindOpenTasksAsync(arrived.Line.Id, ct);
            // Where nothing is there any more somebody was faster; they are not asked again and again.
            var directed = await directing.DirectAsync(arrived, envelope, ct);
            tasks.AddRange(directed.Tasks.Select(task => task.Id).Except(known));
        }

        return new ArrivalsDirected(tasks);
    }
}

/// <summary>The open tasks of a line; how much lay there, and how much of that was on its way already.</summary>
internal sealed record DirectedLine(IReadOnlyList<WarehouseTask> Tasks, decimal OnHand, decimal UnderWay);

/// <summary>Directs what may be carried of a receipt line, once: what is directed already is answered as it is.</summary>
internal sealed class ReceiptLineDirecting(PlatformDb db, PutawayDesk desk)
{
    public async Task<DirectedLine> DirectAsync(ArrivedLine arrived, Envelope envelope, CancellationToken ct)
    {
        arrived.Line.Direct();
        await db.LockDirectionsAsync(arrived.Warehouse, ct);
        var (line, goods) = (arrived.Line, Goods(arrived));
        var (onHand, underWay) = await db.FindUndirectedAsync(goods, ct);
        var quantity = decimal.Min(arrived.ToStore - await db.SumOpenTasksAsync(line.Id, ct), onHand - underWay);
        if (quantity > 0m)
        {
            return new DirectedLine(await desk.DirectAsync(goods, quantity, envelope, ct), onHand, underWay);
        }

        return new DirectedLine(await db.LockOpenTasksAsync([line.Id], ct), onHand, underWay);
    }

    private static GoodsToPut Goods(ArrivedLine arrived)
    {
        var line = arrived.Line;
        return new GoodsToPut(
            arrived.LegalEntity, arrived.Warehouse, line.BinId, line.ItemId, line.LotId, line.SerialId, HandlingUnit: null,
            OwnerId.From(arrived.LegalEntity.Value), line.AcceptedAs(), line.Id);
    }
}
