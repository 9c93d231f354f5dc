using Platform.Domain.Catalog;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stock.Costing;

/// <summary>
/// Turns the empty pools of an item to its new costing method (CAT-18). The generation rises, as when a pool runs empty:
/// what was received under the old method is gone, and late costs on it belong to goods that left.
/// </summary>
internal sealed class PoolAdoptsMethod(PlatformDb db) : IItemCostingFollower
{
    public async Task AdoptAsync(ItemId item, CostingMethod method, CancellationToken ct)
    {
        var flow = new UpperSnakeEnumConverter<CostingMethod>().ConvertToProvider(method);
        await using var statement = db.Statement(
            """
            with empty as (
                select id, flow as flow_before from cost_pool where item_id = $1 and flow <> $2 for no key update
            ), turned as (
                update cost_pool p
                set flow = $2, generation = p.generation + 1, decay = 1000000000000, epoch = 0
                from empty where p.id = empty.id
                returning p.id, p.quantity, empty.flow_before
            ), remembered as (
                insert into cost_flow_change (pool_id, after_entry_id, flow_before, flow)
                select id, coalesce((select max(v.id) from value_entry v where v.pool_id = turned.id), 0), flow_before, $2 from turned
            )
            select quantity from turned
            """);
        statement.Parameters.Add(Posting.Param.Of(item.Value));
        statement.Parameters.Add(new Npgsql.NpgsqlParameter { Value = flow });
        await using var turned = await statement.ExecuteReaderAsync(ct);
        while (await turned.ReadAsync(ct))
        {
            if (turned.GetDecimal(0) != 0m)
            {
                throw new InvalidOperationException($"A pool of item {item} is not empty although nothing is on hand.");
            }
        }
    }
}
