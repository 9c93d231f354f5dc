select p.last_position, t.code
from event_publisher p
left join (select t.code
from unit t
order by t.code
limit $1) t on true;

select p.last_position, t.code
from event_publisher p
left join (select t.code
from currency t
order by t.code
limit $1) t on true;
