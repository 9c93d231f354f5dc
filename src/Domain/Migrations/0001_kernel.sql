-- The application's role. The owner migrates; the application works with these rights and no others (I-05).
do $$
begin
    if not exists (select from pg_roles where rolname = 'platform_api') then
        create role platform_api nologin;
    end if;
    if not pg_has_role(current_user, 'platform_api', 'member') then
        execute format('grant platform_api to %I', current_user);
    end if;
end $$;

grant usage on schema public to platform_api;
alter default privileges in schema public grant select, insert, update, delete on tables to platform_api;
alter default privileges in schema public grant usage, select on sequences to platform_api;
grant select on schema_migration to platform_api;

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: correct it by a new row', tg_table_name using errcode = 'restrict_violation';
end $$;

-- Makes a table append-only: the application's role loses the right, and a trigger refuses everybody else.
create function append_only(target regclass) returns void language plpgsql as $$
begin
    execute format('revoke update, delete, truncate on %s from platform_api', target);
    execute format('create trigger never_changed before update or delete on %s for each row execute function refuse_change()', target);
    execute format('create trigger never_truncated before truncate on %s for each statement execute function refuse_change()', target);
end $$;

-- Creates the monthly partitions of a table from one month to another, both included. The application reaches rows
-- through the parent only.
create function ensure_month_partitions(parent regclass, first date, last date) returns void
language plpgsql security definer set search_path = public as $$
declare
    month date := date_trunc('month', first);
    partition text;
begin
    while month <= last loop
        partition := format('%s_%s', parent, to_char(month, 'YYYY_MM'));
        if to_regclass(partition) is null then
            execute format('create table %I partition of %s for values from (%L) to (%L)',
                partition, parent, month, month + interval '1 month');
            execute format('revoke all on %I from platform_api', partition);
            if exists (select from pg_trigger where tgrelid = parent and tgname = 'never_truncated') then
                execute format('create trigger never_truncated before truncate on %I for each statement execute function refuse_change()', partition);
            end if;
        end if;
        month := month + interval '1 month';
    end loop;
end $$;

revoke execute on function ensure_month_partitions from public;
grant execute on function ensure_month_partitions to platform_api;

-- One row per request that carried a key; the answer is written by the transaction that made the effect.
create table idempotency_key (
    principal uuid not null,
    operation text not null,
    key text not null,
    fingerprint bytea not null,
    refusal text,
    answer text,
    created_at timestamptz not null,
    primary key (principal, operation, key)
) with (fillfactor = 70);
create index idempotency_key_created on idempotency_key using brin (created_at);
