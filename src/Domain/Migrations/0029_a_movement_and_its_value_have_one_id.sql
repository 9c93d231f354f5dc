-- What a row of the ledger costs is mostly its indexes: two are dropped here that others prove already.

-- A movement changes the value of one pool at most, so its value entry takes the movement's id, and the primary key says what a
-- unique index of its own said before. Ids of both come from one sequence, so none meets another's.
create temporary table renamed on commit drop as
    select id as was, movement_id as becomes from value_entry where movement_id is not null;
alter table value_entry disable trigger never_changed;
alter table journal_line disable trigger never_changed;
alter table cost_flow_change disable trigger never_changed;
update journal_line j set journal_id = r.becomes from renamed r where j.journal_id = r.was;
update value_entry v set charged_entry_id = r.becomes from renamed r where v.charged_entry_id = r.was;
update cost_flow_change c set after_entry_id = r.becomes from renamed r where c.after_entry_id = r.was;
update value_entry set id = movement_id where movement_id is not null;
alter table value_entry enable trigger never_changed;
alter table journal_line enable trigger never_changed;
alter table cost_flow_change enable trigger never_changed;
drop index value_entry_movement;

create or replace function value_entry_is_sound(v value_entry) returns boolean language plpgsql immutable parallel safe as $$
begin
    return v.kind in ('RECEIPT', 'ISSUE', 'TAKE_BACK', 'RETURN', 'LANDED_COST', 'INVOICE_VARIANCE', 'REVALUATION', 'STD_COST_CHANGE')
        and (v.movement_id is not null) = (v.kind in ('RECEIPT', 'ISSUE', 'TAKE_BACK', 'RETURN'))
        and (v.charged_entry_id is not null) = (v.kind in ('TAKE_BACK', 'LANDED_COST', 'INVOICE_VARIANCE'))
        and (v.movement_id is null or v.movement_id = v.id)
        and (v.quantity = 0 or v.movement_id is not null);
end $$;

-- The key is a digest of all parts, made by the server: rows of the same parts have the same key, which is unique. What is asked
-- by its parts is asked by its bin.
alter table stock_balance drop constraint stock_balance_parts;
create index stock_balance_bin_of on stock_balance (bin_id);

-- Where stock may run below zero: asked before every posting, and mostly empty.
create index stock_policy_below_zero on stock_policy (item_id) where floor < 0;

-- Long texts are written once and seldom read: lz4 takes a fifth of the time. A server without it keeps what it has.
do $$
declare
    part regclass;
begin
    for part in select 'event'::regclass union all select inhrelid::regclass from pg_inherits where inhparent = 'event'::regclass loop
        execute format('alter table %s alter column payload set compression lz4', part);
    end loop;
    alter table audit alter column body set compression lz4;
    alter table idempotency_key alter column answer set compression lz4;
exception when feature_not_supported then
    raise notice 'this server has no lz4';
end $$;
