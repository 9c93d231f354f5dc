select p.last_position, k.ord, t.code, t.kind
from event_publisher p
cross join unnest($1) with ordinality k(key, ord)
left join unit t on t.code = k.key;

select p.last_position, k.ord, t.code, t.digits
from event_publisher p
cross join unnest($1) with ordinality k(key, ord)
left join currency t on t.code = k.key;
