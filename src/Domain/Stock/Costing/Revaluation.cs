using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Stock.Valuation;

namespace Platform.Domain.Stock.Costing;

internal static class UnitCosts
{
    public static bool IsPossible(decimal cost) =>
        cost is >= 0m and < UnitCost.Limit && decimal.Round(cost, UnitCost.Decimals) == cost;
}

/// <summary>A new worth of what lies in stock, and why.</summary>
internal sealed record Revaluation(ValueKind Kind, decimal UnitCost, string Reason);

internal static class Revaluations
{
    public static async Task<ItemRevalued> WriteRevaluationAsync(
        this PlatformDb db,
        LockedPool locked,
        Revaluation revaluation,
        Valued valued,
        DateOnly postingDate,
        Envelope envelope,
        CancellationToken ct)
    {
        var value = new PlannedValue(locked.NextId, locked.Row, revaluation.Kind, 0m, valued, Mark: null, Charged: null)
        {
            Journal = StockJournal.Of(
                valued, [new JournalPart(AccountRole.Revaluation, AccountRole.Inventory, valued.Total)], AccountRole.Revaluation),
            UnitCost = revaluation.UnitCost,
        };
        var document = new ValueDocument(
            StockPoster.NewId(envelope), $"{revaluation.Kind}", Number: null,
            new PostingReason("REVALUATION", revaluation.Reason, Evidence: null), postingDate);
        await db.WriteValueAsync(locked, document, value, envelope, ct);
        var revalued = new ItemRevalued(
            document.Posting, locked.Entity.Id, locked.Row.Item, revaluation.UnitCost, valued.OnHand);
        db.Raise(revalued);
        return revalued;
    }

    /// <summary>An unknown item gets no pool.</summary>
    public static async Task EnsurePoolAsync(this PlatformDb db, LedgerEntity entity, ItemId item, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            insert into cost_pool (legal_entity_id, item_id, flow, quantity, value, generation, decay, epoch, last_cost, standard_cost, last_layer)
            select $1, id, costing_method_of($1, id, category, costing_method), 0, 0, 0, 1000000000000, 0, 0, 0, 0 from item where id = $2
            on conflict do nothing
            """);
        statement.Parameters.Add(Param.Of(entity.Id.Value));
        statement.Parameters.Add(Param.Of(item.Value));
        await statement.ExecuteNonQueryAsync(ct);
    }
}
