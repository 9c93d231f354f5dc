namespace Platform.Domain.Planning;

/// <summary>
/// The planning as statements over all item-sites at once. Parameters everywhere: $1 the day, $2 the moment, $3 the run,
/// $4 one site or null, $5 the items or null.
/// </summary>
internal static class PlanningSql
{
    /// <summary>
    /// What left for customers becomes demand of its day. Days are counted anew that were touched since the last time; a margin
    /// covers transactions that were still running then.
    /// </summary>
    public const string RefreshDemand =
        """
        with mark as (select recorded_to - interval '15 minutes' as since from demand_watermark for update),
        touched as materialized (
            select distinct m.item_id, b.warehouse_id, (m.occurred_at at time zone w.time_zone)::date as day
            from mark, stock_movement r
            join stock_movement m on m.id = coalesce(r.reverses_id, r.id)
            join bin b on b.id = m.from_bin_id
            join warehouse w on w.id = b.warehouse_id
            where r.recorded_at >= mark.since and m.type = 'SHIP'),
        issued as (
            select t.item_id, t.warehouse_id, t.day, coalesce(sum(m.quantity), 0) as quantity
            from touched t
            join warehouse w on w.id = t.warehouse_id
            left join (stock_movement m join bin b on b.id = m.from_bin_id)
                on m.item_id = t.item_id and m.type = 'SHIP' and b.warehouse_id = t.warehouse_id
                and (m.occurred_at at time zone w.time_zone)::date = t.day
                and not exists (select from stock_movement r where r.reverses_id = m.id)
            group by t.item_id, t.warehouse_id, t.day)
        insert into demand as d (id, item_id, warehouse_id, day, source, quantity, status, version, recorded_at)
        select gen_random_uuid(), item_id, warehouse_id, day, 'LEDGER', quantity, 'COUNTED', 1, $1 from issued
        on conflict (item_id, warehouse_id, day, source, channel_id, reference) do update
        set quantity = excluded.quantity, version = d.version + 1, recorded_at = excluded.recorded_at
        where d.quantity <> excluded.quantity
        """;

    public const string MoveWatermark = "update demand_watermark set recorded_to = $1";

    public const string StartRun =
        """
        insert into replenishment_run (id, warehouse_id, day, demand_to, item_sites, proposed, revised, withdrawn, run_by, run_at)
        values ($3, $4, $1, $2, 0, 0, 0, 0, $5, $2)
        """;

    public const string Positions =
        $"""
        with {Inputs}, {Rates}
        insert into replenishment_position as held (
            item_id, warehouse_id, policy_id, run_id, free, waiting, in_transit, on_order, overdue, decided_in, decided_out, promised, committed,
            projected, demand_per_day, demand_spread, demand_source, lead_time_days, lead_time_spread_days, lead_time_source, review_days,
            service_factor, safety_stock, reorder_point, order_up_to, multiple, gap, runs_out_on, emergency_quantity, order_quantity, surplus,
            is_due, computed_at)
        select c.item_id, c.warehouse_id, c.id, $3, c.free, c.waiting, c.in_transit, c.on_order, c.overdue, c.decided_in, c.decided_out,
            c.promised, c.committed, c.projected, c.per_day, c.spread, c.demand_from, c.lead, c.lead_spread, c.lead_from, c.review_days,
            coalesce(c.service_factor, 0), c.safety, c.point, c.up_to, c.lot, greatest(c.gap, 0),
            case when c.per_day > 0 then $1 + least(3650, floor(greatest(0, c.here) / c.per_day))::int end,
            c.emergency,
            case when c.projected + c.emergency <= c.point and c.lacking > 0
                then ceil(greatest(c.lacking, coalesce(c.minimum, 0)) / c.lot) * c.lot else 0 end,
            greatest(0, least(c.free, c.projected - c.up_to)),
            ($4::uuid is null or c.warehouse_id = $4)
                and ($5::uuid[] is not null or (c.review_weekdays & (1 << (extract(isodow from $1::date)::int - 1))) <> 0),
            $2
        from counted c
        on conflict (item_id, warehouse_id) do update
        set policy_id = excluded.policy_id, run_id = excluded.run_id, free = excluded.free, waiting = excluded.waiting,
            in_transit = excluded.in_transit, on_order = excluded.on_order, overdue = excluded.overdue, decided_in = excluded.decided_in,
            decided_out = excluded.decided_out, promised = excluded.promised, committed = excluded.committed, projected = excluded.projected,
            demand_per_day = excluded.demand_per_day, demand_spread = excluded.demand_spread, demand_source = excluded.demand_source,
            lead_time_days = excluded.lead_time_days, lead_time_spread_days = excluded.lead_time_spread_days,
            lead_time_source = excluded.lead_time_source, review_days = excluded.review_days, service_factor = excluded.service_factor,
            safety_stock = excluded.safety_stock, reorder_point = excluded.reorder_point, order_up_to = excluded.order_up_to,
            multiple = excluded.multiple, gap = excluded.gap, runs_out_on = excluded.runs_out_on,
            emergency_quantity = excluded.emergency_quantity, order_quantity = excluded.order_quantity, surplus = excluded.surplus,
            is_due = excluded.is_due, computed_at = excluded.computed_at
        """;

