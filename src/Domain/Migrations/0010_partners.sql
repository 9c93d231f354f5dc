-- Who: our own legal entities and their money, and the partners we trade with.

create table currency (
    code        text        not null primary key check (code ~ '^[A-Z]{3}$'),
    name        text        not null check (name <> ''),
    digits      smallint    not null check (digits between 0 and 4),
    status      text        not null check (status in ('ACTIVE', 'RETIRED')),
    version     integer     not null check (version > 0),
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);

create table legal_entity (
    id             uuid        not null primary key,
    code           text        not null unique check (code ~ '^[A-Z0-9][A-Z0-9._/-]{0,39}$'),
    name           text        not null check (name <> ''),
    currency_code  text        not null references currency (code),
    country        text        not null check (country ~ '^[A-Z]{2}$'),
    status         text        not null check (status in ('ACTIVE', 'BLOCKED', 'RETIRED')),
    status_reason  text,
    version        integer     not null check (version > 0),
    created_at     timestamptz not null,
    updated_at     timestamptz not null
);

-- Effective-dated: a rate holds from its day until the next day that has one. A correction keeps the row and raises its version.
create table exchange_rate (
    id             uuid           not null primary key,
    from_currency  text           not null references currency (code),
    to_currency    text           not null references currency (code),
    valid_from     date           not null,
    rate           numeric(28,10) not null check (rate > 0),
    source         text           not null check (source <> ''),
    version        integer        not null check (version > 0),
    created_at     timestamptz    not null,
    updated_at     timestamptz    not null,
    constraint exchange_rate_pair check (from_currency <> to_currency),
    constraint exchange_rate_day unique (from_currency, to_currency, valid_from)
);

create table partner (
    id             uuid        not null primary key,
    code           text        not null unique check (code ~ '^[A-Z0-9][A-Z0-9._/-]{0,39}$'),
    name           text        not null check (name <> ''),
    legal_name     text,
    tax_number     text,
    country        text        not null check (country ~ '^[A-Z]{2}$'),
    email          text,
    phone          text,
    is_carrier     boolean     not null,
    status         text        not null check (status in ('ACTIVE', 'BLOCKED', 'RETIRED')),
    status_reason  text,
    version        integer     not null check (version > 0),
    created_at     timestamptz not null,
    updated_at     timestamptz not null
);

-- A supplier or a customer is a partner in that role and shares its id: one company, one row, however we meet it.
create table supplier (
    id                  uuid           not null primary key references partner (id),
    onboarding          text           not null check (onboarding in ('CANDIDATE', 'APPROVED', 'SUSPENDED')),
    onboarding_reason   text,
    currency_code       text           not null references currency (code),
    payment_terms_days  integer        not null check (payment_terms_days between 0 and 365),
    minimum_order       numeric(19,4)  check (minimum_order > 0),
    lead_time_days      integer        check (lead_time_days between 0 and 730),
    version             integer        not null check (version > 0),
    created_at          timestamptz    not null,
    updated_at          timestamptz    not null
);

create table customer (
    id                    uuid          not null primary key references partner (id),
    tier                  text          not null check (tier in ('KEY', 'STANDARD', 'OCCASIONAL')),
    segment               text,
    currency_code         text          not null references currency (code),
    payment_terms_days    integer       not null check (payment_terms_days between 0 and 365),
    service_days          integer       check (service_days between 0 and 365),
    shipping_preference   text          not null check (shipping_preference in ('PARTIAL', 'LINE_COMPLETE', 'SHIP_COMPLETE')),
    accepts_substitutes   text          not null check (accepts_substitutes in ('NEVER', 'AFTER_APPROVAL', 'ALWAYS')),
    label_rule            text,
    credit_limit          numeric(19,4) check (credit_limit >= 0),
    is_on_credit_hold     boolean       not null,
    credit_hold_reason    text,
    version               integer       not null check (version > 0),
    created_at            timestamptz   not null,
    updated_at            timestamptz   not null,
    constraint customer_hold_has_reason check (is_on_credit_hold = (credit_hold_reason is not null))
);

-- Whose the goods are. Our own owner of a legal entity has the entity's id, so that it can be named without a search.
create table owner (
    id               uuid        not null primary key,
    legal_entity_id  uuid        not null references legal_entity (id),
    kind             text        not null check (kind in ('OWN', 'SUPPLIER_CONSIGNED', 'CUSTOMER_OWNED', 'CONSIGNED_AT_CUSTOMER')),
    partner_id       uuid        references partner (id),
    status           text        not null check (status in ('ACTIVE', 'RETIRED')),
    version          integer     not null check (version > 0),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint owner_partner_by_kind check ((kind = 'OWN') = (partner_id is null)),
    constraint owner_own_is_the_entity check (kind <> 'OWN' or id = legal_entity_id),
    constraint owner_once unique nulls not distinct (legal_entity_id, kind, partner_id)
);
create index owner_partner on owner (partner_id) where partner_id is not null;

insert into currency (code, name, digits, status, version, created_at, updated_at)
select code, name, digits, 'ACTIVE', 1, now(), now()
from (values
    ('EUR', 'Euro', 2), ('USD', 'US dollar', 2), ('GBP', 'Pound sterling', 2), ('CHF', 'Swiss franc', 2),
    ('SEK', 'Swedish krona', 2), ('NOK', 'Norwegian krone', 2), ('DKK', 'Danish krone', 2), ('PLN', 'Polish zloty', 2),
    ('CZK', 'Czech koruna', 2), ('HUF', 'Hungarian forint', 2), ('CAD', 'Canadian dollar', 2), ('AUD', 'Australian dollar', 2),
    ('CNY', 'Renminbi', 2), ('INR', 'Indian rupee', 2), ('MXN', 'Mexican peso', 2), ('BRL', 'Brazilian real', 2),
    ('JPY', 'Yen', 0), ('KRW', 'Won', 0), ('CLP', 'Chilean peso', 0),
    ('KWD', 'Kuwaiti dinar', 3), ('BHD', 'Bahraini dinar', 3), ('TND', 'Tunisian dinar', 3)
) as iso (code, name, digits);
