-- The ledger. A movement takes goods from one place to another in one row, so its two legs cannot fail to sum to zero (I-01).

-- One document's movements, posted together or not at all.
create table stock_posting (
    id               uuid        not null primary key,
    legal_entity_id  uuid        not null,
    document_kind    text        not null check (document_kind <> ''),
    document_number  text        check (document_number <> ''),
    document_id      uuid,
    reason_code      text        check (reason_code <> ''),
    reason_text      text,
    evidence         text,
    approval_id      uuid,
    actor_kind       text        not null check (actor_kind in ('HUMAN', 'DEVICE', 'SERVICE')),
    actor_id         uuid        not null,
    correlation_id   uuid        not null,
    posting_date     date        not null,
    recorded_at      timestamptz not null
);
create index stock_posting_document on stock_posting (document_id) where document_id is not null;
-- The natural key that still refuses a second posting after the idempotency key has expired.
create unique index stock_posting_once on stock_posting (legal_entity_id, document_kind, document_number)
    where document_number is not null;
select append_only('stock_posting');

-- Drawn by a poster only after it holds its locks, so that ids follow the order in which cost flowed through a pool.
create sequence stock_ledger_id as bigint cache 1;

create table stock_movement (
    id                bigint        not null primary key,
    posting_id        uuid          not null,
    line              integer       not null check (line > 0),
    type              text          not null,
    legal_entity_id   uuid          not null,
    item_id           uuid          not null,
    lot_id            uuid,
    serial_id         uuid,
    handling_unit_id  uuid,
    owner_id          uuid          not null,
    new_owner_id      uuid,
    from_place        text          not null,
    from_bin_id       uuid,
    from_condition    text,
    to_place          text          not null,
    to_bin_id         uuid,
    to_condition      text,
    quantity          numeric(18,6) not null,
    weight            numeric(18,6),
    entered_quantity  numeric(18,6),
    entered_unit      text,
    document_line_id  uuid,
    partner_id        uuid,
    reverses_id       bigint,
    returns_id        bigint,
    occurred_at       timestamptz   not null,
    recorded_at       timestamptz   not null,

    constraint stock_movement_type check (case type
        when 'RECEIPT'          then from_place = 'SUPPLIER' and to_place = 'BIN'
        when 'CONDITION'        then from_place = 'BIN' and to_place = 'BIN' and from_bin_id = to_bin_id and from_condition <> to_condition
        when 'PUTAWAY'          then from_place = 'BIN' and to_place = 'BIN'
        when 'REPLENISH'        then from_place = 'BIN' and to_place = 'BIN'
        when 'MOVE'             then from_place = 'BIN' and to_place = 'BIN'
        when 'PICK'             then from_place = 'BIN' and to_place = 'BIN'
        when 'SHIP'             then from_place = 'BIN' and to_place = 'CUSTOMER'
        when 'TRANSFER_SHIP'    then from_place = 'BIN' and to_place = 'BIN'
        when 'TRANSFER_RECEIVE' then from_place = 'BIN' and to_place = 'BIN'
        when 'COUNT_ADJUST'     then 'ADJUSTMENT' in (from_place, to_place) and 'BIN' in (from_place, to_place)
        when 'ADJUST'           then ('ADJUSTMENT' in (from_place, to_place) and 'BIN' in (from_place, to_place))
                                  or (from_place = 'BIN' and to_place = 'SCRAP')
        when 'CUSTOMER_RETURN'  then from_place = 'CUSTOMER' and to_place = 'BIN'
        when 'SUPPLIER_RETURN'  then from_place = 'BIN' and to_place = 'SUPPLIER'
        when 'OWNERSHIP'        then from_place = 'BIN' and to_place = 'BIN' and from_bin_id = to_bin_id and new_owner_id is not null
        when 'WEIGHT_ADJUST'    then 'ADJUSTMENT' in (from_place, to_place) and 'BIN' in (from_place, to_place) and quantity = 0
        when 'OPENING'          then from_place = 'OPENING' and to_place = 'BIN'
        when 'REVERSAL'         then reverses_id is not null
        else false end),
    constraint stock_movement_from check ((from_place = 'BIN') = (from_bin_id is not null) and (from_place = 'BIN') = (from_condition is not null)),
    constraint stock_movement_to check ((to_place = 'BIN') = (to_bin_id is not null) and (to_place = 'BIN') = (to_condition is not null)),
    constraint stock_movement_condition check (
        from_condition is null or to_condition is null or from_condition = to_condition or type in ('CONDITION', 'REVERSAL')),
    constraint stock_movement_owner check (new_owner_id is null or (new_owner_id <> owner_id and type in ('OWNERSHIP', 'REVERSAL'))),
    constraint stock_movement_quantity check (quantity > 0 or (quantity = 0 and weight > 0 and type in ('WEIGHT_ADJUST', 'REVERSAL'))),
    constraint stock_movement_weight check (weight >= 0),
    constraint stock_movement_serial check (serial_id is null or quantity <= 1),
    constraint stock_movement_goes_somewhere check (
        (from_place, from_bin_id, from_condition, owner_id) is distinct from (to_place, to_bin_id, to_condition, coalesce(new_owner_id, owner_id)))
);
create index stock_movement_item on stock_movement (item_id, id);
create index stock_movement_posting on stock_movement (posting_id);
create index stock_movement_lot on stock_movement (lot_id, id) where lot_id is not null;
create index stock_movement_serial on stock_movement (serial_id, id) where serial_id is not null;
create index stock_movement_returns on stock_movement (returns_id) where returns_id is not null;
-- A movement is reversed once.
create unique index stock_movement_reversed_once on stock_movement (reverses_id) where reverses_id is not null;
create index stock_movement_recorded on stock_movement using brin (recorded_at);
select append_only('stock_movement');

