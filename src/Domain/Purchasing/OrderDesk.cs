using System.Collections.Frozen;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Purchasing;

/// <summary>What happened to goods of a line.</summary>
public enum LineDeed
{
    Receive,

    /// <summary>The receipt was a mistake.</summary>
    UndoReceipt,

    /// <summary>They went back, and others are to come for them.</summary>
    ReturnForReplacement,

    /// <summary>They went back for good.</summary>
    ReturnForCredit,
    Invoice,

    /// <summary>The invoice was a mistake.</summary>
    UndoInvoice,
    Credit,

    /// <summary>What is missing is still to come, on another day.</summary>
    AwaitRest,

    /// <summary>What is missing is no longer wanted.</summary>
    CancelRest,
}

/// <summary>A deed to be recorded, in base units.</summary>
/// <param name="Line">The line of an order.</param>
/// <param name="Deed">What happened.</param>
/// <param name="Quantity">How much of it.</param>
/// <param name="UpTo">The highest total that the caller's rules allow; null when the line's own tolerance holds.</param>
public sealed record LineRecord(PurchaseOrderLineId Line, LineDeed Deed, decimal Quantity, decimal? UpTo)
{
    /// <summary>When it happened, where that is earlier than its recording.</summary>
    public DateTimeOffset? HappenedAt { get; init; }
}

/// <summary>A line as those see it who receive its goods and pay for them.</summary>
public sealed record OrderLineTerms
{
    public required PurchaseOrderLineId Id { get; init; }

    public required PurchaseOrderId Order { get; init; }

    public required string Number { get; init; }

    public required OrderKind Kind { get; init; }

    public required OrderStatus OrderStatus { get; init; }

    public required int Line { get; init; }

    public required OrderLineStatus Status { get; init; }

    public required LegalEntityId LegalEntity { get; init; }

    public required WarehouseId Warehouse { get; init; }

    public required SupplierId Supplier { get; init; }

    public required ItemId Item { get; init; }

    public required string Unit { get; init; }

    public required string Currency { get; init; }

    /// <summary>What one of the line's unit costs.</summary>
    public required decimal UnitPrice { get; init; }

    public required decimal Quantity { get; init; }

    public required decimal BaseQuantity { get; init; }

    public required decimal OverPercent { get; init; }

    public required decimal UnderPercent { get; init; }

    /// <summary>What is expected now: as confirmed, or else as asked for.</summary>
    public required DateOnly ExpectedOn { get; init; }

    public required decimal Received { get; init; }

    public required decimal Returned { get; init; }

    public required decimal Invoiced { get; init; }

    public required decimal Credited { get; init; }

    /// <summary>What is still to come, in base units.</summary>
    public required decimal Open { get; init; }

    /// <summary>The highest total of received goods that the line's tolerance allows, in base units.</summary>
    public required decimal Most { get; init; }

    /// <summary>What one base unit costs, exactly; whoever keeps it rounds it.</summary>
    public decimal BaseUnitPrice => UnitPrice * Quantity / BaseQuantity;

    /// <summary>What came and stayed, and was not charged yet.</summary>
    public decimal Uninvoiced => Received - Returned - (Invoiced - Credited);

    internal static OrderLineTerms Of(PurchaseOrder order, PurchaseOrderLine line) => new()
    {
        Id = line.Id,
        Order = order.Id,
        Number = order.Number,
        Kind = order.Kind,
        OrderStatus = order.Status,
        Line = line.Line,
        Status = line.Status,
        LegalEntity = order.LegalEntityId,
        Warehouse = order.WarehouseId,
        Supplier = order.SupplierId,
        Item = line.ItemId,
        Unit = line.Unit,
        Currency = order.CurrencyCode,
        UnitPrice = line.UnitPrice,
        Quantity = line.Quantity,
        BaseQuantity = line.BaseQuantity,
        OverPercent = line.OverPercent,
        UnderPercent = line.UnderPercent,
        ExpectedOn = line.ConfirmedOn ?? line.ExpectedOn,
        Received = line.Received,
        Returned = line.Returned,
        Invoiced = line.Invoiced,
        Credited = line.Credited,
        Open = line.Open,
        Most = line.Most,
    };
}

