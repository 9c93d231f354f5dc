-- Every change of master data: who asked, what it was before and after, and, where another role owns the fields, who decided.

create table field_group_owner (
    record_kind  text not null,
    field_group  text not null,
    owner_role   text not null check (owner_role ~ '^[a-z_]{1,40}$'),
    primary key (record_kind, field_group)
);

insert into field_group_owner (record_kind, field_group, owner_role) values
    ('ITEM', 'IDENTITY', 'catalog'), ('ITEM_UNIT', 'PACKS', 'catalog'), ('ITEM', 'TRACKING', 'quality'),
    ('ITEM', 'WEIGHING', 'quality'), ('ITEM', 'STORAGE', 'warehousing'), ('ITEM', 'COSTING', 'finance'),
    ('ITEM', 'CLASSIFICATION', 'planning'), ('ITEM', 'ORIGIN', 'compliance'),
    ('PARTNER', 'IDENTITY', 'partners'), ('SUPPLIER', 'TERMS', 'purchasing'),
    ('CUSTOMER', 'SERVICE', 'sales'), ('CUSTOMER', 'CREDIT', 'finance'),
    ('WAREHOUSE', 'SETUP', 'network'), ('ZONE', 'SETUP', 'warehousing'),
    ('BIN', 'SETUP', 'warehousing'), ('BIN', 'SLOTTING', 'warehousing');

create table master_change (
    id             uuid        not null primary key,
    record_kind    text        not null,
    record_id      uuid        not null,
    field_group    text        not null,
    state          text        not null check (state in ('APPLIED', 'AWAITING_OWNER', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')),
    base_version   integer     not null check (base_version >= 0),
    before         jsonb,
    after          jsonb       not null,
    requested_by   uuid        not null,
    requested_by_person uuid   not null,
    requested_at   timestamptz not null,
    decided_by     uuid,
    decided_at     timestamptz,
    reason         text,
    version        integer     not null check (version > 0),
    constraint master_change_decision check ((state in ('APPLIED', 'AWAITING_OWNER')) = (decided_by is null)),
    constraint master_change_decided_at check ((decided_by is null) = (decided_at is null))
);
-- Changes of one moment are told apart by the version they were made against.
create index master_change_record on master_change (record_id, requested_at, base_version, id);
create index master_change_awaiting on master_change (record_kind, field_group, requested_at, id) where state = 'AWAITING_OWNER';

-- The closed lists of RecordKind and FieldGroup.
do $$
declare
    kinds text := $list$'LEGAL_ENTITY', 'EXCHANGE_RATE', 'PARTNER', 'SUPPLIER', 'CUSTOMER', 'OWNER', 'ITEM', 'ITEM_UNIT',
        'ITEM_SUBSTITUTE', 'LOT', 'SERIAL', 'CALENDAR', 'WAREHOUSE', 'CUT_OFF', 'FULFILLMENT_CHANNEL', 'ZONE', 'BIN'$list$;
    groups text := $list$'IDENTITY', 'STATUS', 'TRACKING', 'WEIGHING', 'STORAGE', 'COSTING', 'CLASSIFICATION', 'ORIGIN', 'PACKS',
        'TERMS', 'SERVICE', 'CREDIT', 'SETUP', 'SLOTTING'$list$;
    register text;
begin
    foreach register in array array['field_group_owner', 'master_change'] loop
        execute format('alter table %I add check (record_kind in (%s)), add check (field_group in (%s))', register, kinds, groups);
    end loop;
end $$;
