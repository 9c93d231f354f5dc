-- Landed costs: freight, duty and the like, shared over the receipts that caused them, exact to the coin (FIN-02).

create sequence landed_cost_number;

create table landed_cost_voucher (
    id                 uuid           not null primary key,
    number             text           not null unique check (number <> ''),
    status             text           not null check (status in ('DRAFT', 'PENDING_APPROVAL', 'POSTED', 'REVERSED', 'CANCELLED')),
    legal_entity_id    uuid           not null references legal_entity (id),
    currency_code      text           not null references currency (code),
    rate               numeric(28,10) not null check (rate > 0),
    total              numeric(19,4)  not null check (total > 0),
    total_book         numeric(19,4)  not null check (total_book > 0),
    note               text,
    drafted_by         uuid           not null,
    drafted_by_person  uuid           not null,
    approved_by        uuid,
    approved_by_person uuid,
    posting_date       date,
    posted_at          timestamptz,
    reversed_at        timestamptz,
    end_reason         text,
    version            integer        not null check (version > 0),
    created_at         timestamptz    not null,
    updated_at         timestamptz    not null,
    constraint landed_cost_voucher_posted check ((status in ('POSTED', 'REVERSED')) = (posted_at is not null)),
    constraint landed_cost_voucher_reversed check ((status = 'REVERSED') = (reversed_at is not null)),
    constraint landed_cost_voucher_ended check ((status in ('REVERSED', 'CANCELLED')) = (end_reason is not null))
);
create index landed_cost_voucher_entity on landed_cost_voucher (legal_entity_id, created_at);

create table landed_cost_charge (
    id               uuid          not null primary key,
    voucher_id       uuid          not null references landed_cost_voucher (id),
    line             integer       not null check (line between 1 and 100),
    kind             text          not null check (kind in ('FREIGHT', 'DUTY', 'INSURANCE', 'HANDLING', 'OTHER')),
    basis            text          not null check (basis in ('VALUE', 'QUANTITY', 'WEIGHT', 'VOLUME', 'EQUAL', 'MANUAL')),
    amount           numeric(19,4) not null check (amount > 0),
    amount_book      numeric(19,4) not null check (amount_book > 0),
    invoice_line_id  uuid          references supplier_invoice_line (id),
    constraint landed_cost_charge_once unique (voucher_id, line)
);
create index landed_cost_charge_invoice_line on landed_cost_charge (invoice_line_id) where invoice_line_id is not null;

create table landed_cost_share (
    id               uuid          not null primary key,
    voucher_id       uuid          not null references landed_cost_voucher (id),
    charge_id        uuid          not null references landed_cost_charge (id),
    receipt_line_id  uuid          not null references receipt_line (id),
    movement_id      bigint        not null,
    -- By how much it takes part: its value, pieces, kilograms, cubic metres, 1, or what somebody said.
    weight           numeric(28,10) not null check (weight >= 0),
    amount           numeric(19,4) not null check (amount >= 0),
    -- Once posted: what stayed with the goods that are here, and what belongs to those that left.
    on_hand          numeric(19,4),
    gone             numeric(19,4),
    posting_id       uuid,
    constraint landed_cost_share_once unique (charge_id, receipt_line_id),
    constraint landed_cost_share_posted check ((on_hand is null) = (gone is null) and (on_hand is null or on_hand + gone = amount))
);
create index landed_cost_share_voucher on landed_cost_share (voucher_id);
create index landed_cost_share_receipt_line on landed_cost_share (receipt_line_id);

select scope_rows('landed_cost_voucher', in_scope('legal_entities', 'legal_entity_id') || ' and ' || house_only());
select scope_rows(part::regclass, 'exists (select from landed_cost_voucher v where v.id = voucher_id)')
from unnest(array['landed_cost_charge', 'landed_cost_share']) as part;
