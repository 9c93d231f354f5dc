-- What intelligence recommends, why, what people did with it, and what became of it.

alter table policy_version drop constraint policy_version_kind_check;
alter table policy_version add constraint policy_version_kind_check check (kind in (
    'EXCEPTION_ROUTING', 'APPROVAL_MATRIX', 'INSPECTION', 'PUTAWAY', 'RECEIVING', 'INVOICE_MATCH', 'RECOMMENDATION_THRESHOLDS'));

-- A recommendation is always for a person to decide (AIU-19).
update approval_kind set name = 'What intelligence recommends', needs_human = true, version = version + 1, updated_at = now()
where code = 'RECOMMENDATION';

create table recommendation (
    id                 uuid          not null primary key,
    kind               text          not null check (kind in ('LEAD_TIME_DRIFT', 'COUNT_VARIANCE', 'ORDER_AT_RISK')),
    status             text          not null check (status in ('PROPOSED', 'IN_QUEUE', 'ACCEPTED', 'MODIFIED', 'REJECTED', 'EXPIRED',
                                     'INVALIDATED', 'EXECUTED', 'OUTCOME_RECORDED')),
    title              text          not null check (title <> ''),
    item_id            uuid          not null references item (id),
    warehouse_id       uuid          not null references warehouse (id),
    supplier_id        uuid          references supplier (id),
    -- The command that accepting runs, its input as canonical JSON, and what was carried out instead where somebody edited it.
    action             text          not null check (action <> ''),
    action_input       jsonb         not null,
    decided_input      jsonb,
    -- The score with what it is made of: base and contributions add up to it (I-26).
    score              numeric(18,6) not null,
    score_unit         text          not null check (score_unit <> ''),
    base_score         numeric(18,6) not null,
    low                numeric(18,6) not null,
    high               numeric(18,6) not null,
    probability        numeric(9,6)  not null check (probability between 0 and 1),
    value_at_stake     numeric(19,4) not null check (value_at_stake >= 0),
    currency_code      text          not null references currency (code),
    model_name         text          not null check (model_name <> ''),
    model_version      text          not null check (model_version <> ''),
    model_hash         text          not null check (model_hash ~ '^[0-9a-f]{64}$'),
    -- The version of the thresholds that let it pass; null for those that hold while nobody published any.
    threshold_number   integer,
    as_of              timestamptz   not null,
    -- What the model was given, by value, and its fingerprint (A-17).
    inputs             text          not null check (inputs::jsonb is not null),
    inputs_hash        text          not null check (inputs_hash ~ '^[0-9a-f]{64}$'),
    counterfactual     text          not null check (counterfactual <> ''),
    track_right        integer       not null check (track_right >= 0),
    track_of           integer       not null,
    caveats            jsonb         not null,
    deadline           date          not null,
    request_id         uuid          references approval_request (id) deferrable initially deferred,
    expires_at         timestamptz,
    rejected_because   text          check (rejected_because in ('FALSE_ALARM', 'RIGHT_BUT_TOO_LATE', 'DATA_WRONG', 'KNOWN_CAUSE', 'POLICY', 'OTHER')),
    decision_note      text,
    decided_by         uuid,
    decided_by_name    text,
    decided_at         timestamptz,
    -- What really happened: the label, whatever people decided (A-11).
    outcome            text          check (outcome in ('RIGHT', 'WRONG', 'UNCLEAR')),
    outcome_facts      jsonb,
    outcome_at         timestamptz,
    proposed_by        uuid          not null,
    proposed_by_name   text          not null,
    proposed_by_kind   text          not null check (proposed_by_kind in ('HUMAN', 'DEVICE', 'SERVICE', 'MODEL')),
    proposed_at        timestamptz   not null,
    version            integer       not null check (version > 0),
    updated_at         timestamptz   not null,
    constraint recommendation_track check (track_of >= track_right),
    constraint recommendation_interval check (low <= high),
    constraint recommendation_rejected check ((status = 'REJECTED') = (rejected_because is not null)),
    constraint recommendation_decided check (status not in ('ACCEPTED', 'MODIFIED', 'REJECTED', 'EXECUTED', 'OUTCOME_RECORDED') or decided_at is not null),
    constraint recommendation_outcome check ((outcome is null) = (outcome_at is null) and (status <> 'OUTCOME_RECORDED' or outcome is not null)),
    -- Of one subject one is open; what is new of it is added to that one. Judged at the commit: a changed fact ends one and files the next.
    constraint recommendation_open exclude using btree (kind with =, item_id with =, warehouse_id with =)
        where (status in ('PROPOSED', 'IN_QUEUE')) deferrable initially deferred
);
create index recommendation_queue on recommendation (status, proposed_at, id);
create index recommendation_item on recommendation (item_id, warehouse_id);
create index recommendation_warehouse on recommendation (warehouse_id, status);
create index recommendation_supplier on recommendation (supplier_id, proposed_at) where supplier_id is not null;
create index recommendation_request on recommendation (request_id) where request_id is not null;
create index recommendation_followed on recommendation (decided_at, id) where status in ('EXECUTED', 'REJECTED') and outcome is null;

