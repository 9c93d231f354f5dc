namespace Platform.Tests.Support;

/// <summary>What a refusal must leave as it was: every table but the audited attempt and the key that remembers the answer.</summary>
public static class Traces
{
    /// <summary>One line per table with the number and the fingerprint of its rows.</summary>
    public static async Task<string> TracesAsync(this TestDatabase database) =>
        await database.ScalarAsync<string>(
            """
            select string_agg(line, e'\n' order by line) from (
                select c.relname || ' ' || (xpath('/row/c/text()', query_to_xml(format(
                    'select count(*) || '' '' || coalesce(md5(string_agg(md5(t::text), '''' order by md5(t::text))), ''-'') as c from %I t', c.relname),
                    false, true, '')))[1]::text as line
                from pg_class c
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                  and c.relname not like 'audit%' and c.relname not in ('idempotency_key', 'event_position', 'event_publisher', 'event_run')) tables
            """);

    /// <summary>Puts stock of an item into a bin, past the ledger, for rules that ask only whether there is some.</summary>
    public static Task PutStockAsync(
        this TestDatabase database, Guid bin, Guid item, Guid entity, decimal quantity) =>
        database.ExecuteAsync(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"""
            insert into stock_balance (legal_entity_id, warehouse_id, bin_id, item_id, owner_id, condition, on_hand, weight, allocated, floor, last_moved_at, version)
            select legal_entity_id, warehouse_id, id, '{item}', '{entity}', 'USABLE', {quantity}, 0, 0, 0, now(), 0 from bin where id = '{bin}';
            insert into stock_movement (id, posting_id, line, type, legal_entity_id, item_id, owner_id, from_place, to_place, to_bin_id, to_condition, quantity, occurred_at, recorded_at)
            values (nextval('stock_ledger_id'), gen_random_uuid(), 1, 'OPENING', '{entity}', '{item}', '{entity}', 'OPENING', 'BIN', '{bin}', 'USABLE', {quantity}, now(), now())
            """));

    public static Task TakeStockAwayAsync(this TestDatabase database, Guid item) =>
        database.ExecuteAsync($"update stock_balance set on_hand = 0 where item_id = '{item}'");
}
