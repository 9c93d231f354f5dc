-- Each time a publisher takes over it begins a run of positions, beyond every position that anybody can have been given
-- before: the microseconds since 1970 grow faster than events do. Whatever was put back in between (a backup, a standby
-- that lagged, a snapshot of the disk, an empty database), a position of events that are lost lies in the hole between
-- two runs and is refused, and one of events that are still there is good.
create table event_run (
    begins_after bigint primary key,
    ended_at bigint not null,
    began_at timestamptz not null default now(),
    check (ended_at < begins_after)
);
revoke update, delete on event_run from platform_api;
select share_rows('event_run', 'counts events');

create function begin_event_run() returns bigint language plpgsql as $$
declare
    last bigint;
    base bigint;
begin
    select last_position into last from event_publisher for update;
    base := greatest(last + 1, (extract(epoch from clock_timestamp()) * 1000000)::bigint);
    insert into event_run (begins_after, ended_at) values (base, last);
    update event_publisher set last_position = base;
    return base;
end $$;
