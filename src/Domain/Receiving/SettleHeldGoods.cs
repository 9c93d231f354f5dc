using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;

namespace Platform.Domain.Receiving;

/// <summary>Gives held goods to somebody, who answers for them from now on.</summary>
[Needs("receiving.settle"), WithinRows]
[Refuses<InvalidField>, Refuses<HeldGoodsNotFound>, Refuses<StaleVersion>, Refuses<WrongHoldStatus>]
public sealed record AssignHeldGoods(HeldGoodsId HeldGoods, int Version, Guid Owner, string OwnerName) : ICommand<HeldGoodsMoved>;

/// <summary>Held goods are of an order after all: they come in against its line, and their case is closed.</summary>
[Needs("receiving.settle"), WithinRows]
[RefusesLike<PostReceipt>]
[Refuses<HeldGoodsNotFound>, Refuses<StaleVersion>, Refuses<WrongHoldStatus>, Refuses<ItemsDiffer>]
public sealed record MatchHeldGoods(HeldGoodsId HeldGoods, int Version, PurchaseOrderLineId OrderLine, string? Note)
    : ICommand<GoodsReceived>, IReasoned
{
    string? IReasoned.Reason => Note;
}

/// <summary>Makes an emergency order for held goods, to be agreed to as every order; once it is sent they are matched to it.</summary>
[Needs("purchasing.order")]
[RefusesLike<DraftOrder>]
[Refuses<HeldGoodsNotFound>, Refuses<StaleVersion>, Refuses<WrongHoldStatus>, Refuses<ItemNotKnown>]
public sealed record OrderHeldGoods(
    HeldGoodsId HeldGoods, int Version, SupplierId Supplier, string Currency, decimal UnitPrice, string Reason) : ICommand<HeldGoodsMoved>, IReasoned;

/// <summary>Held goods go back to whoever sent them.</summary>
[Needs("receiving.settle"), WithinRows]
[Refuses<InvalidField>, Refuses<HeldGoodsNotFound>, Refuses<StaleVersion>, Refuses<WrongHoldStatus>]
public sealed record ReturnHeldGoods(HeldGoodsId HeldGoods, int Version, string Reason) : ICommand<HeldGoodsMoved>, IReasoned;

/// <summary>Held goods were not taken from the carrier.</summary>
[Needs("receiving.settle"), WithinRows]
[Refuses<InvalidField>, Refuses<HeldGoodsNotFound>, Refuses<StaleVersion>, Refuses<WrongHoldStatus>]
public sealed record RefuseHeldGoods(HeldGoodsId HeldGoods, int Version, string Reason) : ICommand<HeldGoodsMoved>, IReasoned;

internal sealed class AssignHeldGoodsHandler(PlatformDb db) : ICommandHandler<AssignHeldGoods, HeldGoodsMoved>
{
    public async Task<Result<HeldGoodsMoved>> HandleAsync(AssignHeldGoods command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("ownerName", command.OwnerName, most: 200) is { } invalid)
        {
            return invalid;
        }

        // Whoever may still be returned to somebody may be given to somebody.
        var found = await db.LockHeldAsync(command.HeldGoods, command.Version, HoldStep.Return, ct);
        if (!found.Succeeded(out var held))
        {
            return found.Error!;
        }

        held.Assign(command.Owner, command.OwnerName);
        var moved = held.Moved(held.Status);
        db.Raise(moved);
        return moved;
    }
}

internal sealed class MatchHeldGoodsHandler(PlatformDb db, HeldGoodsMatching matching) : ICommandHandler<MatchHeldGoods, GoodsReceived>
{
    public async Task<Result<GoodsReceived>> HandleAsync(MatchHeldGoods command, Envelope envelope, CancellationToken ct)
    {
        if (Field.OptionalText("note", command.Note, most: 500) is { } invalid)
        {
            return invalid;
        }

        var found = await db.LockHeldAsync(command.HeldGoods, command.Version, HoldStep.Match, ct);
        return found.Succeeded(out var held)
            ? await matching.MatchAsync(held, command.OrderLine, agreedUpTo: null, command.Note, envelope, ct)
            : found.Error!;
    }
}

