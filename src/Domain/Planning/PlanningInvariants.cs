using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Planning;

internal sealed class PlanningInvariants : IInvariants
{
    public IEnumerable<Invariant> All =>
    [
        new(
            "PRC-06",
            "What was decided has one way that was taken, and says why every other was not.",
            """
            select p.id, p.number, p.status, count(*) filter (where o.outcome = 'CHOSEN') as chosen, count(*) filter (where o.outcome = 'OPEN') as open
            from reorder_proposal p join sourcing_option o on o.proposal_id = p.id
            where p.status in ('DECIDED', 'ORDERED', 'DONE')
            group by p.id, p.number, p.status
            having count(*) filter (where o.outcome = 'CHOSEN') <> 1 or count(*) filter (where o.outcome = 'OPEN') > 0
            """),
        new(
            "PRC-03",
            "What was ordered of a proposal stands in an order, item and quantity as decided, unless the order was changed since.",
            """
            select p.id, p.number, p.order_id from reorder_proposal p
            where p.status = 'ORDERED' and not exists (select from purchase_order o where o.id = p.order_id and o.warehouse_id = p.warehouse_id)
            """),
    ];
}