    /// <summary>Needs that are gone are withdrawn, needs that changed are revised, new ones are proposed; whatever was hushed stays so.</summary>
    public const string Proposals =
        """
        with due as materialized (select * from replenishment_position where run_id = $3 and is_due),
        need as materialized (
            select item_id, warehouse_id, 'EMERGENCY' as kind, emergency_quantity as quantity, greatest($1, coalesce(runs_out_on, $1)) as needed_on
            from due where emergency_quantity > 0
            union all
            select item_id, warehouse_id, 'NORMAL', order_quantity, $1 + ceil(lead_time_days)::int from due where order_quantity > 0),
        withdrawn as (
            update reorder_proposal r set status = 'WITHDRAWN', version = r.version + 1, updated_at = $2
            from due
            where r.item_id = due.item_id and r.warehouse_id = due.warehouse_id and r.status = 'PROPOSED' and r.origin = 'PLAN'
              and not exists (select from need n where n.item_id = r.item_id and n.warehouse_id = r.warehouse_id and n.kind = r.kind)
            returning 1),
        proposed as (
            insert into reorder_proposal as p (
                id, number, origin, kind, status, item_id, warehouse_id, quantity, needed_on, arithmetic, run_id, version, created_at, updated_at)
            select gen_random_uuid(), 'RP-' || lpad(nextval('reorder_proposal_number')::text, 7, '0'), 'PLAN', n.kind, 'PROPOSED', n.item_id,
                n.warehouse_id, n.quantity, n.needed_on,
                to_jsonb(due) - array['item_id', 'warehouse_id', 'run_id', 'policy_id', 'is_due', 'surplus'], $3, 1, $2, $2
            from need n
            join due on due.item_id = n.item_id and due.warehouse_id = n.warehouse_id
            where not exists (
                select from reorder_proposal h
                where h.item_id = n.item_id and h.warehouse_id = n.warehouse_id and h.kind = n.kind and h.status = 'DISMISSED'
                  and h.hushed_until >= $1)
            on conflict (item_id, warehouse_id, kind) where status = 'PROPOSED' and origin = 'PLAN' do update
            set quantity = excluded.quantity, needed_on = excluded.needed_on, arithmetic = excluded.arithmetic, run_id = excluded.run_id,
                version = p.version + 1, updated_at = excluded.updated_at
            where (p.quantity, p.needed_on) is distinct from (excluded.quantity, excluded.needed_on)
            returning (xmax = 0) as is_new)
        update replenishment_run set
            item_sites = (select count(*) from due),
            proposed = (select count(*) from proposed where is_new),
            revised = (select count(*) from proposed where not is_new),
            withdrawn = (select count(*) from withdrawn)
        where id = $3
        returning item_sites, proposed, revised, withdrawn
        """;

