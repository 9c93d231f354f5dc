-- Supplier invoices: what suppliers ask for, what of it matches what was ordered and received, and what is paid.

create sequence supplier_invoice_number;

create table supplier_invoice (
    id                  uuid           not null primary key,
    number              text           not null unique check (number <> ''),
    -- What the supplier calls it, and the same without what people type differently.
    supplier_number     text           not null check (supplier_number <> ''),
    supplier_number_key text           not null check (supplier_number_key <> ''),
    status              text           not null check (status in ('ENTERED', 'ON_HOLD', 'MATCHED', 'PENDING_APPROVAL', 'APPROVED', 'POSTED',
                                       'PAID', 'REVERSED', 'CANCELLED')),
    legal_entity_id     uuid           not null references legal_entity (id),
    supplier_id         uuid           not null references supplier (id),
    invoice_date        date           not null,
    due_on              date           not null,
    currency_code       text           not null references currency (code),
    -- Of the invoice's currency into that of the books.
    rate                numeric(28,10) not null check (rate > 0),
    net                 numeric(19,4)  not null check (net >= 0),
    tax                 numeric(19,4)  not null check (tax >= 0),
    gross               numeric(19,4)  not null check (gross > 0),
    -- What of it is paid: all, or the part that matches until a credit comes for the rest.
    payable_net         numeric(19,4)  not null check (payable_net between 0 and net),
    payable_tax         numeric(19,4)  not null check (payable_tax between 0 and tax),
    payable             numeric(19,4)  not null check (payable = payable_net + payable_tax),
    -- What the books owe for it, in their own currency.
    payable_book        numeric(19,4)  check (payable_book >= 0),
    entered_by          uuid           not null,
    entered_by_person   uuid           not null,
    matched_at          timestamptz,
    policy_number       integer,
    approved_by         uuid,
    approved_by_person  uuid,
    approved_version    integer,
    journal_id          bigint,
    posting_date        date,
    posted_at           timestamptz,
    reversal_journal_id bigint,
    paid_on             date,
    payment_reference   text,
    payment_journal_id  bigint,
    ended_at            timestamptz,
    end_reason          text,
    version             integer        not null check (version > 0),
    created_at          timestamptz    not null,
    updated_at          timestamptz    not null,
    constraint supplier_invoice_adds_up check (gross = net + tax),
    constraint supplier_invoice_posted check (
        (status in ('POSTED', 'PAID', 'REVERSED')) = (journal_id is not null) and (journal_id is null) = (posted_at is null)),
    constraint supplier_invoice_paid check ((status = 'PAID') = (paid_on is not null) and (paid_on is null) = (payment_journal_id is null)),
    constraint supplier_invoice_reversed check ((status = 'REVERSED') = (reversal_journal_id is not null)),
    constraint supplier_invoice_ended check ((status in ('CANCELLED', 'REVERSED')) = (ended_at is not null) and (ended_at is null) = (end_reason is null)),
    -- I-15: nothing is booked or paid to which nobody else agreed.
    constraint supplier_invoice_agreed check (status not in ('APPROVED', 'POSTED', 'PAID', 'REVERSED') or approved_version is not null)
);
-- The same invoice twice is one invoice (a cancelled or reversed one may be entered again).
create unique index supplier_invoice_once on supplier_invoice (supplier_id, supplier_number_key) where status not in ('CANCELLED', 'REVERSED');
create index supplier_invoice_entity on supplier_invoice (legal_entity_id, invoice_date);
create index supplier_invoice_due on supplier_invoice (legal_entity_id, due_on) where status = 'POSTED';
create index supplier_invoice_open on supplier_invoice (status, created_at) where status in ('ENTERED', 'ON_HOLD', 'MATCHED', 'PENDING_APPROVAL', 'APPROVED');

