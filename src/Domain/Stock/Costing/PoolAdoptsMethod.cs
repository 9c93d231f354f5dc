using Platform.Domain.Catalog;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stock.Costing;

/// <summary>
/// Tells the pools of an item how cost flows from now on, where its method or its class changed (CAT-18). A rule of the company may
/// say otherwise; an empty pool turns at once, by its trigger, and another when it is empty.
/// </summary>
internal sealed class PoolAdoptsMethod(PlatformDb db) : IItemCostingFollower
{
    public async Task AdoptAsync(ItemId item, string? category, CostingMethod method, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            with reached as (
                select id, costing_method_of(legal_entity_id, item_id, $2, $3) as method
                from cost_pool where item_id = $1 order by id for no key update
            )
            update cost_pool p set next_flow = nullif(r.method, p.flow)
            from reached r where p.id = r.id and p.next_flow is distinct from nullif(r.method, p.flow)
            """);
        statement.Parameters.Add(Posting.Param.Of(item.Value));
        statement.Parameters.Add(Posting.Param.OrNull(category));
        statement.Parameters.Add(Posting.Param.Of(StockWords.Of(method)));
        await statement.ExecuteNonQueryAsync(ct);
    }
}
