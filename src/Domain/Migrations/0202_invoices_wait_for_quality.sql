-- An invoice may wait for goods that are under inspection or held (QLT-07); and goods that come later pay for the part of an invoice
-- that was set aside, as long as it is not in the books.

alter table invoice_hold drop constraint invoice_hold_reason_check;
alter table invoice_hold add constraint invoice_hold_reason_check
    check (reason in ('PRICE', 'QUANTITY', 'AWAITING_RECEIPT', 'RECEIPT_CASE', 'QUALITY', 'MANUAL'));

create or replace view invoice_may_go_on with (security_invoker = true) as
select distinct i.id as invoice_id
from supplier_invoice i join supplier_invoice_line l on l.invoice_id = i.id
left join invoice_hold h on h.invoice_id = i.id and h.resolution is null and (h.line_id is null or h.line_id = l.id)
where (i.status = 'ON_HOLD' and (
        (h.reason = 'RECEIPT_CASE' and exists (select from exception_case c where c.id = h.receipt_case_id and c.status = 'RESOLVED'))
        or (h.reason = 'QUALITY' and not exists (
            select from receipt_line r
            where r.order_line_id = l.order_line_id and r.posted_at is not null and r.undecided + r.withheld > 0))))
   or (((i.status = 'ON_HOLD' and h.reason in ('AWAITING_RECEIPT', 'QUANTITY')) or (i.status = 'MATCHED' and l.disputed > 0))
        and exists (
            select from receipt_line r
            where r.order_line_id = l.order_line_id and r.posted_at > i.matched_at and r.state <> 'REVERSED'));
