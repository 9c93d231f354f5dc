namespace Platform.Domain.Stock.Posting;

/// <summary>The statements. Each is prepared once per connection.</summary>
internal static partial class PostingReads
{
    /// <summary>
    /// All statements of a posting are by key, so one plan serves any parameters. Left to itself the server plans anew for every
    /// array, because it then knows the array's length; planning costs several times what executing does.
    /// </summary>
    private const string Begin =
        """
        select pg_advisory_xact_lock_shared($1), set_config('plan_cache_mode', 'force_generic_plan', true),
               set_config('platform.runs_below_zero', exists (select from stock_policy where floor < 0 and item_id = any ($2))::text, true)
        """;

    /// <summary>
    /// Locks nothing where a row may have to be made first: rows are made before any is locked, or two that make rows for each other
    /// would wait in a circle. Asked once for the whole statement.
    /// </summary>
    private const string WhenRowsAreThere = "($2 or current_setting('platform.runs_below_zero') = 'false')";

    /// <summary>
    /// New rows are taken in turns per item: who inserts a row holds it before the others are locked in order of their keys, so two
    /// that make rows for each other would wait in a circle. Without a missing row nobody waits.
    /// </summary>
    private const string EnsureRows =
        """
        with wanted as (
            select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::bool[])
                as w (key, bin_id, item_id, lot_id, serial_id, handling_unit_id, owner_id, condition, is_taking)
        ), missing as (
            select w.*, bin.legal_entity_id, bin.warehouse_id, item.category, item.costing_method,
                   case when w.condition = 'USABLE' and item.tracking = 'NONE' and w.owner_id = bin.legal_entity_id
                        then coalesce(p.floor, 0) else 0 end as floor
            from wanted w
            join bin on bin.id = w.bin_id and not bin.is_group
            join item on item.id = w.item_id
            join owner on owner.id = w.owner_id
            left join stock_policy p on p.item_id = w.item_id and p.warehouse_id = bin.warehouse_id
            where not exists (select from stock_balance b where b.key = w.key)
              and (w.is_taking or p.floor < 0)
              and (w.lot_id is null or exists (select from lot l where l.id = w.lot_id and l.item_id = w.item_id))
              and (w.serial_id is null or exists (select from serial s where s.id = w.serial_id and s.item_id = w.item_id))
        ), turn as materialized (
            select count(pg_advisory_xact_lock($11, bucket)) as items
            from (select distinct hashtext(item_id::text) & 255 as bucket from missing order by bucket) b
        ), pools as (
            insert into cost_pool (legal_entity_id, item_id, flow, quantity, value, generation, decay, epoch, last_cost, standard_cost, last_layer)
            select distinct legal_entity_id, item_id, costing_method_of(legal_entity_id, item_id, category, costing_method), 0, 0, 0, 1000000000000, 0, 0, 0, 0 from missing m cross join turn
            where not exists (select from cost_pool p where p.legal_entity_id = m.legal_entity_id and p.item_id = m.item_id)
            order by legal_entity_id, item_id
            on conflict do nothing
        )
        insert into stock_balance (legal_entity_id, warehouse_id, bin_id, item_id, lot_id, serial_id, handling_unit_id, owner_id,
                                   condition, on_hand, weight, allocated, floor, last_moved_at, version)
        select legal_entity_id, warehouse_id, bin_id, item_id, lot_id, serial_id, handling_unit_id, owner_id,
               condition, 0, 0, 0, floor, $10, 0
        from missing cross join turn order by key
        on conflict (key) do nothing
        """;

    private const string Bins =
        """
        select b.id, b.legal_entity_id, b.warehouse_id, b.role, not b.is_group and b.status = 'ACTIVE' and w.status in ('ACTIVE', 'BLOCKED'),
               b.is_blocked_in, b.is_blocked_out, b.block_reason, b.mixing, b.dedicated_item_id,
               b.capacity_units, b.capacity_weight_kg, b.capacity_volume_m3, b.capacity_handling_units, z.temperature, z.hazard_classes
        from bin b join zone z on z.id = b.zone_id join warehouse w on w.id = b.warehouse_id
        where b.id = any ($1)
        """;

    private const string Items =
        """
        select i.id, i.status, i.base_unit, u.decimals, i.tracking, i.is_catch_weight, i.nominal_weight, i.weight_tolerance_pct,
               i.temperature, i.hazard_class, null::numeric, null::numeric
        from item i join unit u on u.code = i.base_unit
        where i.id = any ($1)
        """;

    /// <summary>Only where goods arrive does it matter how much room they take.</summary>
    private const string ItemsWithSizes =
        """
        select i.id, i.status, i.base_unit, u.decimals, i.tracking, i.is_catch_weight, i.nominal_weight, i.weight_tolerance_pct,
               i.temperature, i.hazard_class, p.weight_kg, p.length_mm * p.width_mm * p.height_mm / 1000000000
        from item i join unit u on u.code = i.base_unit
        left join item_unit p on p.item_id = i.id and p.code = i.base_unit
        where i.id = any ($1)
        """;