/// <summary>Goods of a line came, went back or were charged.</summary>
public sealed record OrderLineRecorded(
    PurchaseOrderId Order,
    PurchaseOrderLineId LineId,
    int Line,
    LineDeed Deed,
    decimal Quantity,
    decimal Received,
    decimal Returned,
    decimal Invoiced,
    decimal Open,
    OrderLineStatus LineStatus,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier) : IEvent
{
    public Subject Subject => new(nameof(PurchaseOrder), Order.Value);
}

/// <summary>
/// Where receiving and finance say, in their own transaction, what became of lines; the state of lines and orders follows. The
/// orders and lines stay locked until the commit, so two who record at once find each other's quantities.
/// </summary>
public sealed class OrderDesk(PlatformDb db)
{
    // What came can be charged and sent back after the order was closed; nothing comes on it any more.
    private static readonly FrozenSet<OrderStatus> Receiving =
        FrozenSet.Create([OrderStatus.Released, OrderStatus.Acknowledged, OrderStatus.PartiallyReceived, OrderStatus.Received]);

    // What came is charged also while a change of the rest waits to be agreed to.
    private static readonly FrozenSet<OrderStatus> Settling = FrozenSet.Create(
        [.. Receiving, OrderStatus.Closed, OrderStatus.Draft, OrderStatus.PendingApproval, OrderStatus.Approved]);

    /// <summary>The lines as they stand, without a lock; lines that are not there are missing from the answer.</summary>
    public Task<Dictionary<PurchaseOrderLineId, OrderLineTerms>> ReadAsync(IReadOnlyCollection<PurchaseOrderLineId> lines, CancellationToken ct) =>
        db.ReadOrderLinesAsync(lines, ct);

    /// <summary>All lines of an order as they stand, without a lock.</summary>
    public Task<List<OrderLineTerms>> ReadAsync(PurchaseOrderId order, CancellationToken ct) => db.ReadOrderAsync(order, ct);

    /// <summary>The lines, locked with their orders until the commit: for who decides by them before recording.</summary>
    public async Task<Dictionary<PurchaseOrderLineId, OrderLineTerms>> LockAsync(
        IReadOnlyCollection<PurchaseOrderLineId> lines, CancellationToken ct)
    {
        var (orders, locked) = await db.LockOrdersOfLinesAsync(lines, ct);
        return lines.Distinct().Where(locked.ContainsKey)
            .ToDictionary(id => id, id => OrderLineTerms.Of(orders[locked[id].OrderId], locked[id]));
    }

    /// <summary>Records what happened, all or nothing, and answers the lines as they stand then.</summary>
    public async Task<Result<IReadOnlyList<OrderLineTerms>>> RecordAsync(
        IReadOnlyList<LineRecord> records, Envelope envelope, CancellationToken ct)
    {
        var (orders, lines) = await db.LockOrdersOfLinesAsync(records.Select(record => record.Line).ToHashSet(), ct);
        if (records.Select(record => Refuse(record, orders, lines)).FirstOrDefault(found => found is not null) is { } refusal)
        {
            return refusal;
        }

        foreach (var record in records)
        {
            var line = lines[record.Line];
            // Several records of one line add up: each is judged by what the ones before it left.
            if (line.Refuse(record) is { } beyond)
            {
                return beyond;
            }

            line.Record(record);
            if (record.Deed == LineDeed.Receive)
            {
                db.Add(LeadTimeObservation.Of(orders[line.OrderId], line, record, envelope));
            }

            db.Raise(Recorded(orders[line.OrderId], line, record));
        }

        foreach (var order in orders.Values)
        {
            Follow(order, [.. lines.Values.Where(line => line.OrderId == order.Id)], records, envelope);
        }

        return Result.Of<IReadOnlyList<OrderLineTerms>>(
            [.. records.Select(record => lines[record.Line]).Distinct().Select(line => OrderLineTerms.Of(orders[line.OrderId], line))]);
    }

    /// <summary>What is missing of a line is expected on another day.</summary>
    public Task<DomainError?> AwaitRestAsync(PurchaseOrderLineId id, DateOnly on, Envelope envelope, CancellationToken ct) =>
        SettleRestAsync(id, LineDeed.AwaitRest, line => line.Expect(on), envelope, ct);

