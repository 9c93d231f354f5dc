-- What: items, their units and packs, lots and serials.
create extension if not exists pg_trgm;

create table unit (
    code        text        not null primary key check (code ~ '^[A-Z0-9_-]{1,12}$'),
    name        text        not null check (name <> ''),
    kind        text        not null check (kind in ('COUNT', 'WEIGHT', 'VOLUME', 'LENGTH', 'TIME')),
    -- No half bag: a unit that is only counted whole has none.
    decimals    smallint    not null check (decimals between 0 and 6),
    version     integer     not null check (version > 0),
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);

insert into unit (code, name, kind, decimals, version, created_at, updated_at)
select code, name, kind, case kind when 'COUNT' then 0 else 6 end, 1, now(), now()
from (values
    ('EA', 'Each', 'COUNT'), ('PR', 'Pair', 'COUNT'), ('SET', 'Set', 'COUNT'), ('BAG', 'Bag', 'COUNT'),
    ('KG', 'Kilogram', 'WEIGHT'), ('G', 'Gram', 'WEIGHT'), ('LB', 'Pound', 'WEIGHT'), ('T', 'Tonne', 'WEIGHT'),
    ('L', 'Litre', 'VOLUME'), ('ML', 'Millilitre', 'VOLUME'), ('M3', 'Cubic metre', 'VOLUME'),
    ('M', 'Metre', 'LENGTH'), ('CM', 'Centimetre', 'LENGTH'), ('H', 'Hour', 'TIME')
) as known (code, name, kind);

create table item (
    id                      uuid          not null primary key,
    code                    text          not null unique check (code ~ '^[A-Z0-9][A-Z0-9._/-]{0,39}$'),
    status                  text          not null check (status in ('DRAFT', 'ACTIVE', 'BLOCKED', 'RETIRED')),
    status_reason           text,

    -- identity
    name                    text          not null check (name <> ''),
    description             text,
    brand                   text,
    category                text,
    gtin                    text          check (gtin ~ '^([0-9]{8}|[0-9]{12,14})$'),
    name_key                text          not null,
    base_unit               text          not null references unit (code),

    -- tracking and shelf life
    tracking                text          not null check (tracking in ('NONE', 'LOT', 'SERIAL')),
    serial_scope            text          check (serial_scope in ('ITEM', 'GLOBAL')),
    shelf_life_days         integer       check (shelf_life_days between 1 and 36500),
    shelf_life_from         text          check (shelf_life_from in ('PRODUCTION', 'RECEIPT')),
    use_by_days             integer       check (use_by_days >= 0),
    removal_days            integer       check (removal_days >= 0),
    alert_days              integer       check (alert_days >= 0),
    minimum_days_at_receipt integer       check (minimum_days_at_receipt >= 0),

    -- catch weight: moved in pieces, priced and valued by weight
    is_catch_weight         boolean       not null,
    weight_unit             text          references unit (code),
    nominal_weight          numeric(18,6) check (nominal_weight > 0),
    weight_tolerance_pct    numeric(9,4)  check (weight_tolerance_pct between 0 and 100),

    -- storage
    temperature             text          not null check (temperature in ('AMBIENT', 'COOL', 'CHILLED', 'FROZEN')),
    hazard_class            text          not null check (hazard_class in ('NONE', 'EXPLOSIVE', 'GAS', 'FLAMMABLE_LIQUID', 'FLAMMABLE_SOLID', 'OXIDIZER', 'TOXIC', 'RADIOACTIVE', 'CORROSIVE', 'MISCELLANEOUS')),
    size_class              text          not null check (size_class in ('SMALL', 'MEDIUM', 'LARGE', 'OVERSIZE')),
    handling_class          text          not null check (handling_class in ('STANDARD', 'FRAGILE', 'HEAVY', 'TWO_PERSON', 'HIGH_VALUE')),

    -- money
    costing_method          text          not null check (costing_method in ('MOVING_AVERAGE', 'FIFO', 'STANDARD')),

    -- segmentation
    abc_class               text          check (abc_class in ('A', 'B', 'C')),
    xyz_class               text          check (xyz_class in ('X', 'Y', 'Z')),
    velocity                text          check (velocity in ('FAST', 'MEDIUM', 'SLOW', 'DEAD')),
    criticality             text          check (criticality in ('VITAL', 'ESSENTIAL', 'DESIRABLE')),
    shrink_risk             text          check (shrink_risk in ('LOW', 'MEDIUM', 'HIGH')),
    regulatory_sensitivity  text          check (regulatory_sensitivity in ('NONE', 'REPORTABLE', 'CONTROLLED')),
    class_method            text,
    classified_at           timestamptz,

    -- origin and regulation
    is_regulated            boolean       not null,
    is_imported             boolean       not null,
    country_of_origin       text          check (country_of_origin ~ '^[A-Z]{2}$'),

    version                 integer       not null check (version > 0),
    created_at              timestamptz   not null,
    updated_at              timestamptz   not null,

    constraint item_serial_scope_by_tracking check ((tracking = 'SERIAL') = (serial_scope is not null)),
    constraint item_shelf_life_is_tracked check (shelf_life_days is null or tracking <> 'NONE'),
    constraint item_shelf_life_has_start check ((shelf_life_days is null) = (shelf_life_from is null)),
    constraint item_shelf_life_bounds check (
        coalesce(use_by_days, 0) <= coalesce(shelf_life_days, 0)
        and coalesce(removal_days, 0) <= coalesce(shelf_life_days, 0)
        and coalesce(alert_days, 0) <= coalesce(shelf_life_days, 0)
        and coalesce(minimum_days_at_receipt, 0) <= coalesce(shelf_life_days, 0)),
    constraint item_catch_weight_is_whole check (
        is_catch_weight = (weight_unit is not null)
        and is_catch_weight = (nominal_weight is not null)
        and is_catch_weight = (weight_tolerance_pct is not null)),
    constraint item_classes_have_method check ((class_method is null) = (classified_at is null))
);
create index item_gtin on item (gtin) where gtin is not null;
create index item_name_key on item using gin (name_key gin_trgm_ops);
create index item_status on item (status, code);

