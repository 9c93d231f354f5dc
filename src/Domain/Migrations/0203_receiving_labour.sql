-- RCV-18: what one person took in on one day at one site, and how long it took: from when goods stood there, or the person had
-- finished with the ones before, until they were recorded.
create view receiver_day with (security_invoker = true) as
select work.legal_entity_id, work.warehouse_id, work.received_by, work.day, count(*)::int as receipts, sum(work.lines)::int as lines,
       sum(work.units)::numeric(18,6) as units, sum(work.seconds)::bigint as labour_seconds,
       round(sum(work.lines) * 3600 / nullif(sum(work.seconds), 0), 2)::numeric(19,2) as lines_per_hour,
       round(sum(work.units) * 3600 / nullif(sum(work.seconds), 0), 2)::numeric(19,2) as units_per_hour
from (
    select r.legal_entity_id, r.warehouse_id, r.received_by, (r.recorded_at at time zone w.time_zone)::date as day, l.lines, l.units,
           greatest(0, extract(epoch from r.recorded_at - greatest(r.arrived_at, lag(r.recorded_at) over (
               partition by r.warehouse_id, r.received_by, (r.recorded_at at time zone w.time_zone)::date order by r.recorded_at, r.id))))::numeric
               as seconds
    from receipt r join warehouse w on w.id = r.warehouse_id
    cross join lateral (select count(*) as lines, coalesce(sum(quantity), 0) as units from receipt_line where receipt_id = r.id) l
    where r.status <> 'REVERSED') work
group by work.legal_entity_id, work.warehouse_id, work.received_by, work.day;
