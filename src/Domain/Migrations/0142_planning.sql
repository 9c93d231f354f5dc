-- How much of what should lie where, what the demand is, what should therefore be bought or moved, and what people decided.

create table replenishment_policy (
    id                     uuid          not null primary key,
    item_id                uuid          not null references item (id),
    warehouse_id           uuid          not null references warehouse (id),
    number                 integer       not null check (number > 0),
    effective_from         date          not null,
    -- A season's version gives way to the standing one after this day (PRC-22).
    effective_until        date,
    method                 text          not null check (method in ('MIN_MAX', 'FIXED_QUANTITY', 'SERVICE_TARGET', 'NOT_REPLENISHED')),
    reorder_point          numeric(18,6) check (reorder_point >= 0),
    order_up_to            numeric(18,6) check (order_up_to > 0),
    order_quantity         numeric(18,6) check (order_quantity > 0),
    safety_stock           numeric(18,6) check (safety_stock >= 0),
    service_target         numeric(9,4)  check (service_target between 50 and 99.99),
    -- The standard normal quantile of the target.
    service_factor         numeric(9,6),
    cover_days             integer       not null check (cover_days between 0 and 730),
    supplier_id            uuid          references supplier (id),
    lead_time_days         numeric(9,4)  check (lead_time_days between 0 and 730),
    lead_time_spread_days  numeric(9,4)  check (lead_time_spread_days between 0 and 730),
    review_days            integer       not null check (review_days between 0 and 90),
    -- One bit a weekday on which the item is looked at, Monday = 1 … Sunday = 64.
    review_weekdays        smallint      not null check (review_weekdays between 1 and 127),
    minimum                numeric(18,6) check (minimum > 0),
    multiple               numeric(18,6) check (multiple > 0),
    demand_days            integer       not null check (demand_days between 7 and 730),
    uses_forecast          boolean       not null,
    transfer_rule          text          not null check (transfer_rule in ('NEVER', 'SHOW', 'FIRST')),
    reason                 text          not null check (reason <> ''),
    set_by                 uuid          not null,
    set_at                 timestamptz   not null,
    constraint replenishment_policy_once unique (item_id, warehouse_id, number),
    constraint replenishment_policy_days check (effective_until is null or effective_until >= effective_from),
    constraint replenishment_policy_method check (case method
        when 'MIN_MAX' then reorder_point is not null and order_up_to > reorder_point
        when 'FIXED_QUANTITY' then order_quantity is not null
        when 'SERVICE_TARGET' then service_target is not null and cover_days > 0
        else true end),
    constraint replenishment_policy_target check ((service_target is null) = (service_factor is null)),
    -- Somebody must say how long it takes.
    constraint replenishment_policy_lead_time check (method = 'NOT_REPLENISHED' or supplier_id is not null or lead_time_days is not null)
);
create index replenishment_policy_in_force on replenishment_policy (item_id, warehouse_id, effective_from);
create index replenishment_policy_warehouse on replenishment_policy (warehouse_id);
select append_only('replenishment_policy');

-- How goods get from one of our sites to another, and what that costs.
create table transfer_lane (
    id                 uuid          not null primary key,
    from_warehouse_id  uuid          not null references warehouse (id),
    to_warehouse_id    uuid          not null references warehouse (id),
    days               integer       not null check (days between 0 and 365),
    cost_per_unit      numeric(18,6) not null check (cost_per_unit >= 0),
    cost_per_transfer  numeric(19,4) not null check (cost_per_transfer >= 0),
    currency_code      text          not null references currency (code),
    version            integer       not null check (version > 0),
    created_at         timestamptz   not null,
    updated_at         timestamptz   not null,
    constraint transfer_lane_once unique (from_warehouse_id, to_warehouse_id),
    constraint transfer_lane_ends check (from_warehouse_id <> to_warehouse_id)
);

-- What was wanted or will be, per item, site, day and channel, each row with its source (PRC-01).
create table demand (
    id            uuid          not null primary key,
    item_id       uuid          not null references item (id),
    warehouse_id  uuid          not null references warehouse (id),
    day           date          not null,
    source        text          not null check (source in ('LEDGER', 'SALES_ORDER', 'FORECAST', 'PROMOTION', 'PROJECT')),
    channel_id    uuid          references fulfillment_channel (id),
    reference     text          check (reference <> ''),
    quantity      numeric(18,6) not null check (quantity >= 0),
    status        text          not null check (status in ('COUNTED', 'SUSPECT', 'REFUSED')),
    reason        text,
    version       integer       not null check (version > 0),
    recorded_at   timestamptz   not null,
    constraint demand_once unique nulls not distinct (item_id, warehouse_id, day, source, channel_id, reference),
    constraint demand_of_a_document check (source not in ('SALES_ORDER', 'PROJECT') or reference is not null)
);
create index demand_warehouse on demand (warehouse_id, day);
create index demand_reference on demand (reference) where reference is not null;

