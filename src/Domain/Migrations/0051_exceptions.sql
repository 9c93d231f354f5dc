-- Exceptions: whatever is not as it should be is one case with one id, for every function that has to do with it.

create table exception_category (
    code              text        not null primary key check (code ~ '^[A-Z][A-Z0-9_]{1,39}$'),
    name              text        not null check (name <> ''),
    queue             text        not null check (queue ~ '^[a-z_]{1,40}$'),
    escalation_queue  text        not null check (escalation_queue ~ '^[a-z_]{1,40}$'),
    severity          text        not null check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    sla_hours         integer     not null check (sla_hours between 1 and 2160),
    runbook           text,
    version           integer     not null check (version > 0),
    created_at        timestamptz not null,
    updated_at        timestamptz not null
);

insert into exception_category (code, name, queue, escalation_queue, severity, sla_hours, version, created_at, updated_at)
select code, name, queue, case when queue = 'supervisor' then 'operations' else 'supervisor' end, severity, sla_hours, 1, now(), now()
from (values
    ('SHORT_RECEIPT', 'Less arrived than was expected', 'procurement', 'MEDIUM', 24),
    ('OVER_RECEIPT', 'More arrived than was ordered', 'procurement', 'MEDIUM', 24),
    ('DAMAGE', 'Damaged goods', 'quality', 'MEDIUM', 24),
    ('MIS_PICK', 'The wrong goods were picked', 'supervisor', 'MEDIUM', 8),
    ('LOCATION_MISMATCH', 'Goods lie elsewhere than they should', 'inventory_control', 'LOW', 24),
    ('COUNT_VARIANCE', 'The count differs from the books', 'inventory_control', 'MEDIUM', 24),
    ('PICK_SHORT', 'Less could be picked than was allocated', 'supervisor', 'HIGH', 4),
    ('PACK_SHORT', 'Less was packed than was picked', 'supervisor', 'HIGH', 4),
    ('NO_PO_REFERENCE', 'Goods arrived that nobody seems to have ordered', 'procurement', 'MEDIUM', 24),
    ('ASN_MISMATCH', 'The announcement differs from the order', 'procurement', 'MEDIUM', 24),
    ('STRANDED_INSPECTION', 'Goods wait too long for inspection', 'quality', 'MEDIUM', 24),
    ('LATE_PUTAWAY', 'Goods wait too long for putaway', 'warehousing', 'LOW', 8),
    ('LATE_REPLENISHMENT', 'A pick face is not refilled in time', 'warehousing', 'MEDIUM', 4),
    ('STOCKOUT', 'An item ran out', 'planning', 'HIGH', 8),
    ('REPEATED_STOCKOUT', 'An item runs out again and again', 'planning', 'HIGH', 24),
    ('DEMAND_SPIKE', 'Demand is far above what was expected', 'planning', 'MEDIUM', 24),
    ('DUPLICATE_DEMAND', 'The same demand seems to have come twice', 'customer_service', 'MEDIUM', 8),
    ('DUPLICATE_PO', 'The same need seems to be ordered twice', 'procurement', 'MEDIUM', 8),
    ('DUPLICATE_ITEM', 'Two items look like one', 'master_data', 'LOW', 72),
    ('SUPPLIER_DELAY', 'A supplier is late', 'procurement', 'MEDIUM', 24),
    ('UNCONFIRMED_PO', 'An order is not confirmed', 'procurement', 'MEDIUM', 24),
    ('LEAD_TIME_DRIFT', 'A supplier takes longer than it used to', 'procurement', 'LOW', 72),
    ('PRICE_VARIANCE', 'An invoice asks another price', 'finance', 'MEDIUM', 48),
    ('QTY_VARIANCE_INVOICE', 'An invoice asks another quantity', 'finance', 'MEDIUM', 48),
    ('INVOICE_DISPUTE', 'An invoice is disputed', 'finance', 'MEDIUM', 72),
    ('CREDIT_HOLD', 'A customer''s credit stops a delivery', 'finance', 'HIGH', 8),
    ('ALLOCATION_CONFLICT', 'Two demands want the same goods', 'customer_service', 'HIGH', 4),
    ('OVER_PROMISE', 'More was promised than can be done', 'supervisor', 'HIGH', 4),
    ('AT_RISK_ORDER', 'An order will probably be late', 'customer_service', 'HIGH', 8),
    ('RETURN_UNAUTHORISED', 'Goods came back without authorisation', 'customer_service', 'LOW', 48),
    ('EXPIRY_RISK', 'Goods will expire before they are sold', 'planning', 'MEDIUM', 72),
    ('TEMPERATURE_BREACH', 'Goods were too warm or too cold', 'quality', 'CRITICAL', 2),
    ('EMERGENCY_BUY', 'Goods were bought in a hurry', 'procurement', 'MEDIUM', 24),
    ('SERVICE_ESCALATION', 'A customer complains', 'customer_service', 'HIGH', 4),
    ('INTEGRATION_FAILURE', 'Another system does not answer', 'systems', 'HIGH', 2),
    ('DEVICE_OUTAGE', 'Devices are out', 'systems', 'HIGH', 2),
    ('SITE_OUTAGE', 'A site is out', 'operations', 'CRITICAL', 1),
    ('CARRIER_OUTAGE', 'A carrier is out', 'transportation', 'HIGH', 2),
    ('INVENTORY_MISMATCH', 'Two records of stock differ', 'inventory_control', 'HIGH', 8),
    ('POLICY_BREACH', 'A rule was broken', 'supervisor', 'HIGH', 24),
    ('MASTER_DATA_CONFLICT', 'Master data contradict each other', 'master_data', 'LOW', 72)
) as known (code, name, queue, severity, sla_hours);

