-- Quality: which goods are inspected, what was found, and what was decided.

-- Every capability adds kinds of rules of its own; the program knows them all, so the table asks only for a word.
alter table policy_version drop constraint policy_version_kind_check;
alter table policy_version add constraint policy_version_kind_check check (kind ~ '^[A-Z][A-Z_]{1,39}$');

-- Somebody is employed to judge goods.
alter table role_grant drop constraint role_grant_role_check;
alter table role_grant add constraint role_grant_role_check check (role in (
    'WAREHOUSE_WORKER', 'WAREHOUSE_SUPERVISOR', 'INVENTORY_CONTROLLER', 'BUYER', 'PLANNER', 'CUSTOMER_SERVICE', 'FINANCE',
    'OPERATIONS', 'EXECUTIVE', 'DATA_SCIENTIST', 'INTEGRATOR', 'SUPPLIER_PORTAL', 'ADMINISTRATOR', 'QUALITY'));

create sequence inspection_number;

-- What was judged of every lot that arrived, whether it was inspected or not: skip-lot rules count here.
create table inspection_judgement (
    id               uuid           not null primary key,
    -- Lots are counted in the order in which they were judged, several within one moment too.
    sequence         bigint         not null generated always as identity,
    source_kind      text           not null check (source_kind <> ''),
    source_id        uuid           not null,
    legal_entity_id  uuid           not null references legal_entity (id),
    warehouse_id     uuid           not null,
    supplier_id      uuid           references supplier (id),
    item_id          uuid           not null references item (id),
    quantity         numeric(18,6)  not null check (quantity > 0),
    risk             numeric(9,6)   check (risk between 0 and 1),
    is_inspected     boolean        not null,
    sample           numeric(18,6)  not null check (sample >= 0),
    policy_number    integer,
    rule             text,
    why              text           not null check (why <> ''),
    judged_at        timestamptz    not null,
    constraint inspection_judgement_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    constraint inspection_judgement_sample check ((sample > 0) = is_inspected)
);
create index inspection_judgement_lots on inspection_judgement (item_id, warehouse_id, supplier_id, sequence);
create index inspection_judgement_source on inspection_judgement (source_id);
create index inspection_judgement_time on inspection_judgement (judged_at);
select append_only('inspection_judgement');

create table inspection (
    id                 uuid           not null primary key,
    number             text           not null unique check (number <> ''),
    status             text           not null check (status in ('WAITING', 'IN_PROGRESS', 'DECIDED', 'CLOSED', 'CANCELLED')),
    verdict            text           check (verdict in ('ACCEPTED', 'REJECTED', 'SPLIT')),
    source_kind        text           not null check (source_kind <> ''),
    source_id          uuid           not null,
    legal_entity_id    uuid           not null references legal_entity (id),
    warehouse_id       uuid           not null,
    bin_id             uuid           not null references bin (id),
    item_id            uuid           not null references item (id),
    supplier_id        uuid           references supplier (id),
    owner_id           uuid           not null references owner (id),
    quantity           numeric(18,6)  not null check (quantity > 0),
    sample             numeric(18,6)  not null check (sample > 0 and sample <= quantity),
    -- How many of the sample may fail before the lot does.
    accept_up_to       integer        not null check (accept_up_to >= 0),
    characteristics    jsonb          not null,
    policy_number      integer,
    rule               text,
    why                text           not null check (why <> ''),
    accepted           numeric(18,6)  not null check (accepted >= 0),
    rejected           numeric(18,6)  not null check (rejected >= 0),
    -- Of what was rejected, that about which it was decided what becomes of it.
    disposed           numeric(18,6)  not null check (disposed between 0 and rejected),
    due_at             timestamptz    not null,
    stranded_at        timestamptz,
    inspector_id       uuid,
    inspector_person   uuid,
    inspector          text,
    started_at         timestamptz,
    decided_by_person  uuid,
    decided_at         timestamptz,
    reason             text,
    ended_at           timestamptz,
    version            integer        not null check (version > 0),
    created_at         timestamptz    not null,
    updated_at         timestamptz    not null,
    constraint inspection_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    constraint inspection_inspector check (
        (inspector_id is null) = (inspector_person is null) and (inspector_id is null) = (inspector is null)
        and (inspector_id is null) = (started_at is null)),
    constraint inspection_started check (status in ('WAITING', 'CANCELLED') or inspector_id is not null),
    constraint inspection_verdict check (
        (status in ('DECIDED', 'CLOSED')) = (verdict is not null) and (verdict is null) = (decided_at is null)
        and (verdict is null) = (decided_by_person is null)),
    -- Every unit is accepted or rejected, once.
    constraint inspection_conserves check (accepted + rejected = case when verdict is null then 0 else quantity end),
    constraint inspection_verdict_says check (
        verdict is null or verdict = case when rejected = 0 then 'ACCEPTED' when accepted = 0 then 'REJECTED' else 'SPLIT' end),
    constraint inspection_closed check ((status = 'CLOSED') = (verdict is not null and disposed = rejected)),
    constraint inspection_ended check ((status in ('CLOSED', 'CANCELLED')) = (ended_at is not null))
);
create unique index inspection_open_once on inspection (source_id) where status <> 'CANCELLED';
create index inspection_queue on inspection (warehouse_id, due_at, id) where status in ('WAITING', 'IN_PROGRESS');
create index inspection_clock on inspection (due_at, id) where status in ('WAITING', 'IN_PROGRESS') and stranded_at is null;
create index inspection_item on inspection (item_id, created_at);
create index inspection_supplier on inspection (supplier_id, created_at) where supplier_id is not null;
create index inspection_entity on inspection (legal_entity_id, created_at);

-- The units of an inspection: one row for each lot, serial or handling unit of what arrived.
create table inspection_part (
    id                uuid           not null primary key,
    inspection_id     uuid           not null references inspection (id),
    part              integer        not null check (part between 1 and 1000),
    lot_id            uuid           references lot (id),
    serial_id         uuid           references serial (id),
    handling_unit_id  uuid,
    quantity          numeric(18,6)  not null check (quantity > 0),
    accepted          numeric(18,6)  not null check (accepted >= 0),
    rejected          numeric(18,6)  not null check (rejected >= 0),
    disposed          numeric(18,6)  not null check (disposed between 0 and rejected),
    version           integer        not null check (version > 0),
    constraint inspection_part_once unique (inspection_id, part),
    constraint inspection_part_conserves check (accepted + rejected in (0, quantity))
);

-- What was found, characteristic by characteristic; a later look does not overwrite an earlier one.
create table inspection_result (
    id              uuid           not null primary key,
    -- The latest look counts, of several within one moment too.
    sequence        bigint         not null generated always as identity,
    inspection_id   uuid           not null references inspection (id),
    characteristic  text           not null check (characteristic <> ''),
    tested          numeric(18,6)  not null check (tested > 0),
    failed          numeric(18,6)  not null check (failed between 0 and tested),
    measured        numeric(18,6),
    is_passed       boolean        not null,
    note            text,
    evidence        text,
    found_by        uuid           not null,
    finder          text           not null check (finder <> ''),
    found_at        timestamptz    not null
);
create index inspection_result_of on inspection_result (inspection_id, sequence);
select append_only('inspection_result');

select scope_rows(part::regclass,
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'warehouse_id') || ' and ' || house_only())
from unnest(array['inspection', 'inspection_judgement']) as part;
select scope_rows(part::regclass, 'exists (select from inspection i where i.id = inspection_id)')
from unnest(array['inspection_part', 'inspection_result']) as part;
