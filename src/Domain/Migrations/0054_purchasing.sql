-- Purchase orders: what was asked for, in every version that others agreed to, and what the supplier said to it.

create sequence purchase_order_number;

create table purchase_order (
    id                     uuid           not null primary key,
    number                 text           not null unique check (number <> ''),
    kind                   text           not null check (kind in ('STANDARD', 'EMERGENCY')),
    status                 text           not null check (status in ('DRAFT', 'PENDING_APPROVAL', 'APPROVED', 'RELEASED', 'ACKNOWLEDGED',
                                          'PARTIALLY_RECEIVED', 'RECEIVED', 'CLOSED', 'CANCELLED')),
    legal_entity_id        uuid           not null references legal_entity (id),
    warehouse_id           uuid           not null,
    supplier_id            uuid           not null references supplier (id),
    currency_code          text           not null references currency (code),
    total                  numeric(19,4)  not null check (total >= 0),
    reason                 text,
    -- Counts what was submitted: each revision is agreed to for itself.
    revision               integer        not null check (revision >= 0),
    approved_revision      integer,
    duplicate_reason       text,
    ordered_by             uuid           not null,
    ordered_by_person      uuid           not null,
    released_at            timestamptz,
    confirm_by             timestamptz,
    unconfirmed_since      timestamptz,
    acknowledged_at        timestamptz,
    supplier_reference     text,
    ended_at               timestamptz,
    end_reason             text,
    version                integer        not null check (version > 0),
    created_at             timestamptz    not null,
    updated_at             timestamptz    not null,
    constraint purchase_order_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    constraint purchase_order_emergency check (kind <> 'EMERGENCY' or reason is not null),
    constraint purchase_order_end check ((status in ('CLOSED', 'CANCELLED')) = (ended_at is not null)),
    -- I-15: nothing goes out that was not agreed to in exactly this revision.
    constraint purchase_order_agreed check (
        status in ('DRAFT', 'PENDING_APPROVAL', 'CANCELLED') or (approved_revision is not null and approved_revision = revision))
);
create index purchase_order_supplier on purchase_order (supplier_id, created_at);
create index purchase_order_warehouse_open on purchase_order (warehouse_id, status);
create index purchase_order_entity on purchase_order (legal_entity_id, created_at);
create index purchase_order_unconfirmed on purchase_order (confirm_by, id) where status = 'RELEASED' and unconfirmed_since is null;

create table purchase_order_line (
    id                   uuid           not null primary key,
    order_id             uuid           not null references purchase_order (id),
    line                 integer        not null check (line between 1 and 1000),
    item_id              uuid           not null references item (id),
    unit                 text           not null,
    quantity             numeric(18,6)  not null check (quantity > 0),
    base_quantity        numeric(18,6)  not null check (base_quantity > 0),
    unit_price           numeric(18,6)  not null check (unit_price >= 0),
    amount               numeric(19,4)  not null check (amount >= 0),
    expected_on          date           not null,
    over_percent         numeric(9,4)   not null check (over_percent between 0 and 1000),
    under_percent        numeric(9,4)   not null check (under_percent between 0 and 100),
    confirmed_quantity   numeric(18,6)  check (confirmed_quantity >= 0),
    confirmed_on         date,
    received             numeric(18,6)  not null check (received >= 0),
    version              integer        not null check (version > 0),
    constraint purchase_order_line_once unique (order_id, line),
    constraint purchase_order_line_confirmed check ((confirmed_quantity is null) = (confirmed_on is null)),
    -- I-11: no more comes in than was ordered and tolerated.
    constraint purchase_order_line_received check (received <= base_quantity * (1 + over_percent / 100))
);
create index purchase_order_line_item on purchase_order_line (item_id, expected_on);

-- What was submitted, as it was; never changed.
create table purchase_order_revision (
    order_id      uuid        not null references purchase_order (id),
    revision      integer     not null check (revision > 0),
    lines         jsonb       not null,
    total         numeric(19,4) not null,
    reason        text,
    submitted_by  uuid        not null,
    submitted_at  timestamptz not null,
    primary key (order_id, revision)
);
select append_only('purchase_order_revision');

-- What the supplier said, every time.
create table supplier_confirmation (
    id            uuid          not null primary key,
    order_id      uuid          not null references purchase_order (id),
    line_id       uuid          not null references purchase_order_line (id),
    supplier_id   uuid          not null references supplier (id),
    quantity      numeric(18,6) not null check (quantity >= 0),
    promised_on   date          not null,
    was_quantity  numeric(18,6) not null,
    was_on        date          not null,
    reference     text          not null,
    said_by       uuid          not null,
    said_at       timestamptz   not null
);
create index supplier_confirmation_line on supplier_confirmation (line_id, said_at);
create index supplier_confirmation_supplier on supplier_confirmation (supplier_id, said_at);
select append_only('supplier_confirmation');

-- A supplier's people see their own orders.
select scope_rows('purchase_order',
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'warehouse_id') || ' and ' || in_scope('suppliers', 'supplier_id'));
select scope_rows(part::regclass, 'exists (select from purchase_order o where o.id = order_id)')
from unnest(array['purchase_order_line', 'purchase_order_revision', 'supplier_confirmation']) as part;
