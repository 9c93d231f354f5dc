using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock.Costing;

/// <summary>Says that what lies in stock is worth another amount per unit from now on; no goods move.</summary>
[Needs("stock.cost")]
[Refuses<LegalEntityNotFound>, Refuses<UnitCostNotPossible>, Refuses<NothingToRevalue>, Refuses<CostedAtStandard>, Refuses<PeriodClosed>]
[Refuses<ValueOutOfRange>]
public sealed record RevalueItem(LegalEntityId LegalEntity, ItemId Item, decimal UnitCost, string Reason)
    : ICommand<ItemRevalued>, IReasoned;

/// <summary>Stock of an item changed its value by a revaluation or a new standard cost.</summary>
public sealed record ItemRevalued(
    StockPostingId Posting, LegalEntityId LegalEntity, ItemId Item, decimal UnitCost, decimal Change) : ISoleEvent
{
    public Subject Subject => new("StockPosting", Posting.Value);
}

internal sealed class RevalueItemHandler(PlatformDb db, LedgerEntities entities) : ICommandHandler<RevalueItem, ItemRevalued>
{
    public async Task<Result<ItemRevalued>> HandleAsync(RevalueItem command, Envelope envelope, CancellationToken ct)
    {
        if (await entities.FindAsync(db, command.LegalEntity, ct) is not { } entity)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (!UnitCosts.IsPossible(command.UnitCost))
        {
            return new UnitCostNotPossible(command.UnitCost);
        }

        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var locked = await db.LockPoolAsync(entity, command.Item, today, ct);
        if (locked is null || locked.Row.Pool.Quantity <= 0m)
        {
            return new NothingToRevalue(command.Item);
        }

        if (locked.IsPeriodClosed)
        {
            return new PeriodClosed(entity.Id, today);
        }

        var pool = locked.Row.Pool;
        if (pool.Flow == CostingMethod.Standard)
        {
            return new CostedAtStandard(command.Item);
        }

        if (pool.Quantity * command.UnitCost >= Money.Limit)
        {
            return new ValueOutOfRange(Line: 1, command.Item);
        }

        if (pool.Flow == CostingMethod.Fifo)
        {
            await db.ReadLayersAsync(locked, only: null, ct);
        }

        var valued = locked.Row.Pool.Revalue(command.UnitCost);
        var revaluation = new Revaluation(ValueKind.Revaluation, command.UnitCost, command.Reason);
        return await db.WriteRevaluationAsync(locked, revaluation, valued, today, envelope, ct);
    }
}
