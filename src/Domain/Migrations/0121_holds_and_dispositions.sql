-- What is held back, by whom, and what becomes of goods that failed.

create sequence stock_hold_number;
create sequence disposition_number;

-- A hold says that goods in its scope are nobody's to take. Holds stand beside each other: goods are free when none is left (QLT-06).
create table stock_hold (
    id                  uuid           not null primary key,
    number              text           not null unique check (number <> ''),
    kind                text           not null check (kind in ('QUALITY', 'COMPLIANCE')),
    status              text           not null check (status in ('STANDING', 'RELEASED')),
    legal_entity_id     uuid           not null references legal_entity (id),
    warehouse_id        uuid,
    bin_id              uuid           references bin (id),
    item_id             uuid           references item (id),
    lot_id              uuid           references lot (id),
    serial_id           uuid           references serial (id),
    reason              text           not null check (reason <> ''),
    -- The document that is missing, or the authority's own number.
    reference           text,
    -- What it took out of use when it was placed.
    quantity            numeric(18,6)  not null check (quantity >= 0),
    placed_by           uuid           not null,
    placed_by_person    uuid           not null,
    placer              text           not null check (placer <> ''),
    placed_at           timestamptz    not null,
    released_by         uuid,
    released_by_person  uuid,
    released_at         timestamptz,
    release_reason      text,
    version             integer        not null check (version > 0),
    constraint stock_hold_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    constraint stock_hold_scope check (num_nonnulls(warehouse_id, bin_id, item_id, lot_id, serial_id) > 0),
    constraint stock_hold_bin check (bin_id is null or warehouse_id is not null),
    constraint stock_hold_lot check ((lot_id is null and serial_id is null) or item_id is not null),
    constraint stock_hold_released check (
        (status = 'RELEASED') = (released_at is not null) and (released_at is null) = (released_by is null)
        and (released_at is null) = (released_by_person is null) and (released_at is null) = (release_reason is null)),
    -- QLT-04: who holds back does not set free.
    constraint stock_hold_two_people check (released_by_person is distinct from placed_by_person)
);
create unique index stock_hold_once on stock_hold (kind, legal_entity_id, warehouse_id, bin_id, item_id, lot_id, serial_id)
    nulls not distinct where status = 'STANDING';
create index stock_hold_standing on stock_hold (legal_entity_id) where status = 'STANDING';
create index stock_hold_item on stock_hold (item_id, placed_at) where item_id is not null;

-- What a hold took out of use and answers for, so that exactly that comes back.
create table stock_hold_part (
    id                uuid           not null primary key,
    hold_id           uuid           not null references stock_hold (id),
    warehouse_id      uuid           not null references warehouse (id),
    bin_id            uuid           not null references bin (id),
    item_id           uuid           not null references item (id),
    lot_id            uuid           references lot (id),
    serial_id         uuid           references serial (id),
    handling_unit_id  uuid,
    owner_id          uuid           not null references owner (id),
    quantity          numeric(18,6)  not null check (quantity > 0),
    freed             numeric(18,6)  not null check (freed between 0 and quantity),
    taken_at          timestamptz    not null,
    version           integer        not null check (version > 0)
);
create index stock_hold_part_hold on stock_hold_part (hold_id, id);
create index stock_hold_part_goods on stock_hold_part (item_id, warehouse_id) where freed < quantity;

create table disposition (
    id                    uuid           not null primary key,
    number                text           not null unique check (number <> ''),
    kind                  text           not null check (kind in ('USE_AS_IS', 'REWORK', 'RETURN_TO_SUPPLIER', 'SCRAP', 'DOWNGRADE')),
    status                text           not null check (status in ('PROPOSED', 'CARRIED_OUT', 'ENDED')),
    source_kind           text,
    source_id             uuid,
    inspection_id         uuid           references inspection (id),
    inspection_part_id    uuid           references inspection_part (id),
    legal_entity_id       uuid           not null references legal_entity (id),
    warehouse_id          uuid           not null,
    bin_id                uuid           not null references bin (id),
    item_id               uuid           not null references item (id),
    lot_id                uuid           references lot (id),
    serial_id             uuid           references serial (id),
    handling_unit_id      uuid,
    owner_id              uuid           not null references owner (id),
    supplier_id           uuid           references supplier (id),
    condition             text           not null check (condition in ('QUARANTINED', 'DAMAGED')),
    quantity              numeric(18,6)  not null check (quantity > 0),
    weight                numeric(18,6)  check (weight > 0),
    value                 numeric(19,4)  not null check (value >= 0),
    currency_code         text           not null references currency (code),
    reason                text           not null check (reason <> ''),
    evidence              text,
    proposed_by           uuid           not null,
    proposed_by_person    uuid           not null,
    proposed_at           timestamptz    not null,
    carried_out_by_person uuid,
    carried_out_at        timestamptz,
    posting_id            uuid,
    ended_at              timestamptz,
    end_reason            text,
    version               integer        not null check (version > 0),
    constraint disposition_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    constraint disposition_source check ((source_kind is null) = (source_id is null)),
    constraint disposition_part check ((inspection_id is null) = (inspection_part_id is null)),
    constraint disposition_returns check (kind <> 'RETURN_TO_SUPPLIER' or supplier_id is not null),
    constraint disposition_carried_out check (
        (status = 'CARRIED_OUT') = (carried_out_at is not null) and (carried_out_at is null) = (carried_out_by_person is null)
        and (carried_out_at is null) = (posting_id is null)),
    constraint disposition_ended check ((status = 'ENDED') = (ended_at is not null))
);
create index disposition_open on disposition (item_id, warehouse_id) where status = 'PROPOSED';
create index disposition_inspection on disposition (inspection_id) where inspection_id is not null;
create index disposition_source_of on disposition (source_id) where source_id is not null;
create index disposition_entity on disposition (legal_entity_id, proposed_at);

select scope_rows('stock_hold',
    in_scope('legal_entities', 'legal_entity_id') || ' and (warehouse_id is null or ' || in_scope('warehouses', 'warehouse_id') || ') and ' || house_only(),
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'warehouse_id') || ' and ' || house_only());
select scope_rows('stock_hold_part', 'exists (select from stock_hold h where h.id = hold_id) and exists (select from warehouse w where w.id = warehouse_id)');
select scope_rows('disposition',
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'warehouse_id') || ' and ' || house_only());

insert into approval_kind (code, name, needs_human, version, created_at, updated_at)
select code, name, needs_human, 1, now(), now() from (values
    ('SUPPLIER_RETURN', 'Return to a supplier', true),
    ('REWORK', 'Rework of goods that failed', false),
    ('DOWNGRADE', 'Sale as second choice', false)
) as known (code, name, needs_human);