create table recommendation_reason (
    id                 uuid          not null primary key,
    recommendation_id  uuid          not null references recommendation (id),
    rank               integer       not null check (rank > 0),
    code               text          not null check (code <> ''),
    says               text          not null check (says <> ''),
    value              numeric(18,6),
    unit               text,
    usual              numeric(18,6),
    contribution       numeric(18,6) not null,
    constraint recommendation_reason_rank unique (recommendation_id, rank)
);
select append_only('recommendation_reason');

-- The rows behind a reason; what comes later is added.
create table recommendation_evidence (
    id                 uuid          not null primary key,
    recommendation_id  uuid          not null references recommendation (id),
    reason_code        text          not null check (reason_code <> ''),
    record_kind        text          not null check (record_kind <> ''),
    record_id          uuid          not null,
    says               text          not null check (says <> ''),
    noted_at           timestamptz   not null,
    constraint recommendation_evidence_once unique (recommendation_id, reason_code, record_id)
);
select append_only('recommendation_evidence');

create table recommendation_alternative (
    id                 uuid          not null primary key,
    recommendation_id  uuid          not null references recommendation (id),
    rank               integer       not null check (rank > 0),
    kind               text          not null check (kind in ('TRANSFER', 'OTHER_SUPPLIER', 'KEEP')),
    says               text          not null check (says <> ''),
    effect             text          not null check (effect <> ''),
    quantity           numeric(18,6) check (quantity > 0),
    cost               numeric(19,4) check (cost >= 0),
    currency_code      text          references currency (code),
    days               integer       check (days >= 0),
    from_warehouse_id  uuid          references warehouse (id),
    supplier_id        uuid          references supplier (id),
    constraint recommendation_alternative_rank unique (recommendation_id, rank),
    constraint recommendation_alternative_cost check ((cost is null) = (currency_code is null)),
    constraint recommendation_alternative_from check ((kind = 'TRANSFER') = (from_warehouse_id is not null))
);
select append_only('recommendation_alternative');

-- What was recommended never changes; only what people and time made of it does.
create function recommendation_stands() returns trigger language plpgsql as $$
declare
    moving text[] := array['status', 'decided_input', 'request_id', 'expires_at', 'rejected_because', 'decision_note', 'decided_by',
        'decided_by_name', 'decided_at', 'outcome', 'outcome_facts', 'outcome_at', 'version', 'updated_at'];
begin
    if tg_op = 'DELETE' or to_jsonb(old) - moving is distinct from to_jsonb(new) - moving then
        raise exception 'a recommendation stands as it was made' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger recommendation_stands before update or delete on recommendation for each row execute function recommendation_stands();

