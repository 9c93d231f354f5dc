using Npgsql;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stock;

/// <summary>The stock sub-ledger beside the inventory accounts at the end of a day (FIN-06).</summary>
internal sealed class StockReconciliation(PlatformDb db) : IPeriodCheck
{
    public async Task<IReadOnlyList<ReconciledFigure>> CompareAsync(LedgerEntity entity, DateOnly through, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            select coalesce(sum(v.on_hand), 0) from value_entry v join cost_pool p on p.id = v.pool_id
            where p.legal_entity_id = $1 and v.posting_date <= $2
            """);
        statement.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = entity.Id.Value });
        statement.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = through });
        var stock = (decimal)(await statement.ExecuteScalarAsync(ct))!;
        var accounts = await db.AccountBalanceAsync(entity, [AccountRole.Inventory, AccountRole.InventoryInterim], through, ct);
        return [new ReconciledFigure("INVENTORY", "value of stock and its accounts", stock, accounts)];
    }
}
