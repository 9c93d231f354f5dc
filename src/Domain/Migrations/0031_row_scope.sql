-- The last wall (R-44): whoever is limited to rows works as platform_scoped, to whom PostgreSQL itself shows no others. Whoever
-- is not limited works as platform_api, which these policies cost nothing. Unset settings show no rows.

do $$
begin
    if not exists (select from pg_roles where rolname = 'platform_scoped') then
        create role platform_scoped nologin;
    end if;
    if not pg_has_role(current_user, 'platform_scoped', 'member') then
        execute format('grant platform_scoped to %I', current_user);
    end if;
    -- Rights are inherited, so a table that is made later is granted once; attributes such as bypassrls are not.
    if not pg_has_role('platform_scoped', 'platform_api', 'member') then
        grant platform_api to platform_scoped;
    end if;
    if not (select rolbypassrls from pg_roles where rolname = 'platform_api') then
        if not (select rolsuper from pg_roles where rolname = current_user) then
            raise exception 'platform_api must pass by row security: let a superuser run "alter role platform_api bypassrls", then migrate again';
        end if;
        alter role platform_api bypassrls;
    end if;
end $$;

-- The ids of one kind that the transaction is limited to; null when it is not limited in this kind.
create function scope_ids(kind text) returns uuid[] language sql stable parallel safe as $$
    select case current_setting('platform.' || kind, true)
        when '*' then null
        else coalesce(nullif(current_setting('platform.' || kind, true), ''), '{}')::uuid[]
    end
$$;

-- The condition that a column holds an id of the scope. The subselects are evaluated once for a statement, not for a row.
create function in_scope(kind text, part text) returns text language sql immutable as $$
    select format('((select scope_ids(%1$L)) is null or %2$s = any ((select scope_ids(%1$L))::uuid[]))', kind, part)
$$;

-- What no supplier's own people see, whatever else they are limited to.
create function house_only() returns text language sql immutable as $$
    select '((select scope_ids(''suppliers'')) is null)'
$$;

-- Every table is declared: its rows belong to somebody,
create function scope_rows(target regclass, readable text, writable text) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('create policy row_scope_read on %s for select using (%s)', target, readable);
    execute format('create policy row_scope_write on %s for insert with check (%s)', target, writable);
    execute format('create policy row_scope_change on %s for update using (%s) with check (%s)', target, readable, writable);
    execute format('create policy row_scope_remove on %s for delete using (%s)', target, readable);
end $$;

create function scope_rows(target regclass, condition text) returns void language sql as $$
    select scope_rows(target, condition, condition)
$$;

-- or are shown to nobody who is limited, and may be added to by everybody who does something,
create function scope_to_nobody(target regclass) returns void language sql as $$
    select scope_rows(target, 'false', 'true')
$$;

-- or are shared by the whole house.
create table shared_table (
    name  text not null primary key,
    why   text not null check (why <> '')
);
revoke insert, update, delete on shared_table from platform_api;

create function share_rows(target regclass, why text) returns void language sql as $$
    insert into shared_table (name, why) values (target::text, why)
$$;

select share_rows(name::regclass, why)
from (values
    ('shared_table', 'what is shared'), ('schema_migration', 'the schema''s own history'),
    ('idempotency_key', 'found only by whoever made the key'), ('event_stream', 'counts versions'),
    ('event_position', 'counts events'), ('event_publisher', 'counts events'),
    ('currency', 'master data'), ('exchange_rate', 'master data'), ('unit', 'master data'), ('item', 'master data'),
    ('item_unit', 'master data'), ('item_duplicate_override', 'master data'), ('item_substitute', 'master data'),
    ('calendar', 'master data'), ('calendar_day', 'master data'), ('condition_transition', 'rules of stock'),
    ('role_condition', 'rules of stock'), ('field_group_owner', 'rules of master data'),
    ('sign_in_try', 'holds hashes only')
) as shared (name, why);

