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
        bought as (
            select o.id as proposal_id, 'BUY' as kind, t.supplier_id, null::uuid as from_warehouse_id, q.quantity,
                coalesce(b.price, t.unit_price) as unit_cost, round(q.quantity * coalesce(b.price, t.unit_price), 4) as cost, t.currency_code,
                next_working_day(o.calendar_id, $1::date + ceil(t.lead_time_days)::int) as arrives_on, pu.on_time,
                s.onboarding <> 'APPROVED' as is_blocked
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
        moved as (
            select o.id, 'TRANSFER', null::uuid, d.warehouse_id, least(o.quantity, d.surplus),
                coalesce(l.cost_per_unit, 0), round(coalesce(l.cost_per_transfer + l.cost_per_unit * least(o.quantity, d.surplus), 0), 4),
                l.currency_code, next_working_day(o.calendar_id, $1::date + l.days), null::numeric, l.id is null
            from open o
            join replenishment_position d on d.item_id = o.item_id and d.warehouse_id <> o.warehouse_id and d.surplus > 0
            join warehouse w on w.id = d.warehouse_id and w.legal_entity_id = o.legal_entity_id and w.status = 'ACTIVE'
            left join transfer_lane l on l.from_warehouse_id = d.warehouse_id and l.to_warehouse_id = o.warehouse_id
            where o.transfer_rule <> 'NEVER'),
        ways as (
            select way.*, o.transfer_rule, o.needed_on, case
                when way.is_blocked then case way.kind when 'BUY' then 'BLOCKED' else 'NO_LANE' end
                when way.arrives_on > o.needed_on then 'LATE'
                when way.quantity < o.quantity then 'PARTIAL'
                else 'FITS' end as verdict,
                round(way.cost * case when way.currency_code = o.house_currency then 1 else rate.rate end, 4) as worth
            from (select * from bought union all select * from moved) way
            join open o on o.id = way.proposal_id
            left join lateral (
                select case when r.from_currency = way.currency_code then r.rate else 1 / r.rate end as rate from exchange_rate r
                where r.valid_from <= $1 and ((r.from_currency = way.currency_code and r.to_currency = o.house_currency)
                    or (r.to_currency = way.currency_code and r.from_currency = o.house_currency))
                order by r.valid_from desc, r.from_currency = way.currency_code desc limit 1) rate on true)
        insert into sourcing_option (
            id, proposal_id, rank, kind, supplier_id, from_warehouse_id, quantity, unit_cost, cost, currency_code, worth, arrives_on,
            on_time_percent, verdict, outcome)
        select gen_random_uuid(), proposal_id,
            row_number() over (partition by proposal_id order by
                verdict in ('BLOCKED', 'NO_LANE'),
                (transfer_rule = 'FIRST' and kind = 'TRANSFER' and verdict = 'FITS') desc,
                verdict <> 'FITS', verdict = 'PARTIAL', worth nulls last, arrives_on, on_time desc nulls last, supplier_id, from_warehouse_id),
            kind, supplier_id, from_warehouse_id, quantity, unit_cost, cost, currency_code, worth, arrives_on, on_time, verdict, 'OPEN'
        from ways
        """;
}
