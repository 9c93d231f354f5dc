select p.last_position, t.id, t.code
from event_publisher p
left join (select t.id, t.code
from item t
order by t.id
limit $1) t on true;

select k.ord, t.row_count, t.condition, t.warehouse_id, t1.id, t1.code, t.sum_on_hand, t.sum_available
from unnest($1) with ordinality k(key, ord)
cross join lateral (select count(*) as row_count, t.condition, t.warehouse_id, sum(t.on_hand) as sum_on_hand, sum((t.on_hand - t.allocated)) as sum_available, t.warehouse_id as g_warehouse_id, t.condition as g_condition
from stock_balance t
where t.item_id = k.key
group by t.warehouse_id, t.condition
order by t.warehouse_id, t.condition
limit $2) t
left join warehouse t1 on t1.id = t.warehouse_id
order by k.ord, t.g_warehouse_id, t.g_condition;

select k.ord, t.id, t.available, t.bin_id, t1.id, t1.code
from unnest($1) with ordinality k(key, ord)
cross join lateral (select t.id, (t.on_hand - t.allocated) as available, t.bin_id, t.on_hand as o0, t.id as o1
from stock_balance t
where t.item_id = k.key
order by t.on_hand desc, t.id desc
limit $2) t
left join bin t1 on t1.id = t.bin_id
order by k.ord, t.o0 desc, t.o1 desc;
