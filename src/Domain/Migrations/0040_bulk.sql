-- Exports and imports as jobs. What is read and written by them lies in pieces, so that any node goes on where another stopped.

create table bulk_file (
    id          uuid        not null primary key,
    owner_id    uuid        not null,
    name        text        not null check (name <> ''),
    bytes       bigint      not null check (bytes >= 0),
    lines       integer     not null check (lines >= 0),
    created_at  timestamptz not null,
    expires_at  timestamptz not null
);
create index bulk_file_expires on bulk_file (expires_at);

create table bulk_job (
    id            uuid        not null primary key,
    kind          text        not null check (kind in ('EXPORT', 'IMPORT')),
    status        text        not null check (status in ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    document      text        not null,
    variables     text,
    format        text        check (format in ('JSON_LINES', 'CSV')),
    policy        text        check (policy in ('IGNORE_FAILED', 'REJECT_FAILED_ROWS', 'REJECT_EVERYTHING')),
    is_dry_run    boolean     not null,
    file_id       uuid,
    actor_kind    text        not null check (actor_kind in ('HUMAN', 'DEVICE', 'SERVICE', 'MODEL')),
    actor_id      uuid        not null,
    person_id     uuid        not null,
    actor_name    text        not null,
    permissions   text[]      not null,
    done          bigint      not null default 0 check (done >= 0),
    refused       bigint      not null default 0 check (refused between 0 and done),
    total         bigint,
    position      text,
    bytes         bigint      not null default 0,
    pieces        integer     not null default 0,
    problem       text,
    attempts      integer     not null default 0,
    lease         uuid,
    leased_until  timestamptz,
    created_at    timestamptz not null,
    started_at    timestamptz,
    ended_at      timestamptz,
    version       integer     not null check (version > 0),
    constraint bulk_job_export check ((kind = 'EXPORT') = (format is not null)),
    constraint bulk_job_import check ((kind = 'IMPORT') = (policy is not null and file_id is not null)),
    constraint bulk_job_ended check ((ended_at is not null) = (status in ('DONE', 'FAILED', 'CANCELLED')))
);
create index bulk_job_open on bulk_job (created_at, id) where status in ('WAITING', 'RUNNING');
create index bulk_job_actor on bulk_job (actor_id, created_at desc, id);
create index bulk_job_ended_at on bulk_job (ended_at) where ended_at is not null;

-- Pieces of an uploaded file (its id) or of a job's result (the job's id).
create table bulk_piece (
    of_id   uuid    not null,
    number  integer not null check (number > 0),
    body    bytea   not null,
    primary key (of_id, number)
);

-- Every statement names whose job or file it is about; a limited caller's own jobs are theirs.
select share_rows(name::regclass, 'found only by whoever asked for it') from unnest(array['bulk_file', 'bulk_job', 'bulk_piece']) as name;
