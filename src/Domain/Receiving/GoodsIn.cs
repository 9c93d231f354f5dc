using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>What stands at the dock, as it was told; every line names what it was ordered on.</summary>
/// <param name="Warehouse">Where.</param>
/// <param name="Bin">In which bin it stands.</param>
/// <param name="Shipment">The shipment that it came with, where one was announced.</param>
/// <param name="DeliveryNote">What the paper says.</param>
/// <param name="ArrivedAt">When it stood at the dock; null where the shipment or the count says it.</param>
/// <param name="HappenedAt">When it was counted.</param>
/// <param name="Lines">What came.</param>
/// <param name="AgreedUpTo">The total of the one line up to which others agreed to take more.</param>
internal sealed record Delivery(
    WarehouseId Warehouse, BinId Bin, InboundShipmentId? Shipment, string? DeliveryNote, DateTimeOffset? ArrivedAt, DateTimeOffset HappenedAt,
    IReadOnlyList<ReceivedGoods> Lines, decimal? AgreedUpTo);

/// <summary>
/// Takes goods in, for every command that does. It locks in one order for everybody: the shipment with its lines, orders with their
/// lines, items of serials, then what the ledger locks.
/// </summary>
internal sealed class GoodsIn(PlatformDb db, OrderDesk orders, CountingGoods counting, ReceiptPoster poster, Findings findings)
{
    public const int MostLines = 5000;

    public async Task<Result<GoodsReceived>> ReceiveAsync(Delivery delivery, Envelope envelope, CancellationToken ct)
    {
        var opened = await OpenAsync(delivery, ct);
        if (!opened.Succeeded(out var shipment))
        {
            return opened.Error!;
        }

        var locked = await orders.LockAsync([.. delivery.Lines.Select(line => line.OrderLine)], ct);
        if (RefuseOrders(delivery, shipment.Shipment, locked) is { } refusal)
        {
            return refusal;
        }

        var counted = await counting.CountAsync(delivery, locked, envelope, ct);
        if (!counted.Succeeded(out var goods))
        {
            return counted.Error!;
        }

        var held = await findings.HoldSurplusAsync(delivery, goods.Surplus, envelope, ct);
        if (goods.Counted.Count == 0)
        {
            return GoodsReceived.Waiting(held);
        }

        var receipt = await CountAsync(delivery, shipment, goods.Counted, envelope, ct);
        shipment.Receive(db, receipt.Lines);
        if (receipt.Receipt.NeedsValidation)
        {
            db.Raise(ReceiptCounted.Of(receipt.Receipt, receipt.Lines), receipt.Receipt.HappenedAt);
            return GoodsReceived.Of(receipt.Receipt, receipt.Lines, held);
        }

        if (await poster.PostAsync(receipt, shipment.Shipment?.Risk, envelope, ct) is { } notPosted)
        {
            return notPosted;
        }

        await findings.AfterPostingAsync(receipt, shipment.Shipment, envelope, ct);
        return GoodsReceived.Of(receipt.Receipt, receipt.Lines, held);
    }

    private async Task<Result<OpenedShipment>> OpenAsync(Delivery delivery, CancellationToken ct)
    {
        if (delivery.Shipment is not { } id)
        {
            return OpenedShipment.None;
        }

        var shipment = await db.LockShipmentAsync(id, ct);
        if (shipment is null || shipment.WarehouseId != delivery.Warehouse)
        {
            return new ShipmentNotFound(id);
        }

        return ShipmentSteps.RefuseStep(shipment, ShipmentStep.Receive) is { } wrong
            ? wrong
            : new OpenedShipment(shipment, await db.LockShipmentLinesAsync(id, ct));
    }

    private async Task<CountedReceipt> CountAsync(
        Delivery delivery, OpenedShipment shipment, IReadOnlyList<CountedGoods> goods, Envelope envelope, CancellationToken ct)
    {
        var order = goods[0].Ordered;
        var arrived = delivery.ArrivedAt ?? shipment.Shipment?.ArrivedAt ?? delivery.HappenedAt;
        var receipt = Receipt.Count(
            new ReceiptId(Guid.CreateVersion7(envelope.Now)),
            await db.NextReceiptNumberAsync(ct),
            new Arrival(
                order.LegalEntity, order.Warehouse, order.Supplier, delivery.Bin, shipment.Shipment?.Id, shipment.Shipment?.IsHighRisk is true,
                delivery.DeliveryNote, arrived < delivery.HappenedAt ? arrived : delivery.HappenedAt, delivery.HappenedAt),
            envelope);
        var lines = goods.Select((one, at) => ReceiptLine.Count(
            new ReceiptLineId(Guid.CreateVersion7(envelope.Now)), receipt, at + 1, one, shipment.LineFor(one))).ToList();
        db.Add(receipt);
        db.AddRange(lines);
        return new CountedReceipt(receipt, lines, goods.DistinctBy(one => one.Ordered.Id).ToDictionary(one => one.Ordered.Id, one => one.Most));
    }

    private static DomainError? RefuseOrders(
        Delivery delivery, InboundShipment? shipment, Dictionary<PurchaseOrderLineId, OrderLineTerms> locked)
    {
        var supplier = shipment?.SupplierId;
        foreach (var line in delivery.Lines)
        {
            if (!locked.TryGetValue(line.OrderLine, out var ordered))
            {
                return new OrderLineNotFound(line.OrderLine);
            }

            if (ordered.Warehouse != delivery.Warehouse)
            {
                return new OrderForAnotherWarehouse(ordered.Order, ordered.Warehouse, delivery.Warehouse);
            }

            if ((supplier ??= ordered.Supplier) != ordered.Supplier)
            {
                return new SeveralSuppliers(supplier.Value, ordered.Supplier);
            }
        }

        return null;
    }
}

/// <summary>A receipt with its lines, and up to which total each line of an order may be received.</summary>
internal sealed record CountedReceipt(Receipt Receipt, List<ReceiptLine> Lines, IReadOnlyDictionary<PurchaseOrderLineId, decimal> Most);

/// <summary>A shipment that is being received, with its lines; or none.</summary>
internal sealed record OpenedShipment(InboundShipment? Shipment, List<InboundShipmentLine> Lines)
{
    public static OpenedShipment None { get; } = new(Shipment: null, []);

    /// <summary>The announced line that goods are of: the same lot first, then whatever still misses some.</summary>
    public InboundShipmentLine? LineFor(CountedGoods goods) =>
        Lines.Where(line => line.OrderLineId == goods.Ordered.Id)
            .OrderByDescending(line => line.LotCode is not null && string.Equals(line.LotCode, goods.LotCode, StringComparison.Ordinal))
            .ThenByDescending(line => line.Missing > 0m)
            .ThenBy(line => line.Line)
            .FirstOrDefault();

    public void Receive(PlatformDb db, IReadOnlyList<ReceiptLine> lines)
    {
        if (Shipment is null)
        {
            return;
        }

        foreach (var line in lines.Where(line => line.ShipmentLineId is not null))
        {
            Lines.Single(one => one.Id == line.ShipmentLineId).Receive(
                line.Quantity, line.Condition == ReceivedCondition.Damaged ? line.Quantity : 0m);
        }

        var from = Shipment.Status;
        Shipment.Step(ShipmentStep.Receive);
        db.Raise(Shipment.Moved(ShipmentStep.Receive, from, reason: null));
    }
}
