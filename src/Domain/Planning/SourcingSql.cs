namespace Platform.Domain.Planning;

/// <summary>
/// Every way in which open proposals could be met, judged and ranked, over all of them at once. $1 the day, $2 the run or null,
/// $3 one proposal or null.
/// </summary>
internal static class SourcingSql
{
    public const string Forget =
        """
        delete from sourcing_option o using reorder_proposal p
        where p.id = o.proposal_id and p.status = 'PROPOSED' and (p.id = $2 or ($1::uuid is not null and exists (
            select from replenishment_position d
            where d.run_id = $1 and d.is_due and d.item_id = p.item_id and d.warehouse_id = p.warehouse_id)))
        """;

    public const string Options =
        """
        with open as materialized (
            select p.*, w.legal_entity_id, w.calendar_id, e.currency_code as house_currency, power(10::numeric, -u.decimals) as step,
                coalesce(f.transfer_rule, 'SHOW') as transfer_rule
            from reorder_proposal p
            join warehouse w on w.id = p.warehouse_id
            join legal_entity e on e.id = w.legal_entity_id
            join item i on i.id = p.item_id
            join item_unit u on u.item_id = i.id and u.code = i.base_unit
            left join replenishment_position d on d.item_id = p.item_id and d.warehouse_id = p.warehouse_id
            left join replenishment_policy f on f.id = d.policy_id
            where p.status = 'PROPOSED' and (p.id = $3 or ($2::uuid is not null and d.run_id = $2 and d.is_due))),
        -- How often each supplier's finished lines came when promised.
        punctual as materialized (
            select supplier_id, round(100.0 * count(*) filter (where received_at::date <= coalesce(promised_on, asked_on)) / count(*), 4) as on_time
            from lead_time_observation where received_at >= $1::date - 365 group by supplier_id),
        -- Who is meant to get how much, and what it got of the last year's orders among those who are.
        meant as materialized (
            select s.item_id, s.warehouse_id, h.supplier_id, h.percent,
                round(coalesce(100 * got.quantity / nullif(sum(got.quantity) over (partition by s.id), 0), 0), 4) as shared
            from supplier_shares s
            join supplier_share h on h.shares_id = s.id
            left join lateral (
                select sum(l.base_quantity) as quantity from purchase_order_line l
                join purchase_order o on o.id = l.order_id
                where l.item_id = s.item_id and o.warehouse_id = s.warehouse_id and o.supplier_id = h.supplier_id and o.status <> 'CANCELLED'
                  and o.created_at >= $1::date - 365) got on true
            where exists (select from open p where p.item_id = s.item_id and p.warehouse_id = s.warehouse_id)),
        bought as (
            select o.id as proposal_id, 'BUY' as kind, t.supplier_id, null::uuid as from_warehouse_id, q.quantity,
                coalesce(b.price, t.unit_price) as unit_cost, round(q.quantity * coalesce(b.price, t.unit_price), 4) as cost, t.currency_code,
                $1::date + ceil(t.lead_time_days)::int as arrives_on, pu.on_time,
                s.onboarding <> 'APPROVED' as is_blocked, null::uuid as agreement_id
            from open o
            join lateral (
                select distinct on (t.supplier_id) t.* from supplier_item_terms t
                where t.item_id = o.item_id and t.valid_from <= $1
                order by t.supplier_id, t.valid_from desc, t.number desc) t on true
            join supplier s on s.id = t.supplier_id
            left join punctual pu on pu.supplier_id = t.supplier_id
            cross join lateral (
                select ceil(greatest(o.quantity, coalesce(t.minimum_quantity, 0)) / coalesce(t.multiple, o.step)) * coalesce(t.multiple, o.step) as quantity) q
            left join lateral (
                select (one ->> 'unitPrice')::numeric as price from jsonb_array_elements(t.price_breaks) one
                where (one ->> 'from')::numeric <= q.quantity order by (one ->> 'from')::numeric desc limit 1) b on true),
        called as (
            select o.id, 'CALL_OFF', a.supplier_id, null::uuid, least(q.quantity, coalesce(al.quantity_limit - used.quantity, q.quantity)),
                al.unit_price, round(least(q.quantity, coalesce(al.quantity_limit - used.quantity, q.quantity)) * al.unit_price, 4), a.currency_code,
                $1::date + ceil(coalesce(t.lead_time_days, s.lead_time_days, 0))::int, pu.on_time,
                s.onboarding <> 'APPROVED', a.id
            from open o
            join purchase_agreement a on a.legal_entity_id = o.legal_entity_id and a.status = 'ACTIVE' and $1 between a.valid_from and a.valid_until
            join purchase_agreement_line al on al.agreement_id = a.id and al.item_id = o.item_id
            join supplier s on s.id = a.supplier_id
            left join punctual pu on pu.supplier_id = a.supplier_id
            left join lateral (
                select t.* from supplier_item_terms t
                where t.item_id = o.item_id and t.supplier_id = a.supplier_id and t.valid_from <= $1
                order by t.valid_from desc, t.number desc limit 1) t on true
            cross join lateral (
                select coalesce(sum(case when l.status = 'CLOSED' then least(l.received, l.base_quantity) else l.base_quantity end), 0) as quantity
                from purchase_order c join purchase_order_line l on l.order_id = c.id
                where c.agreement_id = a.id and l.item_id = o.item_id and c.status not in ('DRAFT', 'CANCELLED')) used
            cross join lateral (
                select ceil(greatest(o.quantity, coalesce(t.minimum_quantity, 0)) / coalesce(t.multiple, o.step)) * coalesce(t.multiple, o.step) as quantity) q
            where al.quantity_limit is null or al.quantity_limit > used.quantity),
        moved as (
            select o.id, 'TRANSFER', null::uuid, d.warehouse_id, least(o.quantity, d.surplus),
                coalesce(l.cost_per_unit, 0), round(coalesce(l.cost_per_transfer + l.cost_per_unit * least(o.quantity, d.surplus), 0), 4),
                l.currency_code, $1::date + l.days, null::numeric, l.id is null, null::uuid
            from open o
            join replenishment_position d on d.item_id = o.item_id and d.warehouse_id <> o.warehouse_id and d.surplus > 0
            join warehouse w on w.id = d.warehouse_id and w.legal_entity_id = o.legal_entity_id and w.status = 'ACTIVE'
            left join transfer_lane l on l.from_warehouse_id = d.warehouse_id and l.to_warehouse_id = o.warehouse_id
            where o.transfer_rule <> 'NEVER'),
        -- Goods arrive on working days; there are few calendars and lead times, and many ways.
        found as materialized (select * from bought union all select * from called union all select * from moved),
        arrivals as materialized (
            select day.calendar_id, day.day, next_working_day(day.calendar_id, day.day) as works_on
            from (select distinct o.calendar_id, f.arrives_on as day from found f join open o on o.id = f.proposal_id) day),
        dated as (
            select f.proposal_id, f.kind, f.supplier_id, f.from_warehouse_id, f.quantity, f.unit_cost, f.cost, f.currency_code,
                a.works_on as arrives_on, f.on_time, f.is_blocked, f.agreement_id
            from found f
            join open o on o.id = f.proposal_id
            left join arrivals a on a.calendar_id is not distinct from o.calendar_id and a.day = f.arrives_on),
        ways as (
            select way.*, o.transfer_rule, o.needed_on, case
                when way.is_blocked then case way.kind when 'TRANSFER' then 'NO_LANE' else 'BLOCKED' end
                when way.arrives_on > o.needed_on then 'LATE'
                when way.quantity < o.quantity then 'PARTIAL'
                else 'FITS' end as verdict,
                worth_in(way.cost, way.currency_code, o.house_currency, $1) as worth, m.percent as share_percent, m.shared as shared_percent
            from dated way
            join open o on o.id = way.proposal_id
            left join meant m on m.item_id = o.item_id and m.warehouse_id = o.warehouse_id and m.supplier_id = way.supplier_id)
        insert into sourcing_option (
            id, proposal_id, rank, kind, supplier_id, from_warehouse_id, quantity, unit_cost, cost, currency_code, worth, arrives_on,
            on_time_percent, verdict, outcome, agreement_id, share_percent, shared_percent)
        select gen_random_uuid(), proposal_id,
            row_number() over (partition by proposal_id order by
                verdict in ('BLOCKED', 'NO_LANE'),
                (transfer_rule = 'FIRST' and kind = 'TRANSFER' and verdict = 'FITS') desc,
                verdict <> 'FITS', verdict = 'PARTIAL',
                -- Who is furthest behind its share goes before who is cheaper.
                coalesce(share_percent - shared_percent, 0) desc, worth nulls last, arrives_on, on_time desc nulls last, kind = 'BUY', supplier_id,
                from_warehouse_id, agreement_id),
            kind, supplier_id, from_warehouse_id, quantity, unit_cost, cost, currency_code, worth, arrives_on, on_time, verdict, 'OPEN',
            agreement_id, share_percent, shared_percent
        from ways
        """;

    /// <summary>What each need weighs: what is missing below the reorder point, or in all where it is urgent or was asked for.</summary>
    public const string Impacts =
        """
        update reorder_proposal p
        set impact = round(o.worth / o.quantity * case
            when q.origin = 'REQUISITION' or q.kind = 'EMERGENCY' or d.item_id is null then q.quantity
            else least(q.quantity, greatest(0, d.reorder_point - d.projected)) end, 4)
        from reorder_proposal q
        join sourcing_option o on o.proposal_id = q.id and o.rank = 1
        left join replenishment_position d on d.item_id = q.item_id and d.warehouse_id = q.warehouse_id
        where q.id = p.id and q.status = 'PROPOSED' and (q.id = $2 or ($1::uuid is not null and d.run_id = $1 and d.is_due))
        """;
}
