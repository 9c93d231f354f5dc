-- What the house does by itself at a time of day: when, how it went last, and every run that there was.

create table schedule (
    id             uuid        not null primary key,
    code           text        not null unique check (code <> ''),
    name           text        not null check (name <> ''),
    is_on          boolean     not null,
    local_time     time        not null,
    -- One bit a weekday, Monday = 1 … Sunday = 64.
    weekdays       smallint    not null check (weekdays between 1 and 127),
    time_zone      text        not null check (time_zone <> ''),
    next_run_at    timestamptz not null,
    last_run_at    timestamptz,
    last_outcome   text        check (last_outcome in ('DONE', 'REFUSED', 'FAILED')),
    last_result    text,
    failures       integer     not null check (failures >= 0),
    version        integer     not null check (version > 0),
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    constraint schedule_last check ((last_run_at is null) = (last_outcome is null))
);
create index schedule_due on schedule (next_run_at) where is_on;

create table schedule_run (
    id           uuid        not null primary key,
    schedule_id  uuid        not null references schedule (id),
    due_at       timestamptz not null,
    ran_at       timestamptz not null,
    outcome      text        not null check (outcome in ('DONE', 'REFUSED', 'FAILED')),
    result       text        not null,
    run_by       uuid        not null
);
create index schedule_run_of on schedule_run (schedule_id, ran_at);
select append_only('schedule_run');

select share_rows('schedule', 'when the house works by itself');
select share_rows('schedule_run', 'how that went');

insert into schedule (id, code, name, is_on, local_time, weekdays, time_zone, next_run_at, failures, version, created_at, updated_at)
select gen_random_uuid(), code, name, true, at::time, days, 'UTC', date_trunc('day', now()) + interval '1 day' + at, 0, 1, now(), now()
from (values
    ('PROPOSE_REORDERS', 'Propose what is to be ordered, at every site', interval '4 hours', 127),
    ('COMPUTE_SCORECARDS', 'Compute how suppliers did this month and the last', interval '3 hours', 127)) as work (code, name, at, days);

insert into exception_category (code, name, queue, escalation_queue, severity, sla_hours, version, created_at, updated_at)
values ('SCHEDULE_FAILED', 'Work that the house does by itself did not succeed', 'operations', 'supervisor', 'HIGH', 8, 1, now(), now());