-- One unit of the pack holds numerator / denominator base units, exactly. The base unit has its own row, 1 / 1.
create table item_unit (
    id           uuid          not null primary key,
    item_id      uuid          not null references item (id),
    code         text          not null check (code ~ '^[A-Z0-9_-]{1,12}$'),
    name         text          not null check (name <> ''),
    numerator    bigint        not null check (numerator > 0),
    denominator  bigint        not null check (denominator > 0),
    decimals     smallint      not null check (decimals between 0 and 6),
    gtin         text          check (gtin ~ '^([0-9]{8}|[0-9]{12,14})$'),
    length_mm    numeric(18,3) check (length_mm > 0),
    width_mm     numeric(18,3) check (width_mm > 0),
    height_mm    numeric(18,3) check (height_mm > 0),
    weight_kg    numeric(18,6) check (weight_kg > 0),
    status       text          not null check (status in ('ACTIVE', 'RETIRED')),
    version      integer       not null check (version > 0),
    created_at   timestamptz   not null,
    updated_at   timestamptz   not null,
    constraint item_unit_once unique (item_id, code),
    constraint item_unit_dimensions_together check (
        (length_mm is null) = (width_mm is null) and (width_mm is null) = (height_mm is null))
);
create index item_unit_gtin on item_unit (gtin) where gtin is not null;

create table item_supplier_part (
    id           uuid        not null primary key,
    item_id      uuid        not null references item (id),
    supplier_id  uuid        not null references supplier (id),
    part_number  text        not null check (part_number <> ''),
    created_at   timestamptz not null,
    constraint item_supplier_part_once unique (supplier_id, part_number, item_id)
);
create index item_supplier_part_item on item_supplier_part (item_id);

-- Two items that look like one, and a person who said with a reason that they are two. Without it activation is refused.
create table item_duplicate_override (
    item_id      uuid        not null references item (id),
    other_id     uuid        not null references item (id),
    cause        text        not null check (cause in ('GTIN', 'SUPPLIER_PART', 'DESCRIPTION')),
    overridden_by uuid      not null,
    reason       text        not null check (reason <> ''),
    created_at   timestamptz not null,
    primary key (item_id, other_id, cause),
    constraint item_duplicate_override_another check (item_id <> other_id)
);
create index item_duplicate_override_other on item_duplicate_override (other_id);

create table item_substitute (
    id              uuid        not null primary key,
    item_id         uuid        not null references item (id),
    substitute_id   uuid        not null references item (id),
    is_symmetric    boolean     not null,
    rank            integer     not null check (rank between 1 and 999),
    valid_from      date        not null,
    valid_to        date,
    needs_approval  boolean     not null,
    status          text        not null check (status in ('ACTIVE', 'RETIRED')),
    version         integer     not null check (version > 0),
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    constraint item_substitute_another check (item_id <> substitute_id),
    constraint item_substitute_period check (valid_to is null or valid_to >= valid_from)
);
create unique index item_substitute_once on item_substitute (item_id, substitute_id) where status = 'ACTIVE';
create index item_substitute_of on item_substitute (substitute_id);

-- No row: every customer. Allow rows: only these. Deny rows: all but these.
create table item_substitute_customer (
    item_substitute_id  uuid not null references item_substitute (id),
    customer_id         uuid not null references customer (id),
    rule                text not null check (rule in ('ALLOW', 'DENY')),
    primary key (item_substitute_id, customer_id)
);
create index item_substitute_customer_of on item_substitute_customer (customer_id);

create table lot (
    id               uuid        not null primary key,
    item_id          uuid        not null references item (id),
    code             text        not null check (code <> '' and length(code) <= 60),
    supplier_id      uuid        references supplier (id),
    supplier_lot     text,
    manufactured_on  date,
    received_on      date,
    expires_on       date,
    use_by_on        date,
    removal_on       date,
    alert_on         date,
    country_of_origin text       check (country_of_origin ~ '^[A-Z]{2}$'),
    status           text        not null check (status in ('OPEN', 'BLOCKED')),
    block_reason     text,
    version          integer     not null check (version > 0),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint lot_once unique (item_id, code),
    constraint lot_id_of_item unique (id, item_id),
    constraint lot_block_has_reason check ((status = 'BLOCKED') = (block_reason is not null)),
    constraint lot_dates_in_order check (
        manufactured_on is null or expires_on is null or expires_on >= manufactured_on)
);
create index lot_expiry on lot (expires_on) where expires_on is not null;

create table serial (
    id            uuid        not null primary key,
    item_id       uuid        not null references item (id),
    code          text        not null check (code <> '' and length(code) <= 60),
    is_global     boolean     not null,
    lot_id        uuid,
    status        text        not null check (status in ('OPEN', 'BLOCKED')),
    block_reason  text,
    version       integer     not null check (version > 0),
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    constraint serial_once unique (item_id, code),
    constraint serial_id_of_item unique (id, item_id),
    constraint serial_lot_of_item foreign key (lot_id, item_id) references lot (id, item_id),
    constraint serial_block_has_reason check ((status = 'BLOCKED') = (block_reason is not null))
);
create unique index serial_global_once on serial (code) where is_global;
create index serial_lot on serial (lot_id) where lot_id is not null;
