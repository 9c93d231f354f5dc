-- What suppliers owe us: credit notes of theirs, chargebacks of ours. Nobody books either alone (FIN-09).

create sequence supplier_credit_number;

create table supplier_credit (
    id                uuid           not null primary key,
    number            text           not null unique check (number <> ''),
    kind              text           not null check (kind in ('CREDIT_NOTE', 'CHARGEBACK')),
    status            text           not null check (status in ('DRAFT', 'PENDING_APPROVAL', 'POSTED', 'SETTLED', 'CANCELLED')),
    legal_entity_id   uuid           not null references legal_entity (id),
    supplier_id       uuid           not null references supplier (id),
    -- What the supplier calls its credit note; a chargeback has none.
    supplier_number   text,
    supplier_number_key text,
    credit_date       date           not null,
    currency_code     text           not null references currency (code),
    rate              numeric(28,10) not null check (rate > 0),
    net               numeric(19,4)  not null check (net >= 0),
    tax               numeric(19,4)  not null check (tax >= 0),
    gross             numeric(19,4)  not null check (gross > 0),
    -- The part that we are owed: what was never paid is only settled by it.
    claim             numeric(19,4)  check (claim between 0 and gross),
    claim_book        numeric(19,4)  check (claim_book >= 0),
    reason            text           not null check (reason <> ''),
    evidence          text,
    case_id           uuid           references exception_case (id),
    drafted_by        uuid           not null,
    drafted_by_person uuid           not null,
    approved_by       uuid,
    approved_by_person uuid,
    journal_id        bigint,
    posting_date      date,
    posted_at         timestamptz,
    settled_by        uuid           references supplier_invoice (id),
    ended_at          timestamptz,
    end_reason        text,
    version           integer        not null check (version > 0),
    created_at        timestamptz    not null,
    updated_at        timestamptz    not null,
    constraint supplier_credit_adds_up check (gross = net + tax),
    constraint supplier_credit_number check ((kind = 'CREDIT_NOTE') = (supplier_number is not null) and (supplier_number is null) = (supplier_number_key is null)),
    -- FIN-09: a chargeback shows its proof.
    constraint supplier_credit_evidence check (kind <> 'CHARGEBACK' or evidence is not null),
    constraint supplier_credit_posted check (
        (status in ('POSTED', 'SETTLED')) = (journal_id is not null) and (journal_id is null) = (posted_at is null) and (journal_id is null) = (claim is null)),
    constraint supplier_credit_settled check ((status = 'SETTLED') = (settled_by is not null)),
    constraint supplier_credit_ended check ((status = 'CANCELLED') = (ended_at is not null)),
    -- I-15: nobody books what they drafted themselves.
    constraint supplier_credit_two_people check (approved_by_person is distinct from drafted_by_person or journal_id is null)
);
create unique index supplier_credit_once on supplier_credit (supplier_id, supplier_number_key) where status <> 'CANCELLED';
create index supplier_credit_entity on supplier_credit (legal_entity_id, credit_date);
create index supplier_credit_open on supplier_credit (supplier_id) where status = 'POSTED';

create table supplier_credit_line (
    id               uuid          not null primary key,
    credit_id        uuid          not null references supplier_credit (id),
    line             integer       not null check (line between 1 and 1000),
    kind             text          not null check (kind in ('INVOICE', 'RETURN', 'OTHER')),
    invoice_line_id  uuid          references supplier_invoice_line (id),
    -- The movement that sent goods back.
    movement_id      bigint,
    quantity         numeric(18,6) check (quantity > 0),
    description      text,
    net              numeric(19,4) not null check (net >= 0),
    tax              numeric(19,4) not null check (tax >= 0),
    -- Of the net amount, what was never paid and is settled without money.
    unpaid_net       numeric(19,4) not null check (unpaid_net between 0 and net),
    constraint supplier_credit_line_once unique (credit_id, line),
    constraint supplier_credit_line_about check (case kind
        when 'INVOICE' then invoice_line_id is not null and movement_id is null
        when 'RETURN' then movement_id is not null
        else invoice_line_id is null and movement_id is null and description is not null end)
);
create index supplier_credit_line_invoice_line on supplier_credit_line (invoice_line_id) where invoice_line_id is not null;

-- Goods that were sent back are credited once.
create table supplier_return_credit (
    movement_id  bigint        not null primary key,
    credit_id    uuid          not null references supplier_credit (id),
    cleared      numeric(19,4) not null
);
create index supplier_return_credit_of on supplier_return_credit (credit_id);

select scope_rows('supplier_credit', in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('suppliers', 'supplier_id'));
select scope_rows(part::regclass, 'exists (select from supplier_credit c where c.id = credit_id)')
from unnest(array['supplier_credit_line', 'supplier_return_credit']) as part;
