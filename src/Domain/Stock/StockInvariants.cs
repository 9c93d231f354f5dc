using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Stock;

/// <summary>What must be true of stock at every commit, asked from outside the code that makes it so (DOMAIN 4.7).</summary>
internal sealed class StockInvariants : IInvariants
{
    public IEnumerable<Invariant> All { get; } =
    [
        new("I-01", "The legs of every movement sum to zero, in pieces and in weight",
            """
            select movement_id, sum(quantity) as quantity, sum(weight) as weight from stock_leg
            group by movement_id having sum(quantity) <> 0 or coalesce(sum(weight), 0) <> 0
            """),
        new("I-02", "Every balance is the sum of its legs, and every leg in a bin has a balance",
            """
            select coalesce(b.id, 0) as balance_id, l.bin_id, l.item_id, b.on_hand, l.quantity, b.weight, l.weight as legs_weight
            from stock_balance b
            full join (
                select bin_id, item_id, lot_id, serial_id, handling_unit_id, owner_id, condition,
                       sum(quantity) as quantity, coalesce(sum(weight), 0) as weight
                from stock_leg where place = 'BIN'
                group by bin_id, item_id, lot_id, serial_id, handling_unit_id, owner_id, condition) l
              on b.key = md5(l.bin_id::text || l.item_id::text || coalesce(l.lot_id::text, '-') || coalesce(l.serial_id::text, '-')
                             || coalesce(l.handling_unit_id::text, '-') || l.owner_id::text || l.condition)::uuid
            where coalesce(b.on_hand, 0) <> coalesce(l.quantity, 0) or coalesce(b.weight, 0) <> coalesce(l.weight, 0)
            """),
        new("I-03", "No balance lies below its floor, and the floor is what policy says; a serial is on hand at most once",
            """
            select b.id, b.on_hand, b.floor, p.floor as policy from stock_balance b
            left join stock_policy p on p.item_id = b.item_id and p.warehouse_id = b.warehouse_id
            where b.on_hand < b.floor or b.floor < coalesce(p.floor, 0)
            union all
            select min(id), sum(on_hand), 0, null from stock_balance where serial_id is not null group by serial_id
            having sum(on_hand) not in (0, 1)
            """),
        new("I-04", "What is allocated is the sum of allocations, there, and usable; what is promised is the sum of promises",
            """
            select b.id as balance_id, b.allocated, coalesce(a.quantity, 0) as allocations from stock_balance b
            full join (select balance_id, sum(quantity) as quantity from allocation group by balance_id) a on a.balance_id = b.id
            where coalesce(a.quantity, 0) <> coalesce(b.allocated, 0) or b.allocated > greatest(b.on_hand, 0)
               or (b.allocated <> 0 and b.condition <> 'USABLE')
            union all
            select 0, p.promised, coalesce(r.quantity, 0) from stock_position p
            full join (select item_id, warehouse_id, sum(quantity) as quantity from reservation where status = 'PROMISED'
                       group by item_id, warehouse_id) r using (item_id, warehouse_id)
            where coalesce(p.promised, 0) <> coalesce(r.quantity, 0)
            """),
        new("I-04b", "A reservation holds goods exactly while it is allocated or picked",
            """
            select r.id, r.status, coalesce(a.quantity, 0) as held, r.quantity, r.consumed from reservation r
            left join (select reservation_id, sum(quantity) as quantity from allocation group by reservation_id) a on a.reservation_id = r.id
            where (r.status in ('ALLOCATED', 'PICKED')) <> (a.quantity is not null)
               or (r.status in ('ALLOCATED', 'PICKED') and a.quantity <> r.quantity - r.consumed)
            """),
        new("I-05", "Nobody but the owner's migrations may change or remove what was written",
            """
            select c.relname as table, p.privilege from pg_class c
            cross join (values ('UPDATE'), ('DELETE'), ('TRUNCATE')) as p (privilege)
            where c.relname in ('stock_movement', 'stock_posting', 'value_entry', 'journal_line') and c.relkind in ('r', 'p')
              and (has_table_privilege('platform_api', c.oid, p.privilege)
                   or not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'never_changed' and t.tgenabled <> 'D'))
            """),
        new("I-06", "Every value entry has its journal, and within one entity",
            """
            select v.id, v.on_hand, v.rest, j.stock from value_entry v
            join cost_pool p on p.id = v.pool_id
            left join lateral (
                select coalesce(sum(s.amount) filter (where a.role in ('INVENTORY', 'INVENTORY_INTERIM')), 0) as stock,
                       bool_and(a.legal_entity_id = p.legal_entity_id) as one_entity
                from journal_side s join account a on a.id = s.account_id where s.journal_id = v.id) j on true
            where j.stock <> v.on_hand or (v.on_hand <> 0 and j.one_entity is not true)
            union all
            select j.journal_id, 0, 0, sum(j.amount) from journal_line j
            join account d on d.id = j.debit_account_id join account c on c.id = j.credit_account_id
            where d.legal_entity_id <> c.legal_entity_id group by j.journal_id
            """),
        new("I-07", "Every pool is worth the sum of its entries; nothing is worth nothing; value has the sign of quantity",
            """
            select p.id, p.item_id, p.quantity, p.value, v.quantity as entries, v.value as entries_value from cost_pool p
            left join (select pool_id, sum(quantity) as quantity, sum(on_hand) as value from value_entry group by pool_id) v on v.pool_id = p.id
            where p.quantity <> coalesce(v.quantity, 0) or p.value <> coalesce(v.value, 0)
               or (p.quantity = 0 and p.value <> 0) or p.quantity * p.value < 0
            union all
            select p.id, p.item_id, p.quantity, p.value, l.quantity, l.value from cost_pool p
            join (select pool_id, sum(remaining) as quantity, sum(value) as value from cost_layer group by pool_id) l on l.pool_id = p.id
            where p.flow = 'FIFO' and p.quantity > 0 and (p.quantity <> l.quantity or p.value <> l.value)
            """),
        new("I-07b", "A pool holds what our balances hold",
            """
            select p.id, p.item_id, p.quantity, coalesce(b.quantity, 0) as balances from cost_pool p
            left join (
                select b.legal_entity_id, b.item_id, sum(case when i.is_catch_weight then b.weight else b.on_hand end) as quantity
                from stock_balance b join owner o on o.id = b.owner_id join item i on i.id = b.item_id
                where o.kind in ('OWN', 'CONSIGNED_AT_CUSTOMER')
                group by b.legal_entity_id, b.item_id) b using (legal_entity_id, item_id)
            where p.quantity <> coalesce(b.quantity, 0)
            """),
        new("CAT-18", "Every pool has the cost flow that rules ask for, or takes it up when it is empty",
            """
            select p.id, p.flow, p.next_flow, costing_method_of(p.legal_entity_id, p.item_id, i.category, i.costing_method) as asked
            from cost_pool p join item i on i.id = p.item_id
            where coalesce(p.next_flow, p.flow) <> costing_method_of(p.legal_entity_id, p.item_id, i.category, i.costing_method)
            """),
        new("I-08", "The stock sub-ledger of every entity equals its inventory accounts",
            """
            select e.id as legal_entity_id, coalesce(p.value, 0) as pools, coalesce(g.value, 0) as accounts from legal_entity e
            left join (select legal_entity_id, sum(value) as value from cost_pool group by legal_entity_id) p on p.legal_entity_id = e.id
            left join (
                select a.legal_entity_id, sum(s.amount) as value from journal_side s join account a on a.id = s.account_id
                where a.role in ('INVENTORY', 'INVENTORY_INTERIM') group by a.legal_entity_id) g on g.legal_entity_id = e.id
            where coalesce(p.value, 0) <> coalesce(g.value, 0)
            """),
        new("I-12", "Conditions change only along the table, and lie only in bins of roles that take them",
            """
            select m.id, m.from_condition, m.to_condition from stock_movement m
            where m.type = 'CONDITION' and not exists (
                select from condition_transition t where t.from_condition = m.from_condition and t.to_condition = m.to_condition)
            union all
            select b.id, b.condition, bin.role from stock_balance b join bin on bin.id = b.bin_id
            where b.on_hand > 0 and not exists (
                select from role_condition r where r.bin_role = bin.role and r.condition = b.condition)
            """),
        new("I-13", "A tracked item has its lot or serial on every movement; an expired lot was never picked or shipped",
            """
            select m.id, i.tracking, m.lot_id, m.serial_id from stock_movement m join item i on i.id = m.item_id
            where (i.tracking = 'LOT' and m.lot_id is null) or (i.tracking = 'SERIAL' and m.serial_id is null)
               or (i.tracking = 'NONE' and (m.lot_id is not null or m.serial_id is not null))
            """),
        new("I-14", "No bin holds more than it takes, or what may not lie together",
            """
            select bin.id, bin.mixing, bin.capacity_units, sum(b.on_hand) as units, count(distinct b.item_id) as items from bin
            join stock_balance b on b.bin_id = bin.id and b.on_hand <> 0
            group by bin.id
            having sum(b.on_hand) > bin.capacity_units
                or (bin.mixing <> 'ANY' and count(distinct b.item_id) > 1)
                or (bin.mixing = 'ONE_LOT' and count(distinct coalesce(b.lot_id::text, '-')) > 1)
            """),
        new("I-20", "A closed month has not received a row since it was closed",
            """
            select j.journal_id, j.posting_date, j.recorded_at, p.closed_at from accounting_period p
            join account a on a.legal_entity_id = p.legal_entity_id
            join journal_line j on j.debit_account_id = a.id and date_trunc('month', j.posting_date) = p.first_day
            where p.status = 'CLOSED' and j.recorded_at > p.closed_at
            """),
        new("I-24", "The buckets partition what is physically there",
            """
            select b.id, b.on_hand, s.quantity from stock_balance b
            left join (select balance_id, sum(quantity) as quantity from stock_bucket group by balance_id) s on s.balance_id = b.id
            where b.on_hand <> coalesce(s.quantity, 0)
            union all
            select s.balance_id, s.quantity, null from stock_bucket s
            where s.bucket not in ('IN_TRANSIT', 'CONSIGNED', 'RECEIVING', 'INSPECTION', 'QUARANTINED', 'DAMAGED', 'RETURN_REVIEW',
                                   'STAGED', 'ALLOCATED', 'FORWARD_PICK', 'RESERVE')
            """),
        new("R-04", "Over all places, real and virtual, every item sums to zero",
            "select item_id, sum(quantity) as quantity from stock_leg group by item_id having sum(quantity) <> 0"),
    ];
}
