select p.last_position, t.id, t.code
from event_publisher p
left join (select t.id, t.code
from item t
where t.code like $1
order by t.name, t.id
limit $2) t on true;
