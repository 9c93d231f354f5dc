-- A pool that ran empty took up another cost flow (CAT-18). A replay of its entries takes the same turn at the same place (I-19).
create table cost_flow_change (
    id              bigint      generated always as identity primary key,
    pool_id         bigint      not null references cost_pool (id),
    after_entry_id  bigint      not null check (after_entry_id >= 0),
    flow_before     text        not null check (flow_before in ('MOVING_AVERAGE', 'FIFO', 'STANDARD')),
    flow            text        not null check (flow in ('MOVING_AVERAGE', 'FIFO', 'STANDARD')),
    recorded_at     timestamptz not null default now(),
    constraint cost_flow_change_changes check (flow_before <> flow)
);
create index cost_flow_change_pool on cost_flow_change (pool_id, id);
select append_only('cost_flow_change');
