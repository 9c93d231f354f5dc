-- Approvals: what somebody asks for, what they show for it, who agreed, and what was done then.

-- What can be asked for. Kinds that need a human are never done by a rule alone (APR-06).
create table approval_kind (
    code          text        not null primary key check (code ~ '^[A-Z][A-Z0-9_]{1,39}$'),
    name          text        not null check (name <> ''),
    needs_human   boolean     not null,
    version       integer     not null check (version > 0),
    created_at    timestamptz not null,
    updated_at    timestamptz not null
);
insert into approval_kind (code, name, needs_human, version, created_at, updated_at)
select code, name, needs_human, 1, now(), now() from (values
    ('PURCHASE_ORDER', 'Purchase order', false),
    ('CHANGE_ORDER', 'Change of a purchase order', false),
    ('EMERGENCY_BUY', 'Emergency purchase', false),
    ('OVER_RECEIPT', 'Receipt of more than was ordered', false),
    ('INVOICE', 'Supplier invoice', false),
    ('SUPPLIER_CHARGEBACK', 'Chargeback to a supplier', true),
    ('INVENTORY_ADJUSTMENT', 'Adjustment of stock', true),
    ('WRITE_OFF', 'Write-off of stock', true),
    ('SHIPMENT_SUBSTITUTION', 'Substitution in a shipment', true),
    ('POLICY_CHANGE', 'Change of a policy', true),
    ('QUARANTINE_RELEASE', 'Release from quarantine', false),
    ('TRANSFER', 'Transfer between sites', false),
    ('ALLOCATION_OVERRIDE', 'Override of an allocation', false),
    ('RETURN_DISPOSITION', 'Disposition of a return', false),
    ('RECOMMENDATION', 'Recommendation of a model', false)
) as known (code, name, needs_human);

