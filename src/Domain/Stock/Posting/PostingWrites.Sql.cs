using Npgsql;

namespace Platform.Domain.Stock.Posting;

/// <summary>The statements, and the holds of reservations that move with the goods.</summary>
internal static partial class PostingWrites
{
    /// <summary>Conditional although the rows are locked: what was read must still be so, or the count is wrong.</summary>
    private const string Balances =
        """
        with written as (
            update stock_balance b
            set on_hand = b.on_hand + d.quantity, weight = b.weight + d.weight, version = b.version + 1, last_moved_at = $5,
                last_in_at = case when d.arrived then $5 else b.last_in_at end,
                serial_on_hand = case when b.on_hand + d.quantity > 0 then b.serial_id end
            from unnest($1::bigint[], $2::numeric[], $3::numeric[], $4::bool[], $6::numeric[]) as d (id, quantity, weight, arrived, was)
            where b.id = d.id and b.on_hand = d.was and b.on_hand + d.quantity >= least(b.floor, b.allocated)
            returning b.id
        )
        select all_written(count(*), cardinality($1)) from written
        """;

    private const string PostingRows =
        """
        insert into stock_posting (id, legal_entity_id, document_kind, document_number, document_id, reason_code, reason_text, evidence,
                                   actor_kind, actor_id, correlation_id, posting_date, recorded_at)
        select p.id, $2, p.kind, p.number, p.document_id, p.code, p.text, p.evidence, p.actor_kind, p.actor_id, p.correlation_id,
               p.posting_date, p.recorded_at
        from unnest($1::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::uuid[], $11::uuid[],
                    $12::date[], $13::timestamptz[])
            as p (id, kind, number, document_id, code, text, evidence, actor_kind, actor_id, correlation_id, posting_date, recorded_at)
        """;

    private const string MovementRows =
        """
        insert into stock_movement (id, posting_id, line, type, legal_entity_id, item_id, lot_id, serial_id, handling_unit_id, owner_id,
                                    new_owner_id, from_place, from_bin_id, from_condition, to_place, to_bin_id, to_condition, quantity,
                                    weight, entered_quantity, entered_unit, document_line_id, partner_id, reverses_id, returns_id,
                                    occurred_at, recorded_at)
        select m.id, m.posting_id, m.line, m.type, $5, m.item_id, m.lot_id, m.serial_id, m.handling_unit_id, coalesce(m.owner_id, $5),
               m.new_owner_id, m.from_place, m.from_bin_id, m.from_condition, m.to_place, m.to_bin_id, m.to_condition, m.quantity,
               m.weight, m.entered_quantity, m.entered_unit, m.document_line_id, m.partner_id, m.reverses_id, m.returns_id,
               m.occurred_at, m.recorded_at
        from unnest($1::bigint[], $2::uuid[], $3::int[], $4::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[],
                    $12::text[], $13::uuid[], $14::text[], $15::text[], $16::uuid[], $17::text[], $18::numeric[], $19::numeric[],
                    $20::numeric[], $21::text[], $22::uuid[], $23::uuid[], $24::bigint[], $25::bigint[], $26::timestamptz[], $27::timestamptz[])
            as m (id, posting_id, line, type, item_id, lot_id, serial_id, handling_unit_id, owner_id, new_owner_id,
                  from_place, from_bin_id, from_condition, to_place, to_bin_id, to_condition, quantity, weight,
                  entered_quantity, entered_unit, document_line_id, partner_id, reverses_id, returns_id, occurred_at, recorded_at)
        """;

    private const string Pools =
        """
        with written as (
            update cost_pool p
            set quantity = n.quantity, value = n.value, generation = n.generation, decay = n.decay, epoch = n.epoch,
                last_cost = n.last_cost, standard_cost = n.standard_cost, last_layer = n.last_layer
            from unnest($1::bigint[], $2::numeric[], $3::numeric[], $4::bigint[], $5::numeric[], $6::int[], $7::numeric[], $8::numeric[], $9::int[])
                as n (id, quantity, value, generation, decay, epoch, last_cost, standard_cost, last_layer)
            where p.id = n.id
            returning p.id
        )
        select all_written(count(*), cardinality($1)) from written
        """;

    private const string Layers =
        """
        with open as (
            select * from unnest($2::int[], $3::numeric[], $4::numeric[], $5::numeric[]) as o (sequence, original, remaining, value)
        ), emptied as (
            update cost_layer l set remaining = 0, value = 0
            where l.pool_id = $1 and l.remaining > 0 and not exists (select from open o where o.sequence = l.sequence)
        )
        insert into cost_layer as l (pool_id, sequence, original, remaining, value)
        select $1, sequence, original, remaining, value from open
        on conflict (pool_id, sequence) do update set remaining = excluded.remaining, value = excluded.value
        where (l.remaining, l.value) is distinct from (excluded.remaining, excluded.value)
        """;

