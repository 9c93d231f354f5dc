using Npgsql;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;

namespace Platform.Domain.Payables;

/// <summary>
/// What is owed, accrued and under way, document by document, beside the accounts that say so; and the documents of the month that
/// somebody must deal with first (FIN-07).
/// </summary>
internal sealed class PayablesReconciliation(PlatformDb db) : IPeriodCheck
{
    /// <summary>What came and was not invoiced: every receipt and return with its mirrors, less what invoices and credits cleared.</summary>
    private const string Accruals =
        """
        with moved as (
            select m.id, case when m.type = 'REVERSAL' then m.reverses_id else m.id end as origin,
                   case when m.type = 'REVERSAL' then -1 else 1 end as sign, v.posting_date
            from stock_movement m join value_entry v on v.movement_id = m.id
            where m.legal_entity_id = $1 and v.posting_date <= $2 and m.type in ('RECEIPT', 'SUPPLIER_RETURN', 'REVERSAL')
        ), accrued as (
            select coalesce(sum(moved.sign * (v.on_hand + v.rest)), 0) as amount
            from moved join stock_movement o on o.id = moved.origin and o.type in ('RECEIPT', 'SUPPLIER_RETURN')
            join value_entry v on v.movement_id = o.id
        ), cleared as (
            select coalesce(sum(case when i.posting_date <= $2 then m.cleared else 0 end)
                          - sum(case when r.posting_date <= $2 then m.cleared else 0 end), 0) as amount
            from invoice_match m join supplier_invoice i on i.id = m.invoice_id
            left join journal_document r on r.journal_id = i.reversal_journal_id
            where i.legal_entity_id = $1 and m.cleared is not null
        ), returned as (
            select coalesce(sum(c.cleared), 0) as amount from supplier_return_credit c join supplier_credit s on s.id = c.credit_id
            where s.legal_entity_id = $1 and s.posting_date <= $2
        )
        select -(accrued.amount - cleared.amount + returned.amount) from accrued, cleared, returned
        """;

    /// <summary>What receipts brought to the interim account, less what invoices took from it.</summary>
    private const string Interim =
        """
        select coalesce((
            select sum(case when j.debit_account_id = a.id then j.amount else -j.amount end)
            from account a join journal_line j on a.id in (j.debit_account_id, j.credit_account_id)
            where a.legal_entity_id = $1 and a.role = 'INVENTORY_INTERIM' and j.posting_date <= $2
              and not exists (select from journal_document d where d.journal_id = j.journal_id)), 0)
          - coalesce((
            select sum(case when i.posting_date <= $2 then m.interim_cleared else 0 end)
                 - sum(case when r.posting_date <= $2 then m.interim_cleared else 0 end)
            from invoice_match m join supplier_invoice i on i.id = m.invoice_id
            left join journal_document r on r.journal_id = i.reversal_journal_id
            where i.legal_entity_id = $1 and m.cleared is not null), 0)
        """;

    /// <summary>Freight and duty: what vouchers gave to goods, less what invoices brought.</summary>
    private const string LandedCosts =
        """
        select -(coalesce((
            select sum(v.on_hand + v.rest) from value_entry v join cost_pool p on p.id = v.pool_id
            where p.legal_entity_id = $1 and v.kind = 'LANDED_COST' and v.posting_date <= $2), 0)
          - coalesce((
            select sum(case when j.debit_account_id = a.id then j.amount else -j.amount end)
            from journal_document d join journal_line j on j.journal_id = d.journal_id
            join account a on a.legal_entity_id = $1 and a.role = 'LANDED_COST_ACCRUAL' and a.id in (j.debit_account_id, j.credit_account_id)
            where d.legal_entity_id = $1 and d.posting_date <= $2), 0)
          - coalesce((
            select sum(c.on_hand + c.rest) from value_entry t join cost_pool p on p.id = t.pool_id
            join value_entry c on c.charged_entry_id = t.charged_entry_id and c.kind = 'LANDED_COST'
            where p.legal_entity_id = $1 and t.kind = 'TAKE_BACK' and t.posting_date <= $2), 0))
        """;

