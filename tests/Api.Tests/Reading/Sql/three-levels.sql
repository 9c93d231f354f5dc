select p.last_position, t.id, t.code, t.legal_entity_id, t1.id, t1.code
from event_publisher p
left join (select t.id, t.code, t.legal_entity_id, t.id as o0
from warehouse t
order by t.id
limit $1) t on true
left join legal_entity t1 on t1.id = t.legal_entity_id
order by t.o0;

select k.ord, t.id, t.code
from unnest($1) with ordinality k(key, ord)
cross join lateral (select t.id, t.code
from zone t
where t.warehouse_id = k.key and t.status = $2
order by t.id
limit $3) t;

select k.ord, t.id, t.code, t.dedicated_item_id, t1.id, t1.code
from unnest($1) with ordinality k(key, ord)
cross join lateral (select t.id, t.code, t.dedicated_item_id, t.code as o0, t.id as o1
from bin t
where t.zone_id = k.key
order by t.code, t.id
limit $2) t
left join item t1 on t1.id = t.dedicated_item_id
order by k.ord, t.o0, t.o1;
