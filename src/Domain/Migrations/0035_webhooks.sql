-- Webhooks: a subscription document, an address, and how far along the event log its messages were delivered.
create table webhook (
    id               uuid        not null primary key,
    name             text        not null check (name <> ''),
    url              text        not null check (url ~ '^https?://'),
    document         text        not null check (document <> ''),
    variables        jsonb       not null check (jsonb_typeof(variables) = 'object'),
    -- Its messages hold what this account may see when they are made.
    account_id       uuid        not null,
    status           text        not null check (status in ('ACTIVE', 'PAUSED', 'REMOVED')),
    status_reason    text        check (status_reason <> ''),
    -- Made here, so that no command, event or log ever holds it.
    secret           bytea       not null default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'),
    previous_secret  bytea,
    previous_until   timestamptz,
    version          integer     not null check (version > 0),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint webhook_previous check ((previous_secret is null) = (previous_until is null))
);

-- Written by the deliverer alone, after every message: not part of the webhook's own row and version.
create table webhook_cursor (
    webhook_id  uuid        not null primary key references webhook (id),
    -- Null until the first look: a webhook starts at the end of the log.
    position    bigint      check (position >= 0),
    attempts    integer     not null default 0 check (attempts >= 0),
    next_at     timestamptz
);

-- What was sent, and what could not be. The body is kept for what is dead, so that it can be sent again.
create table webhook_delivery (
    id           uuid        not null primary key,
    webhook_id   uuid        not null references webhook (id),
    message_id   text        not null check (message_id <> ''),
    position     bigint      not null,
    state        text        not null check (state in ('DELIVERED', 'FAILED', 'DEAD', 'REPLAYING')),
    attempts     integer     not null check (attempts > 0),
    status_code  integer,
    fault        text        check (fault <> ''),
    took_ms      integer     not null check (took_ms >= 0),
    body         text,
    tried_at     timestamptz not null,
    constraint webhook_delivery_once unique (webhook_id, message_id),
    constraint webhook_delivery_body check (state = 'DELIVERED' or body is not null)
);
create index webhook_delivery_time on webhook_delivery (webhook_id, tried_at);
create index webhook_delivery_replay on webhook_delivery (webhook_id) where state = 'REPLAYING';

-- What is sent may hold anybody's rows: it is shown to nobody who is limited to some.
select scope_to_nobody('webhook');
select scope_to_nobody('webhook_cursor');
select scope_to_nobody('webhook_delivery');