select scope_to_nobody(name::regclass)
from unnest(array['event', 'audit', 'audit_link', 'audit_seal', 'user_account', 'role_grant', 'user_password', 'session', 'api_key',
    'external_identity']) as name;

-- Partners: a supplier's people see their own company.
select scope_rows('partner', in_scope('suppliers', 'id'));
select scope_rows('supplier', in_scope('suppliers', 'id'));
select scope_rows('customer', house_only());
select scope_rows('item_supplier_part', in_scope('suppliers', 'supplier_id'));
select scope_rows('lot', in_scope('suppliers', 'supplier_id'));
select scope_rows('serial', house_only());
select scope_rows('item_substitute_customer', house_only());

-- Companies and places.
select scope_rows('legal_entity', in_scope('legal_entities', 'id'));
select scope_rows('owner', in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('suppliers', 'partner_id'));
select scope_rows('warehouse', in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'id'));
select scope_rows('fulfillment_channel', in_scope('legal_entities', 'legal_entity_id') || ' and ' || house_only());
select scope_rows(place::regclass, 'exists (select from warehouse w where w.id = warehouse_id) and ' || house_only())
from unnest(array['zone', 'cut_off', 'warehouse_channel', 'reservation', 'stock_position']) as place;
select scope_rows(place::regclass,
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('warehouses', 'warehouse_id') || ' and ' || house_only())
from unnest(array['bin', 'stock_balance']) as place;
select scope_rows('stock_policy',
    '(warehouse_id is null or exists (select from warehouse w where w.id = warehouse_id)) and ' || house_only(),
    'warehouse_id is not null and exists (select from warehouse w where w.id = warehouse_id) and ' || house_only());

-- The ledgers. A document and its costs are the company's; a movement is seen from either of its ends.
select scope_rows(ledger::regclass, in_scope('legal_entities', 'legal_entity_id') || ' and ' || house_only())
from unnest(array['stock_posting', 'cost_pool', 'account', 'accounting_period']) as ledger;
select scope_rows('stock_movement',
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || house_only()
    || ' and ((select scope_ids(''warehouses'')) is null or exists (select from bin b where b.id in (from_bin_id, to_bin_id)))');
select scope_rows(part::regclass, 'exists (select from cost_pool p where p.id = pool_id)')
from unnest(array['cost_layer', 'value_entry', 'cost_flow_change']) as part;
select scope_rows('allocation', 'exists (select from reservation r where r.id = reservation_id)');
select scope_rows('journal_line', 'exists (select from account a where a.id = debit_account_id)');

-- A change is seen by whoever sees the record. It is written before the record is there.
select scope_rows('master_change',
    $condition$case record_kind
        when 'LEGAL_ENTITY' then exists (select from legal_entity r where r.id = record_id)
        when 'PARTNER' then exists (select from partner r where r.id = record_id)
        when 'SUPPLIER' then exists (select from supplier r where r.id = record_id)
        when 'CUSTOMER' then exists (select from customer r where r.id = record_id)
        when 'OWNER' then exists (select from owner r where r.id = record_id)
        when 'LOT' then exists (select from lot r where r.id = record_id)
        when 'SERIAL' then exists (select from serial r where r.id = record_id)
        when 'WAREHOUSE' then exists (select from warehouse r where r.id = record_id)
        when 'CUT_OFF' then exists (select from cut_off r where r.id = record_id)
        when 'FULFILLMENT_CHANNEL' then exists (select from fulfillment_channel r where r.id = record_id)
        when 'ZONE' then exists (select from zone r where r.id = record_id)
        when 'BIN' then exists (select from bin r where r.id = record_id)
        else true end$condition$,
    'true');

-- A view asks with the rights of whoever asks the view.
alter view journal_side set (security_invoker = true);
alter view stock_leg set (security_invoker = true);
alter view stock_bucket set (security_invoker = true);
alter view stock_age set (security_invoker = true);
