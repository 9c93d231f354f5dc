using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Payables;

/// <summary>What must be true of what is owed at every commit.</summary>
internal sealed class PayablesInvariants : IInvariants
{
    public IEnumerable<Invariant> All { get; } =
    [
        new("I-09", "What invoices took of a receipt line, and cleared of its accrual, is the sum of their matches",
            """
            select r.receipt_line_id, r.matched, r.invoiced, r.cleared, m.matched as matches, m.invoiced as posted, m.cleared as clears
            from receipt_line_invoicing r
            left join lateral (
                select coalesce(sum(quantity) filter (where status <> 'RELEASED'), 0) as matched,
                       coalesce(sum(quantity) filter (where status = 'POSTED'), 0) as invoiced,
                       coalesce(sum(cleared) filter (where status = 'POSTED'), 0) as cleared,
                       coalesce(sum(interim_cleared) filter (where status = 'POSTED'), 0) as interim
                from invoice_match m where m.receipt_line_id = r.receipt_line_id) m on true
            where (r.matched, r.invoiced, r.cleared, r.interim_cleared) is distinct from (m.matched, m.invoiced, m.cleared, m.interim)
            """),
        new("I-09b", "What is kept of a receipt line for invoices is what came with it",
            """
            select r.receipt_line_id, r.quantity, l.quantity as came, r.accrued, l.accrued as receipt from receipt_line_invoicing r
            join receipt_line l on l.id = r.receipt_line_id
            where (r.quantity, r.accrued, r.movement_id) is distinct from (l.quantity, l.accrued, l.movement_id)
            """),
        new("I-06p", "What the books owe for an invoice is what its journal and its variances say",
            """
            select i.number, i.payable_book, j.amount, v.amount as variances from supplier_invoice i
            join lateral (
                select coalesce(sum(case when l.credit_account_id = a.id then l.amount else -l.amount end), 0) as amount
                from journal_line l join account a on a.legal_entity_id = i.legal_entity_id and a.role = 'ACCOUNTS_PAYABLE'
                    and a.id in (l.debit_account_id, l.credit_account_id)
                where l.journal_id = i.journal_id) j on true
            join lateral (select coalesce(sum(price_variance), 0) as amount from invoice_match m where m.invoice_id = i.id and m.cleared is not null) v on true
            where i.journal_id is not null and i.payable_book <> j.amount + v.amount
            """),
        new("I-15d", "Nothing was booked or paid to which nobody else agreed",
            """
            select i.number, i.status, i.entered_by_person, r.executor_person from supplier_invoice i
            left join approval_request r on r.subject_id = i.id and r.action = 'AuthoriseInvoice' and r.status = 'EXECUTED'
            where i.status in ('APPROVED', 'POSTED', 'PAID', 'REVERSED') and not exists (
                select from approval_request r
                where r.subject_id = i.id and r.action = 'AuthoriseInvoice' and r.status = 'EXECUTED'
                  and (r.is_automatic or r.executor_person <> i.entered_by_person))
            """),
        new("FIN-02", "The shares of a landed cost are its charges, to the coin",
            """
            select v.number, v.total_book, c.amount, c.shares from landed_cost_voucher v
            join (select c.voucher_id, sum(c.amount_book) as amount, sum(s.amount) as shares from landed_cost_charge c
                  join lateral (select sum(amount) as amount from landed_cost_share s where s.charge_id = c.id) s on true
                  group by c.voucher_id) c on c.voucher_id = v.id
            where v.total_book <> c.amount or c.amount <> c.shares
            """),
        new("FIN-05", "An invoice is on hold exactly while something holds it",
            """
            select i.number, i.status from supplier_invoice i
            where (i.status = 'ON_HOLD') <> exists (select from invoice_hold h where h.invoice_id = i.id and h.resolution is null)
            """),
    ];
}
