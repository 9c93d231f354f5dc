-- How much may be bought of what in a month, and what was agreed with a supplier for longer than one order.

create table budget (
    id               uuid          not null primary key,
    legal_entity_id  uuid          not null references legal_entity (id),
    -- Null holds for everything that has no budget of its own.
    category         text          check (category <> ''),
    period           date          not null check (extract(day from period) = 1),
    amount           numeric(19,4) not null check (amount >= 0),
    version          integer       not null check (version > 0),
    created_at       timestamptz   not null,
    updated_at       timestamptz   not null,
    constraint budget_once unique nulls not distinct (legal_entity_id, category, period)
);

create sequence purchase_agreement_number;

create table purchase_agreement (
    id               uuid          not null primary key,
    number           text          not null unique check (number <> ''),
    legal_entity_id  uuid          not null references legal_entity (id),
    supplier_id      uuid          not null references supplier (id),
    currency_code    text          not null references currency (code),
    valid_from       date          not null,
    valid_until      date          not null,
    amount_limit     numeric(19,4) check (amount_limit > 0),
    status           text          not null check (status in ('ACTIVE', 'ENDED')),
    end_reason       text,
    made_by          uuid          not null,
    version          integer       not null check (version > 0),
    created_at       timestamptz   not null,
    updated_at       timestamptz   not null,
    constraint purchase_agreement_days check (valid_until >= valid_from),
    constraint purchase_agreement_end check ((status = 'ENDED') = (end_reason is not null))
);
create index purchase_agreement_supplier on purchase_agreement (supplier_id, legal_entity_id);

create table purchase_agreement_line (
    id              uuid          not null primary key,
    agreement_id    uuid          not null references purchase_agreement (id),
    item_id         uuid          not null references item (id),
    -- In base units.
    unit_price      numeric(18,6) not null check (unit_price >= 0),
    committed       numeric(18,6) check (committed > 0),
    quantity_limit  numeric(18,6) check (quantity_limit > 0),
    constraint purchase_agreement_line_once unique (agreement_id, item_id),
    constraint purchase_agreement_line_limit check (committed is null or quantity_limit is null or committed <= quantity_limit)
);
create index purchase_agreement_line_item on purchase_agreement_line (item_id);
select append_only('purchase_agreement_line');

alter table purchase_order
    add column agreement_id    uuid references purchase_agreement (id),
    -- Why it may go beyond the budget, and who said so.
    add column overrun_reason  text,
    add column overrun_by      uuid,
    add constraint purchase_order_overrun check ((overrun_reason is null) = (overrun_by is null));
create index purchase_order_agreement on purchase_order (agreement_id) where agreement_id is not null;

select scope_rows('budget', in_scope('legal_entities', 'legal_entity_id') || ' and ' || house_only());
select scope_rows('purchase_agreement',
    in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('suppliers', 'supplier_id'));
select scope_rows('purchase_agreement_line', 'exists (select from purchase_agreement a where a.id = agreement_id)');

-- How each supplier did in each month, computed from what was ordered, answered, received and sent back.
create table supplier_scorecard (
    supplier_id            uuid          not null references supplier (id),
    period                 date          not null check (extract(day from period) = 1),
    lines_due              integer       not null,
    lines_on_time          integer       not null,
    lines_in_full          integer       not null,
    ordered                numeric(18,6) not null,
    received               numeric(18,6) not null,
    returned               numeric(18,6) not null,
    on_time_percent        numeric(9,4),
    in_full_percent        numeric(9,4),
    fill_rate_percent      numeric(9,4),
    acceptance_percent     numeric(9,4),
    confirmed_percent      numeric(9,4),
    response_hours         numeric(18,6),
    lead_time_days         numeric(18,6),
    lead_time_spread_days  numeric(18,6),
    -- Prices of orders against the terms in force when they were drafted; positive is dearer.
    price_variance_percent numeric(18,6),
    exceptions             integer       not null,
    computed_at            timestamptz   not null,
    primary key (supplier_id, period)
);
select scope_rows('supplier_scorecard', in_scope('suppliers', 'supplier_id') || ' and ' || house_only());
create index purchase_order_line_expected on purchase_order_line (expected_on);