create table supplier_invoice_line (
    id                uuid           not null primary key,
    invoice_id        uuid           not null references supplier_invoice (id),
    line              integer        not null check (line between 1 and 1000),
    kind              text           not null check (kind in ('GOODS', 'SERVICE', 'CHARGE')),
    order_line_id     uuid           references purchase_order_line (id),
    receipt_line_id   uuid           references receipt_line (id),
    item_id           uuid           references item (id),
    description       text,
    unit              text,
    quantity          numeric(18,6)  not null check (quantity > 0),
    base_quantity     numeric(18,6)  not null check (base_quantity > 0),
    unit_price        numeric(18,6)  not null check (unit_price >= 0),
    net               numeric(19,4)  not null check (net >= 0),
    tax_code          text,
    tax_rate          numeric(9,4)   check (tax_rate between 0 and 100),
    tax               numeric(19,4)  not null check (tax >= 0),
    -- In base units: what is covered by receipts (or by the order, where nothing is received), and what is not paid.
    matched           numeric(18,6)  not null check (matched between 0 and base_quantity),
    disputed          numeric(18,6)  not null check (disputed between 0 and base_quantity),
    payable_net       numeric(19,4)  not null check (payable_net between 0 and net),
    -- What the supplier has credited of the part that is not paid.
    credited_net      numeric(19,4)  not null check (credited_net between 0 and net - payable_net),
    payable_tax       numeric(19,4)  not null check (payable_tax between 0 and tax),
    -- How it was compared: which receipts, which tolerance, how far off.
    explanation       jsonb          not null,
    constraint supplier_invoice_line_once unique (invoice_id, line),
    constraint supplier_invoice_line_goods check (kind <> 'GOODS' or order_line_id is not null),
    constraint supplier_invoice_line_named check (order_line_id is not null or description is not null)
);
create index supplier_invoice_line_order_line on supplier_invoice_line (order_line_id) where order_line_id is not null;

-- How much of a receipt line invoices have taken: the last guard that no quantity is matched twice.
create table receipt_line_invoicing (
    receipt_line_id   uuid          not null primary key references receipt_line (id),
    legal_entity_id   uuid          not null references legal_entity (id),
    order_line_id     uuid          not null references purchase_order_line (id),
    movement_id       bigint        not null,
    quantity          numeric(18,6) not null check (quantity > 0),
    accrued           numeric(19,4) not null check (accrued >= 0),
    -- Of that, what waits on the interim account: all, but for the difference to a standard and what filled a shortage.
    interim           numeric(19,4) not null,
    -- Taken by invoices, posted or not; and of that, what was posted with its share of the accrual.
    matched           numeric(18,6) not null,
    invoiced          numeric(18,6) not null,
    cleared           numeric(19,4) not null,
    interim_cleared   numeric(19,4) not null,
    constraint receipt_line_invoicing_matched check (matched between 0 and quantity),
    constraint receipt_line_invoicing_invoiced check (invoiced between 0 and matched),
    -- FIN-01: fully invoiced, the accrual is nothing.
    constraint receipt_line_invoicing_cleared check (
        cleared between 0 and accrued and (invoiced < quantity or (cleared = accrued and interim_cleared = interim))
        and (invoiced > 0 or (cleared = 0 and interim_cleared = 0)))
);
create index receipt_line_invoicing_order_line on receipt_line_invoicing (order_line_id);
create index receipt_line_invoicing_open on receipt_line_invoicing (legal_entity_id) where cleared < accrued;
create unique index receipt_line_invoicing_movement on receipt_line_invoicing (movement_id);

-- What part of which receipt an invoice line pays for.
create table invoice_match (
    id                   uuid          not null primary key,
    invoice_id           uuid          not null references supplier_invoice (id),
    line_id              uuid          not null references supplier_invoice_line (id),
    receipt_line_id      uuid          not null references receipt_line_invoicing (receipt_line_id),
    status               text          not null check (status in ('TAKEN', 'POSTED', 'RELEASED')),
    quantity             numeric(18,6) not null check (quantity > 0),
    -- What the order says it costs, in the invoice's currency.
    expected_net         numeric(19,4) not null check (expected_net >= 0),
    -- In the currency of the books, once posted: the accrual that it cleared, and by what the invoice differs from it.
    cleared              numeric(19,4),
    interim_cleared      numeric(19,4),
    price_variance       numeric(19,4),
    exchange_difference  numeric(19,4),
    variance_posting_id  uuid,
    taken_at             timestamptz   not null,
    released_at          timestamptz,
    constraint invoice_match_posted check (status = 'TAKEN' or status = 'RELEASED' or (cleared is not null and interim_cleared is not null and price_variance is not null and exchange_difference is not null)),
    constraint invoice_match_released check ((status = 'RELEASED') = (released_at is not null))
);
create index invoice_match_invoice on invoice_match (invoice_id);
create index invoice_match_line on invoice_match (line_id);
create index invoice_match_receipt_line on invoice_match (receipt_line_id);