internal sealed class OrderHeldGoodsHandler(PlatformDb db, DraftOrderHandler drafting)
    : ICommandHandler<OrderHeldGoods, HeldGoodsMoved>
{
    public async Task<Result<HeldGoodsMoved>> HandleAsync(OrderHeldGoods command, Envelope envelope, CancellationToken ct)
    {
        var found = await db.LockHeldAsync(command.HeldGoods, command.Version, HoldStep.Order, ct);
        if (!found.Succeeded(out var held))
        {
            return found.Error!;
        }

        if (held.ItemId is not { } item)
        {
            return new ItemNotKnown(held.Id);
        }

        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var line = new OrderLine(item, held.Unit, held.Quantity, command.UnitPrice, today, OverPercent: 0m, UnderPercent: 0m);
        var drafted = await drafting.HandleAsync(
            new DraftOrder(held.LegalEntityId, held.WarehouseId, command.Supplier, OrderKind.Emergency, command.Currency, [line], command.Reason), envelope, ct);
        if (!drafted.Succeeded(out var order))
        {
            return drafted.Error!;
        }

        var from = held.Status;
        held.Order(order.Order);
        var moved = held.Moved(from);
        db.Raise(moved);
        return moved;
    }
}

internal sealed class ReturnHeldGoodsHandler(PlatformDb db, HeldGoodsMatching matching) : ICommandHandler<ReturnHeldGoods, HeldGoodsMoved>
{
    public Task<Result<HeldGoodsMoved>> HandleAsync(ReturnHeldGoods command, Envelope envelope, CancellationToken ct) =>
        matching.EndAsync(db.LockHeldAsync(command.HeldGoods, command.Version, HoldStep.Return, ct), HoldStep.Return, command.Reason, envelope, ct);
}

internal sealed class RefuseHeldGoodsHandler(PlatformDb db, HeldGoodsMatching matching) : ICommandHandler<RefuseHeldGoods, HeldGoodsMoved>
{
    public Task<Result<HeldGoodsMoved>> HandleAsync(RefuseHeldGoods command, Envelope envelope, CancellationToken ct) =>
        matching.EndAsync(db.LockHeldAsync(command.HeldGoods, command.Version, HoldStep.Refuse, ct), HoldStep.Refuse, command.Reason, envelope, ct);
}

/// <summary>Ends the wait of held goods, and with it their case and what was found about them.</summary>
internal sealed class HeldGoodsMatching(PlatformDb db, GoodsIn goodsIn, OrderDesk orders, Findings findings, CaseClosing closing)
{
    public async Task<Result<GoodsReceived>> MatchAsync(
        HeldGoods held, PurchaseOrderLineId line, decimal? agreedUpTo, string? note, Envelope envelope, CancellationToken ct)
    {
        var terms = (await orders.ReadAsync([line], ct)).GetValueOrDefault(line);
        if (terms is not null && held.ItemId is { } item && terms.Item != item)
        {
            return new ItemsDiffer(held.Id, item, terms.Item);
        }

        var received = await goodsIn.ReceiveAsync(
            new Delivery(
                held.WarehouseId, held.BinId, Shipment: null, held.DeliveryNote, held.ArrivedAt, envelope.Now, [held.Label().For(line)], agreedUpTo),
            envelope,
            ct);
        if (!received.Succeeded(out var goods))
        {
            return received.Error!;
        }

        if (goods.Receipt is { } receipt)
        {
            await CloseAsync(held, HoldStep.Match, receipt, note, envelope, ct);
        }

        return goods;
    }

    public async Task<Result<HeldGoodsMoved>> EndAsync(
        Task<Result<HeldGoods>> locking, HoldStep step, string reason, Envelope envelope, CancellationToken ct)
    {
        var found = await locking;
        if (Field.Text("reason", reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        return found.Succeeded(out var held) ? await CloseAsync(held, step, receipt: null, reason, envelope, ct) : found.Error!;
    }

    private async Task<HeldGoodsMoved> CloseAsync(
        HeldGoods held, HoldStep step, ReceiptId? receipt, string? note, Envelope envelope, CancellationToken ct)
    {
        var from = held.Status;
        held.Settle(step, receipt, note, envelope);
        var moved = held.Moved(from);
        db.Raise(moved);
        var settlement = step == HoldStep.Match ? Settlement.Accepted : Settlement.Returned;
        foreach (var found in await db.LockOpenDiscrepanciesAsync(held.CaseId, ct))
        {
            await findings.SettleAsync(found, settlement, note, envelope, ct);
        }

        await closing.SettleAsync(held.CaseId, Findings.OutcomeOf(settlement), note, envelope, ct);
        return moved;
    }
}
