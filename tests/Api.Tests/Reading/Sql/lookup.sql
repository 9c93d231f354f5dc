select p.last_position, t.id, t.name, t.base_unit, t1.code, t1.kind
from event_publisher p
left join item t on t.code = $1
left join unit t1 on t1.code = t.base_unit;