-- Why an invoice waits, and how that ended.
create table invoice_hold (
    id                  uuid          not null primary key,
    invoice_id          uuid          not null references supplier_invoice (id),
    line_id             uuid          references supplier_invoice_line (id),
    reason              text          not null check (reason in ('PRICE', 'QUANTITY', 'AWAITING_RECEIPT', 'RECEIPT_CASE', 'MANUAL')),
    explanation         text          not null check (explanation <> ''),
    expected            numeric(19,6),
    found               numeric(19,6),
    tolerated           numeric(19,6),
    -- How much money it is about, in the invoice's currency.
    amount              numeric(19,4) not null check (amount >= 0),
    receipt_case_id     uuid          references exception_case (id),
    case_id             uuid          references exception_case (id),
    placed_at           timestamptz   not null,
    placed_by_person    uuid,
    resolution          text          check (resolution in ('PAY_AS_INVOICED', 'PAY_AS_ORDERED', 'PAY_AS_RECEIVED', 'CASE_CLOSED', 'MATCHED', 'RELEASED', 'CANCELLED')),
    resolution_reason   text,
    resolved_by         uuid,
    resolved_by_person  uuid,
    resolved_at         timestamptz,
    constraint invoice_hold_resolved check ((resolution is null) = (resolved_at is null) and (resolution is null) = (resolved_by is null))
);
create index invoice_hold_invoice on invoice_hold (invoice_id);
create unique index invoice_hold_once on invoice_hold (invoice_id, coalesce(line_id, invoice_id), reason, coalesce(receipt_case_id, invoice_id)) where resolution is null;
create index invoice_hold_case on invoice_hold (receipt_case_id) where receipt_case_id is not null and resolution is null;

-- Invoices that wait for goods of which more came, or for a case that is closed.
create view invoice_may_go_on with (security_invoker = true) as
select distinct i.id as invoice_id
from supplier_invoice i join invoice_hold h on h.invoice_id = i.id and h.resolution is null
left join supplier_invoice_line l on l.id = h.line_id
where i.status = 'ON_HOLD' and (
    (h.reason = 'RECEIPT_CASE' and exists (select from exception_case c where c.id = h.receipt_case_id and c.status = 'RESOLVED'))
    or (h.reason in ('AWAITING_RECEIPT', 'QUANTITY') and exists (
        select from receipt_line r where r.order_line_id = l.order_line_id and r.posted_at > i.matched_at)));

select scope_rows('supplier_invoice', in_scope('legal_entities', 'legal_entity_id') || ' and ' || in_scope('suppliers', 'supplier_id'));
select scope_rows(part::regclass, 'exists (select from supplier_invoice i where i.id = invoice_id)')
from unnest(array['supplier_invoice_line', 'invoice_match', 'invoice_hold']) as part;
select scope_rows('receipt_line_invoicing', in_scope('legal_entities', 'legal_entity_id') || ' and ' || house_only());

-- Kinds of policies are a list of the program; the database keeps their form.
alter table policy_version drop constraint if exists policy_version_kind_check;
alter table policy_version add constraint policy_version_kind_check check (kind ~ '^[A-Z][A-Z_]{2,39}$');

insert into approval_kind (code, name, needs_human, version, created_at, updated_at) values
    ('INVOICE_HOLD', 'Payment of an invoice that differs', false, 1, now(), now()),
    ('INVOICE_REVERSAL', 'Reversal of a posted invoice', true, 1, now(), now()),
    ('LANDED_COST', 'Landed cost of receipts', false, 1, now(), now()),
    ('SUPPLIER_CREDIT', 'Credit of a supplier', false, 1, now(), now());