create table approval_request (
    id                     uuid           not null primary key,
    kind                   text           not null references approval_kind (code),
    status                 text           not null check (status in ('PENDING', 'APPROVED', 'EXECUTED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'INVALIDATED')),
    subject_kind           text           not null check (subject_kind <> ''),
    subject_id             uuid           not null,
    title                  text           not null check (title <> ''),
    note                   text,
    -- The action as canonical JSON, what was shown, and one hash over both: what is decided is what was seen.
    action                 text           not null check (action <> ''),
    action_input           text           not null,
    effects                jsonb          not null,
    preconditions          jsonb          not null,
    shown_hash             text           not null check (shown_hash ~ '^[0-9a-f]{64}$'),
    amount                 numeric(19,4)  check (amount >= 0),
    currency_code          text           references currency (code),
    judged_amount          numeric(28,8),
    legal_entity_id        uuid           references legal_entity (id),
    warehouse_id           uuid           references warehouse (id),
    supplier_id            uuid           references supplier (id),
    supplier_category      text,
    criticality            text,
    exception_type         text,
    is_off_contract        boolean        not null,
    -- The rule as it was when the request was filed: a later matrix does not change who was asked.
    matrix_number          integer,
    rule                   text           not null,
    steps                  jsonb          not null,
    step                   integer        not null check (step >= 0),
    undo_seconds           integer        not null check (undo_seconds >= 0),
    is_automatic           boolean        not null,
    requested_by           uuid           not null,
    requested_by_person    uuid           not null,
    requested_by_name      text           not null,
    requested_by_kind      text           not null check (requested_by_kind in ('HUMAN', 'DEVICE', 'SERVICE', 'MODEL')),
    requested_at           timestamptz    not null,
    expires_at             timestamptz    not null,
    escalates_at           timestamptz    not null,
    escalation_role        text           not null,
    escalated_at           timestamptz,
    assigned_to            uuid,
    assigned_to_name       text,
    claimed_by             uuid,
    claimed_by_name        text,
    claimed_until          timestamptz,
    snoozed_at             timestamptz,
    snoozed_until          timestamptz,
    snoozed_until_event_of uuid,
    executor_id            uuid,
    executor_person        uuid,
    executor_name          text,
    executor_permissions   text[],
    executes_at            timestamptz,
    ended_at               timestamptz,
    ended_by               uuid,
    end_reason             text,
    outcome                jsonb,
    version                integer        not null check (version > 0),
    updated_at             timestamptz    not null,
    constraint approval_request_amount check ((amount is null) = (currency_code is null)),
    constraint approval_request_of_person unique (id, requested_by_person),
    constraint approval_request_end check (
        (status in ('PENDING', 'APPROVED')) = (ended_at is null) and (status = 'EXECUTED') = (outcome is not null)),
    constraint approval_request_window check ((status = 'APPROVED') = (executes_at is not null and ended_at is null)),
    constraint approval_request_snooze check ((snoozed_at is null) = (snoozed_until is null and snoozed_until_event_of is null)),
    -- APR-05: who asks does not carry out, unless a rule let it pass without anybody's approval.
    constraint approval_request_executor check (is_automatic or executor_person is distinct from requested_by_person),
    constraint approval_request_model_never_automatic check (not (is_automatic and requested_by_kind = 'MODEL'))
);
-- One open request for one document and purpose; a second would be decided without the first being seen.
create unique index approval_request_open on approval_request (kind, subject_id) where status in ('PENDING', 'APPROVED');
create index approval_request_queue on approval_request (status, requested_at, id) where status in ('PENDING', 'APPROVED');
create index approval_request_subject on approval_request (subject_id);
create index approval_request_entity on approval_request (legal_entity_id, requested_at);
create index approval_request_warehouse on approval_request (warehouse_id, requested_at);
create index approval_request_supplier on approval_request (supplier_id, kind, requested_at) where supplier_id is not null;
create index approval_request_automatic on approval_request (kind, ended_at) where is_automatic;

-- What was asked and shown never changes; what ended has ended.
create function approval_request_stands() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
        or (old.kind, old.subject_id, old.action, old.action_input, old.effects, old.preconditions, old.shown_hash, old.steps,
            old.requested_by, old.requested_by_person, old.amount, old.is_automatic)
           is distinct from (new.kind, new.subject_id, new.action, new.action_input, new.effects, new.preconditions, new.shown_hash,
            new.steps, new.requested_by, new.requested_by_person, new.amount, new.is_automatic)
        or old.ended_at is not null
    then
        raise exception 'a request for approval is decided as it was shown, once' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger approval_request_stands before update or delete on approval_request for each row execute function approval_request_stands();

-- Who agreed or refused, in which seat, and for whom. Only people decide, and nobody about what they asked for themselves,
-- whichever account they use and whoever lent them the right (I-15, I-16).
create table approval_decision (
    id                   uuid        not null primary key,
    request_id           uuid        not null,
    requested_by_person  uuid        not null,
    step                 integer     not null check (step >= 0),
    role                 text        not null check (role <> ''),
    decision             text        not null check (decision in ('AGREED', 'REJECTED')),
    actor_kind           text        not null check (actor_kind = 'HUMAN'),
    actor_id             uuid        not null,
    person_id            uuid        not null,
    actor_name           text        not null,
    on_behalf_of_person  uuid,
    authority_person     uuid        not null generated always as (coalesce(on_behalf_of_person, person_id)) stored,
    shown_hash           text        not null,
    reason               text,
    decided_at           timestamptz not null,
    undone_at            timestamptz,
    constraint approval_decision_request foreign key (request_id, requested_by_person)
        references approval_request (id, requested_by_person),
    constraint approval_decision_not_own check (
        person_id <> requested_by_person and on_behalf_of_person is distinct from requested_by_person)
);
create unique index approval_decision_once on approval_decision (request_id, person_id) where undone_at is null;
create unique index approval_decision_authority_once on approval_decision (request_id, authority_person) where undone_at is null;

create function approval_decision_stands() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.undone_at is not null or new.undone_at is null
        -- The generated column is not there yet in the new row.
        or to_jsonb(old) - array['undone_at', 'authority_person'] is distinct from to_jsonb(new) - array['undone_at', 'authority_person']
    then
        raise exception 'a decision stands, or is undone once' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger approval_decision_stands before update or delete on approval_decision for each row execute function approval_decision_stands();

create table approval_comment (
    id          uuid        not null primary key,
    request_id  uuid        not null references approval_request (id),
    body        text        not null check (body <> ''),
    author_id   uuid        not null,
    author      text        not null,
    at          timestamptz not null
);
create index approval_comment_request on approval_comment (request_id, at, id);
select append_only('approval_comment');

-- Somebody who is away lends roles to another for a while.
create table approval_delegation (
    id           uuid        not null primary key,
    from_person  uuid        not null,
    from_name    text        not null,
    to_person    uuid        not null,
    to_name      text        not null,
    roles        text[]      not null check (cardinality(roles) > 0),
    valid_from   timestamptz not null,
    valid_until  timestamptz not null,
    reason       text        not null check (reason <> ''),
    revoked_at   timestamptz,
    version      integer     not null check (version > 0),
    created_at   timestamptz not null,
    constraint approval_delegation_time check (valid_until > valid_from),
    constraint approval_delegation_not_self check (from_person <> to_person)
);
create index approval_delegation_to on approval_delegation (to_person, valid_until) where revoked_at is null;

-- APR-16: how much rules may let pass without a person, for a kind, an entity or a site; and the switch that stops it.
create table automation_limit (
    id                uuid           not null primary key,
    kind              text           not null references approval_kind (code),
    legal_entity_id   uuid           references legal_entity (id),
    warehouse_id      uuid           references warehouse (id),
    most_per_day      integer        not null check (most_per_day >= 0),
    most_value_per_day numeric(19,4) not null check (most_value_per_day >= 0),
    currency_code     text           not null references currency (code),
    is_stopped        boolean        not null,
    stop_reason       text,
    version           integer        not null check (version > 0),
    created_at        timestamptz    not null,
    updated_at        timestamptz    not null,
    constraint automation_limit_once unique nulls not distinct (kind, legal_entity_id, warehouse_id),
    constraint automation_limit_stop check (is_stopped = (stop_reason is not null))
);

-- Whose the rows are. What is about no company or site in particular is seen by everybody of the house who may read requests, and
-- anybody may ask; a supplier's people see none of it.
create function house_scope(entity text, warehouse text) returns text language sql immutable as $$
    select format('(%1$s is null or %2$s) and (%3$s is null or %4$s) and %5$s',
        entity, in_scope('legal_entities', entity), warehouse, in_scope('warehouses', warehouse), house_only())
$$;

select share_rows('approval_kind', 'rules of the house');
select scope_rows('approval_request', house_scope('legal_entity_id', 'warehouse_id'), 'true');
select scope_rows(part::regclass, 'exists (select from approval_request r where r.id = request_id)', 'true')
from unnest(array['approval_decision', 'approval_comment']) as part;
select scope_rows('approval_delegation', house_only());
select scope_rows('automation_limit', house_scope('legal_entity_id', 'warehouse_id'), 'true');