create table exception_case (
    id                uuid           not null primary key,
    category          text           not null references exception_category (code),
    status            text           not null check (status in ('NEW', 'TRIAGED', 'ASSIGNED', 'IN_PROGRESS', 'WAITING', 'RESOLVED')),
    title             text           not null check (title <> ''),
    -- What is one case: a repeated signal with the same key joins the case that is open (EXC-12).
    correlation_key   text           not null check (correlation_key <> ''),
    source_kind       text           not null check (source_kind <> ''),
    source_id         uuid           not null,
    source_event      text           not null check (source_event <> ''),
    correlation_id    uuid           not null,
    severity          text           not null check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    service_impact    text           not null check (service_impact in ('NONE', 'DELAY', 'PARTIAL_SERVICE', 'SERVICE_LOST')),
    value_at_stake    numeric(19,4)  check (value_at_stake >= 0),
    currency_code     text           references currency (code),
    legal_entity_id   uuid           references legal_entity (id),
    warehouse_id      uuid           references warehouse (id),
    supplier_id       uuid           references supplier (id),
    customer_id       uuid           references customer (id),
    item_id           uuid           references item (id),
    facts             jsonb          not null,
    history           jsonb          not null,
    signals           integer        not null check (signals > 0),
    last_signal_at    timestamptz    not null,
    routed_by         integer,
    queue             text           not null check (queue ~ '^[a-z_]{1,40}$'),
    escalation_path   text[]         not null check (cardinality(escalation_path) > 0),
    owner_id          uuid,
    owner_name        text,
    calendar_id       uuid           references calendar (id),
    time_zone         text           not null check (time_zone <> ''),
    sla_hours         integer        not null check (sla_hours > 0),
    due_at            timestamptz    not null,
    sla_left          interval,
    wait_until        timestamptz,
    escalation_level  integer        not null check (escalation_level >= 0),
    escalated_at      timestamptz,
    outcome           text           check (outcome in ('CORRECTED', 'ACCEPTED_AS_IS', 'CREDITED', 'RETURNED', 'REPLACED',
                                     'WRITTEN_OFF', 'PROCESS_CHANGED', 'DUPLICATE', 'FALSE_ALARM', 'NO_ACTION')),
    root_cause        text,
    resolved_at       timestamptz,
    resolved_by       uuid,
    reopened          integer        not null check (reopened >= 0),
    version           integer        not null check (version > 0),
    created_at        timestamptz    not null,
    updated_at        timestamptz    not null,
    constraint exception_case_value check ((value_at_stake is null) = (currency_code is null)),
    constraint exception_case_owner check (
        (status in ('ASSIGNED', 'IN_PROGRESS', 'WAITING') and owner_id is not null)
        or (status in ('NEW', 'TRIAGED') and owner_id is null) or status = 'RESOLVED'),
    constraint exception_case_owner_name check ((owner_id is null) = (owner_name is null)),
    constraint exception_case_waits check ((status = 'WAITING') = (sla_left is not null)),
    constraint exception_case_wait_until check (wait_until is null or status = 'WAITING'),
    -- I-21: a closed case says how it ended.
    constraint exception_case_outcome check (
        (status = 'RESOLVED') = (outcome is not null) and (outcome is null) = (resolved_at is null)
        and (outcome is null) = (resolved_by is null))
);
create unique index exception_case_open on exception_case (correlation_key) where status <> 'RESOLVED';
create index exception_case_queue on exception_case (queue, due_at, id) where status <> 'RESOLVED';
create index exception_case_due on exception_case (due_at, id) where status in ('NEW', 'TRIAGED', 'ASSIGNED', 'IN_PROGRESS');
create index exception_case_wait on exception_case (wait_until, id) where status = 'WAITING' and wait_until is not null;
create index exception_case_source on exception_case (source_id);
create index exception_case_supplier on exception_case (supplier_id, created_at) where supplier_id is not null;
create index exception_case_item on exception_case (item_id, created_at) where item_id is not null;
create index exception_case_entity on exception_case (legal_entity_id, created_at);
create index exception_case_warehouse on exception_case (warehouse_id, created_at);

-- Every signal as it came; those after the first joined the case.
create table exception_signal (
    id              uuid          not null primary key,
    case_id         uuid          not null references exception_case (id),
    source_kind     text          not null check (source_kind <> ''),
    source_id       uuid          not null,
    source_event    text          not null check (source_event <> ''),
    value_at_stake  numeric(19,4),
    currency_code   text,
    facts           jsonb         not null,
    signalled_by    uuid          not null,
    signalled_at    timestamptz   not null
);
create index exception_signal_case on exception_signal (case_id, signalled_at, id);
select append_only('exception_signal');

create table exception_note (
    id         uuid        not null primary key,
    case_id    uuid        not null references exception_case (id),
    kind       text        not null check (kind in ('COMMENT', 'EVIDENCE', 'DECISION')),
    body       text        not null check (body <> ''),
    evidence   text,
    author_id  uuid        not null,
    author     text        not null check (author <> ''),
    at         timestamptz not null,
    constraint exception_note_evidence check (kind <> 'EVIDENCE' or evidence is not null)
);
create index exception_note_case on exception_note (case_id, at, id);
select append_only('exception_note');

-- A case without a place is the house's; whoever is limited sees those of their places.
select share_rows('exception_category', 'rules of the house');
select scope_rows('exception_case',
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'warehouse_id')
    || ' and ' || in_scope('suppliers', 'supplier_id'));
select scope_rows('exception_signal', 'exists (select from exception_case c where c.id = case_id)');
select scope_rows('exception_note', 'exists (select from exception_case c where c.id = case_id)');
