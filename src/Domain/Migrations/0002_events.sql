-- The event log. Rows are written by the business transaction and never touched again; their order for readers is
-- stamped afterwards, in event_position, once no running transaction can still come before them.
create sequence event_id as bigint cache 1; -- cache 1: within one aggregate a later version has a larger id

create table event (
    xid xid8 not null default pg_current_xact_id(),
    id bigint not null default nextval('event_id'),
    recorded_at timestamptz not null default now(),
    event_id uuid not null,
    aggregate text not null,
    aggregate_id uuid not null,
    version int not null check (version > 0),
    type text not null,
    payload jsonb not null,
    actor_kind text not null check (actor_kind in ('HUMAN', 'DEVICE', 'SERVICE', 'MODEL')),
    actor_id uuid not null,
    correlation_id uuid not null,
    occurred_at timestamptz not null,
    primary key (xid, id, recorded_at)
) partition by range (recorded_at);
create index event_history on event (aggregate_id, version);
select append_only('event');
select ensure_month_partitions('event', current_date, (current_date + interval '2 months')::date);

-- The version that each aggregate has reached; its row lock serialises writers of one aggregate (I-18).
create table event_stream (
    aggregate_id uuid primary key,
    version int not null check (version > 0)
) with (fillfactor = 70);

-- Narrow on purpose: stamping a position must not rewrite the payload.
create table event_position (
    position bigint primary key check (position > 0),
    xid xid8 not null,
    id bigint not null,
    recorded_at timestamptz not null,
    unique (xid, id)
);
revoke update, delete on event_position from platform_api;

create table event_publisher (
    single boolean primary key default true check (single),
    last_position bigint not null default 0,
    first_position bigint not null default 1,
    low_xid xid8 not null default '0'
);
insert into event_publisher default values;
revoke insert, delete on event_publisher from platform_api;

-- Stamps the next positions, at most batch of them; returns how many. Everything below the snapshot's xmin is decided
-- for ever, so nothing can appear later among the rows considered here.
--
-- Transaction ids alone are not the order: a transaction may take its id early, wait for an aggregate's row, and write
-- version 2 after a transaction with a larger id wrote version 1. Within a batch ids therefore decide, which follow
-- the row lock; and a version whose predecessor lies behind the batch is held until that one is stamped.
create function publish_events(batch int) returns int language plpgsql as $$
declare
    state event_publisher;
    stamped int;
    looked_at int;
    next_low xid8;
begin
    select * into state from event_publisher;
    if not exists (
        select from event e
        where e.xid >= state.low_xid and e.xid < pg_snapshot_xmin(pg_current_snapshot())
          and not exists (select from event_position p where p.xid = e.xid and p.id = e.id)) then
        return 0; -- An idle poll writes nothing.
    end if;

    select * into state from event_publisher for update;
    with horizon as materialized (
        select pg_snapshot_xmin(pg_current_snapshot()) as xid
    ), seen as materialized (
        select e.xid, e.id, e.recorded_at, e.aggregate_id, e.version
        from event e
        where e.xid >= state.low_xid and e.xid < (select xid from horizon)
          and not exists (select from event_position p where p.xid = e.xid and p.id = e.id)
        order by e.xid, e.id
        limit batch
    ), bound as materialized (
        select xid, id from seen order by xid desc, id desc limit 1
    ), held as materialized (
        select s.aggregate_id, min(s.version) as version
        from seen s cross join bound b
        where s.version > 1
          and exists (
            select from event e
            where e.aggregate_id = s.aggregate_id and e.version = s.version - 1
              and (e.xid, e.id) > (b.xid, b.id)
              and not exists (select from event_position p where p.xid = e.xid and p.id = e.id))
        group by s.aggregate_id
    ), sorted as materialized (
        select s.*, h.version is null or s.version < h.version as ready
        from seen s left join held h using (aggregate_id)
    ), stamp as (
        insert into event_position (position, xid, id, recorded_at)
        select state.last_position + row_number() over (order by id), xid, id, recorded_at from sorted where ready
        returning 1
    )
    select (select count(*) from stamp), (select count(*) from seen),
           coalesce(
               (select xid from sorted where not ready order by xid limit 1),
               case when (select count(*) from seen) = batch then (select xid from bound) else (select xid from horizon) end)
    into stamped, looked_at, next_low;

    if stamped = 0 and looked_at = batch then
        return publish_events(batch * 4); -- A full batch of held versions: look further.
    end if;

    update event_publisher set last_position = state.last_position + stamped, low_xid = next_low;
    if stamped > 0 then
        perform pg_notify('platform_events', (state.last_position + stamped)::text);
    end if;
    return stamped;
end $$;

-- Drops the months that ended before the time to keep; readers whose cursor lies before first_position are told so.
create function retire_events(keep interval) returns int
language plpgsql security definer set search_path = public as $$
declare
    month record;
    dropped int := 0;
    last_dropped bigint;
begin
    for month in
        select c.relname as name, (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month')::timestamptz as ended
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'event'::regclass order by c.relname
    loop
        exit when month.ended > now() - keep;
        select max(position) into last_dropped from event_position where recorded_at < month.ended;
        if last_dropped is not null then
            update event_publisher set first_position = greatest(first_position, last_dropped + 1);
            delete from event_position where position <= last_dropped;
        end if;
        execute format('drop table %I', month.name);
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;
revoke execute on function retire_events from public;
grant execute on function retire_events to platform_api;

-- After a dump was restored into another server: transaction ids start anew there, so rows that were not stamped yet
-- take this transaction's id, and everything later compares with it.
create function restamp_events() returns void language plpgsql as $$
begin
    alter table event disable trigger never_changed;
    update event e set xid = pg_current_xact_id()
    where not exists (select from event_position p where p.xid = e.xid and p.id = e.id)
      and e.recorded_at >= (select coalesce(max(recorded_at) - interval '1 day', '-infinity') from event_position);
    alter table event enable trigger never_changed;
    update event_publisher set low_xid = pg_current_xact_id();
end $$;
