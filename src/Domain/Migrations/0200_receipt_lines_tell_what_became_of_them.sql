-- A receipt line says of every unit what became of it: found good, still looked at, sent back, scrapped, kept as second choice, or
-- waiting for a decision. Goods that are released by putaway wait for it also after an inspection, and whatever a hold keeps back.

alter table receipt_line
    add column is_inspected boolean       not null default false,
    -- Found good, by an inspection or because none was needed.
    add column accepted     numeric(18,6) not null default 0 check (accepted >= 0),
    -- Of what was accepted, that over which a hold stands.
    add column withheld     numeric(18,6) not null default 0 check (withheld >= 0),
    add column inspecting   numeric(18,6) not null default 0 check (inspecting >= 0),
    add column returned     numeric(18,6) not null default 0 check (returned >= 0),
    add column scrapped     numeric(18,6) not null default 0 check (scrapped >= 0),
    add column downgraded   numeric(18,6) not null default 0 check (downgraded >= 0),
    -- Of what was accepted, that for which bins were looked for already.
    add column directed     numeric(18,6) not null default 0 check (directed >= 0);

update receipt_line set
    is_inspected = release_point = 'AFTER_INSPECTION',
    accepted = case when state not in ('PUTAWAY_PENDING', 'STOCKED') then 0
                    when release_point = 'AFTER_PUTAWAY' then quantity - rejected
                    else greatest(available, put_away) end,
    inspecting = case when state = 'INSPECTION' then quantity else 0 end,
    returned = case when state = 'SCRAPPED' then 0 else rejected end,
    scrapped = case when state = 'SCRAPPED' then rejected else 0 end;
update receipt_line set directed = accepted;

alter table receipt_line
    alter column is_inspected drop default, alter column accepted drop default, alter column withheld drop default,
    alter column inspecting drop default, alter column returned drop default, alter column scrapped drop default,
    alter column downgraded drop default, alter column directed drop default,
    drop constraint receipt_line_parts,
    -- Damage that was repaired and inspected again may be taken; that somebody decided so, the self-check asks.
    drop constraint receipt_line_damaged,
    add column undecided numeric(18,6) generated always as (
        case when state = 'REVERSED' then 0 else quantity - accepted - rejected - downgraded end) stored not null,
    -- RCV-08: no unit goes two ways, and what may be taken was found good, is not held and, where putaway releases it, is put away.
    add constraint receipt_line_conserves check (
        accepted + rejected + downgraded + inspecting <= quantity and rejected = returned + scrapped
        and put_away <= accepted and available + withheld <= accepted and directed <= accepted),
    add constraint receipt_line_released check (release_point <> 'AFTER_PUTAWAY' or available <= put_away),
    -- I-12: the state is what the quantities say.
    add constraint receipt_line_state_says check (case state
        when 'COUNTED' then accepted = 0 and inspecting = 0
        when 'INSPECTION' then inspecting > 0
        when 'HELD' then accepted + rejected + downgraded < quantity
        when 'PUTAWAY_PENDING' then put_away < accepted
        when 'STOCKED' then put_away = accepted and accepted + downgraded > 0 and accepted + rejected + downgraded = quantity
        when 'RETURNED' then returned > 0 and rejected = quantity
        when 'SCRAPPED' then scrapped > 0 and rejected = quantity
        when 'REVERSED' then accepted = 0 end) not valid;
create index receipt_line_to_direct on receipt_line (posted_at, id) where state = 'PUTAWAY_PENDING' and directed < accepted - withheld;

-- What is accepted and waits for its bin is received again, not usable.
insert into condition_transition values ('INSPECTION', 'RECEIVING'), ('QUARANTINED', 'RECEIVING');
insert into role_condition values ('QUARANTINE', 'RECEIVING');

-- In which condition accepted goods are, and how many of a part are accepted while a hold stands over them.
alter table inspection add column accepted_as text not null default 'USABLE' check (accepted_as in ('USABLE', 'RECEIVING'));
alter table inspection alter column accepted_as drop default;
alter table inspection_part add column withheld numeric(18,6) not null default 0 check (withheld between 0 and accepted);
alter table inspection_part alter column withheld drop default;

-- What goods become when their hold is released, and the inspection that had accepted them.
alter table stock_hold_part
    add column frees_as text not null default 'USABLE' check (frees_as in ('USABLE', 'RECEIVING')),
    add column inspection_part_id uuid references inspection_part (id);
alter table stock_hold_part alter column frees_as drop default;
alter table disposition add column used_as text not null default 'USABLE' check (used_as in ('USABLE', 'RECEIVING'));
alter table disposition alter column used_as drop default;

-- Of which receipt lines the goods were about which it was decided.
create table receipt_line_disposition (
    id               uuid          not null primary key,
    receipt_line_id  uuid          not null references receipt_line (id),
    disposition_id   uuid          not null references disposition (id),
    quantity         numeric(18,6) not null check (quantity > 0),
    constraint receipt_line_disposition_once unique (disposition_id, receipt_line_id)
);
create index receipt_line_disposition_line on receipt_line_disposition (receipt_line_id);
select append_only('receipt_line_disposition');
select scope_rows('receipt_line_disposition', 'exists (select from receipt_line l where l.id = receipt_line_id)');
