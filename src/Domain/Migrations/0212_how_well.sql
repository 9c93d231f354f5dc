-- How well suppliers and forecasts do: more of what a scorecard shows (PRC-15, KPI-09, KPI-10), the error of forecasts (PRC-05), and
-- the rules that suppliers keep or break (PRC-16).

alter table supplier_scorecard
    add column confirmed_in_time_percent numeric(9,4),
    add column lead_time_kept_percent    numeric(9,4),
    add column lead_time_drift_days      numeric(18,6),
    add column announced_percent         numeric(9,4),
    add column announcement_percent      numeric(9,4),
    add column exception_percent         numeric(18,4),
    add column breaches                  integer not null default 0,
    add column approval_hours            numeric(18,6),
    add column cycle_days                numeric(18,6);
alter table supplier_scorecard alter column breaches drop default;

-- What was forecast before the day came, against what left: the last twelve weeks that are over, one row, replaced.
create table forecast_accuracy (
    item_id            uuid          not null references item (id),
    warehouse_id       uuid          not null references warehouse (id),
    weeks              integer       not null check (weeks > 0),
    forecast           numeric(18,6) not null,
    actual             numeric(18,6) not null,
    bias_percent       numeric(18,4),
    error_percent      numeric(18,4),
    mean_deviation     numeric(18,6) not null,
    tracking_signal    numeric(18,6) not null,
    is_biased          boolean       not null,
    computed_at        timestamptz   not null,
    primary key (item_id, warehouse_id)
);
create index forecast_accuracy_warehouse on forecast_accuracy (warehouse_id);
select scope_rows('forecast_accuracy', 'exists (select from warehouse w where w.id = warehouse_id) and ' || house_only());

create table supplier_rule (
    id             uuid          not null primary key,
    -- Null holds for every supplier.
    supplier_id    uuid          references supplier (id),
    kind           text          not null check (kind in ('ANNOUNCEMENT', 'LABEL', 'PACKAGING', 'DOCUMENTS')),
    words          text          not null check (words <> ''),
    -- How long before its arrival a delivery is announced.
    hours          integer       check (hours between 0 and 720),
    charge         numeric(19,4) check (charge > 0),
    currency_code  text          references currency (code),
    is_on          boolean       not null,
    version        integer       not null check (version > 0),
    created_at     timestamptz   not null,
    updated_at     timestamptz   not null,
    constraint supplier_rule_hours check ((kind = 'ANNOUNCEMENT') = (hours is not null)),
    constraint supplier_rule_charge check ((charge is null) = (currency_code is null))
);
create index supplier_rule_supplier on supplier_rule (supplier_id);
select scope_rows('supplier_rule', '(supplier_id is null or ' || in_scope('suppliers', 'supplier_id') || ')');

create table compliance_breach (
    id               uuid          not null primary key,
    rule_id          uuid          not null references supplier_rule (id),
    supplier_id      uuid          not null references supplier (id),
    order_id         uuid          not null references purchase_order (id),
    -- The delivery or document in which it was found.
    reference        text          not null check (reference <> ''),
    words            text          not null check (words <> ''),
    charge           numeric(19,4),
    currency_code    text          references currency (code),
    found_by         uuid          not null,
    found_at         timestamptz   not null,
    constraint compliance_breach_once unique (rule_id, order_id, reference)
);
create index compliance_breach_supplier on compliance_breach (supplier_id, found_at);
create index compliance_breach_order on compliance_breach (order_id);
select append_only('compliance_breach');
select scope_rows('compliance_breach', 'exists (select from purchase_order o where o.id = order_id)');

insert into exception_category (code, name, queue, escalation_queue, severity, sla_hours, version, created_at, updated_at)
values
    ('FORECAST_BIAS', 'Forecasts of an item are wrong in one direction', 'planning', 'supervisor', 'MEDIUM', 72, 1, now(), now()),
    ('SUPPLIER_COMPLIANCE', 'A supplier broke a rule of delivery', 'supplier_management', 'supervisor', 'MEDIUM', 72, 1, now(), now());

insert into schedule (id, code, name, is_on, local_time, weekdays, time_zone, next_run_at, failures, version, created_at, updated_at)
select gen_random_uuid(), code, name, true, at::time, 127, 'UTC', date_trunc('day', now()) + interval '1 day' + at, 0, 1, now(), now()
from (values
    ('MEASURE_FORECASTS', 'Measure how wrong forecasts were', interval '2 hours'),
    ('FIND_BREACHES', 'Find deliveries that were announced late or not at all', interval '1 hour')) as work (code, name, at);
