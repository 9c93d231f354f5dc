using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Putaway;

/// <summary>What must be true of work in the warehouse at every commit.</summary>
internal sealed class PutawayInvariants : IInvariants
{
    public IEnumerable<Invariant> All { get; } =
    [
        new("PUT-04", "No more of a receipt line is on its way to bins than waits to be put away",
            """
            select l.id, l.accepted, l.put_away, sum(t.quantity) as under_way from receipt_line l
            join warehouse_task t on t.receipt_line_id = l.id and t.status in ('OFFERED', 'CLAIMED', 'EXCEPTION')
            group by l.id having sum(t.quantity) > l.accepted - l.put_away
            """),
        new("PUT-04b", "What of a receipt line lies where it is kept is what its tasks put there",
            """
            select l.id, l.put_away, coalesce(t.confirmed, 0) as confirmed from receipt_line l
            left join lateral (
                select sum(confirmed) as confirmed from warehouse_task t where t.receipt_line_id = l.id and t.status = 'DONE') t on true
            where l.put_away <> coalesce(t.confirmed, 0)
            """),
        new("PUT-02", "A task that is done moved its goods to the bin that it says, as many as it says",
            """
            select t.number, t.confirmed, t.actual_bin_id from warehouse_task t
            where t.status = 'DONE' and not exists (
                select from stock_movement m
                where m.posting_id = t.posting_id and m.type = 'PUTAWAY' and m.item_id = t.item_id and m.from_bin_id = t.from_bin_id
                  and m.to_bin_id = t.actual_bin_id and m.quantity = t.confirmed)
            """),
        new("PUT-03", "A task leads to a bin of its own site in which goods are kept, and never to where they lie",
            """
            select t.number, t.to_bin_id, b.role from warehouse_task t join bin b on b.id = t.to_bin_id
            where b.warehouse_id <> t.warehouse_id or b.is_group
            """),
        new("RCV-11", "What went straight to where orders leave, and was scanned there, is the task that was done",
            """
            select c.id, c.quantity, t.number, t.confirmed from cross_dock_move c join warehouse_task t on t.id = c.task_id
            where t.status <> 'DONE' or t.confirmed <> c.quantity or t.actual_bin_id <> c.to_bin_id
            """),
    ];
}
