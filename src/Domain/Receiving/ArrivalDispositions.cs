using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Quality;
using Platform.Domain.Quality.Disposing;

namespace Platform.Domain.Receiving;

/// <summary>How much of a receipt line a decision was about that was carried out.</summary>
public sealed class ReceiptLineDisposition
{
    private ReceiptLineDisposition()
    {
    }

    public Guid Id { get; private set; }

    public ReceiptLineId ReceiptLineId { get; private set; }

    public DispositionId DispositionId { get; private set; }

    public decimal Quantity { get; private set; }

    internal static ReceiptLineDisposition Of(ReceiptLine line, Disposition done, decimal quantity, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        ReceiptLineId = line.Id,
        DispositionId = done.Id,
        Quantity = quantity,
    };
}

/// <summary>
/// Follows what becomes of goods that were held, so that their receipt line says it (RCV-05, QLT-03). Where nobody named the line, it
/// is the oldest of the site that holds such goods. The last of it closes the difference that was found.
/// </summary>
internal sealed class ArrivalDispositions(PlatformDb db, Findings findings) : IDispositionFollower
{
    public bool Follows(string? sourceKind) => sourceKind is null or nameof(ReceiptLine) or nameof(Disposition);

    public async Task<DispositionSource?> FindSourceAsync(DisposedOf goods, CancellationToken ct)
    {
        var lines = (await db.FindHeldLinesAsync(goods, ct)).FindAll(line => line.Held > 0m);
        return lines.Count == 0
            ? null
            : new DispositionSource(lines.Sum(line => line.Held), lines[0].AcceptedAs());
    }

    public async Task CarriedOutAsync(Disposition done, Envelope envelope, CancellationToken ct)
    {
        var left = done.Quantity;
        foreach (var line in await LinesAsync(done, ct))
        {
            var part = decimal.Min(left, line.Held);
            if (part <= 0m)
            {
                continue;
            }

            left -= part;
            db.Add(ReceiptLineDisposition.Of(line, done, part, envelope.Now));
            line.Dispose(done.Kind, part, envelope.Now);
            var receipt = await db.Set<Receipt>().AsNoTracking().SingleAsync(one => one.Id == line.ReceiptId, ct);
            db.Raise(ReceiptLineMoved.Of(line, receipt.WarehouseId, receipt.LegalEntityId, receipt.SupplierId));
            if (line.Waiting == 0m)
            {
                await SettleAsync(line, done, envelope, ct);
            }
        }
    }

    private async Task<List<ReceiptLine>> LinesAsync(Disposition done, CancellationToken ct)
    {
        var found = done switch
        {
            // Single units of one lot are one matter for quality; the unit itself is known.
            { SourceKind: nameof(ReceiptLine), SourceId: { } source, SerialId: null, InspectionId: not null } =>
                await db.LockLinesOfLotAsync(new ReceiptLineId(source), ct),
            { SourceKind: nameof(ReceiptLine), SourceId: { } source, SerialId: null } =>
                [(await db.LockReceiptLineAsync(new ReceiptLineId(source), ct))!],
            { SourceKind: nameof(Disposition), SourceId: { } reworked } => await db.LockReworkedLinesAsync(new DispositionId(reworked), ct),
            _ => await db.LockHeldLinesAsync(done, ct),
        };

        // What waits for its putaway is not what may be used at once.
        return done.Kind == DispositionKind.UseAsIs ? found.FindAll(line => line.AcceptedAs() == done.UsedAs) : found;
    }

    /// <summary>It is settled what becomes of the damage: its case ends, and its invoice goes on (FIN-05).</summary>
    private async Task SettleAsync(ReceiptLine line, Disposition done, Envelope envelope, CancellationToken ct)
    {
        var settlement = line.Returned > 0m ? Settlement.Returned : line.Scrapped > 0m ? Settlement.Scrapped : Settlement.Accepted;
        foreach (var found in await db.LockOpenDiscrepanciesOfLineAsync(line.Id, ct))
        {
            await findings.SettleAsync(found, settlement, $"{done.Number}: {done.Reason}", envelope, ct);
        }
    }
}

/// <summary>Goods that were put right are looked at again: what is found of them is found of the lines that they came with.</summary>
internal sealed class ReworkedGoods(PlatformDb db) : IInspectionFollower
{
    public string SourceKind => nameof(Disposition);

    public async Task MovedAsync(InspectionMoved moved, Envelope envelope, CancellationToken ct)
    {
        if (moved.Step is not (InspectionStep.Accept or InspectionStep.Reject))
        {
            return;
        }

        var part = (await db.LockInspectionPartsAsync(moved.Inspection, ct)).Single();
        var (accepted, withheld) = (part.Accepted, part.Withheld);
        foreach (var (line, quantity) in await LinesAsync(moved.SourceId, ct))
        {
            var good = decimal.Min(accepted, quantity);
            var kept = decimal.Min(withheld, good);
            (accepted, withheld) = (accepted - good, withheld - kept);
            line.Judge(quantity, good, kept, envelope.Now);
            db.Raise(ReceiptLineMoved.Of(line, moved.Warehouse, moved.LegalEntity, moved.Supplier));
        }
    }

    public async Task FreedAsync(Inspection inspection, InspectionPart part, decimal quantity, Envelope envelope, CancellationToken ct)
    {
        var left = quantity;
        foreach (var (line, _) in await LinesAsync(inspection.SourceId, ct))
        {
            var freed = decimal.Min(left, line.Withheld);
            left -= freed;
            db.Free(line, freed, inspection, envelope);
        }
    }

    private async Task<List<(ReceiptLine Line, decimal Quantity)>> LinesAsync(Guid disposition, CancellationToken ct)
    {
        var id = new DispositionId(disposition);
        var parts = await db.Set<ReceiptLineDisposition>().AsNoTracking()
            .Where(one => one.DispositionId == id).OrderBy(one => one.ReceiptLineId).ToListAsync(ct);
        var lines = (await db.LockReworkedLinesAsync(id, ct)).ToDictionary(line => line.Id);
        return parts.ConvertAll(one => (lines[one.ReceiptLineId], one.Quantity));
    }
}
