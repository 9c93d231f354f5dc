-- Money: each entity's accounts, its journals, and the periods that close.

-- What an account is for decides what is posted to it; its code and name are the entity's own.
create table account (
    id               integer     generated always as identity primary key,
    legal_entity_id  uuid        not null references legal_entity (id),
    role             text        not null check (role in (
        'INVENTORY', 'INVENTORY_INTERIM', 'GOODS_RECEIVED_NOT_INVOICED', 'ACCOUNTS_PAYABLE', 'LANDED_COST_ACCRUAL',
        'CONSIGNMENT_PAYABLE', 'COST_OF_GOODS_SOLD', 'PURCHASE_VARIANCE', 'COUNT_VARIANCE', 'ADJUSTMENT', 'WRITE_OFF',
        'REVALUATION', 'OPENING_BALANCE')),
    code             text        not null check (code <> ''),
    name             text        not null check (name <> ''),
    version          integer     not null check (version > 0),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint account_once unique (legal_entity_id, role),
    constraint account_code_once unique (legal_entity_id, code)
);

-- An entity without accounts could receive goods and not value them; so none can exist.
create function open_accounts() returns trigger language plpgsql as $$
begin
    insert into account (legal_entity_id, role, code, name, version, created_at, updated_at)
    select new.id, role, code, name, 1, new.created_at, new.created_at
    from (values
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
        ('OPENING_BALANCE', '3900', 'Opening balance')
    ) as chart (role, code, name);
    return null;
end $$;
create trigger legal_entity_opens_accounts after insert on legal_entity for each row execute function open_accounts();

-- A line moves an amount from one account to another, so a journal cannot be out of balance (I-06).
create table journal_line (
    journal_id         bigint        not null,
    line               smallint      not null check (line > 0),
    debit_account_id   integer       not null,
    credit_account_id  integer       not null,
    amount             numeric(19,4) not null check (amount > 0),
    posting_date       date          not null,
    recorded_at        timestamptz   not null,
    constraint journal_line_key primary key (journal_id, line),
    constraint journal_line_moves check (debit_account_id <> credit_account_id)
);
create index journal_line_date on journal_line using brin (posting_date);
select append_only('journal_line');

-- The same lines as an accountant reads them: each side with its sign, debits positive.
create view journal_side as
select journal_id, line, debit_account_id as account_id, amount, posting_date, recorded_at from journal_line
union all
select journal_id, line, credit_account_id, -amount, posting_date, recorded_at from journal_line;

-- A month that was closed, softly (finance may still post) or for good. A month without a row is open.
create table accounting_period (
    id               uuid        not null primary key,
    legal_entity_id  uuid        not null references legal_entity (id),
    first_day        date        not null check (first_day = date_trunc('month', first_day)),
    status           text        not null check (status in ('OPEN', 'SOFT_CLOSED', 'CLOSED')),
    closed_at        timestamptz,
    closed_by        uuid,
    version          integer     not null check (version > 0),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint accounting_period_once unique (legal_entity_id, first_day)
);

-- CLOSED is terminal: a closed month is corrected in an open one.
create function period_stays_closed() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.status = 'CLOSED' then
        raise exception 'a closed period stays closed' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger accounting_period_stays_closed before update or delete on accounting_period
    for each row execute function period_stays_closed();
