select p.last_position, t.id, t.code
from event_publisher p
left join (select t.id, t.code
from item t
where (t.code like $1 and t.code >= $2 and t.code < $3)
order by t.name, t.id
limit $4) t on true;