    /// <summary>What is owed: posted invoices, less posted credits, less what was paid.</summary>
    private const string Owed =
        """
        select -(coalesce((
            select sum(case when i.posting_date <= $2 then i.payable_book else 0 end)
                 - sum(case when r.posting_date <= $2 then i.payable_book else 0 end)
                 - sum(case when p.posting_date <= $2 then i.payable_book else 0 end)
            from supplier_invoice i
            left join journal_document r on r.journal_id = i.reversal_journal_id
            left join journal_document p on p.journal_id = i.payment_journal_id
            where i.legal_entity_id = $1 and i.posting_date is not null), 0)
          - coalesce((
            select sum(case when c.posting_date <= $2 then c.claim_book else 0 end)
                 - sum(case when p.posting_date <= $2 then c.claim_book else 0 end)
            from supplier_credit c
            left join supplier_invoice i on i.id = c.settled_by
            left join journal_document p on p.journal_id = i.payment_journal_id
            where c.legal_entity_id = $1 and c.posting_date is not null), 0)
          -- What somebody charged to goods by hand is owed without an invoice; goods that were taken back give theirs back.
          + coalesce((
            select sum(v.on_hand + v.rest) from value_entry v
            join cost_pool p on p.id = v.pool_id join stock_posting s on s.id = v.posting_id
            where p.legal_entity_id = $1 and v.kind = 'INVOICE_VARIANCE' and v.posting_date <= $2
              and coalesce(s.document_number, '') !~ '^S[IC]-[0-9]{6,}/'), 0)
          - coalesce((
            select sum(c.on_hand + c.rest) from value_entry t join cost_pool p on p.id = t.pool_id
            join value_entry c on c.charged_entry_id = t.charged_entry_id and c.kind = 'INVOICE_VARIANCE'
            where p.legal_entity_id = $1 and t.kind = 'TAKE_BACK' and t.posting_date <= $2), 0))
        """;

    private const string Waiting =
        """
        select case when i.status = 'ON_HOLD' then 'OPEN_HOLD' else 'UNPOSTED_INVOICE' end,
               i.number || ' ' || i.status || coalesce((
                   select ': ' || string_agg(distinct h.reason, ', ') from invoice_hold h where h.invoice_id = i.id and h.resolution is null), ''),
               i.gross
        from supplier_invoice i
        where i.legal_entity_id = $1 and i.invoice_date <= $2 and i.status in ('ENTERED', 'ON_HOLD', 'MATCHED', 'PENDING_APPROVAL', 'APPROVED')
        union all
        select 'UNPOSTED_CREDIT', c.number || ' ' || c.status, c.gross from supplier_credit c
        where c.legal_entity_id = $1 and c.credit_date <= $2 and c.status in ('DRAFT', 'PENDING_APPROVAL')
        union all
        select 'UNPOSTED_LANDED_COST', v.number || ' ' || v.status, v.total from landed_cost_voucher v
        where v.legal_entity_id = $1 and v.created_at < ($2 + 1)::timestamptz and v.status in ('DRAFT', 'PENDING_APPROVAL')
        order by 1, 2
        """;

    private static readonly (string Check, string What, string Sql, AccountRole Account)[] Ledgers =
    [
        ("GOODS_RECEIVED_NOT_INVOICED", "receipts and returns without invoice", Accruals, AccountRole.GoodsReceivedNotInvoiced),
        ("INVENTORY_INTERIM", "receipts without invoice", Interim, AccountRole.InventoryInterim),
        ("LANDED_COST", "charges without voucher, vouchers without charge", LandedCosts, AccountRole.LandedCostAccrual),
        ("PAYABLES", "open invoices less open credits", Owed, AccountRole.AccountsPayable),
    ];

    public async Task<IReadOnlyList<ReconciledFigure>> CompareAsync(LedgerEntity entity, DateOnly through, CancellationToken ct)
    {
        var figures = new List<ReconciledFigure>();
        foreach (var (check, what, sql, account) in Ledgers)
        {
            await using var statement = Ask(sql, entity, through);
            var expected = (decimal)(await statement.ExecuteScalarAsync(ct))!;
            figures.Add(new ReconciledFigure(check, what, expected, await db.AccountBalanceAsync(entity, [account], through, ct)));
        }

        figures.AddRange(await WaitingAsync(entity, through, ct));
        return figures;
    }

    private async Task<List<ReconciledFigure>> WaitingAsync(LedgerEntity entity, DateOnly through, CancellationToken ct)
    {
        await using var statement = Ask(Waiting, entity, through);
        await using var row = await statement.ExecuteReaderAsync(ct);
        var waiting = new List<ReconciledFigure>();
        while (await row.ReadAsync(ct))
        {
            waiting.Add(new ReconciledFigure(row.GetString(0), row.GetString(1), Expected: 0m, row.GetDecimal(2)));
        }

        return waiting;
    }

    private NpgsqlCommand Ask(string sql, LedgerEntity entity, DateOnly through)
    {
        var statement = db.Statement(sql);
        statement.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = entity.Id.Value });
        statement.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = through });
        return statement;
    }
}
