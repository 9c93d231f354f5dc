-- Rules that people write and publish: where exceptions go, who approves what. A published version never changes; the next one replaces it.

create table policy_version (
    id                   uuid        not null primary key,
    kind                 text        not null check (kind in ('EXCEPTION_ROUTING', 'APPROVAL_MATRIX')),
    number               integer     not null check (number > 0),
    status               text        not null check (status in ('DRAFT', 'SIMULATED', 'PUBLISHED', 'WITHDRAWN')),
    body                 jsonb       not null,
    note                 text        not null check (note <> ''),
    drafted_by           uuid        not null,
    drafted_by_person    uuid        not null,
    drafted_at           timestamptz not null,
    simulation           jsonb,
    simulated_at         timestamptz,
    effective_from       timestamptz,
    published_by         uuid,
    published_by_person  uuid,
    published_at         timestamptz,
    withdrawn_by         uuid,
    withdrawn_at         timestamptz,
    version              integer     not null check (version > 0),
    constraint policy_version_number unique (kind, number),
    constraint policy_version_simulated check (status = 'DRAFT' or simulation is not null),
    constraint policy_version_published check (
        (status in ('PUBLISHED', 'WITHDRAWN')) = (published_at is not null)
        and (published_at is null) = (effective_from is null) and (published_at is null) = (published_by is null)),
    -- APR-04: who writes a rule does not put it in force.
    constraint policy_version_two_people check (published_by_person is distinct from drafted_by_person)
);
create index policy_version_in_force on policy_version (kind, effective_from desc, number desc) where status = 'PUBLISHED';

-- What was published is what holds: only the status moves on.
create function policy_version_stands() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
        or (old.kind, old.number, old.body, old.drafted_by, old.drafted_by_person)
           is distinct from (new.kind, new.number, new.body, new.drafted_by, new.drafted_by_person)
        or old.status = 'WITHDRAWN'
        or (old.status = 'PUBLISHED' and (new.status <> 'WITHDRAWN'
            or (old.effective_from, old.simulation) is distinct from (new.effective_from, new.simulation)))
    then
        raise exception 'a version of a policy is replaced, never changed' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger policy_version_stands before update or delete on policy_version for each row execute function policy_version_stands();

select share_rows('policy_version', 'rules of the house');
