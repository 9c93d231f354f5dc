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
