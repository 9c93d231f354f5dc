-- Who did what, when, why, with which outcome. Written by the business transaction, refused attempts included.
create sequence audit_id as bigint cache 1;

create table audit (
    xid xid8 not null default pg_current_xact_id(),
    id bigint not null default nextval('audit_id'),
    at timestamptz not null,
    correlation_id uuid not null,
    actor_kind text not null check (actor_kind in ('HUMAN', 'DEVICE', 'SERVICE', 'MODEL')),
    actor_id uuid not null,
    person_id uuid not null,
    actor_name text not null,
    action text not null,
    outcome text not null,
    reason text,
    body text not null, -- text, not jsonb: the chain covers these very bytes
    primary key (xid, id)
);
select append_only('audit');

-- The chain: hash n = SHA-256(hash n-1, n, the row's canonical bytes). Written after the business transaction, below
-- the horizon, because a chain inside it makes one row the bottleneck of every writer.
create table audit_link (
    position bigint primary key check (position > 0),
    xid xid8 not null,
    id bigint not null,
    hash bytea not null,
    unique (xid, id)
);
select append_only('audit_link');

-- A seal closes everything below its horizon; its digest covers the seal before it. A seal without rows is written
-- after a restore, where transaction ids start anew.
create table audit_seal (
    number bigint primary key check (number > 0),
    last_position bigint not null,
    horizon xid8 not null,
    head bytea not null,
    sealed_at timestamptz not null,
    note text not null,
    digest bytea not null,
    key_id text,
    signature bytea,
    check ((key_id is null) = (signature is null))
);
select append_only('audit_seal');

create function restamp_audit() returns void language plpgsql as $$
begin
    alter table audit disable trigger never_changed;
    update audit a set xid = pg_current_xact_id()
    where not exists (select from audit_link l where l.xid = a.xid and l.id = a.id);
    alter table audit enable trigger never_changed;
end $$;
