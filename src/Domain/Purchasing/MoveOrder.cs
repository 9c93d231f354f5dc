using Npgsql;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Purchasing;

/// <summary>An order took a step; everything a list shows of it stands in the event.</summary>
public sealed record OrderMoved(
    PurchaseOrderId Order,
    string Number,
    OrderStep Step,
    OrderStatus From,
    OrderStatus To,
    int Revision,
    decimal Total,
    string Currency,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier,
    int Version,
    string? Reason) : IEvent
{
    public Subject Subject => new(nameof(PurchaseOrder), Order.Value);
}

/// <summary>Sends an approved order to its supplier, who is to answer within two days.</summary>
[Needs("purchasing.release")]
[Refuses<PurchaseOrderNotFound>, Refuses<StaleVersion>, Refuses<WrongOrderStatus>, Refuses<SupplierNotApproved>]
[Refuses<BudgetExceeded>]
public sealed record ReleaseOrder(PurchaseOrderId Order, int Version) : ICommand<OrderMoved>;

/// <summary>Calls an order off of which nothing has come yet.</summary>
[Needs("purchasing.order")]
[Refuses<InvalidField>, Refuses<PurchaseOrderNotFound>, Refuses<StaleVersion>, Refuses<WrongOrderStatus>, Refuses<GoodsCame>]
public sealed record CancelOrder(PurchaseOrderId Order, int Version, string Reason) : ICommand<OrderMoved>, IReasoned;

/// <summary>Closes an order: what has not come by now is no longer wanted.</summary>
[Needs("purchasing.order")]
[Refuses<InvalidField>, Refuses<PurchaseOrderNotFound>, Refuses<StaleVersion>, Refuses<WrongOrderStatus>]
public sealed record CloseOrder(PurchaseOrderId Order, int Version, string Reason) : ICommand<OrderMoved>, IReasoned;

/// <summary>Raises a case for every order that its supplier has not answered in time (PRC-13); run by a service.</summary>
[Needs("purchasing.watch")]
public sealed record ReportUnconfirmedOrders(int Most) : ICommand<UnconfirmedReported>;

public sealed record UnconfirmedReported(IReadOnlyList<PurchaseOrderId> Orders);

internal sealed class ReleaseOrderHandler(PlatformDb db, BudgetGuard budgets) : ICommandHandler<ReleaseOrder, OrderMoved>
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromHours(48);

    public async Task<Result<OrderMoved>> HandleAsync(ReleaseOrder command, Envelope envelope, CancellationToken ct)
    {
        var order = await db.LockOrderAsync(command.Order, ct);
        if (order is null)
        {
            return new PurchaseOrderNotFound(command.Order);
        }

        if (OrderSteps.Refuse(order, command.Version, OrderStep.Release) is { } refusal)
        {
            return refusal;
        }

        if ((await db.FindSupplierAsync(order.SupplierId, ct))!.RefuseOrders() is { } notApproved)
        {
            return notApproved;
        }

        // The budget may have become smaller while others decided.
        if (await budgets.RefuseAsync(order, DateOnly.FromDateTime(envelope.Now.UtcDateTime), ct) is { } overBudget)
        {
            return overBudget;
        }

        order.Release(envelope.Now + AnswersWithin, envelope.Now);
        var moved = order.Moved(OrderStep.Release, OrderStatus.Approved, reason: null);
        db.Raise(moved);
        await ResumeAsync(order, envelope, ct);
        return moved;
    }

    /// <summary>An order that was changed after part of it came is at once as far as its lines are.</summary>
    private async Task ResumeAsync(PurchaseOrder order, Envelope envelope, CancellationToken ct)
    {
        var lines = await db.LockOrderLinesAsync(order.Id, ct);
        if (lines.TrueForAll(line => line.Received == 0m))
        {
            return;
        }

        var step = lines.TrueForAll(line => line.Status is OrderLineStatus.Received or OrderLineStatus.Closed) ? OrderStep.ReceiveAll : OrderStep.Receive;
        order.Step(step, envelope.Now);
        db.Raise(order.Moved(step, OrderStatus.Released, reason: null));
    }
}