    private const string LockBinsWithRules =
        """
        select id from bin
        where id = any ($1) and (mixing <> 'ANY' or capacity_units is not null or capacity_weight_kg is not null
              or capacity_volume_m3 is not null or capacity_handling_units is not null)
        order by id for no key update
        """;

    private const string Balances =
        $"""
        select id, key, on_hand, weight, allocated, floor from stock_balance
        where key = any ($1) and {WhenRowsAreThere} order by key for no key update
        """;

    /// <summary>A bin without any such rule gives no row, an empty one with a rule gives one without item.</summary>
    private const string Contents =
        """
        select bin.id, b.item_id, b.lot_id, sum(b.on_hand), array_agg(distinct b.handling_unit_id) filter (where b.handling_unit_id is not null),
               coalesce(sum(b.on_hand * p.weight_kg), 0), coalesce(sum(b.on_hand * p.length_mm * p.width_mm * p.height_mm / 1000000000), 0)
        from bin
        left join stock_balance b on b.bin_id = bin.id and b.on_hand <> 0
        left join item i on i.id = b.item_id
        left join item_unit p on p.item_id = i.id and p.code = i.base_unit
        where bin.id = any ($1)
          and (bin.mixing <> 'ANY' or bin.capacity_units is not null or bin.capacity_weight_kg is not null
               or bin.capacity_volume_m3 is not null or bin.capacity_handling_units is not null)
        group by bin.id, b.item_id, b.lot_id
        """;

    private const string Pools =
        $"""
        select id, item_id, flow, quantity, value, generation, decay, epoch, last_cost, standard_cost, last_layer
        from cost_pool where legal_entity_id = $3 and item_id = any ($1) and {WhenRowsAreThere} order by id for no key update
        """;

    private const string Layers =
        """
        select pool_id, sequence, original, remaining, value from cost_layer
        where pool_id = any ($1) and remaining > 0 order by pool_id, sequence
        """;

    private const string IdsAndPeriods =
        """
        select array(select nextval('stock_ledger_id') from generate_series(1, $1)),
               array(select first_day from accounting_period where legal_entity_id = $2 and first_day = any ($3) and status <> 'OPEN')
        """;

    private const string Lots = "select id, item_id, expires_on, block_reason from lot where id = any ($1)";

    private const string Serials =
        """
        select s.id, s.item_id, s.lot_id, s.block_reason, serial_is_on_hand(s.id)
        from serial s where s.id = any ($1)
        """;

    private const string Owners =
        "select id, kind in ('OWN', 'CONSIGNED_AT_CUSTOMER') from owner where id = any ($1) and legal_entity_id = $2 and status = 'ACTIVE'";

    /// <summary>Placed and released alone under the lock of the rules, so none appears while documents are judged.</summary>
    private const string StandingHolds =
        "select number, reason, warehouse_id, bin_id, item_id, lot_id, serial_id from stock_hold where status = 'STANDING' and legal_entity_id = $1";

    private const string Units =
        """
        select u.item_id, u.code, u.numerator, u.denominator
        from unnest($1::uuid[], $2::text[]) as w (item_id, code)
        join item_unit u on u.item_id = w.item_id and u.code = w.code and u.status = 'ACTIVE'
        """;

    private const string Holds =
        $"""
        select a.reservation_id, a.balance_id, a.quantity
        from allocation a join reservation r on r.id = a.reservation_id
        where a.reservation_id = any ($1) and r.status in ('ALLOCATED', 'PICKED') and {WhenRowsAreThere}
        order by a.reservation_id, a.balance_id for no key update
        """;

    /// <summary>The movement's own entry, which has its id, and what was charged to it since.</summary>
    private const string EarlierValues =
        """
        select m.id, v.id, v.kind, v.quantity, v.on_hand, v.rest, v.generation, v.decay, v.epoch, v.layer
        from value_entry m
        join value_entry v on v.id = m.id or (v.charged_entry_id = m.id and v.kind in ('LANDED_COST', 'INVOICE_VARIANCE'))
        where m.id = any ($1)
        order by v.id
        """;

    private const string WhatFollowed =
        """
        select m.id, exists (select from stock_movement r where r.reverses_id = m.id),
               coalesce((select sum(r.quantity) from stock_movement r where r.returns_id = m.id
                         and not exists (select from stock_movement u where u.reverses_id = r.id)), 0)
        from stock_movement m where m.id = any ($1)
        """;

    private const string EarlierMovements =
        """
        select id, type, item_id, lot_id, serial_id, handling_unit_id, owner_id, new_owner_id,
               from_place, from_bin_id, from_condition, to_place, to_bin_id, to_condition, quantity, weight, partner_id
        from stock_movement where id = any ($1) and legal_entity_id = $2
        """;
}