-- Up to when the ledger's issues are in the table above: it is as old as this, and readers see it.
create table demand_watermark (
    only_one     boolean     not null primary key default true check (only_one),
    recorded_to  timestamptz not null
);
insert into demand_watermark (recorded_to) values ('-infinity');

create table replenishment_run (
    id              uuid        not null primary key,
    warehouse_id    uuid        references warehouse (id),
    day             date        not null,
    demand_to       timestamptz not null,
    item_sites      integer     not null,
    proposed        integer     not null,
    revised         integer     not null,
    withdrawn       integer     not null,
    run_by          uuid        not null,
    run_at          timestamptz not null
);
create index replenishment_run_warehouse on replenishment_run (warehouse_id, run_at);

-- The whole arithmetic of an item at a site as the last run saw it: one row, replaced.
create table replenishment_position (
    item_id              uuid          not null references item (id),
    warehouse_id         uuid          not null references warehouse (id),
    policy_id            uuid          not null references replenishment_policy (id),
    run_id               uuid          not null references replenishment_run (id),
    free                 numeric(18,6) not null,
    waiting              numeric(18,6) not null,
    in_transit           numeric(18,6) not null,
    on_order             numeric(18,6) not null,
    overdue              numeric(18,6) not null,
    decided_in           numeric(18,6) not null,
    decided_out          numeric(18,6) not null,
    promised             numeric(18,6) not null,
    committed            numeric(18,6) not null,
    projected            numeric(18,6) not null,
    demand_per_day       numeric(18,6) not null,
    demand_spread        numeric(18,6) not null,
    demand_source        text          not null check (demand_source in ('HISTORY', 'FORECAST')),
    lead_time_days       numeric(9,4)  not null,
    lead_time_spread_days numeric(9,4) not null,
    lead_time_source     text          not null check (lead_time_source in ('POLICY', 'TERMS', 'SUPPLIER')),
    review_days          integer       not null,
    service_factor       numeric(9,6)  not null,
    safety_stock         numeric(18,6) not null,
    reorder_point        numeric(18,6) not null,
    order_up_to          numeric(18,6) not null,
    multiple             numeric(18,6) not null,
    gap                  numeric(18,6) not null,
    runs_out_on          date,
    emergency_quantity   numeric(18,6) not null,
    order_quantity       numeric(18,6) not null,
    surplus              numeric(18,6) not null,
    is_due               boolean       not null,
    computed_at          timestamptz   not null,
    primary key (item_id, warehouse_id)
) with (fillfactor = 70);
create index replenishment_position_warehouse on replenishment_position (warehouse_id);
create index replenishment_position_run on replenishment_position (run_id);

create sequence reorder_proposal_number;

create table reorder_proposal (
    id               uuid          not null primary key,
    number           text          not null unique check (number <> ''),
    origin           text          not null check (origin in ('PLAN', 'REQUISITION')),
    kind             text          not null check (kind in ('NORMAL', 'EMERGENCY')),
    status           text          not null check (status in ('PROPOSED', 'DECIDED', 'ORDERED', 'DONE', 'DISMISSED', 'WITHDRAWN')),
    item_id          uuid          not null references item (id),
    warehouse_id     uuid          not null references warehouse (id),
    quantity         numeric(18,6) not null check (quantity > 0),
    needed_on        date          not null,
    -- The figures behind it, as JSON; null for what somebody asked for.
    arithmetic       jsonb,
    run_id           uuid          references replenishment_run (id),
    reason           text,
    project          text          check (project <> ''),
    source           text          check (source in ('BUY', 'TRANSFER')),
    supplier_id      uuid          references supplier (id),
    from_warehouse_id uuid         references warehouse (id),
    decided_quantity numeric(18,6) check (decided_quantity > 0),
    decided_by       uuid,
    decided_at       timestamptz,
    decision_reason  text,
    order_id         uuid          references purchase_order (id),
    order_line       integer,
    hushed_until     date,
    asked_by         uuid,
    version          integer       not null check (version > 0),
    created_at       timestamptz   not null,
    updated_at       timestamptz   not null,
    constraint reorder_proposal_asked check ((origin = 'REQUISITION') = (asked_by is not null)),
    constraint reorder_proposal_decided check (status not in ('DECIDED', 'ORDERED', 'DONE') or (source is not null and decided_quantity is not null)),
    constraint reorder_proposal_ordered check (status <> 'ORDERED' or order_id is not null),
    constraint reorder_proposal_source check (case source when 'BUY' then supplier_id is not null when 'TRANSFER' then from_warehouse_id is not null else true end)
);
-- One need is proposed once.
create unique index reorder_proposal_once on reorder_proposal (item_id, warehouse_id, kind) where status = 'PROPOSED' and origin = 'PLAN';
create index reorder_proposal_warehouse on reorder_proposal (warehouse_id, status);
create index reorder_proposal_item on reorder_proposal (item_id, warehouse_id, status);
create index reorder_proposal_order on reorder_proposal (order_id) where order_id is not null;
create index reorder_proposal_from on reorder_proposal (from_warehouse_id, item_id) where status = 'DECIDED';

