using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Quality;

internal sealed class QualityInvariants : IInvariants
{
    public IEnumerable<Invariant> All =>
    [
        new(
            "QLT-06",
            "Nothing that a standing hold covers is usable.",
            """
            select h.number, b.id as balance_id, b.on_hand from stock_hold h
            join stock_balance b on b.legal_entity_id = h.legal_entity_id and b.condition = 'USABLE' and b.on_hand > 0
             and coalesce(h.warehouse_id, b.warehouse_id) = b.warehouse_id and coalesce(h.bin_id, b.bin_id) = b.bin_id
             and coalesce(h.item_id, b.item_id) = b.item_id and (h.lot_id is null or h.lot_id = b.lot_id)
             and (h.serial_id is null or h.serial_id = b.serial_id)
            where h.status = 'STANDING'
            """),
        new(
            "QLT-02",
            "An inspection is the sum of its parts, before and after it was decided.",
            """
            select i.id, i.quantity, i.accepted, i.rejected, i.disposed from inspection i join inspection_part p on p.inspection_id = i.id
            group by i.id
            having sum(p.quantity) <> i.quantity or sum(p.accepted) <> i.accepted or sum(p.rejected) <> i.rejected or sum(p.disposed) <> i.disposed
            """),
        new(
            "QLT-03",
            "No goods went a way that nobody agreed to, and each disposition that was carried out has its posting.",
            """
            select d.id, d.number, d.kind from disposition d
            where d.status = 'CARRIED_OUT' and (
                not exists (select from approval_request r where r.subject_id = d.id and r.status = 'EXECUTED' and r.action = 'CarryOutDisposition')
                or not exists (select from stock_posting p where p.id = d.posting_id))
            """),
    ];
}
