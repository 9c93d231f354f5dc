-- CAT-18: how cost flows is said for a class of items or one item, for a company or for all; the item's own method holds where no rule speaks.

create table costing_rule (
    id               uuid        not null primary key,
    legal_entity_id  uuid        references legal_entity (id),
    category         text        check (category <> ''),
    item_id          uuid        references item (id),
    -- Null while nobody has agreed to one yet, and after a rule was taken back.
    method           text        check (method in ('MOVING_AVERAGE', 'FIFO', 'STANDARD')),
    version          integer     not null check (version > 0),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint costing_rule_scope unique nulls not distinct (legal_entity_id, category, item_id),
    -- A class or an item; and what all companies say of one item is the item's own method.
    constraint costing_rule_is_about_something check (
        (category is null) <> (item_id is null) and (item_id is null or legal_entity_id is not null))
);
create index costing_rule_item on costing_rule (item_id) where item_id is not null;
create index costing_rule_category on costing_rule (category) where category is not null;
select scope_rows('costing_rule', '(legal_entity_id is null or ' || in_scope('legal_entities', 'legal_entity_id') || ') and ' || house_only());

-- The most specific rule counts: the item in the company, the class in the company, the class everywhere, the item itself.
create function costing_method_of(entity uuid, item uuid, category text, own text) returns text language sql stable parallel safe as $$
    select coalesce(
        (select r.method from costing_rule r
         where r.method is not null and (r.item_id = $2 or r.category = $3) and (r.legal_entity_id = $1 or r.legal_entity_id is null)
         order by r.item_id is null, r.legal_entity_id is null limit 1),
        $4)
$$;

-- What a pool takes up as soon as nothing lies in it. Turning an empty pool changes no value (I-07), so a rule may be agreed to at any
-- time and each pool follows when it can: by itself, in the statement that empties it.
alter table cost_pool add column next_flow text;

create or replace function cost_pool_is_sound(p cost_pool) returns boolean language plpgsql immutable parallel safe as $$
begin
    return (p.quantity <> 0 or p.value = 0) and p.quantity * p.value >= 0
        and p.flow in ('MOVING_AVERAGE', 'FIFO', 'STANDARD') and p.generation >= 0 and p.decay > 0 and p.epoch >= 0
        and p.last_cost >= 0 and p.standard_cost >= 0 and p.last_layer >= 0
        and (p.next_flow is null
             or (p.next_flow in ('MOVING_AVERAGE', 'FIFO', 'STANDARD') and p.next_flow <> p.flow and p.quantity <> 0));
end $$;

-- The generation rises, as when a pool runs empty: what was received before is gone, and late costs on it belong to goods that left.
-- Entries of this posting have drawn their ids already, and later ones of this pool draw theirs after its lock.
create function pool_takes_up_flow() returns trigger language plpgsql as $$
begin
    insert into cost_flow_change (pool_id, after_entry_id, flow_before, flow)
    select new.id, case when is_called then last_value else 0 end, old.flow, new.next_flow from stock_ledger_id;
    new.flow := new.next_flow;
    new.next_flow := null;
    new.generation := new.generation + 1;
    new.decay := 1000000000000;
    new.epoch := 0;
    return new;
end $$;
create trigger cost_pool_takes_up_flow before update on cost_pool
    for each row when (new.quantity = 0 and new.next_flow is not null) execute function pool_takes_up_flow();
