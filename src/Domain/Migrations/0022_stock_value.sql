-- Stock as money: a second stream beside the movements, written in the same transaction.

-- The stock of one item of one entity. For an item priced by weight the quantity is its weight.
create table cost_pool (
    id               bigint         generated always as identity primary key,
    legal_entity_id  uuid           not null references legal_entity (id),
    item_id          uuid           not null references item (id),
    flow             text           not null check (flow in ('MOVING_AVERAGE', 'FIFO', 'STANDARD')),
    quantity         numeric(18,6)  not null,
    value            numeric(19,4)  not null,
    generation       bigint         not null check (generation >= 0),
    -- The decay index × 10¹², with all its digits: a late cost is split by it.
    decay            numeric        not null check (decay > 0),
    epoch            integer        not null check (epoch >= 0),
    last_cost        numeric(28,10) not null check (last_cost >= 0),
    standard_cost    numeric(28,10) not null check (standard_cost >= 0),
    last_layer       integer        not null check (last_layer >= 0),
    constraint cost_pool_once unique (legal_entity_id, item_id),
    constraint cost_pool_nothing_is_worth_nothing check (quantity <> 0 or value = 0),
    constraint cost_pool_value_has_sign_of_quantity check (quantity * value >= 0)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);

-- A receipt of a first-in-first-out pool, as far as it still lies there.
create table cost_layer (
    pool_id    bigint        not null references cost_pool (id),
    sequence   integer       not null check (sequence > 0),
    original   numeric(18,6) not null check (original > 0),
    remaining  numeric(18,6) not null check (remaining between 0 and original),
    value      numeric(19,4) not null check (value >= 0),
    primary key (pool_id, sequence),
    constraint cost_layer_nothing_is_worth_nothing check (remaining > 0 or value = 0)
) with (fillfactor = 70);
create index cost_layer_open on cost_layer (pool_id, sequence) where remaining > 0;

create table value_entry (
    id                bigint        not null primary key,
    pool_id           bigint        not null,
    posting_id        uuid          not null,
    movement_id       bigint,
    kind              text          not null check (kind in (
        'RECEIPT', 'ISSUE', 'TAKE_BACK', 'RETURN', 'LANDED_COST', 'INVOICE_VARIANCE', 'REVALUATION', 'STD_COST_CHANGE')),
    quantity          numeric(18,6) not null,
    -- The document's amount is the sum of what stayed in the pool and of the rest, which left or is a variance.
    on_hand           numeric(19,4) not null,
    rest              numeric(19,4) not null,
    -- Where a receipt entered its pool, so that a late cost finds its share in one step.
    generation        bigint,
    decay             numeric,
    epoch             integer,
    layer             integer,
    charged_entry_id  bigint,
    -- What a unit costs from here on, where the entry says so.
    unit_cost         numeric(28,10),
    posting_date      date          not null,
    recorded_at       timestamptz   not null,
    constraint value_entry_moves_or_not check ((movement_id is not null) = (kind in ('RECEIPT', 'ISSUE', 'TAKE_BACK', 'RETURN'))),
    constraint value_entry_charges_a_receipt check ((charged_entry_id is not null) = (kind in ('TAKE_BACK', 'LANDED_COST', 'INVOICE_VARIANCE'))),
    constraint value_entry_only_movements_move_goods check (quantity = 0 or movement_id is not null)
);
create index value_entry_pool on value_entry (pool_id, id);
create unique index value_entry_movement on value_entry (movement_id) where movement_id is not null;
create index value_entry_charged on value_entry (charged_entry_id) where charged_entry_id is not null;
create index value_entry_posting on value_entry (posting_id) where movement_id is null;
select append_only('value_entry');
