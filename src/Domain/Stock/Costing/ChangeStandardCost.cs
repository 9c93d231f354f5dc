using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock.Costing;

/// <summary>Sets what an item at standard is worth; what lies in stock follows, against the revaluation account.</summary>
[Needs("stock.cost")]
[Refuses<LegalEntityNotFound>, Refuses<UnitCostNotPossible>, Refuses<ItemUnknown>, Refuses<NotCostedAtStandard>, Refuses<PeriodClosed>]
[Refuses<ValueOutOfRange>]
public sealed record ChangeStandardCost(LegalEntityId LegalEntity, ItemId Item, decimal UnitCost, string Reason)
    : ICommand<ItemRevalued>, IReasoned;

internal sealed class ChangeStandardCostHandler(PlatformDb db, LedgerEntities entities) : ICommandHandler<ChangeStandardCost, ItemRevalued>
{
    public async Task<Result<ItemRevalued>> HandleAsync(ChangeStandardCost command, Envelope envelope, CancellationToken ct)
    {
        if (await entities.FindAsync(db, command.LegalEntity, ct) is not { } entity)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (!UnitCosts.IsPossible(command.UnitCost))
        {
            return new UnitCostNotPossible(command.UnitCost);
        }

        // The first standard is set before the first goods come, so the pool may not be there yet.
        await db.EnsurePoolAsync(entity, command.Item, ct);
        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        if (await db.LockPoolAsync(entity, command.Item, today, ct) is not { } locked)
        {
            return new ItemUnknown(Line: 1, command.Item);
        }

        if (locked.IsPeriodClosed)
        {
            return new PeriodClosed(entity.Id, today);
        }

        var pool = locked.Row.Pool;
        // A pool that will be costed at standard once it is empty has its standard before the first goods come.
        if (pool.Flow != CostingMethod.Standard && locked.NextFlow != CostingMethod.Standard)
        {
            return new NotCostedAtStandard(command.Item, pool.Flow);
        }

        if (decimal.Abs(pool.Quantity) * command.UnitCost >= Money.Limit)
        {
            return new ValueOutOfRange(Line: 1, command.Item);
        }

        var valued = pool.ChangeStandard(command.UnitCost);
        var revaluation = new Revaluation(ValueKind.StdCostChange, command.UnitCost, command.Reason);
        return await db.WriteRevaluationAsync(locked, revaluation, valued, today, envelope, ct);
    }
}
