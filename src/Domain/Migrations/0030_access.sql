-- Who may come in: accounts, roles, sessions, keys. What opens a door is kept as a hash, and passwords in a table of their own.

create table user_account (
    id              uuid        not null primary key,
    login           text        not null unique check (login ~ '^[a-z0-9][a-z0-9._@+-]{2,79}$'),
    name            text        not null check (name <> ''),
    kind            text        not null check (kind in ('HUMAN', 'DEVICE', 'SERVICE', 'MODEL')),
    person_id       uuid        not null,
    status          text        not null check (status in ('ACTIVE', 'LOCKED')),
    lock_reason     text        check ((status = 'LOCKED') = (lock_reason is not null)),
    legal_entities  uuid[],
    warehouses      uuid[],
    suppliers       uuid[],
    version         integer     not null check (version > 0),
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
create index user_account_person on user_account (person_id);

create table role_grant (
    user_id     uuid        not null references user_account (id),
    role        text        not null check (role in (
        'WAREHOUSE_WORKER', 'WAREHOUSE_SUPERVISOR', 'INVENTORY_CONTROLLER', 'BUYER', 'PLANNER', 'CUSTOMER_SERVICE', 'FINANCE',
        'OPERATIONS', 'EXECUTIVE', 'DATA_SCIENTIST', 'INTEGRATOR', 'SUPPLIER_PORTAL', 'ADMINISTRATOR')),
    granted_by  uuid        not null,
    granted_at  timestamptz not null,
    primary key (user_id, role)
);

create table user_password (
    user_id       uuid        not null primary key references user_account (id),
    hash          text        not null check (hash <> ''),
    is_temporary  boolean     not null,
    changed_at    timestamptz not null
);

create table session (
    id                  uuid        not null primary key,
    user_id             uuid        not null references user_account (id),
    kind                text        not null check (kind in ('BEARER', 'COOKIE')),
    token_hash          bytea       not null unique,
    refresh_hash        bytea       unique,
    spent_refresh_hash  bytea,
    started_at          timestamptz not null,
    expires_at          timestamptz not null,
    ends_at             timestamptz not null check (ends_at >= expires_at),
    ended_at            timestamptz,
    end_reason          text        check ((ended_at is null) = (end_reason is null)),
    address             text,
    user_agent          text,
    constraint session_bearers_refresh check ((kind = 'BEARER') = (refresh_hash is not null))
);
create index session_open on session (user_id) where ended_at is null;
create index session_spent on session (spent_refresh_hash) where spent_refresh_hash is not null;

create table api_key (
    id            uuid        not null primary key,
    user_id       uuid        not null references user_account (id),
    name          text        not null check (name <> ''),
    prefix        text        not null unique check (prefix ~ '^[a-z0-9]{8}$'),
    secret_hash   bytea       not null,
    permissions   text[]      not null,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    revoked_at    timestamptz,
    last_used_at  timestamptz
);
create index api_key_user on api_key (user_id);

create table external_identity (
    issuer        text        not null,
    subject_name  text        not null,
    user_id       uuid        not null references user_account (id),
    linked_at     timestamptz not null,
    primary key (issuer, subject_name)
);
create index external_identity_user on external_identity (user_id);

-- Tries to sign in, by the hash of where they came from or whom they were for. It may be lost in a crash; nothing rests on it.
create unlogged table sign_in_try (
    source  bytea       not null primary key,
    tries   integer     not null check (tries > 0),
    since   timestamptz not null
) with (fillfactor = 70);
