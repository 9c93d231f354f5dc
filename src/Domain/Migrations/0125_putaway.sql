-- Work in the warehouse: what is to be carried where, by whom, and why there.

create sequence warehouse_task_number;

create table warehouse_task (
    id                uuid           not null primary key,
    number            text           not null unique check (number <> ''),
    kind              text           not null check (kind in ('PUTAWAY', 'CROSS_DOCK')),
    status            text           not null check (status in ('OFFERED', 'CLAIMED', 'EXCEPTION', 'DONE', 'CANCELLED')),
    legal_entity_id   uuid           not null references legal_entity (id),
    warehouse_id      uuid           not null,
    receipt_line_id   uuid           references receipt_line (id),
    reservation_id    uuid           references reservation (id),
    split_from_id     uuid           references warehouse_task (id),
    item_id           uuid           not null references item (id),
    lot_id            uuid           references lot (id),
    serial_id         uuid           references serial (id),
    handling_unit_id  uuid,
    owner_id          uuid           not null references owner (id),
    from_bin_id       uuid           not null references bin (id),
    condition         text           not null check (condition in ('RECEIVING', 'USABLE', 'QUARANTINED', 'DAMAGED', 'INSPECTION')),
    quantity          numeric(18,6)  not null check (quantity > 0),
    -- Where it was directed; null when no bin takes it.
    to_bin_id         uuid           references bin (id),
    -- Which rule chose the bin, and which bins refused, as it was then.
    explanation       jsonb          not null,
    priority          integer        not null,
    due_at            timestamptz    not null,
    late_at           timestamptz,
    worker_id         uuid,
    worker_person     uuid,
    worker            text,
    claimed_at        timestamptz,
    -- Where it really went.
    actual_bin_id     uuid           references bin (id),
    confirmed         numeric(18,6)  check (confirmed > 0 and confirmed <= quantity),
    override_reason   text,
    posting_id        uuid,
    ended_at          timestamptz,
    reason            text,
    version           integer        not null check (version > 0),
    created_at        timestamptz    not null,
    updated_at        timestamptz    not null,
    constraint warehouse_task_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    constraint warehouse_task_worker check (
        (worker_id is null) = (worker_person is null) and (worker_id is null) = (worker is null) and (worker_id is null) = (claimed_at is null)),
    constraint warehouse_task_claimed check ((status in ('CLAIMED', 'DONE')) <= (worker_id is not null) and (status <> 'OFFERED' or worker_id is null)),
    constraint warehouse_task_directed check (status not in ('OFFERED', 'CLAIMED') or to_bin_id is not null),
    constraint warehouse_task_done check (
        (status = 'DONE') = (posting_id is not null) and (posting_id is null) = (actual_bin_id is null) and (posting_id is null) = (confirmed is null)),
    -- PUT-02: another bin than the directed one has its reason.
    constraint warehouse_task_override check (status <> 'DONE' or actual_bin_id = to_bin_id or override_reason is not null),
    constraint warehouse_task_ended check ((status in ('DONE', 'CANCELLED')) = (ended_at is not null))
);
create index warehouse_task_queue on warehouse_task (warehouse_id, priority, due_at, id) where status = 'OFFERED';
create index warehouse_task_open_from on warehouse_task (from_bin_id, item_id) where status in ('OFFERED', 'CLAIMED', 'EXCEPTION');
create index warehouse_task_open_to on warehouse_task (to_bin_id) where status in ('OFFERED', 'CLAIMED');
create index warehouse_task_clock on warehouse_task (due_at, id) where status in ('OFFERED', 'CLAIMED', 'EXCEPTION') and late_at is null;
create index warehouse_task_receipt_line on warehouse_task (receipt_line_id) where receipt_line_id is not null;
create index warehouse_task_entity on warehouse_task (legal_entity_id, created_at);

-- What went from the dock straight to where orders leave, and whether somebody scanned it there (RCV-11): the ratio is adherence.
create table cross_dock_move (
    id               uuid           not null primary key,
    legal_entity_id  uuid           not null references legal_entity (id),
    warehouse_id     uuid           not null,
    item_id          uuid           not null references item (id),
    lot_id           uuid           references lot (id),
    from_bin_id      uuid           not null references bin (id),
    to_bin_id        uuid           not null references bin (id),
    task_id          uuid           references warehouse_task (id),
    quantity         numeric(18,6)  not null check (quantity > 0),
    is_confirmed     boolean        not null,
    moved_by         uuid           not null,
    mover            text           not null check (mover <> ''),
    moved_at         timestamptz    not null,
    constraint cross_dock_move_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    constraint cross_dock_move_task check (is_confirmed = (task_id is not null))
);
create index cross_dock_move_site on cross_dock_move (warehouse_id, moved_at);
create index cross_dock_move_item on cross_dock_move (item_id, moved_at);
create index cross_dock_move_entity on cross_dock_move (legal_entity_id, moved_at);
select append_only('cross_dock_move');

select scope_rows(part::regclass,
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'warehouse_id') || ' and ' || house_only())
from unnest(array['warehouse_task', 'cross_dock_move']) as part;

insert into exception_category (code, name, queue, escalation_queue, severity, sla_hours, version, created_at, updated_at)
values ('PUTAWAY_BLOCKED', 'No bin takes goods that arrived', 'warehousing', 'supervisor', 'MEDIUM', 8, 1, now(), now());