    private const string Inputs =
        """
        in_force as materialized (
            select distinct on (p.item_id, p.warehouse_id) p.*
            from replenishment_policy p
            where p.effective_from <= $1 and (p.effective_until is null or p.effective_until >= $1) and ($5::uuid[] is null or p.item_id = any($5))
            -- A season's version goes before the standing one.
            order by p.item_id, p.warehouse_id, (p.effective_until is not null) desc, p.number desc),
        planned as materialized (
            select p.*, coalesce(p.lead_time_days, t.lead_time_days, s.lead_time_days, 0) as lead,
                coalesce(p.lead_time_spread_days, t.lead_time_spread_days, 0) as lead_spread,
                case when p.lead_time_days is not null then 'POLICY' when t.lead_time_days is not null then 'TERMS' else 'SUPPLIER' end as lead_from,
                coalesce(p.multiple, t.multiple, power(10::numeric, -u.decimals)) as lot, power(10::numeric, -u.decimals) as step
            from in_force p
            join item i on i.id = p.item_id and i.status = 'ACTIVE'
            join item_unit u on u.item_id = i.id and u.code = i.base_unit
            left join supplier s on s.id = p.supplier_id
            left join lateral (
                select t.lead_time_days, t.lead_time_spread_days, t.multiple from supplier_item_terms t
                where t.item_id = p.item_id and t.supplier_id = p.supplier_id and t.valid_from <= $1
                order by t.valid_from desc, t.number desc limit 1) t on true
            where p.method <> 'NOT_REPLENISHED'),
        stock as materialized (
            select b.item_id, b.warehouse_id,
                sum(b.on_hand - b.allocated) filter (where b.condition = 'USABLE' and bin.role <> 'TRANSIT') as free,
                sum(b.on_hand) filter (where b.condition in ('RECEIVING', 'INSPECTION') and bin.role <> 'TRANSIT') as waiting,
                sum(b.on_hand) filter (where bin.role = 'TRANSIT') as in_transit
            from stock_balance b
            join bin on bin.id = b.bin_id
            where b.owner_id = b.legal_entity_id and b.on_hand <> 0 and ($5::uuid[] is null or b.item_id = any($5))
            group by b.item_id, b.warehouse_id),
        incoming as materialized (
            select l.item_id, o.warehouse_id, coalesce(l.confirmed_on, l.expected_on) as day,
                sum(greatest(0, coalesce(least(l.quantity, l.confirmed_quantity) * l.base_quantity / l.quantity, l.base_quantity)
                    + l.to_replace - l.received)) as quantity
            from purchase_order_line l
            join purchase_order o on o.id = l.order_id
            where o.status not in ('RECEIVED', 'CLOSED', 'CANCELLED') and l.status in ('OPEN', 'PARTIALLY_RECEIVED')
              and ($5::uuid[] is null or l.item_id = any($5))
            group by 1, 2, 3),
        on_order as materialized (
            select item_id, warehouse_id, sum(quantity) as quantity, sum(quantity) filter (where day < $1) as overdue from incoming group by 1, 2),
        decided_in as materialized (
            select item_id, warehouse_id, sum(decided_quantity) as quantity from reorder_proposal where status = 'DECIDED' group by 1, 2),
        decided_out as materialized (
            select item_id, from_warehouse_id as warehouse_id, sum(decided_quantity) as quantity
            from reorder_proposal where status = 'DECIDED' and from_warehouse_id is not null group by 1, 2),
        history as materialized (
            select d.item_id, d.warehouse_id, sum(d.quantity) as total, sum(d.quantity * d.quantity) as squares
            from demand d
            join planned p on p.item_id = d.item_id and p.warehouse_id = d.warehouse_id
            where d.source = 'LEDGER' and d.day >= $1 - p.demand_days and d.day < $1
            group by 1, 2),
        ahead as materialized (
            select d.item_id, d.warehouse_id,
                sum(d.quantity) filter (where d.source in ('SALES_ORDER', 'PROJECT')) as committed,
                sum(d.quantity) filter (where d.source in ('FORECAST', 'PROMOTION')) as forecast
            from demand d
            join planned p on p.item_id = d.item_id and p.warehouse_id = d.warehouse_id
            where d.source <> 'LEDGER' and d.status = 'COUNTED' and d.day >= $1 and d.day < $1 + greatest(1, ceil(p.lead + p.review_days))::int
            group by 1, 2)
        """;

