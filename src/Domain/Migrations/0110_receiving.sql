-- Receipts: what came against purchase orders, line by line, until it is in stock, sent back or scrapped.

create sequence receipt_number;

create table receipt (
    id                  uuid         not null primary key,
    number              text         not null unique check (number <> ''),
    status              text         not null check (status in ('COUNTED', 'POSTED', 'REVERSED')),
    legal_entity_id     uuid         not null references legal_entity (id),
    warehouse_id        uuid         not null,
    supplier_id         uuid         not null references supplier (id),
    bin_id              uuid         not null references bin (id),
    delivery_note       text,
    -- When the goods stood at the dock, when they were counted, and when the ledger heard of it (RCV-16).
    arrived_at          timestamptz  not null,
    happened_at         timestamptz  not null,
    recorded_at         timestamptz  not null,
    posted_at           timestamptz,
    posting_id          uuid,
    received_by         uuid         not null,
    received_by_person  uuid         not null,
    reversed_at         timestamptz,
    reversal_reason     text,
    version             integer      not null check (version > 0),
    constraint receipt_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    constraint receipt_posted check ((status = 'COUNTED') = (posted_at is null) and (posted_at is null) = (posting_id is null)),
    constraint receipt_reversed check ((status = 'REVERSED') = (reversed_at is not null) and (reversed_at is null) = (reversal_reason is null)),
    constraint receipt_in_order check (arrived_at <= happened_at and happened_at <= recorded_at and recorded_at <= posted_at)
);
create index receipt_warehouse_at on receipt (warehouse_id, happened_at);
create index receipt_supplier_at on receipt (supplier_id, happened_at);
create index receipt_entity_at on receipt (legal_entity_id, happened_at);

create table receipt_line (
    id                   uuid           not null primary key,
    receipt_id           uuid           not null references receipt (id),
    line                 integer        not null check (line between 1 and 10000),
    order_id             uuid           not null references purchase_order (id),
    order_line_id        uuid           not null references purchase_order_line (id),
    item_id              uuid           not null references item (id),
    lot_id               uuid           references lot (id),
    serial_id            uuid           references serial (id),
    unit                 text           not null,
    entered_quantity     numeric(18,6)  not null check (entered_quantity > 0),
    quantity             numeric(18,6)  not null check (quantity > 0),
    weight               numeric(18,6)  check (weight > 0),
    condition            text           not null check (condition in ('GOOD', 'DAMAGED')),
    state                text           not null check (state in ('COUNTED', 'HELD', 'INSPECTION', 'PUTAWAY_PENDING', 'STOCKED', 'RETURNED', 'SCRAPPED', 'REVERSED')),
    release_point        text           not null check (release_point in ('AT_RECEIPT', 'AFTER_INSPECTION', 'AFTER_PUTAWAY')),
    bin_id               uuid           not null references bin (id),
    -- What one base unit is expected to cost, and what was accrued for the line, in the company's currency.
    unit_cost            numeric(28,10) not null check (unit_cost >= 0),
    currency_code        text           not null references currency (code),
    accrued              numeric(19,4)  check (accrued >= 0),
    posting_id           uuid,
    movement_id          bigint,
    available            numeric(18,6)  not null check (available >= 0),
    put_away             numeric(18,6)  not null check (put_away >= 0),
    rejected             numeric(18,6)  not null check (rejected >= 0),
    evidence_uri         text,
    evidence_sha256      text           check (evidence_sha256 ~ '^[0-9a-f]{64}$'),
    arrived_at           timestamptz    not null,
    happened_at          timestamptz    not null,
    posted_at            timestamptz,
    available_at         timestamptz,
    -- KPI-04 and RCV-16, in seconds, so that every reader sums and averages the same figure.
    dock_to_stock_seconds  bigint generated always as (extract(epoch from (available_at - arrived_at))::bigint) stored,
    posting_delay_seconds  bigint generated always as (extract(epoch from (posted_at - happened_at))::bigint) stored,
    version              integer        not null check (version > 0),
    constraint receipt_line_once unique (receipt_id, line),
    constraint receipt_line_posted check ((posted_at is null) = (movement_id is null) and (posted_at is null) = (accrued is null) and (posted_at is null) = (posting_id is null)),
    -- RCV-08: what was not posted is not available, and nothing is available or gone twice.
    constraint receipt_line_available check (available = 0 or posted_at is not null),
    constraint receipt_line_parts check (available + rejected <= quantity and put_away + rejected <= quantity),
    -- RCV-05: damage is shown, and its photo is known by its content.
    constraint receipt_line_evidence check (
        (evidence_uri is null) = (evidence_sha256 is null) and (condition = 'GOOD' or evidence_uri is not null)),
    constraint receipt_line_damaged check (condition = 'GOOD' or available = 0)
);
create index receipt_line_order_line on receipt_line (order_line_id, happened_at);
create index receipt_line_order on receipt_line (order_id);
create index receipt_line_item on receipt_line (item_id, happened_at);
create index receipt_line_lot on receipt_line (lot_id) where lot_id is not null;
create index receipt_line_serial on receipt_line (serial_id) where serial_id is not null;
create index receipt_line_open on receipt_line (state, happened_at) where state in ('COUNTED', 'HELD', 'INSPECTION', 'PUTAWAY_PENDING');

-- A supplier's people see what came of their own deliveries.
select scope_rows('receipt',
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'warehouse_id') || ' and ' || in_scope('suppliers', 'supplier_id'));
select scope_rows('receipt_line', 'exists (select from receipt r where r.id = receipt_id)');

-- Kinds of policies are a list of the program; the database keeps their form.
alter table policy_version drop constraint policy_version_kind_check;
alter table policy_version add constraint policy_version_kind_check check (kind ~ '^[A-Z][A-Z_]{2,39}$');