-- From where a need could be met: every way, with what speaks for and against it (PRC-06).
create table sourcing_option (
    id                 uuid          not null primary key,
    proposal_id        uuid          not null references reorder_proposal (id),
    rank               integer       not null check (rank > 0),
    kind               text          not null check (kind in ('BUY', 'TRANSFER')),
    supplier_id        uuid          references supplier (id),
    from_warehouse_id  uuid          references warehouse (id),
    quantity           numeric(18,6) not null check (quantity > 0),
    unit_cost          numeric(18,6) not null check (unit_cost >= 0),
    cost               numeric(19,4) not null check (cost >= 0),
    currency_code      text          references currency (code),
    -- In the company's currency; null when nobody knows the rate.
    worth              numeric(19,4),
    arrives_on         date,
    -- Of all deliveries of the supplier that are known, in percent.
    on_time_percent    numeric(9,4),
    verdict            text          not null check (verdict in ('FITS', 'PARTIAL', 'LATE', 'BLOCKED', 'NO_LANE')),
    outcome            text          not null check (outcome in ('OPEN', 'CHOSEN', 'REJECTED')),
    -- Why it was not taken.
    rejected_because   text          check (rejected_because in ('BLOCKED', 'NO_LANE', 'LATE', 'PARTIAL', 'ABOVE_NEED', 'DEARER', 'LESS_RELIABLE', 'LATER', 'PLANNER')),
    constraint sourcing_option_rank unique (proposal_id, rank) deferrable initially deferred,
    constraint sourcing_option_from check ((kind = 'BUY') = (supplier_id is not null) and (kind = 'TRANSFER') = (from_warehouse_id is not null)),
    constraint sourcing_option_outcome check ((outcome = 'REJECTED') = (rejected_because is not null))
);

-- The first day on or after the given one on which people work.
create function next_working_day(calendar uuid, day date) returns date language sql stable parallel safe as $$
    select coalesce(min(d::date), next_working_day.day)
    from generate_series(next_working_day.day, next_working_day.day + 60, interval '1 day') d
    join calendar c on c.id = next_working_day.calendar
    left join calendar_day e on e.calendar_id = c.id and e.day = d::date
    where coalesce(e.is_working, (c.weekdays & (1 << (extract(isodow from d)::int - 1))) <> 0)
$$;

select scope_rows(part::regclass, 'exists (select from warehouse w where w.id = warehouse_id) and ' || house_only())
from unnest(array['replenishment_policy', 'demand', 'replenishment_position', 'reorder_proposal']) as part;
select scope_rows('replenishment_run', '(warehouse_id is null or exists (select from warehouse w where w.id = warehouse_id)) and ' || house_only());
select scope_rows('transfer_lane', 'exists (select from warehouse w where w.id in (from_warehouse_id, to_warehouse_id)) and ' || house_only());
select scope_rows('sourcing_option', 'exists (select from reorder_proposal p where p.id = proposal_id)');
select share_rows('demand_watermark', 'how old the demand is');

insert into exception_category (code, name, queue, escalation_queue, severity, sla_hours, version, created_at, updated_at)
values ('SUPPLY_GAP', 'What is on order no longer covers the need', 'planning', 'supervisor', 'HIGH', 8, 1, now(), now());

insert into approval_kind (code, name, needs_human, version, created_at, updated_at)
values ('REPLENISHMENT_POLICY', 'Change of how an item is replenished', false, 1, now(), now());

-- Supply that became later or less and was not planned again yet.
create table supply_change (
    id            uuid        not null primary key,
    order_id      uuid        not null references purchase_order (id),
    item_id       uuid        not null references item (id),
    warehouse_id  uuid        not null references warehouse (id),
    changed_at    timestamptz not null
);
create index supply_change_waiting on supply_change (changed_at, id);
select scope_to_nobody('supply_change');
