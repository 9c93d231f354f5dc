select p.last_position, t.id, t.code
from event_publisher p
left join (select t.id, t.code
from item t
where (exists (select
from lot f1
where f1.item_id = t.id and f1.expires_on < $1) or not exists (select
from stock_balance f2
where f2.item_id = t.id and (f2.on_hand = $2) is not true) or (exists (select
from unit f3
where f3.code = t.base_unit and f3.kind = $3) and not exists (select
from serial f4
where f4.item_id = t.id)))
order by t.id
limit $4) t on true;
