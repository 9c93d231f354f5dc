using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Purchasing;

internal sealed class PurchasingInvariants : IInvariants
{
    public IEnumerable<Invariant> All =>
    [
        new(
            "I-15c",
            "No order went out in a revision that nobody agreed to.",
            """
            select o.id, o.number, o.status, o.revision, o.approved_revision from purchase_order o
            where o.status not in ('DRAFT', 'PENDING_APPROVAL', 'CANCELLED') and not exists (
                select from approval_request r
                where r.subject_id = o.id and r.status = 'EXECUTED' and r.action = 'AuthoriseOrder'
                  and (r.action_input::jsonb ->> 'revision')::int = o.revision)
            """),
        new(
            "I-11",
            "No more was received than was ordered and tolerated.",
            "select id, order_id, base_quantity, received from purchase_order_line "
            + "where received > greatest(base_quantity * (1 + over_percent / 100), coalesce(receive_up_to, 0)) + to_replace"),
        new(
            "PRC-10",
            "The lines of an order are as far as it is.",
            """
            select o.id, o.status, l.line, l.status as line_status, l.received from purchase_order o join purchase_order_line l on l.order_id = o.id
            where case o.status
                when 'PARTIALLY_RECEIVED' then false
                -- A change of an order of which part came waits to be agreed to.
                when 'DRAFT' then false
                when 'PENDING_APPROVAL' then false
                when 'APPROVED' then false
                when 'RECEIVED' then l.status not in ('RECEIVED', 'CLOSED')
                when 'CLOSED' then l.status <> 'CLOSED'
                when 'CANCELLED' then l.status <> 'CLOSED' or l.received <> 0
                else l.received <> 0 or l.status not in ('OPEN', 'CLOSED') end
            """),
        new(
            "I-12c",
            "An order is worth the sum of its lines.",
            """
            select o.id, o.total, sum(l.amount) as lines from purchase_order o join purchase_order_line l on l.order_id = o.id
            group by o.id having sum(l.amount) <> o.total
            """),
    ];
}
