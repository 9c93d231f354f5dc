using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock.Costing;

/// <summary>A rule as it stands, locked.</summary>
internal sealed record LockedRule(
    CostingRuleId Id, LegalEntityId? LegalEntity, string? Category, ItemId? Item, CostingMethod? Method, int Version)
{
    public string About => $"{(Item is { } item ? $"item {item}" : $"class {Category}")} {(LegalEntity is { } one ? $"in company {one}" : "in all companies")}";
}

internal static class CostingRuleTables
{
    private const string Columns = "id, legal_entity_id, category, item_id, method, version";

    /// <summary>The pools that a rule is about, whether or not a narrower one speaks for them.</summary>
    private const string InReach =
        "from cost_pool p join item i on i.id = p.item_id where ($1 is null or p.legal_entity_id = $1) and (p.item_id = $2 or i.category = $3)";

    /// <summary>A rule that says nothing yet is there before anybody agrees to it, so that there is something to agree about.</summary>
    public static async Task<LockedRule> EnsureCostingRuleAsync(
        this PlatformDb db, AskForCostingRule asked, DateTimeOffset now, CancellationToken ct)
    {
        await using var statement = db.Statement(
            $"""
            insert into costing_rule as r (id, legal_entity_id, item_id, category, version, created_at, updated_at) values ($4, $1, $2, $3, 1, $5, $5)
            on conflict on constraint costing_rule_scope do update set updated_at = r.updated_at
            returning {Columns}
            """);
        AddScope(statement, asked.LegalEntity, asked.Item, asked.Category);
        statement.Parameters.Add(Param.Of(Guid.CreateVersion7(now)));
        statement.Parameters.Add(Param.Of(now));
        return (await ReadAsync(statement, ct))!;
    }

    public static async Task<LockedRule?> LockCostingRuleAsync(this PlatformDb db, CostingRuleId id, CancellationToken ct)
    {
        await using var statement = db.Statement($"select {Columns} from costing_rule where id = $1 for no key update");
        statement.Parameters.Add(Param.Of(id.Value));
        return await ReadAsync(statement, ct);
    }

    public static Task<(int Empty, int Filled)> CountPoolsAsync(this PlatformDb db, LockedRule rule, CancellationToken ct)
    {
        var statement = db.Statement($"select count(*) filter (where p.quantity = 0), count(*) filter (where p.quantity <> 0) {InReach}");
        AddScope(statement, rule.LegalEntity, rule.Item, rule.Category);
        return ReadCountsAsync(statement, ct);
    }

    /// <summary>How many pools turned, and how many wait. A pool that is told what comes next and is empty turns by its trigger.</summary>
    public static async Task<(int Turned, int Waiting)> SaveCostingRuleAsync(
        this PlatformDb db, LockedRule rule, CostingMethod? method, DateTimeOffset now, CancellationToken ct)
    {
        await using (var statement = db.Statement("update costing_rule set method = $2, version = version + 1, updated_at = $3 where id = $1"))
        {
            statement.Parameters.Add(Param.Of(rule.Id.Value));
            statement.Parameters.Add(Param.OrNull(method is { } named ? StockWords.Of(named) : null));
            statement.Parameters.Add(Param.Of(now));
            await statement.ExecuteNonQueryAsync(ct);
        }

        var told = db.Statement(
            $"""
            with reached as (
                select p.id, p.flow, costing_method_of(p.legal_entity_id, p.item_id, i.category, i.costing_method) as method
                {InReach} order by p.id for no key update of p
            ), told as (
                update cost_pool p set next_flow = nullif(r.method, p.flow)
                from reached r where p.id = r.id and p.next_flow is distinct from nullif(r.method, p.flow)
                returning p.flow <> r.flow as turned, p.next_flow is not null as waits
            )
            select count(*) filter (where turned), count(*) filter (where waits) from told
            """);
        AddScope(told, rule.LegalEntity, rule.Item, rule.Category);
        return await ReadCountsAsync(told, ct);
    }

    private static void AddScope(NpgsqlCommand statement, LegalEntityId? entity, ItemId? item, string? category)
    {
        statement.Parameters.Add(Param.OrNull(entity?.Value));
        statement.Parameters.Add(Param.OrNull(item?.Value));
        statement.Parameters.Add(Param.OrNull(category));
    }

    private static async Task<LockedRule?> ReadAsync(NpgsqlCommand statement, CancellationToken ct)
    {
        await using var row = await statement.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new LockedRule(
                CostingRuleId.From(row.GetGuid(0)),
                row.IsDBNull(1) ? null : LegalEntityId.From(row.GetGuid(1)),
                row.IsDBNull(2) ? null : row.GetString(2),
                row.IsDBNull(3) ? null : ItemId.From(row.GetGuid(3)),
                row.IsDBNull(4) ? null : StockWords.Read<CostingMethod>(row.GetString(4)),
                row.GetInt32(5))
            : null;
    }

    private static async Task<(int First, int Second)> ReadCountsAsync(NpgsqlCommand statement, CancellationToken ct)
    {
        await using (statement)
        {
            await using var row = await statement.ExecuteReaderAsync(ct);
            await row.ReadAsync(ct);
            return ((int)row.GetInt64(0), (int)row.GetInt64(1));
        }
    }
}
