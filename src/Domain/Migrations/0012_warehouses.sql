-- Where: working calendars, warehouses, zones and bins.

create table calendar (
    id          uuid        not null primary key,
    code        text        not null unique check (code ~ '^[A-Z0-9][A-Z0-9._/-]{0,39}$'),
    name        text        not null check (name <> ''),
    -- One bit a weekday, Monday = 1 … Sunday = 64; a calendar in which nobody ever works cannot be made.
    weekdays    smallint    not null check (weekdays between 1 and 127),
    version     integer     not null check (version > 0),
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);

-- A day that differs from its weekday: a holiday, or a Saturday on which people work.
create table calendar_day (
    calendar_id  uuid    not null references calendar (id),
    day          date    not null,
    is_working   boolean not null,
    note         text    not null check (note <> ''),
    primary key (calendar_id, day)
);

create table warehouse (
    id               uuid        not null primary key,
    legal_entity_id  uuid        not null references legal_entity (id),
    code             text        not null unique check (code ~ '^[A-Z0-9][A-Z0-9._/-]{0,39}$'),
    name             text        not null check (name <> ''),
    role             text        not null check (role in ('HUB', 'SPOKE', 'CROSS_DOCK', 'THIRD_PARTY', 'OFFSITE')),
    operator_id      uuid        references partner (id),
    calendar_id      uuid        not null references calendar (id),
    time_zone        text        not null check (time_zone <> ''),
    country          text        not null check (country ~ '^[A-Z]{2}$'),
    address          text,
    cloned_from_id   uuid        references warehouse (id),
    status           text        not null check (status in ('DRAFT', 'ACTIVE', 'BLOCKED', 'RETIRED')),
    status_reason    text,
    version          integer     not null check (version > 0),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint warehouse_id_of_entity unique (id, legal_entity_id),
    constraint warehouse_operator_by_role check (role <> 'THIRD_PARTY' or operator_id is not null)
);
create index warehouse_entity on warehouse (legal_entity_id);

-- The last local minute for an order to leave the same day; a row without carrier holds for every carrier that has none of its own.
create table cut_off (
    id            uuid        not null primary key,
    warehouse_id  uuid        not null references warehouse (id),
    carrier_id    uuid        references partner (id),
    calendar_id   uuid        references calendar (id),
    local_time    time(0)     not null,
    version       integer     not null check (version > 0),
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    constraint cut_off_once unique nulls not distinct (warehouse_id, carrier_id)
);

create table fulfillment_channel (
    id               uuid        not null primary key,
    legal_entity_id  uuid        not null references legal_entity (id),
    code             text        not null unique check (code ~ '^[A-Z0-9][A-Z0-9._/-]{0,39}$'),
    name             text        not null check (name <> ''),
    kind             text        not null check (kind in ('WHOLESALE', 'WEB', 'STORE', 'MARKETPLACE', 'EDI')),
    status           text        not null check (status in ('ACTIVE', 'RETIRED')),
    version          integer     not null check (version > 0),
    created_at       timestamptz not null,
    updated_at       timestamptz not null
);

create table warehouse_channel (
    warehouse_id            uuid     not null references warehouse (id),
    fulfillment_channel_id  uuid     not null references fulfillment_channel (id),
    rank                    integer  not null check (rank between 1 and 999),
    primary key (warehouse_id, fulfillment_channel_id)
);
create index warehouse_channel_of on warehouse_channel (fulfillment_channel_id);

create table zone (
    id              uuid        not null primary key,
    warehouse_id    uuid        not null references warehouse (id),
    code            text        not null check (code ~ '^[A-Z0-9][A-Z0-9._/-]{0,39}$'),
    name            text        not null check (name <> ''),
    temperature     text        not null check (temperature in ('AMBIENT', 'COOL', 'CHILLED', 'FROZEN')),
    -- Hazard classes that may lie here; goods without hazard always may.
    hazard_classes  text[]      not null check (hazard_classes <@ array['EXPLOSIVE', 'GAS', 'FLAMMABLE_LIQUID', 'FLAMMABLE_SOLID', 'OXIDIZER', 'TOXIC', 'RADIOACTIVE', 'CORROSIVE', 'MISCELLANEOUS']),
    rank            integer     not null check (rank between 0 and 999999),
    status          text        not null check (status in ('ACTIVE', 'RETIRED')),
    version         integer     not null check (version > 0),
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    constraint zone_once unique (warehouse_id, code),
    constraint zone_id_of_warehouse unique (id, warehouse_id)
);

-- Stock lies only in bins that are not groups. A parent must be a group of the same zone: parent_is_group makes the key say so.
create table bin (
    id                 uuid          not null primary key,
    legal_entity_id    uuid          not null,
    warehouse_id       uuid          not null,
    zone_id            uuid          not null,
    parent_id          uuid,
    parent_is_group    boolean       generated always as (case when parent_id is null then null else true end) stored,
    is_group           boolean       not null,
    code               text          not null check (code ~ '^[A-Z0-9][A-Z0-9._/-]{0,39}$'),
    role               text          not null check (role in ('DOCK', 'RECEIVING', 'INSPECTION', 'QUARANTINE', 'RESERVE', 'FORWARD_PICK', 'STAGING', 'PACKING', 'RETURNS', 'TRANSIT')),
    rank               integer       not null check (rank between 0 and 999999),
    capacity_units     numeric(18,6) check (capacity_units > 0),
    capacity_weight_kg numeric(18,6) check (capacity_weight_kg > 0),
    capacity_volume_m3 numeric(18,6) check (capacity_volume_m3 > 0),
    capacity_handling_units integer  check (capacity_handling_units > 0),
    mixing             text          not null check (mixing in ('ANY', 'ONE_ITEM', 'ONE_LOT')),
    dedicated_item_id  uuid          references item (id),
    is_blocked_in      boolean       not null,
    is_blocked_out     boolean       not null,
    block_reason       text,
    status             text          not null check (status in ('ACTIVE', 'RETIRED')),
    version            integer       not null check (version > 0),
    created_at         timestamptz   not null,
    updated_at         timestamptz   not null,
    constraint bin_once unique (warehouse_id, code),
    constraint bin_id_is_group unique (id, zone_id, is_group),
    constraint bin_id_of_warehouse unique (id, warehouse_id),
    constraint bin_entity_of_warehouse foreign key (warehouse_id, legal_entity_id) references warehouse (id, legal_entity_id),
    constraint bin_zone_of_warehouse foreign key (zone_id, warehouse_id) references zone (id, warehouse_id),
    constraint bin_parent_is_a_group foreign key (parent_id, zone_id, parent_is_group) references bin (id, zone_id, is_group),
    constraint bin_block_has_reason check ((is_blocked_in or is_blocked_out) = (block_reason is not null)),
    constraint bin_not_its_parent check (parent_id <> id)
);
create index bin_zone on bin (zone_id);
create index bin_parent on bin (parent_id) where parent_id is not null;
create index bin_dedicated on bin (dedicated_item_id) where dedicated_item_id is not null;