internal sealed class CancelOrderHandler(PlatformDb db) : ICommandHandler<CancelOrder, OrderMoved>
{
    public async Task<Result<OrderMoved>> HandleAsync(CancelOrder command, Envelope envelope, CancellationToken ct)
    {
        var ended = await db.EndOrderAsync((command.Order, command.Version, OrderStep.Cancel, command.Reason), envelope, ct);
        if (!ended.Succeeded(out var moved))
        {
            return ended.Error!;
        }

        // A change of the rest may wait to be agreed to: what came of the order stays bought.
        var lines = await db.LockOrderLinesAsync(command.Order, ct);
        return lines.Find(line => line.Received > 0m) is { } came
            ? new GoodsCame(command.Order, came.Line, came.Received, Asked: 0m)
            : moved;
    }
}

internal sealed class CloseOrderHandler(PlatformDb db) : ICommandHandler<CloseOrder, OrderMoved>
{
    public Task<Result<OrderMoved>> HandleAsync(CloseOrder command, Envelope envelope, CancellationToken ct) =>
        db.EndOrderAsync((command.Order, command.Version, OrderStep.Close, command.Reason), envelope, ct);
}

internal sealed class ReportUnconfirmedOrdersHandler(PlatformDb db, ExceptionDesk exceptions)
    : ICommandHandler<ReportUnconfirmedOrders, UnconfirmedReported>
{
    public async Task<Result<UnconfirmedReported>> HandleAsync(
        ReportUnconfirmedOrders command, Envelope envelope, CancellationToken ct)
    {
        var orders = await db.LockUnconfirmedOrdersAsync(envelope.Now, Math.Clamp(command.Most, 1, 500), ct);
        foreach (var order in orders)
        {
            order.MissConfirmation(envelope.Now);
            await exceptions.SignalAsync(
                new Signal
                {
                    Category = "UNCONFIRMED_PO",
                    CorrelationKey = $"UNCONFIRMED_PO/{order.Id}",
                    Title = $"Order {order.Number} is not confirmed",
                    Source = new Subject(nameof(PurchaseOrder), order.Id.Value),
                    SourceEvent = nameof(OrderMoved),
                    ServiceImpact = ServiceImpact.Delay,
                    ValueAtStake = order.Total,
                    Currency = order.CurrencyCode,
                    LegalEntity = order.LegalEntityId,
                    Warehouse = order.WarehouseId,
                    Supplier = order.SupplierId,
                    Facts = [new CaseFact("released", order.ReleasedAt!.Value.ToString("O")), new CaseFact("due", order.ConfirmBy!.Value.ToString("O"))],
                },
                envelope,
                ct);
        }

        return new UnconfirmedReported(orders.ConvertAll(order => order.Id));
    }
}

internal static class OrderEnds
{
    public static async Task<Result<OrderMoved>> EndOrderAsync(
        this PlatformDb db, (PurchaseOrderId Order, int Version, OrderStep Step, string Reason) end, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", end.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var order = await db.LockOrderAsync(end.Order, ct);
        if (order is null)
        {
            return new PurchaseOrderNotFound(end.Order);
        }

        if (OrderSteps.Refuse(order, end.Version, end.Step) is { } refusal)
        {
            return refusal;
        }

        foreach (var line in await db.LockOrderLinesAsync(order.Id, ct))
        {
            line.Close();
        }

        var from = order.Status;
        order.End(end.Step, end.Reason, envelope.Now);
        var moved = order.Moved(end.Step, from, end.Reason);
        db.Raise(moved);
        return moved;
    }
}

/// <summary>Asks cheaply whether an answer is overdue, so that a quiet night writes no audit rows.</summary>
public static class OrderClocks
{
    private const string Due =
        "select exists (select from purchase_order where confirm_by < $1 and status = 'RELEASED' and unconfirmed_since is null)";

    public static async Task<bool> AreDueAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var ask = source.CreateCommand(Due);
        ask.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return await ask.ExecuteScalarAsync(ct) is true;
    }
}