    /// <summary>
    /// What is missing of a line no longer comes. An order of which nothing came is called off whole, and not by its lines.
    /// </summary>
    public Task<DomainError?> CancelRestAsync(PurchaseOrderLineId id, Envelope envelope, CancellationToken ct) =>
        SettleRestAsync(id, LineDeed.CancelRest, line => line.Close(), envelope, ct);

    private async Task<DomainError?> SettleRestAsync(
        PurchaseOrderLineId id, LineDeed deed, Action<PurchaseOrderLine> change, Envelope envelope, CancellationToken ct)
    {
        var (orders, lines) = await db.LockOrdersOfLinesAsync([id], ct);
        if (!lines.TryGetValue(id, out var line))
        {
            return new OrderLineNotFound(id);
        }

        var order = orders[line.OrderId];
        if (deed == LineDeed.CancelRest ? order.Status is not (OrderStatus.PartiallyReceived or OrderStatus.Received) : !Receiving.Contains(order.Status))
        {
            return new OrderNotOpenTo(order.Id, id, deed, order.Status);
        }

        if (line.Open == 0m)
        {
            return null;
        }

        var record = new LineRecord(id, deed, line.Open, UpTo: null);
        change(line);
        db.Raise(Recorded(order, line, record));
        Follow(order, [.. lines.Values], [record], envelope);
        return null;
    }

    private static DomainError? Refuse(
        LineRecord record, Dictionary<PurchaseOrderId, PurchaseOrder> orders, Dictionary<PurchaseOrderLineId, PurchaseOrderLine> lines)
    {
        if (record.Quantity <= 0m)
        {
            throw new InvalidOperationException($"A record of {record.Quantity} on order line {record.Line} is none.");
        }

        if (!lines.TryGetValue(record.Line, out var line))
        {
            return new OrderLineNotFound(record.Line);
        }

        var status = orders[line.OrderId].Status;
        var open = record.Deed is LineDeed.Receive or LineDeed.UndoReceipt or LineDeed.ReturnForReplacement ? Receiving : Settling;
        var isBegun = line.Received > 0m || Receiving.Contains(status) || status == OrderStatus.Closed;
        return open.Contains(status) && isBegun ? null : new OrderNotOpenTo(line.OrderId, record.Line, record.Deed, status);
    }

    private void Follow(
        PurchaseOrder order, IReadOnlyList<PurchaseOrderLine> lines, IReadOnlyList<LineRecord> records, Envelope envelope)
    {
        var from = order.Status;
        var deeds = records.Where(record => lines.Any(line => line.Id == record.Line)).Select(record => record.Deed).ToHashSet();
        if (from != OrderStatus.Closed && deeds.Overlaps([LineDeed.Receive, LineDeed.UndoReceipt, LineDeed.ReturnForReplacement, LineDeed.CancelRest]))
        {
            var step = StepOf(order, lines);
            order.Step(step, envelope.Now);
            db.Raise(order.Moved(step, from, reason: null));
        }

        if (order.Status == OrderStatus.Received && lines.All(line => line.IsSettled))
        {
            order.End(OrderStep.Close, "received and charged", envelope.Now);
            db.Raise(order.Moved(OrderStep.Close, OrderStatus.Received, order.EndReason));
            foreach (var line in lines)
            {
                line.Close();
            }
        }
    }

    private static OrderStep StepOf(PurchaseOrder order, IReadOnlyList<PurchaseOrderLine> lines)
    {
        if (lines.All(line => line.Received == 0m))
        {
            return order.AcknowledgedAt is null ? OrderStep.UnreceiveReleased : OrderStep.UnreceiveAcknowledged;
        }

        if (lines.All(line => line.Status is OrderLineStatus.Received or OrderLineStatus.Closed))
        {
            return OrderStep.ReceiveAll;
        }

        return order.Status == OrderStatus.Received ? OrderStep.Unreceive : OrderStep.Receive;
    }

    private static OrderLineRecorded Recorded(PurchaseOrder order, PurchaseOrderLine line, LineRecord record) => new(
        order.Id, line.Id, line.Line, record.Deed, record.Quantity, line.Received, line.Returned, line.Invoiced, line.Open, line.Status,
        order.LegalEntityId, order.WarehouseId, order.SupplierId);
}