    private const string ValueRows =
        """
        insert into value_entry (id, pool_id, posting_id, movement_id, kind, quantity, on_hand, rest, generation, decay, epoch, layer,
                                 charged_entry_id, unit_cost, posting_date, recorded_at)
        select v.*
        from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::bigint[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[],
                    $9::bigint[], $10::numeric[], $11::int[], $12::int[], $13::bigint[], $14::numeric[], $15::date[], $16::timestamptz[]) as v
        """;

    private const string JournalRows =
        """
        insert into journal_line (journal_id, line, debit_account_id, credit_account_id, amount, posting_date, recorded_at)
        select * from unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::numeric[], $6::date[], $7::timestamptz[])
        """;

    private const string Walked =
        """
        with written as (
            update reservation r
            set status = 'PICKED', consumed = r.consumed + c.gone, version = r.version + 1, updated_at = $3
            from unnest($1::uuid[], $2::numeric[]) as c (id, gone)
            where r.id = c.id and r.status in ('ALLOCATED', 'PICKED')
            returning r.id
        )
        select all_written(count(*), cardinality($1)) from written
        """;

    private const string Consumed =
        """
        update reservation set status = 'CONSUMED', ended_at = $2
        where id = any ($1) and status = 'PICKED' and consumed = quantity
        """;

    /// <summary>Before the balances: goods cannot leave while they are held.</summary>
    internal static void AddFewerHolds(List<NpgsqlBatchCommand> statements, PostingFacts facts)
    {
        var fewer = facts.Holds.Values.Where(hold => hold.Quantity < hold.QuantityBefore).ToList();
        if (fewer.Count == 0)
        {
            return;
        }

        var gone = fewer.Where(hold => hold.Quantity == 0m).ToList();
        if (gone.Count > 0)
        {
            statements.Add(Command(
                """
                with gone as (
                    delete from allocation a using unnest($1::uuid[], $2::bigint[]) as h (reservation_id, balance_id)
                    where a.reservation_id = h.reservation_id and a.balance_id = h.balance_id
                    returning a.balance_id
                )
                select all_written(count(*), cardinality($1)) from gone
                """,
                Param.Column(gone, hold => hold.Reservation.Value),
                Param.Column(gone, hold => hold.Balance)));
        }

        var less = fewer.Where(hold => hold.Quantity > 0m).ToList();
        if (less.Count > 0)
        {
            statements.Add(Command(
                """
                with less as (
                    update allocation a set quantity = h.quantity
                    from unnest($1::uuid[], $2::bigint[], $3::numeric[]) as h (reservation_id, balance_id, quantity)
                    where a.reservation_id = h.reservation_id and a.balance_id = h.balance_id
                    returning a.balance_id
                )
                select all_written(count(*), cardinality($1)) from less
                """,
                Param.Column(less, hold => hold.Reservation.Value),
                Param.Column(less, hold => hold.Balance),
                Param.Column(less, hold => hold.Quantity)));
        }
    }

    /// <summary>After the balances: goods are held where they now are; a reservation whose last goods left is consumed.</summary>
    internal static void AddMoreHolds(List<NpgsqlBatchCommand> statements, PostingFacts facts, DateTimeOffset now)
    {
        var more = facts.Holds.Values.Where(hold => hold.Quantity > hold.QuantityBefore).ToList();
        if (more.Count > 0)
        {
            statements.Add(Command(
                """
                insert into allocation (reservation_id, balance_id, quantity)
                select * from unnest($1::uuid[], $2::bigint[], $3::numeric[])
                on conflict (reservation_id, balance_id) do update set quantity = excluded.quantity
                """,
                Param.Column(more, hold => hold.Reservation.Value),
                Param.Column(more, hold => hold.Balance),
                Param.Column(more, hold => hold.Quantity)));
        }

        var changed = facts.Holds.Values
            .Where(hold => hold.Quantity != hold.QuantityBefore)
            .GroupBy(hold => hold.Reservation, (reservation, holds) => (Id: reservation.Value, Gone: holds.Sum(hold => hold.QuantityBefore - hold.Quantity)))
            .ToList();
        if (changed.Count > 0)
        {
            statements.Add(Command(Walked,
                Param.Column(changed, reservation => reservation.Id),
                Param.Column(changed, reservation => reservation.Gone),
                Param.Of(now)));
            statements.Add(Command(Consumed, Param.Column(changed, reservation => reservation.Id), Param.Of(now)));
        }
    }
}
