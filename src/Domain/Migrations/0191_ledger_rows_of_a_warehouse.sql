-- What is posted in a warehouse is read by those of the warehouse: a document and its values like its movements. What moves no
-- goods (a late cost, a new standard) is the company's.

-- Asked by those who may see some of the rows, and must know whether there are others.
create function posting_moves_goods(posting uuid) returns boolean language sql stable security definer set search_path = public as $$
    select exists (select from stock_movement m where m.posting_id = posting)
$$;
create function serial_is_on_hand(serial uuid) returns boolean language sql stable security definer set search_path = public as $$
    select exists (select from stock_balance b where b.serial_on_hand = serial)
$$;

drop policy row_scope_read on stock_posting;
do $$
begin
    execute format(
        'create policy row_scope_read on stock_posting for select using (%s and %s and ((select scope_ids(''warehouses'')) is null '
        'or exists (select from stock_movement m where m.posting_id = stock_posting.id) or not posting_moves_goods(stock_posting.id)))',
        in_scope('legal_entities', 'legal_entity_id'), house_only());
end $$;

drop policy row_scope_read on value_entry;
create policy row_scope_read on value_entry for select using (
    exists (select from cost_pool p where p.id = pool_id)
    and ((select scope_ids('warehouses')) is null or movement_id is null
        or exists (select from stock_movement m where m.id = value_entry.movement_id)));
