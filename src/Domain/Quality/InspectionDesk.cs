using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Policies;
using Platform.Domain.Quality.Holding;

namespace Platform.Domain.Quality;

/// <summary>
/// Says whether goods that arrive are inspected, and opens the inspection, in the transaction of whoever receives them. What is to
/// be inspected is posted in condition INSPECTION, so nobody takes it before somebody decided (QLT-01).
/// </summary>
public sealed class InspectionDesk(PlatformDb db)
{
    /// <summary>Decides by the rules in force and keeps what was decided and why: skip-lot rules count it.</summary>
    public async Task<InspectionNeed> JudgeAsync(ArrivedGoods goods, Envelope envelope, CancellationToken ct)
    {
        await db.LockInspectionLotsAsync(goods, ct);
        var policy = await db.FindPolicyInForceAsync<InspectionRules>(PolicyKind.Inspection, envelope.Now, ct);
        var item = await db.FindInspectedItemAsync(goods.Item, ct);
        var about = new Inspectable(
            goods.Item, item.Category, item.IsRegulated, goods.Supplier, goods.Warehouse, goods.Risk, goods.Quantity);
        var history = await db.FindLotHistoryAsync(goods, ct);
        var need = InspectionJudge.Judge(policy?.Body, policy?.Number, about, history);
        if (!need.IsNeeded && await FindHoldAsync(goods, ct) is { } hold)
        {
            need = InspectionNeed.UnderHold(hold.Number, hold.Reason, goods.Quantity);
        }

        db.Add(InspectionJudgement.Of(goods, need, envelope));
        return need;
    }

    private async Task<StockHold?> FindHoldAsync(ArrivedGoods goods, CancellationToken ct) =>
        (await db.FindStandingHoldsAsync(goods.LegalEntity, except: default, ct)).Find(hold =>
            goods.Parts.Any(part => hold.Scope.Covers(goods.Warehouse, goods.Bin, goods.Item, part.Lot, part.Serial)));

    /// <summary>Opens the inspection that was found to be needed; its goods wait for it in condition INSPECTION.</summary>
    public async Task<InspectionId> OpenAsync(ArrivedGoods goods, InspectionNeed need, Envelope envelope, CancellationToken ct)
    {
        if (!need.IsNeeded)
        {
            throw new InvalidOperationException($"{goods.Source.Kind} {goods.Source.Id} needs no inspection.");
        }

        var (calendar, zone) = await db.FindSiteClockAsync(calendar: null, goods.Warehouse, ct);
        var due = (await db.SlaClockAsync(calendar, zone, ct)).Due(envelope.Now, TimeSpan.FromHours(need.DueHours));
        var id = new InspectionId(Guid.CreateVersion7(envelope.Now));
        var inspection = Inspection.Open(id, await db.NextInspectionNumberAsync(ct), goods, need, due, envelope.Now);
        db.Add(inspection);
        for (var at = 0; at < goods.Parts.Count; at++)
        {
            db.Add(InspectionPart.Of(new InspectionPartId(Guid.CreateVersion7(envelope.Now)), id, at + 1, goods.Parts[at]));
        }

        db.Raise(new InspectionOpened(
            id, inspection.Number, inspection.SourceKind, inspection.SourceId, inspection.LegalEntityId, inspection.WarehouseId,
            inspection.ItemId, inspection.SupplierId, inspection.Quantity, inspection.Sample, inspection.Rule, inspection.Why, due));
        return id;
    }

    /// <summary>
    /// Calls off the inspection of goods whose arrival is undone. One that was decided stands: its goods have gone on, and the
    /// arrival can no longer be undone.
    /// </summary>
    public async Task<DomainError?> CallOffAsync(Guid source, string reason, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockInspectionOfAsync(source, ct) is not { } inspection)
        {
            return null;
        }

        if (InspectionSteps.RefuseStep(inspection, InspectionStep.Cancel) is { } wrong)
        {
            return wrong;
        }

        var from = inspection.Status;
        inspection.Cancel(reason, envelope.Now);
        db.Raise(inspection.Moved(InspectionStep.Cancel, from));
        return null;
    }
}

/// <summary>Hears how inspections end; contributed by the capability whose goods were inspected, and told in the same transaction.</summary>
public interface IInspectionFollower
{
    /// <summary>The kind of source whose inspections it follows.</summary>
    string SourceKind { get; }

    /// <summary>An inspection was decided, closed or called off.</summary>
    Task MovedAsync(InspectionMoved moved, Envelope envelope, CancellationToken ct);

    /// <summary>So much of a part that was accepted under a hold is free.</summary>
    Task FreedAsync(Inspection inspection, InspectionPart part, decimal quantity, Envelope envelope, CancellationToken ct);
}
