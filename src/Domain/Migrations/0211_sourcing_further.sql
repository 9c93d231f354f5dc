-- Further ways of meeting a need: calling off an agreement, sharing it between suppliers; transfers that are shipped and received on
-- the ledger; and what a need weighs, so that buyers work from the heaviest down (PRC-06, PRC-07, PRC-19).

-- How much of an item at a site each supplier is meant to get (a split of demand); the newest version holds.
create table supplier_shares (
    id            uuid        not null primary key,
    item_id       uuid        not null references item (id),
    warehouse_id  uuid        not null references warehouse (id),
    reason        text        not null check (reason <> ''),
    version       integer     not null check (version > 0),
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    constraint supplier_shares_once unique (item_id, warehouse_id)
);
create table supplier_share (
    id           uuid         not null primary key,
    shares_id    uuid         not null references supplier_shares (id),
    supplier_id  uuid         not null references supplier (id),
    percent      numeric(9,4) not null check (percent > 0 and percent <= 100),
    constraint supplier_share_once unique (shares_id, supplier_id)
);
select scope_rows('supplier_shares', 'exists (select from warehouse w where w.id = warehouse_id) and ' || house_only());
select scope_rows('supplier_share', 'exists (select from supplier_shares s where s.id = shares_id)');

alter table sourcing_option
    drop constraint sourcing_option_kind_check,
    drop constraint sourcing_option_rejected_because_check,
    drop constraint sourcing_option_from,
    add column agreement_id   uuid references purchase_agreement (id),
    -- What the supplier is meant to get, and what it got of the last year's orders.
    add column share_percent  numeric(9,4),
    add column shared_percent numeric(9,4),
    add constraint sourcing_option_kind_check check (kind in ('BUY', 'CALL_OFF', 'TRANSFER')),
    add constraint sourcing_option_rejected_because_check check (rejected_because in (
        'BLOCKED', 'NO_LANE', 'LATE', 'PARTIAL', 'ABOVE_NEED', 'DEARER', 'LESS_RELIABLE', 'LATER', 'SHARED', 'PLANNER')),
    add constraint sourcing_option_from check (
        (kind in ('BUY', 'CALL_OFF')) = (supplier_id is not null) and (kind = 'TRANSFER') = (from_warehouse_id is not null)
        and (kind = 'CALL_OFF') = (agreement_id is not null));

alter table reorder_proposal
    drop constraint reorder_proposal_status_check,
    drop constraint reorder_proposal_source_check,
    drop constraint reorder_proposal_source,
    drop constraint reorder_proposal_decided,
    add column agreement_id  uuid references purchase_agreement (id),
    -- The need of which it is a part.
    add column part_of_id    uuid references reorder_proposal (id),
    -- What is missing, in the company's currency at the price of the recommended way; null when nobody knows a price.
    add column impact        numeric(19,4),
    -- What left the other site for it, and what of that is here, in base units; between the two it lies in the bin.
    add column shipped       numeric(18,6) not null default 0 check (shipped >= 0),
    add column arrived       numeric(18,6) not null default 0,
    add column transit_bin_id uuid references bin (id),
    add constraint reorder_proposal_status_check check (status in ('PROPOSED', 'DECIDED', 'ORDERED', 'IN_TRANSIT', 'DONE', 'DISMISSED', 'WITHDRAWN')),
    add constraint reorder_proposal_source_check check (source in ('BUY', 'CALL_OFF', 'TRANSFER')),
    add constraint reorder_proposal_decided check (
        status not in ('DECIDED', 'ORDERED', 'IN_TRANSIT', 'DONE') or (source is not null and decided_quantity is not null)),
    add constraint reorder_proposal_source check (case source
        when 'BUY' then supplier_id is not null
        when 'CALL_OFF' then supplier_id is not null and agreement_id is not null
        when 'TRANSFER' then from_warehouse_id is not null
        else true end),
    -- No more arrives than left, and no more leaves than was decided.
    add constraint reorder_proposal_transfer check (
        arrived between 0 and shipped and (shipped = 0 or (shipped <= decided_quantity and transit_bin_id is not null))
        and (status <> 'IN_TRANSIT' or shipped > 0));
create index reorder_proposal_impact on reorder_proposal (impact desc nulls last) where status = 'PROPOSED';
create index reorder_proposal_part on reorder_proposal (part_of_id) where part_of_id is not null;
create index purchase_order_line_ordered on purchase_order_line (item_id, order_id);

insert into exception_category (code, name, queue, escalation_queue, severity, sla_hours, version, created_at, updated_at)
values ('TRANSFER_SHORT', 'Less came of a transfer than was sent', 'inventory', 'supervisor', 'HIGH', 24, 1, now(), now());

-- What buyers have to do, the heaviest first: needs without a decision, decisions without an order, and cases that wait for procurement.
create function worth_in(amount numeric, have text, want text, day date) returns numeric language sql stable parallel safe as $$
    select round(amount * case when have = want then 1 else (
        select case when r.from_currency = have then r.rate else 1 / r.rate end from exchange_rate r
        where r.valid_from <= day and ((r.from_currency = have and r.to_currency = want) or (r.to_currency = have and r.from_currency = want))
        order by r.valid_from desc, r.from_currency = have desc limit 1) end, 4)
$$;

create view buyer_task with (security_invoker = true) as
    select p.id, case p.status when 'PROPOSED' then 'DECIDE' else 'ORDER' end as kind, p.id as proposal_id, null::uuid as case_id,
        p.number || ': ' || trim_scale(coalesce(p.decided_quantity, p.quantity)) as title, p.kind = 'EMERGENCY' as is_urgent,
        w.legal_entity_id, p.warehouse_id, p.supplier_id, p.item_id, p.impact, e.currency_code, p.needed_on as due_on, p.created_at as since
    from reorder_proposal p
    join warehouse w on w.id = p.warehouse_id
    join legal_entity e on e.id = w.legal_entity_id
    where p.status = 'PROPOSED' or (p.status = 'DECIDED' and p.source in ('BUY', 'CALL_OFF'))
    union all
    select c.id, 'CASE', null, c.id, c.title, c.severity in ('HIGH', 'CRITICAL'), coalesce(c.legal_entity_id, w.legal_entity_id), c.warehouse_id,
        c.supplier_id, c.item_id, worth_in(c.value_at_stake, c.currency_code, e.currency_code, c.created_at::date)::numeric(19,4), e.currency_code,
        (c.due_at at time zone 'UTC')::date, c.created_at
    from exception_case c
    left join warehouse w on w.id = c.warehouse_id
    left join legal_entity e on e.id = coalesce(c.legal_entity_id, w.legal_entity_id)
    where c.status <> 'RESOLVED' and c.queue in ('procurement', 'supplier_management', 'planning');
