-- At which price, in which quantities and how fast a supplier delivers an item; and how fast it really did.

create table supplier_item_terms (
    id                     uuid          not null primary key,
    supplier_id            uuid          not null references supplier (id),
    item_id                uuid          not null references item (id),
    number                 integer       not null check (number > 0),
    valid_from             date          not null,
    lead_time_days         numeric(9,4)  not null check (lead_time_days between 0 and 730),
    lead_time_spread_days  numeric(9,4)  not null check (lead_time_spread_days between 0 and 730),
    lead_time_source       text          not null check (lead_time_source in ('AGREED', 'OBSERVED', 'ESTIMATED')),
    currency_code          text          not null references currency (code),
    unit_price             numeric(18,6) not null check (unit_price >= 0),
    -- [{"from": 100, "unitPrice": 1.9}, …], rising.
    price_breaks           jsonb         not null,
    minimum_quantity       numeric(18,6) check (minimum_quantity > 0),
    multiple               numeric(18,6) check (multiple > 0),
    over_percent           numeric(9,4)  not null check (over_percent between 0 and 100),
    under_percent          numeric(9,4)  not null check (under_percent between 0 and 100),
    fill_rate_percent      numeric(9,4)  check (fill_rate_percent between 0 and 100),
    agreed_by              uuid          not null,
    agreed_at              timestamptz   not null,
    constraint supplier_item_terms_once unique (supplier_id, item_id, number)
);
create index supplier_item_terms_in_force on supplier_item_terms (item_id, supplier_id, valid_from desc, number desc);
select append_only('supplier_item_terms');

-- One row for each time that goods of an order came: what intelligence learns lead times from. Orders of which nothing came
-- yet are read from the orders themselves: they are censored, not missing.
create table lead_time_observation (
    id            uuid          not null primary key,
    order_id      uuid          not null references purchase_order (id),
    line_id       uuid          not null references purchase_order_line (id),
    supplier_id   uuid          not null references supplier (id),
    item_id       uuid          not null references item (id),
    warehouse_id  uuid          not null references warehouse (id),
    ordered_at    timestamptz   not null,
    asked_on      date          not null,
    promised_on   date,
    received_at   timestamptz   not null,
    quantity      numeric(18,6) not null check (quantity > 0),
    is_complete   boolean       not null,
    recorded_at   timestamptz   not null
);
create index lead_time_observation_supplier on lead_time_observation (supplier_id, received_at);
create index lead_time_observation_item on lead_time_observation (item_id, supplier_id, received_at);
create index lead_time_observation_line on lead_time_observation (line_id);
select append_only('lead_time_observation');

select scope_rows('supplier_item_terms', in_scope('suppliers', 'supplier_id'));
select scope_rows('lead_time_observation',
    in_scope('suppliers', 'supplier_id') || ' and exists (select from warehouse w where w.id = warehouse_id)');
