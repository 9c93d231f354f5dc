using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>A receipt line came further: it was judged, stored, sent back or taken back.</summary>
public sealed record ReceiptLineMoved(
    ReceiptLineId ReceiptLine,
    ReceiptId Receipt,
    ItemId Item,
    ReceiptLineState State,
    decimal Quantity,
    decimal Available,
    decimal PutAway,
    decimal Rejected,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId? Supplier) : IEvent
{
    public Subject Subject => new(nameof(Receiving.ReceiptLine), ReceiptLine.Value);

    internal static ReceiptLineMoved Of(ReceiptLine line, WarehouseId warehouse, LegalEntityId entity, SupplierId? supplier) => new(
        line.Id, line.ReceiptId, line.ItemId, line.State, line.Quantity, line.Available, line.PutAway, line.Rejected, entity, warehouse, supplier);
}

/// <summary>A receipt line as those see it who carry its goods on and pay for them.</summary>
public sealed record ArrivedLine(ReceiptLine Line, WarehouseId Warehouse, LegalEntityId LegalEntity, SupplierId Supplier)
{
    /// <summary>Its goods are not available before they are put away.</summary>
    public bool IsReleasedByPutaway => Line.ReleasePoint == ReleasePoint.AfterPutaway;

    /// <summary>What is still to be carried to where it is kept.</summary>
    public decimal ToStore => Line.State == ReceiptLineState.PutawayPending ? Line.ToStore : 0m;
}

/// <summary>Where those who stand downstream say, in their own transaction, how far the goods of a line have come.</summary>
public sealed class ReceiptLineDesk(PlatformDb db)
{
    /// <summary>Asked before the service runs: whether goods wait for which nobody has looked for bins.</summary>
    public static async Task<bool> IsAnyUndirectedAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var ask = source.CreateCommand(
            "select exists (select from receipt_line where state = 'PUTAWAY_PENDING' and directed < accepted - withheld)");
        return await ask.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>The line, locked until the commit; null when there is none.</summary>
    public async Task<ArrivedLine?> LockAsync(ReceiptLineId id, CancellationToken ct)
    {
        var line = await db.LockReceiptLineAsync(id, ct);
        if (line is null)
        {
            return null;
        }

        var receipt = await db.Set<Receipt>().AsNoTracking().SingleAsync(one => one.Id == line.ReceiptId, ct);
        return new ArrivedLine(line, receipt.WarehouseId, receipt.LegalEntityId, receipt.SupplierId);
    }

    /// <summary>
    /// Lines of one site, locked, whose goods may be carried and for which nobody has looked for bins yet; those that others are
    /// just looking at are passed over.
    /// </summary>
    public async Task<IReadOnlyList<ArrivedLine>> LockUndirectedAsync(int most, CancellationToken ct)
    {
        var lines = await db.LockUndirectedLinesAsync(most, ct);
        var ids = lines.Select(line => line.ReceiptId).Distinct().ToList();
        var receipts = await db.Set<Receipt>().AsNoTracking().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        return lines.ConvertAll(line =>
        {
            var receipt = receipts[line.ReceiptId];
            return new ArrivedLine(line, receipt.WarehouseId, receipt.LegalEntityId, receipt.SupplierId);
        });
    }

    /// <summary>
    /// So much of it lies where it is kept now. Where its release waits for that, it is available from now on: whoever stored it has
    /// made its stock usable in the same transaction. Null, or why it could not be stored.
    /// </summary>
    public WrongReceiptLineState? Store(ArrivedLine arrived, decimal quantity, Envelope envelope)
    {
        var line = arrived.Line;
        if (ReceiptLineSteps.Refuse(line, ReceiptLineStep.Stock) is { } wrong)
        {
            return wrong;
        }

        if (quantity > arrived.ToStore)
        {
            throw new InvalidOperationException($"{quantity} of receipt line {line.Id} were stored; {arrived.ToStore} were there.");
        }

        line.Store(quantity, envelope.Now);
        db.Raise(ReceiptLineMoved.Of(line, arrived.Warehouse, arrived.LegalEntity, arrived.Supplier));
        return null;
    }
}

/// <summary>What is open about goods that came; whoever pays for them asks.</summary>
public sealed class OpenDiscrepancies(PlatformDb db)
{
    /// <summary>The differences of order lines that nobody has settled yet: their invoices wait.</summary>
    public Task<List<Discrepancy>> OfAsync(IReadOnlyCollection<Purchasing.PurchaseOrderLineId> lines, CancellationToken ct) =>
        db.Set<Discrepancy>().AsNoTracking()
            .Where(found => lines.Contains(found.OrderLineId) && found.Status == DiscrepancyStatus.Open)
            .OrderBy(found => found.FoundAt).ThenBy(found => found.Id)
            .ToListAsync(ct);
}
