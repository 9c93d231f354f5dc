-- Shipments on their way to us, the doors they come to, what was found otherwise than expected, and goods that wait for a decision.

create sequence inbound_shipment_number;

create table inbound_shipment (
    id                uuid         not null primary key,
    number            text         not null unique check (number <> ''),
    status            text         not null check (status in ('ANNOUNCED', 'SCHEDULED', 'ARRIVED', 'RECEIVING', 'RECEIVED', 'CLOSED', 'CANCELLED')),
    legal_entity_id   uuid         not null references legal_entity (id),
    warehouse_id      uuid         not null,
    supplier_id       uuid         not null references supplier (id),
    reference         text         not null check (reference <> ''),
    carrier           text,
    tracking          text,
    expected_at       timestamptz  not null,
    risk              numeric(5,4) check (risk between 0 and 1),
    risk_reasons      jsonb        not null,
    is_high_risk      boolean      not null,
    announced_by      uuid         not null,
    announced_at      timestamptz  not null,
    arrived_at        timestamptz,
    received_at       timestamptz,
    ended_at          timestamptz,
    end_reason        text,
    version           integer      not null check (version > 0),
    constraint inbound_shipment_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    -- A supplier announces a delivery once.
    constraint inbound_shipment_reference unique (supplier_id, reference),
    constraint inbound_shipment_arrived check ((status in ('ANNOUNCED', 'SCHEDULED')) <= (arrived_at is null)
        and (status in ('ARRIVED', 'RECEIVING', 'RECEIVED', 'CLOSED')) <= (arrived_at is not null)),
    constraint inbound_shipment_ended check ((status in ('CLOSED', 'CANCELLED')) = (ended_at is not null)),
    constraint inbound_shipment_risk check (not is_high_risk or risk is not null)
);
create index inbound_shipment_expected on inbound_shipment (warehouse_id, status, expected_at);
create index inbound_shipment_supplier on inbound_shipment (supplier_id, announced_at);
create index inbound_shipment_entity on inbound_shipment (legal_entity_id);

create table inbound_shipment_line (
    id              uuid           not null primary key,
    shipment_id     uuid           not null references inbound_shipment (id),
    line            integer        not null check (line between 1 and 1000),
    order_id        uuid           not null references purchase_order (id),
    order_line_id   uuid           not null references purchase_order_line (id),
    item_id         uuid           not null references item (id),
    unit            text           not null,
    entered_quantity numeric(18,6) not null check (entered_quantity > 0),
    quantity        numeric(18,6)  not null check (quantity > 0),
    lot_code        text,
    expires_on      date,
    carton          text,
    received        numeric(18,6)  not null check (received >= 0),
    damaged         numeric(18,6)  not null check (damaged between 0 and received),
    version         integer        not null check (version > 0),
    constraint inbound_shipment_line_once unique (shipment_id, line)
);
create index inbound_shipment_line_order_line on inbound_shipment_line (order_line_id);
create index inbound_shipment_line_order on inbound_shipment_line (order_id);
create index inbound_shipment_line_item on inbound_shipment_line (item_id);
create index inbound_shipment_line_carton on inbound_shipment_line (carton) where carton is not null;

alter table receipt
    drop constraint receipt_posted,
    -- One that was only counted is taken back without ever having been posted.
    add constraint receipt_posted check (
        (posted_at is null) = (posting_id is null) and (status = 'COUNTED') <= (posted_at is null) and (status = 'POSTED') <= (posted_at is not null)),
    add column shipment_id    uuid references inbound_shipment (id),
    add column needs_validation boolean not null default false,
    add column validated_by   uuid,
    add column validated_by_person uuid,
    add column validated_at   timestamptz,
    -- RCV-14: what was flagged is counted again, by somebody else.
    add constraint receipt_validated check (
        (validated_by is null) = (validated_at is null) and (validated_by is null) = (validated_by_person is null)
        and validated_by_person is distinct from received_by_person
        and (not needs_validation or status <> 'POSTED' or validated_at is not null));
alter table receipt alter column needs_validation drop default;
create index receipt_shipment on receipt (shipment_id) where shipment_id is not null;
create index receipt_to_validate on receipt (recorded_at) where status = 'COUNTED';

alter table receipt_line
    add column shipment_line_id uuid references inbound_shipment_line (id),
    -- What the first count said, where a second one changed it.
    add column counted_quantity numeric(18,6);
create index receipt_line_shipment_line on receipt_line (shipment_line_id) where shipment_line_id is not null;

create sequence held_goods_number;