    private const string Rates =
        """
        rated as materialized (
            select p.*, coalesce(s.free, 0) as free, coalesce(s.waiting, 0) as waiting, coalesce(s.in_transit, 0) as in_transit,
                coalesce(o.quantity, 0) as on_order, coalesce(o.overdue, 0) as overdue, coalesce(di.quantity, 0) as decided_in,
                coalesce(dt.quantity, 0) as decided_out, coalesce(sp.promised, 0) as promised, coalesce(a.committed, 0) as committed,
                case when p.uses_forecast and a.forecast is not null then 'FORECAST' else 'HISTORY' end as demand_from,
                round(case when p.uses_forecast and a.forecast is not null then a.forecast / greatest(1, ceil(p.lead + p.review_days))
                    else coalesce(h.total, 0) / p.demand_days end, 6) as per_day,
                -- Where a forecast counts, what is uncertain is its error: 1.25 mean deviations are a standard deviation, of a week.
                round(case when p.uses_forecast and a.forecast is not null and fa.weeks >= 4 then 1.25 * fa.mean_deviation / sqrt(7.0)
                    else sqrt(greatest(0, (coalesce(h.squares, 0) - coalesce(h.total, 0) * coalesce(h.total, 0) / p.demand_days)
                    / (p.demand_days - 1))) end, 6) as spread
            from planned p
            left join stock s on s.item_id = p.item_id and s.warehouse_id = p.warehouse_id
            left join on_order o on o.item_id = p.item_id and o.warehouse_id = p.warehouse_id
            left join decided_in di on di.item_id = p.item_id and di.warehouse_id = p.warehouse_id
            left join decided_out dt on dt.item_id = p.item_id and dt.warehouse_id = p.warehouse_id
            left join stock_position sp on sp.item_id = p.item_id and sp.warehouse_id = p.warehouse_id
            left join history h on h.item_id = p.item_id and h.warehouse_id = p.warehouse_id
            left join ahead a on a.item_id = p.item_id and a.warehouse_id = p.warehouse_id
            left join forecast_accuracy fa on fa.item_id = p.item_id and fa.warehouse_id = p.warehouse_id),
        -- What is missing is worst just before something comes, or when what is ordered today would come.
        moments as materialized (
            select r.item_id, r.warehouse_id, m.day,
                coalesce(sum(m.quantity) over (partition by r.item_id, r.warehouse_id order by m.day, m.quantity
                    rows between unbounded preceding and 1 preceding), 0) as came
            from rated r
            join (select item_id, warehouse_id, greatest(day, $1) as day, quantity from incoming
                  union all
                  select item_id, warehouse_id, $1 + ceil(lead)::int, 0 from rated) m
                on m.item_id = r.item_id and m.warehouse_id = r.warehouse_id and m.day <= $1 + ceil(r.lead)::int),
        gaps as materialized (
            select r.item_id, r.warehouse_id,
                max(r.per_day * (m.day - $1) - (r.free + r.waiting + r.in_transit - r.decided_out - r.promised - r.committed) - m.came) as gap
            from rated r
            join moments m on m.item_id = r.item_id and m.warehouse_id = r.warehouse_id
            group by 1, 2),
        safe as (
            select r.*, g.gap,
                r.free + r.waiting + r.in_transit - r.decided_out - r.promised - r.committed as here,
                r.free + r.waiting + r.in_transit + r.on_order + r.decided_in - r.decided_out - r.promised - r.committed as projected,
                case when g.gap > 0 then ceil(g.gap / r.step) * r.step else 0 end as emergency,
                round(case when r.service_factor is not null
                    then r.service_factor * sqrt((r.lead + r.review_days) * r.spread * r.spread + r.per_day * r.per_day * r.lead_spread * r.lead_spread)
                    else coalesce(r.safety_stock, 0) end, 6) as safety
            from rated r
            join gaps g on g.item_id = r.item_id and g.warehouse_id = r.warehouse_id),
        pointed as (
            select s.*, round(coalesce(s.reorder_point, s.per_day * (s.lead + s.review_days) + s.safety), 6) as point from safe s),
        targeted as (
            select p.*, round(case p.method
                when 'MIN_MAX' then p.order_up_to
                when 'FIXED_QUANTITY' then p.point + p.order_quantity
                else p.point + p.per_day * p.cover_days end, 6) as up_to
            from pointed p),
        counted as (
            select t.*, case t.method
                when 'FIXED_QUANTITY' then t.order_quantity * greatest(1, ceil((t.point - t.projected - t.emergency) / t.order_quantity))
                else t.up_to - t.projected - t.emergency end as lacking
            from targeted t)
        """;
}
