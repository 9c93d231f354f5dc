-- Commitments: an overlay on the ledger, never a leg. Every sum that guards something is kept here by the database itself.

create table reservation (
    id              uuid          not null primary key,
    item_id         uuid          not null references item (id),
    warehouse_id    uuid          not null references warehouse (id),
    owner_id        uuid          not null references owner (id),
    demand_kind     text          not null check (demand_kind <> ''),
    demand_id       uuid          not null,
    split_from_id   uuid          references reservation (id),
    quantity        numeric(18,6) not null check (quantity > 0),
    status          text          not null check (status in ('PROMISED', 'ALLOCATED', 'PICKED', 'CONSUMED', 'RELEASED', 'EXPIRED')),
    expires_at      timestamptz,
    ended_at        timestamptz,
    version         integer       not null check (version > 0),
    created_at      timestamptz   not null,
    updated_at      timestamptz   not null,
    constraint reservation_end check ((ended_at is not null) = (status in ('CONSUMED', 'RELEASED', 'EXPIRED')))
) with (fillfactor = 80);
create index reservation_demand on reservation (demand_id);
create index reservation_position on reservation (item_id, warehouse_id) where ended_at is null;
create index reservation_expiry on reservation (expires_at) where expires_at is not null and status in ('PROMISED', 'ALLOCATED');

-- R-07: each reservation ends once, and only walks forward.
create function reservation_walks_forward() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.ended_at is not null
        or (old.item_id, old.warehouse_id, old.owner_id, old.demand_id) is distinct from (new.item_id, new.warehouse_id, new.owner_id, new.demand_id)
        or (old.status = 'ALLOCATED' and new.status = 'PROMISED')
        or (old.status = 'PICKED' and new.status in ('PROMISED', 'ALLOCATED', 'EXPIRED'))
        or (old.status <> 'PICKED' and new.status = 'CONSUMED')
        or (old.status = 'PROMISED' and new.status = 'PICKED')
    then
        raise exception 'a reservation walks forward and ends once' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger reservation_forward before update or delete on reservation for each row execute function reservation_walks_forward();

-- Which rows hold the goods of an allocated or picked reservation. The rows leave when it ends.
create table allocation (
    reservation_id  uuid          not null references reservation (id),
    balance_id      bigint        not null references stock_balance (id),
    quantity        numeric(18,6) not null check (quantity > 0),
    primary key (reservation_id, balance_id)
) with (fillfactor = 80);
create index allocation_balance on allocation (balance_id);

-- I-04: the balance's sum follows its allocations by itself, and its own check refuses what is not there.
create function allocation_sums() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        update stock_balance b set allocated = b.allocated + d.quantity, version = b.version + 1
        from (select balance_id, sum(quantity) as quantity from added group by balance_id) d where b.id = d.balance_id;
    elsif tg_op = 'DELETE' then
        update stock_balance b set allocated = b.allocated - d.quantity, version = b.version + 1
        from (select balance_id, sum(quantity) as quantity from removed group by balance_id) d where b.id = d.balance_id;
    else
        update stock_balance b set allocated = b.allocated + d.quantity, version = b.version + 1
        from (select balance_id, sum(quantity) as quantity
              from (select balance_id, quantity from added union all select balance_id, -quantity from removed) both_sides
              group by balance_id having sum(quantity) <> 0) d
        where b.id = d.balance_id;
    end if;
    return null;
end $$;
create trigger allocation_inserted after insert on allocation referencing new table as added
    for each statement execute function allocation_sums();
create trigger allocation_deleted after delete on allocation referencing old table as removed
    for each statement execute function allocation_sums();
create trigger allocation_updated after update on allocation referencing old table as removed new table as added
    for each statement execute function allocation_sums();

-- What is promised of an item in a warehouse and not yet allocated. Its row is locked by whoever promises, so that two
-- promises never both see the last unit (R-03).
create table stock_position (
    item_id       uuid          not null references item (id),
    warehouse_id  uuid          not null references warehouse (id),
    promised      numeric(18,6) not null check (promised >= 0),
    primary key (item_id, warehouse_id)
) with (fillfactor = 70);

create function reservation_sums() returns trigger language plpgsql as $$
declare
    change numeric := 0;
begin
    if tg_op = 'UPDATE' and old.status = 'PROMISED' then
        change := change - old.quantity;
    end if;
    if new.status = 'PROMISED' then
        change := change + new.quantity;
    end if;
    if change < 0 then
        update stock_position set promised = promised + change where item_id = new.item_id and warehouse_id = new.warehouse_id;
    elsif change > 0 then
        insert into stock_position as p (item_id, warehouse_id, promised) values (new.item_id, new.warehouse_id, change)
        on conflict (item_id, warehouse_id) do update set promised = p.promised + excluded.promised;
    end if;
    return null;
end $$;
create trigger reservation_promises after insert or update on reservation for each row execute function reservation_sums();
