-- INV-12, INV-13: every adjustment says why.
alter table stock_posting add constraint stock_posting_adjustment_has_reason
    check (document_kind not in ('Adjustment', 'WriteOff') or reason_code is not null);

-- How much of a reservation was served, for those that end in part.
alter table reservation add column consumed numeric(18,6) not null default 0 check (consumed between 0 and quantity);

-- When a lot or serial is asked for, all its movements are: the ends of a lineage name the partner.
create index stock_movement_partner on stock_movement (partner_id, id) where partner_id is not null;

-- Age of stock (INV-18): what still lies here is the youngest of what came, so it is counted back from the last arrival.
create view stock_age as
select b.legal_entity_id, b.warehouse_id, b.item_id, b.owner_id, sum(b.on_hand) as on_hand,
       min(b.last_in_at) as oldest_arrival, max(b.last_in_at) as youngest_arrival, max(b.last_moved_at) as last_moved_at
from stock_balance b
where b.on_hand > 0
group by b.legal_entity_id, b.warehouse_id, b.item_id, b.owner_id;
