-- Dock doors and the hours for which shipments have them (NET-08, RCV-01).

create extension if not exists btree_gist;

create table dock_door (
    id            uuid        not null primary key,
    warehouse_id  uuid        not null references warehouse (id),
    code          text        not null check (code <> ''),
    name          text        not null check (name <> ''),
    opens_at      time        not null,
    closes_at     time        not null check (closes_at > opens_at),
    status        text        not null check (status in ('ACTIVE', 'RETIRED')),
    version       integer     not null check (version > 0),
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    constraint dock_door_once unique (warehouse_id, code)
);

create table dock_appointment (
    id            uuid        not null primary key,
    door_id       uuid        not null references dock_door (id),
    warehouse_id  uuid        not null references warehouse (id),
    shipment_id   uuid        not null references inbound_shipment (id),
    status        text        not null check (status in ('BOOKED', 'KEPT', 'MISSED', 'CANCELLED')),
    starts_at     timestamptz not null,
    ends_at       timestamptz not null,
    arrived_at    timestamptz,
    punctuality   text        check (punctuality in ('EARLY', 'ON_TIME', 'LATE', 'NO_SHOW')),
    booked_by     uuid        not null,
    booked_at     timestamptz not null,
    version       integer     not null check (version > 0),
    constraint dock_appointment_hours check (ends_at > starts_at and ends_at <= starts_at + interval '24 hours'),
    constraint dock_appointment_kept check ((status = 'KEPT') = (arrived_at is not null) and (status in ('KEPT', 'MISSED')) = (punctuality is not null)),
    -- NET-08: one door has one lorry at a time, whoever books at the same moment.
    constraint dock_appointment_door exclude using gist (door_id with =, tstzrange(starts_at, ends_at) with &&)
        where (status in ('BOOKED', 'KEPT'))
);
-- A shipment comes once.
create unique index dock_appointment_shipment on dock_appointment (shipment_id) where status in ('BOOKED', 'KEPT');
create index dock_appointment_day on dock_appointment (warehouse_id, starts_at);
create index dock_appointment_missed on dock_appointment (ends_at) where status = 'BOOKED';

select scope_rows('dock_door', 'exists (select from warehouse w where w.id = warehouse_id) and ' || house_only());
-- Suppliers see when their own shipments are expected.
select scope_rows('dock_appointment', 'exists (select from inbound_shipment s where s.id = shipment_id)');

-- How full each door is, hour by hour (RCV-01).
create view dock_hour with (security_invoker = true) as
select a.door_id, a.warehouse_id, hour.at as starts_at,
       count(*)::int as appointments,
       sum(extract(epoch from least(a.ends_at, hour.at + interval '1 hour') - greatest(a.starts_at, hour.at)) / 60)::int as minutes_booked,
       count(*) filter (where a.punctuality = 'LATE')::int as late,
       count(*) filter (where a.punctuality = 'NO_SHOW')::int as no_shows
from dock_appointment a
cross join lateral generate_series(date_trunc('hour', a.starts_at, 'UTC'), a.ends_at - interval '1 microsecond', interval '1 hour') as hour (at)
where a.status <> 'CANCELLED'
group by a.door_id, a.warehouse_id, hour.at;
