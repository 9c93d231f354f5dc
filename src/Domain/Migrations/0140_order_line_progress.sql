-- What became of each line of an order: what came, what went back, what was charged. Receiving and finance record it.

alter table purchase_order_line
    add column status         text          not null default 'OPEN' check (status in ('OPEN', 'PARTIALLY_RECEIVED', 'RECEIVED', 'CLOSED')),
    -- The highest total that somebody agreed to take beyond the tolerance.
    add column receive_up_to  numeric(18,6),
    add column returned       numeric(18,6) not null default 0,
    -- The part of what went back that is to come again.
    add column to_replace     numeric(18,6) not null default 0,
    add column invoiced       numeric(18,6) not null default 0,
    add column credited       numeric(18,6) not null default 0,
    drop constraint purchase_order_line_received,
    -- I-11: no more comes in than was ordered and tolerated, or agreed to.
    add constraint purchase_order_line_received
        check (received <= greatest(base_quantity * (1 + over_percent / 100), coalesce(receive_up_to, 0)) + to_replace),
    add constraint purchase_order_line_returned check (returned between 0 and received and to_replace between 0 and returned),
    add constraint purchase_order_line_invoiced check (credited between 0 and invoiced);

update purchase_order_line l set status = case
    when o.status in ('CLOSED', 'CANCELLED') then 'CLOSED'
    when l.received >= l.base_quantity * (1 - l.under_percent / 100) then 'RECEIVED'
    when l.received > 0 then 'PARTIALLY_RECEIVED'
    else 'OPEN' end
from purchase_order o where o.id = l.order_id;

alter table purchase_order_line
    alter column status drop default, alter column returned drop default, alter column to_replace drop default,
    alter column invoiced drop default, alter column credited drop default;