create table held_goods (
    id                uuid          not null primary key,
    number            text          not null unique check (number <> ''),
    reason            text          not null check (reason in ('NO_REFERENCE', 'OVER_RECEIPT', 'WRONG_ITEM')),
    status            text          not null check (status in ('HELD', 'ORDERED', 'MATCHED', 'RETURNED', 'REFUSED')),
    legal_entity_id   uuid          not null references legal_entity (id),
    warehouse_id      uuid          not null,
    bin_id            uuid          not null references bin (id),
    supplier_id       uuid          references supplier (id),
    item_id           uuid          references item (id),
    shipment_id       uuid          references inbound_shipment (id),
    order_line_id     uuid          references purchase_order_line (id),
    order_id          uuid          references purchase_order (id),
    description       text          not null check (description <> ''),
    unit              text          not null,
    quantity          numeric(18,6) not null check (quantity > 0),
    -- The whole label as it was taken down: lot, serials, weight, evidence.
    goods             jsonb         not null,
    delivery_note     text,
    case_id           uuid          not null references exception_case (id),
    assigned_to       uuid,
    assigned_name     text,
    arrived_at        timestamptz   not null,
    held_by           uuid          not null,
    held_by_person    uuid          not null,
    held_at           timestamptz   not null,
    settled_by        uuid,
    settled_at        timestamptz,
    settlement_note   text,
    receipt_id        uuid          references receipt (id),
    version           integer       not null check (version > 0),
    constraint held_goods_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    constraint held_goods_assigned check ((assigned_to is null) = (assigned_name is null)),
    constraint held_goods_settled check ((status in ('MATCHED', 'RETURNED', 'REFUSED')) = (settled_at is not null) and (settled_at is null) = (settled_by is null)),
    constraint held_goods_matched check ((status = 'MATCHED') = (receipt_id is not null))
);
create index held_goods_waiting on held_goods (warehouse_id, arrived_at) where status in ('HELD', 'ORDERED');
create index held_goods_entity on held_goods (legal_entity_id);
create index held_goods_supplier on held_goods (supplier_id, arrived_at) where supplier_id is not null;
create index held_goods_item on held_goods (item_id) where item_id is not null;
create index held_goods_order_line on held_goods (order_line_id) where order_line_id is not null;
create index held_goods_order on held_goods (order_id) where order_id is not null;
create index held_goods_case on held_goods (case_id);

create table discrepancy (
    id                uuid          not null primary key,
    kind              text          not null check (kind in ('SHORT', 'OVER', 'DAMAGED', 'WRONG_ITEM', 'UNANNOUNCED')),
    status            text          not null check (status in ('TOLERATED', 'OPEN', 'SETTLED')),
    legal_entity_id   uuid          not null references legal_entity (id),
    warehouse_id      uuid          not null references warehouse (id),
    supplier_id       uuid          not null references supplier (id),
    item_id           uuid          not null references item (id),
    order_line_id     uuid          not null references purchase_order_line (id),
    shipment_id       uuid          references inbound_shipment (id),
    receipt_id        uuid          references receipt (id),
    receipt_line_id   uuid          references receipt_line (id),
    expected          numeric(18,6) not null,
    actual            numeric(18,6) not null,
    percent           numeric(12,4) not null,
    case_id           uuid          references exception_case (id),
    settlement        text          check (settlement in ('AWAIT_REST', 'CANCEL_REST', 'ACCEPTED', 'RETURNED', 'SCRAPPED', 'MISTAKE')),
    settlement_note   text,
    settled_by        uuid,
    settled_at        timestamptz,
    found_at          timestamptz   not null,
    version           integer       not null check (version > 0),
    constraint discrepancy_case check ((status = 'TOLERATED') = (case_id is null)),
    constraint discrepancy_settled check ((status = 'SETTLED') = (settled_at is not null) and (settled_at is null) = (settlement is null))
);
create index discrepancy_open_line on discrepancy (order_line_id) where status = 'OPEN';
create index discrepancy_supplier on discrepancy (supplier_id, found_at);
create index discrepancy_warehouse on discrepancy (warehouse_id, found_at);
create index discrepancy_entity on discrepancy (legal_entity_id);
create index discrepancy_item on discrepancy (item_id);
create index discrepancy_shipment on discrepancy (shipment_id) where shipment_id is not null;
create index discrepancy_receipt on discrepancy (receipt_id) where receipt_id is not null;
create index discrepancy_receipt_line on discrepancy (receipt_line_id) where receipt_line_id is not null;

insert into exception_category (code, name, queue, escalation_queue, severity, sla_hours, version, created_at, updated_at)
values ('HIGH_RISK_INBOUND', 'A delivery needs to be verified', 'supervisor', 'operations', 'HIGH', 4, 1, now(), now()),
       ('LATE_POSTING', 'Goods were taken in long after they came', 'inventory_control', 'supervisor', 'MEDIUM', 24, 1, now(), now());

select scope_rows(owned::regclass,
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'warehouse_id') || ' and ' || in_scope('suppliers', 'supplier_id'))
from unnest(array['inbound_shipment', 'discrepancy']) as owned;
-- Goods of which nobody knows the supplier are the house's.
select scope_rows('held_goods',
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'warehouse_id') || ' and ' || house_only());
select scope_rows('inbound_shipment_line', 'exists (select from inbound_shipment s where s.id = shipment_id)');
