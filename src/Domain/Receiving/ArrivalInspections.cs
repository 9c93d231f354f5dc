using Platform.Domain.Kernel;
using Platform.Domain.Quality;

namespace Platform.Domain.Receiving;

/// <summary>
/// Asks of everything good that comes in whether it is inspected, and hears what was found. Single units of one lot are one matter:
/// the first of them stands for all.
/// </summary>
internal sealed class ArrivalInspections(PlatformDb db, InspectionDesk desk) : IInspectionFollower
{
    private const int UsualHours = 24;

    public string SourceKind => nameof(ReceiptLine);

    public async Task OpenAsync(Receipt receipt, IReadOnlyList<ReceiptLine> lines, decimal? risk, Envelope envelope, CancellationToken ct)
    {
        foreach (var lot in lines.Where(line => line.Condition == ReceivedCondition.Good).GroupBy(line => (line.OrderLineId, line.LotId)))
        {
            var first = lot.First();
            var goods = new ArrivedGoods(
                new Subject(nameof(ReceiptLine), first.Id.Value), receipt.LegalEntityId, receipt.WarehouseId, first.BinId, first.ItemId,
                receipt.SupplierId, Owner: null, risk, first.AcceptedAs(), [.. lot.Select(line => new GoodsPart(line.LotId, line.SerialId, HandlingUnit: null, line.Quantity))]);
            var need = await desk.JudgeAsync(goods, envelope, ct);
            if (!need.IsNeeded)
            {
                if (first.ReleasePoint != ReleasePoint.AfterInspection)
                {
                    continue;
                }

                need = Everything(lot.Sum(line => line.Quantity));
            }

            foreach (var line in lot)
            {
                line.InspectFirst();
            }

            await desk.OpenAsync(goods, need, envelope, ct);
        }
    }

    public async Task MovedAsync(InspectionMoved moved, Envelope envelope, CancellationToken ct)
    {
        if (moved.Step is not (InspectionStep.Accept or InspectionStep.Reject))
        {
            return;
        }

        // The parts of the inspection are the lines of the lot, in their order.
        var lines = await db.LockLinesOfLotAsync(new ReceiptLineId(moved.SourceId), ct);
        foreach (var (line, part) in lines.Zip(await db.LockInspectionPartsAsync(moved.Inspection, ct)))
        {
            line.Judge(part.Quantity, part.Accepted, part.Withheld, envelope.Now);
            db.Raise(ReceiptLineMoved.Of(line, moved.Warehouse, moved.LegalEntity, moved.Supplier));
        }
    }

    public async Task FreedAsync(Inspection inspection, InspectionPart part, decimal quantity, Envelope envelope, CancellationToken ct)
    {
        var lines = await db.LockLinesOfLotAsync(new ReceiptLineId(inspection.SourceId), ct);
        db.Free(lines[part.Part - 1], quantity, inspection, envelope);
    }

    /// <summary>The release point asks for an inspection where no rule of quality does.</summary>
    private static InspectionNeed Everything(decimal quantity) => new(
        IsNeeded: true, PolicyNumber: null, "release point", "Goods are released after inspection.", quantity, AcceptUpTo: 0,
        [new Characteristic("CONDITION", "Right goods, in good condition", Least: null, Most: null, Unit: null, IsCritical: false)], UsualHours);
}