-- The same movements as two signed legs.
create view stock_leg as
select id as movement_id, 1 as leg, posting_id, type, legal_entity_id, item_id, lot_id, serial_id, handling_unit_id,
       owner_id, from_place as place, from_bin_id as bin_id, from_condition as condition,
       -quantity as quantity, -weight as weight, occurred_at, recorded_at
from stock_movement
union all
select id, 2, posting_id, type, legal_entity_id, item_id, lot_id, serial_id, handling_unit_id,
       coalesce(new_owner_id, owner_id), to_place, to_bin_id, to_condition,
       quantity, weight, occurred_at, recorded_at
from stock_movement;

-- What is where: the sum of legs per key, kept by the poster in the transaction that writes the legs (I-02). Virtual places
-- (supplier, customer, adjustment, scrap, opening) have no row, so nobody waits for them.
create table stock_balance (
    id                bigint        generated always as identity primary key,
    -- All parts of the key in one value: one narrow index finds the row, and posters lock rows in its order.
    key               uuid          not null generated always as (md5(
        bin_id::text || item_id::text || coalesce(lot_id::text, '-') || coalesce(serial_id::text, '-')
        || coalesce(handling_unit_id::text, '-') || owner_id::text || condition)::uuid) stored,
    legal_entity_id   uuid          not null,
    warehouse_id      uuid          not null,
    bin_id            uuid          not null,
    item_id           uuid          not null references item (id),
    lot_id            uuid,
    serial_id         uuid,
    handling_unit_id  uuid,
    owner_id          uuid          not null references owner (id),
    condition         text          not null check (condition in ('RECEIVING', 'INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED', 'RETURN_REVIEW')),
    on_hand           numeric(18,6) not null,
    weight            numeric(18,6) not null,
    -- Of what is here, what reservations hold; kept by the trigger on allocation, never by hand.
    allocated         numeric(18,6) not null,
    -- How far policy lets this row go below zero.
    floor             numeric(18,6) not null check (floor <= 0),
    last_in_at        timestamptz,
    last_moved_at     timestamptz   not null,
    version           bigint        not null check (version >= 0),
    constraint stock_balance_key unique (key),
    constraint stock_balance_parts unique nulls not distinct (bin_id, item_id, lot_id, serial_id, handling_unit_id, owner_id, condition),
    constraint stock_balance_bin foreign key (bin_id, warehouse_id) references bin (id, warehouse_id),
    constraint stock_balance_lot foreign key (lot_id, item_id) references lot (id, item_id),
    constraint stock_balance_serial foreign key (serial_id, item_id) references serial (id, item_id),
    constraint stock_balance_above_floor check (on_hand >= floor),
    constraint stock_balance_serial_once check (serial_id is null or on_hand between 0 and 1),
    constraint stock_balance_weight_with_goods check (on_hand <> 0 or weight = 0),
    constraint stock_balance_allocated check (allocated >= 0 and (allocated = 0 or allocated <= on_hand)),
    constraint stock_balance_allocated_usable check (allocated = 0 or condition = 'USABLE'),
    -- A serial is on hand at most once, wherever it is. Checked at the end, because a move empties one row and fills another.
    constraint stock_balance_serial_on_hand exclude using btree (serial_id with =) where (on_hand > 0) deferrable initially deferred
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
create index stock_balance_item on stock_balance (item_id, warehouse_id);
create index stock_balance_lot_of on stock_balance (lot_id) where lot_id is not null;

-- A row is never forgotten and never becomes another's: only its amounts change.
create function stock_balance_keeps_its_key() returns trigger language plpgsql as $$
begin
    raise exception 'a balance keeps its key and stays' using errcode = 'restrict_violation';
end $$;
create trigger stock_balance_stays before delete on stock_balance for each row execute function stock_balance_keeps_its_key();
create trigger stock_balance_is_its_key before update of warehouse_id, bin_id, item_id, lot_id, serial_id, handling_unit_id, owner_id, condition
    on stock_balance for each row execute function stock_balance_keeps_its_key();

-- INV-05, INV-06: defined once for all entities and sites.
create table condition_transition (
    from_condition  text not null,
    to_condition    text not null,
    primary key (from_condition, to_condition)
);
insert into condition_transition values
    ('RECEIVING', 'INSPECTION'), ('RECEIVING', 'USABLE'), ('RECEIVING', 'QUARANTINED'), ('RECEIVING', 'DAMAGED'),
    ('INSPECTION', 'USABLE'), ('INSPECTION', 'QUARANTINED'), ('INSPECTION', 'DAMAGED'),
    ('USABLE', 'INSPECTION'), ('USABLE', 'QUARANTINED'), ('USABLE', 'DAMAGED'),
    ('QUARANTINED', 'INSPECTION'), ('QUARANTINED', 'USABLE'), ('QUARANTINED', 'DAMAGED'),
    ('DAMAGED', 'INSPECTION'), ('DAMAGED', 'QUARANTINED'),
    ('RETURN_REVIEW', 'INSPECTION'), ('RETURN_REVIEW', 'USABLE'), ('RETURN_REVIEW', 'QUARANTINED'), ('RETURN_REVIEW', 'DAMAGED');
select append_only('condition_transition');

create table role_condition (
    bin_role   text not null,
    condition  text not null,
    primary key (bin_role, condition)
);
insert into role_condition
select role, condition from (values
    ('DOCK', array['RECEIVING', 'INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED', 'RETURN_REVIEW']),
    ('RECEIVING', array['RECEIVING', 'INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED', 'RETURN_REVIEW']),
    ('INSPECTION', array['RECEIVING', 'INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED', 'RETURN_REVIEW']),
    ('QUARANTINE', array['INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED', 'RETURN_REVIEW']),
    ('RETURNS', array['INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED', 'RETURN_REVIEW']),
    ('RESERVE', array['INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED']),
    ('FORWARD_PICK', array['INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED']),
    ('STAGING', array['INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED']),
    ('PACKING', array['INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED']),
    ('TRANSIT', array['INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED'])) as allowed (role, conditions),
    unnest(conditions) as condition;
select append_only('role_condition');

-- INV-04: each unit in exactly one bucket; the first rule that matches wins. What a reservation holds and what it does not
-- are two parts of one row, so a row gives at most two.
create view stock_bucket as
select b.id as balance_id, b.legal_entity_id, b.warehouse_id, b.bin_id, b.item_id, b.lot_id, b.serial_id, b.owner_id, b.condition,
       part.bucket, part.quantity
from stock_balance b
join bin on bin.id = b.bin_id
join owner on owner.id = b.owner_id
cross join lateral (
    select case
        when bin.role = 'TRANSIT' then 'IN_TRANSIT'
        when owner.kind <> 'OWN' then 'CONSIGNED'
        when b.condition <> 'USABLE' then b.condition
        when bin.role in ('STAGING', 'PACKING') then 'STAGED'
        when bin.role = 'FORWARD_PICK' then 'FORWARD_PICK'
        when bin.role = 'RESERVE' then 'RESERVE'
        -- Usable, but not yet where orders are served from.
        else 'RECEIVING' end as unheld
) rule
cross join lateral (values
    (rule.unheld, b.on_hand - b.allocated),
    (case when rule.unheld in ('FORWARD_PICK', 'RESERVE', 'RECEIVING') then 'ALLOCATED' else rule.unheld end, b.allocated)
) as part (bucket, quantity)
where part.quantity <> 0;

-- Per item and warehouse: how far stock may run below zero, and above which value an adjustment or write-off waits for approval.
create table stock_policy (
    id                   uuid          not null primary key,
    item_id              uuid          references item (id),
    warehouse_id         uuid          references warehouse (id),
    floor                numeric(18,6) not null check (floor <= 0),
    adjust_without_approval numeric(19,4) not null check (adjust_without_approval >= 0),
    needs_evidence       boolean       not null,
    version              integer       not null check (version > 0),
    created_at           timestamptz   not null,
    updated_at           timestamptz   not null,
    constraint stock_policy_scope unique nulls not distinct (item_id, warehouse_id),
    constraint stock_policy_floor_is_specific check (floor = 0 or (item_id is not null and warehouse_id is not null))
);
