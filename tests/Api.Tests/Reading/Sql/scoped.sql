select p.last_position, t.id
from event_publisher p
left join (select t.id
from item t
where exists (select
from stock_balance f1
where f1.item_id = t.id and f1.legal_entity_id = any($1) and f1.warehouse_id = any($2) and f1.on_hand > $3)
order by t.id
limit $4) t on true;

select 1::bigint, count(*), count(*)
from item t
where exists (select
from stock_balance f1
where f1.item_id = t.id and f1.legal_entity_id = any($1) and f1.warehouse_id = any($2) and f1.on_hand > $3);

select k.ord, t.id, t.bin_id, t1.id, t1.code
from unnest($1) with ordinality k(key, ord)
cross join lateral (select t.id, t.bin_id, s1.code as o0, t.id as o1
from stock_balance t
left join warehouse s1 on s1.id = t.warehouse_id and s1.legal_entity_id = any($2) and s1.id = any($3)
where t.item_id = k.key and t.legal_entity_id = any($2) and t.warehouse_id = any($3)
order by s1.code, t.id
limit $4) t
left join bin t1 on t1.id = t.bin_id and t1.legal_entity_id = any($2) and t1.warehouse_id = any($3)
order by k.ord, t.o0, t.o1;

select k.ord, c.n, c.beyond
from unnest($1) with ordinality k(key, ord)
cross join lateral (select count(*) as n, count(*) as beyond
from stock_balance t
where t.item_id = k.key and t.legal_entity_id = any($2) and t.warehouse_id = any($3)) c;

select k.ord, t.row_count
from unnest($1) with ordinality k(key, ord)
cross join lateral (select count(*) as row_count
from stock_movement t
where t.item_id = k.key and t.legal_entity_id = any($2) and exists (select
from bin f1
where f1.id in (t.from_bin_id, t.to_bin_id) and f1.legal_entity_id = any($2) and f1.warehouse_id = any($3))) t
order by k.ord;
