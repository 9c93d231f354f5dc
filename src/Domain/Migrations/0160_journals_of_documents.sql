-- Journals that no change of stock value makes: invoices, credits, payments. And what a month must show before it is closed.

alter table account drop constraint account_role_check;
alter table account add constraint account_role_check check (role ~ '^[A-Z][A-Z_]{2,39}$');

create or replace function open_accounts() returns trigger language plpgsql as $$
begin
    insert into account (legal_entity_id, role, code, name, version, created_at, updated_at)
    select new.id, role, code, name, 1, new.created_at, new.created_at from account_chart;
    return null;
end $$;

-- The accounts that every company has.
create table account_chart (
    role  text not null primary key,
    code  text not null unique check (code <> ''),
    name  text not null check (name <> '')
);
insert into account_chart (role, code, name) values
    ('INVENTORY', '1200', 'Inventory'),
    ('INVENTORY_INTERIM', '1210', 'Inventory, not yet invoiced'),
    ('GOODS_RECEIVED_NOT_INVOICED', '2110', 'Goods received, not invoiced'),
    ('ACCOUNTS_PAYABLE', '2100', 'Accounts payable'),
    ('LANDED_COST_ACCRUAL', '2120', 'Landed cost accrued'),
    ('CONSIGNMENT_PAYABLE', '2130', 'Consigned goods consumed, not invoiced'),
    ('COST_OF_GOODS_SOLD', '5000', 'Cost of goods sold'),
    ('PURCHASE_VARIANCE', '5100', 'Purchase price variance'),
    ('COUNT_VARIANCE', '5200', 'Count variance'),
    ('ADJUSTMENT', '5210', 'Inventory adjustment'),
    ('WRITE_OFF', '5220', 'Inventory written off'),
    ('REVALUATION', '5230', 'Inventory revaluation'),
    ('OPENING_BALANCE', '3900', 'Opening balance'),
    ('INPUT_TAX', '1400', 'Input tax'),
    ('EXCHANGE_DIFFERENCE', '5300', 'Exchange differences'),
    ('PURCHASED_SERVICES', '5400', 'Services bought'),
    ('PAYMENTS', '1000', 'Payments on their way');
select share_rows('account_chart', 'rules of the house');
revoke insert, update, delete on account_chart from platform_api;

insert into account (legal_entity_id, role, code, name, version, created_at, updated_at)
select e.id, c.role, c.code, c.name, 1, now(), now()
from legal_entity e cross join account_chart c
where not exists (select from account a where a.legal_entity_id = e.id and a.role = c.role);

-- The document behind a journal that no value entry stands for.
create table journal_document (
    journal_id       bigint      not null primary key,
    legal_entity_id  uuid        not null references legal_entity (id),
    kind             text        not null check (kind <> ''),
    number           text        not null check (number <> ''),
    document_id      uuid        not null,
    posting_date     date        not null,
    booked_by        uuid        not null,
    correlation_id   uuid        not null,
    recorded_at      timestamptz not null
);
create index journal_document_of on journal_document (document_id);
create index journal_document_entity on journal_document (legal_entity_id, posting_date);
select append_only('journal_document');
select scope_rows('journal_document', in_scope('legal_entities', 'legal_entity_id') || ' and ' || house_only());

-- What was found when the books of a month were compared.
create table period_reconciliation (
    id               uuid        not null primary key,
    legal_entity_id  uuid        not null references legal_entity (id),
    first_day        date        not null check (first_day = date_trunc('month', first_day)),
    through_day      date        not null check (through_day >= first_day),
    differences      integer     not null check (differences >= 0),
    made_by          uuid        not null,
    made_at          timestamptz not null
);
create index period_reconciliation_month on period_reconciliation (legal_entity_id, first_day, made_at);
select append_only('period_reconciliation');
create table period_reconciliation_line (
    id                 uuid          not null primary key,
    reconciliation_id  uuid          not null references period_reconciliation (id),
    line               integer       not null check (line > 0),
    check_name         text          not null check (check_name <> ''),
    what               text          not null check (what <> ''),
    expected           numeric(19,4) not null,
    found              numeric(19,4) not null,
    difference         numeric(19,4) not null generated always as (found - expected) stored,
    constraint period_reconciliation_line_once unique (reconciliation_id, line)
);
select append_only('period_reconciliation_line');
select scope_rows('period_reconciliation', in_scope('legal_entities', 'legal_entity_id') || ' and ' || house_only());
select scope_rows('period_reconciliation_line', 'exists (select from period_reconciliation r where r.id = reconciliation_id)');

insert into approval_kind (code, name, needs_human, version, created_at, updated_at) values
    ('PERIOD_REOPENING', 'Reopening of a closed month', true, 1, now(), now());
