using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>What stands at the dock, as it was told; every line names what it was ordered on.</summary>
internal sealed record Delivery(
    WarehouseId Warehouse, BinId Bin, string? DeliveryNote, DateTimeOffset ArrivedAt, DateTimeOffset HappenedAt, IReadOnlyList<ReceivedGoods> Lines);

/// <summary>
/// Takes goods in, for every command that does. It locks in one order for everybody: orders with their lines, items of serials, then
/// what the ledger locks.
/// </summary>
internal sealed class GoodsIn(PlatformDb db, OrderDesk orders, CountingGoods counting, StockPoster poster)
{
    public const int MostLines = 5000;

    public async Task<Result<GoodsReceived>> ReceiveAsync(Delivery delivery, Envelope envelope, CancellationToken ct)
    {
        var locked = await orders.LockAsync([.. delivery.Lines.Select(line => line.OrderLine)], ct);
        if (RefuseOrders(delivery, locked) is { } refusal)
        {
            return refusal;
        }

        var counted = await counting.CountAsync(delivery, locked, envelope, ct);
        if (!counted.Succeeded(out var goods))
        {
            return counted.Error!;
        }

        if (RefuseOver(goods) is { } over)
        {
            return over;
        }

        var order = goods[0].Ordered;
        var receipt = Receipt.Count(
            new ReceiptId(Guid.CreateVersion7(envelope.Now)),
            await db.NextReceiptNumberAsync(ct),
            new Arrival(
                order.LegalEntity, order.Warehouse, order.Supplier, delivery.Bin, delivery.DeliveryNote, delivery.ArrivedAt,
                delivery.HappenedAt),
            envelope);
        var lines = goods.Select((one, at) => ReceiptLine.Count(new ReceiptLineId(Guid.CreateVersion7(envelope.Now)), receipt, at + 1, one)).ToList();
        db.Add(receipt);
        db.AddRange(lines);
        return await PostAsync(receipt, lines, envelope, ct) is { } notPosted
            ? notPosted
            : new GoodsReceived(receipt.Id, receipt.Number, receipt.Status, receipt.PostingId, lines.Count, PostedReceiptLine.Of(lines));
    }

    /// <summary>Stock, what we owe for it, and what is still open of the orders, together.</summary>
    private async Task<DomainError?> PostAsync(Receipt receipt, List<ReceiptLine> lines, Envelope envelope, CancellationToken ct)
    {
        var records = lines.GroupBy(line => line.OrderLineId)
            .Select(line => new LineRecord(line.Key, LineDeed.Receive, line.Sum(one => one.Quantity), UpTo: null)).ToList();
        var recorded = await orders.RecordAsync(records, envelope, ct);
        if (recorded.Error is { } refusal)
        {
            return refusal;
        }

        var prepared = await poster.PrepareAsync(Request(receipt, lines, envelope), envelope, ct);
        if (!prepared.Succeeded(out var ready))
        {
            return prepared.Error;
        }

        var movements = ready.Plan.Movements.ToDictionary(movement => movement.Line.DocumentLine!.Value);
        foreach (var line in lines)
        {
            var movement = movements[line.Id.Value];
            line.Post(ready.Plan.Id, movement.Id, Accrued(movement), envelope.Now);
        }

        receipt.Post(ready.Plan.Id, envelope.Now);
        poster.WriteLast(ready);
        poster.Raise(ready.Plan);
        db.Raise(ReceiptPosted.Of(receipt, lines), receipt.HappenedAt);
        return null;
    }

    private static PostingRequest Request(Receipt receipt, IEnumerable<ReceiptLine> lines, Envelope envelope) => new()
    {
        LegalEntity = receipt.LegalEntityId,
        Document = new StockDocument(nameof(Receipt), receipt.Number, receipt.Id.Value),
        OccurredAt = receipt.HappenedAt < envelope.Now ? receipt.HappenedAt : null,
        Lines =
        [
            .. lines.Select(line => new MovementLine
            {
                Type = MovementType.Receipt,
                Item = line.ItemId,
                From = Place.Supplier,
                To = Place.In(line.BinId, line.Arrives()),
                Quantity = line.Quantity,
                Weight = line.Weight,
                Lot = line.LotId,
                Serial = line.SerialId,
                UnitCost = line.UnitCost,
                DocumentLine = line.Id.Value,
                Partner = PartnerId.From(receipt.SupplierId.Value),
            }),
        ],
    };

    /// <summary>What the journal owes the supplier for the movement; a difference to a standard cost is not part of it.</summary>
    private static decimal Accrued(PlannedMovement movement) =>
        movement.Value?.Journal.Sum(move =>
            (move.Credit == AccountRole.GoodsReceivedNotInvoiced ? move.Amount : 0m)
            - (move.Debit == AccountRole.GoodsReceivedNotInvoiced ? move.Amount : 0m)) ?? 0m;

    private static DomainError? RefuseOrders(Delivery delivery, Dictionary<PurchaseOrderLineId, OrderLineTerms> locked)
    {
        SupplierId? supplier = null;
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

    private static OverReceipt? RefuseOver(IReadOnlyList<CountedGoods> goods) =>
        goods.GroupBy(one => one.Ordered)
            .Select(line => (Ordered: line.Key, Arriving: line.Sum(one => one.Quantity)))
            .Where(line => line.Ordered.Received + line.Arriving > line.Ordered.Most)
            .Select(line => new OverReceipt(line.Ordered.Id, line.Ordered.BaseQuantity, line.Ordered.Received, line.Arriving, line.Ordered.Most))
            .FirstOrDefault();
}
