select p.last_position, t.id, t.code, t.zone_id, t1.id, t1.code, t2.id, t2.code, t.o0, t.o1, t.o2
from event_publisher p
left join (select t.id, t.code, t.zone_id, s1.code as o0, t.rank as o1, t.id as o2
from bin t
left join item s1 on s1.id = t.dedicated_item_id
order by s1.code desc nulls last, t.rank, t.id
limit $1) t on true
left join zone t1 on t1.id = t.zone_id
left join warehouse t2 on t2.id = t1.warehouse_id
order by t.o0 desc nulls last, t.o1, t.o2;

select 1::bigint, count(*), count(*)
from bin t;
