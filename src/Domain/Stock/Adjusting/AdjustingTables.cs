using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Adjusting;

internal static class AdjustingTables
{
    public static async Task<AdjustmentPolicy> FindAdjustmentPolicyAsync(
        this PlatformDb db, ItemId item, WarehouseId warehouse, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            select adjust_without_approval, needs_evidence from stock_policy
            where coalesce(item_id, $1) = $1 and coalesce(warehouse_id, $2) = $2
            order by item_id is null, warehouse_id is null limit 1
            """);
        statement.Parameters.Add(Param.Of(item.Value));
        statement.Parameters.Add(Param.Of(warehouse.Value));
        await using var row = await statement.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new AdjustmentPolicy(row.GetDecimal(0), row.GetBoolean(1))
            : AdjustmentPolicy.Default;
    }

    /// <summary>Locks the rows that a floor is about, in the order in which posters lock them.</summary>
    public static async Task<decimal> LockLowestBalanceAsync(
        this PlatformDb db, ItemId item, WarehouseId warehouse, CancellationToken ct)
    {
        var ask = new Questions(db);
        // Alone: a poster that makes a new row meanwhile would give it the old floor.
        ask.Lock("select pg_advisory_xact_lock($1)", Param.Of(AdvisoryLocks.PostingRules));
        ask.Lock(
            "select id from stock_balance where item_id = $1 and warehouse_id = $2 order by key for no key update",
            Param.Of(item.Value), Param.Of(warehouse.Value));
        var lowest = 0m;
        ask.Ask(
            "select coalesce(min(on_hand), 0) from stock_balance where item_id = $1 and warehouse_id = $2",
            row => lowest = row.GetDecimal(0), Param.Of(item.Value), Param.Of(warehouse.Value));
        await ask.AnswerAsync(ct);
        return lowest;
    }

    /// <summary>The floor stands on every row it is about, where the row's own check sees it.</summary>
    public static async Task<StockPolicyId> SavePolicyAsync(
        this PlatformDb db, SetStockPolicy policy, StockPolicyId id, DateTimeOffset now, CancellationToken ct)
    {
        var ask = new Questions(db);
        var saved = id;
        ask.Ask(
            """
            insert into stock_policy as p (id, item_id, warehouse_id, floor, adjust_without_approval, needs_evidence, version, created_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, 1, $7, $7)
            on conflict (item_id, warehouse_id) do update
            set floor = excluded.floor, adjust_without_approval = excluded.adjust_without_approval,
                needs_evidence = excluded.needs_evidence, version = p.version + 1, updated_at = excluded.updated_at
            returning id
            """,
            row => saved = StockPolicyId.From(row.GetGuid(0)),
            Param.Of(id.Value), Param.OrNull(policy.Item?.Value), Param.OrNull(policy.Warehouse?.Value), Param.Of(policy.Floor),
            Param.Of(policy.AdjustWithoutApproval), Param.Of(policy.NeedsEvidence), Param.Of(now));
        if (policy is { Item: { } item, Warehouse: { } warehouse })
        {
            ask.Do(
                """
                update stock_balance b set floor = $3, version = b.version + 1
                from item i
                where i.id = b.item_id and i.tracking = 'NONE' and b.item_id = $1 and b.warehouse_id = $2
                  and b.condition = 'USABLE' and b.owner_id = b.legal_entity_id and b.floor <> $3
                """,
                Param.Of(item.Value), Param.Of(warehouse.Value), Param.Of(policy.Floor));
        }

        await ask.AnswerAsync(ct);
        return saved;
    }
}