-- How long each supplier takes for each item at each site as it looks now, what was planned with, and what was made of it:
-- also why nothing was recommended (AIU-23).
create table lead_time_outlook (
    id                   uuid          not null primary key,
    item_id              uuid          not null references item (id),
    warehouse_id         uuid          not null references warehouse (id),
    supplier_id          uuid          not null references supplier (id),
    source               text          not null check (source in ('MODEL', 'RULE')),
    days                 numeric(18,6) not null check (days > 0),
    low                  numeric(18,6) not null,
    high                 numeric(18,6) not null,
    spread_days          numeric(18,6) not null check (spread_days >= 0),
    planned_days         numeric(18,6) not null,
    planned_spread_days  numeric(18,6) not null,
    planned_safety_stock numeric(18,6) not null,
    needed_safety_stock  numeric(18,6) not null,
    service              numeric(9,6)  not null check (service between 0 and 1),
    value_at_stake       numeric(19,4) not null,
    currency_code        text          not null references currency (code),
    deliveries           integer       not null check (deliveries >= 0),
    open_orders          integer       not null check (open_orders >= 0),
    verdict              text          not null check (verdict in ('HOLDS', 'FILED', 'BELOW_THRESHOLD', 'TOO_FEW_DELIVERIES', 'STALE', 'NO_DEMAND',
                                       'TOO_MANY', 'SUSPENDED', 'REJECTED_LATELY')),
    why                  text          not null check (why <> ''),
    model_version        text          not null,
    as_of                timestamptz   not null,
    constraint lead_time_outlook_once unique (item_id, warehouse_id, supplier_id),
    constraint lead_time_outlook_interval check (low <= high)
);
create index lead_time_outlook_warehouse on lead_time_outlook (warehouse_id);
create index lead_time_outlook_supplier on lead_time_outlook (supplier_id);

-- What the detectors say of each supplier.
create table supplier_drift (
    id                uuid          not null primary key,
    supplier_id       uuid          not null unique references supplier (id),
    state             text          not null check (state in ('TOO_FEW_DELIVERIES', 'STEADY', 'LONGER', 'SHORTER', 'WIDER')),
    deliveries        integer       not null check (deliveries >= 0),
    usual_days        numeric(18,6),
    now_days          numeric(18,6),
    -- Of all deliveries, counted from 1; and when it was sent.
    began_with        integer       check (began_with > 0),
    began_on          date,
    noticed_on        date,
    size_days         numeric(18,6),
    spread_ratio      numeric(18,6),
    false_alarms_per_hundred numeric(9,6) not null check (false_alarms_per_hundred > 0),
    as_of             timestamptz   not null,
    version           integer       not null check (version > 0),
    constraint supplier_drift_began check ((state in ('LONGER', 'SHORTER', 'WIDER')) = (began_on is not null))
);

-- The models that score, how well they do, and whether they may (AIU-21).
create table served_model (
    id                uuid          not null primary key,
    name              text          not null unique check (name <> ''),
    state             text          not null check (state in ('SERVING', 'ON_RULES', 'SUSPENDED')),
    why               text          not null check (why <> ''),
    model_version     text          not null,
    model_hash        text          not null check (model_hash ~ '^[0-9a-f]{64}$'),
    trained_at        timestamptz,
    trained_on        integer       not null check (trained_on >= 0),
    -- On deliveries it had not seen, beside the rule behind it, in days.
    error             numeric(18,6),
    rule_error        numeric(18,6),
    coverage          numeric(9,6)  check (coverage between 0 and 1),
    measured_on       integer       not null check (measured_on >= 0),
    population_drift  numeric(18,6),
    decided           integer       not null check (decided >= 0),
    overridden        integer       not null check (overridden between 0 and decided),
    outcomes          integer       not null check (outcomes >= 0),
    outcomes_right    integer       not null check (outcomes_right between 0 and outcomes),
    ran_at            timestamptz   not null,
    version           integer       not null check (version > 0)
);

select scope_rows(part::regclass, 'exists (select from warehouse w where w.id = warehouse_id) and ' || house_only())
from unnest(array['recommendation', 'lead_time_outlook']) as part;
select scope_rows(part::regclass, 'exists (select from recommendation r where r.id = recommendation_id)')
from unnest(array['recommendation_reason', 'recommendation_evidence', 'recommendation_alternative']) as part;
select scope_rows('supplier_drift', in_scope('suppliers', 'supplier_id') || ' and ' || house_only());
select share_rows('served_model', 'how well models do concerns everybody who reads them');
