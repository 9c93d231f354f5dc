using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Payables.Credits;
using Platform.Domain.Payables.LandedCosts;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Receiving;

namespace Platform.Domain.Payables;

/// <summary>The rows of credits and landed costs, and every lock on them.</summary>
internal static class CreditsTables
{
    public static Task<SupplierCredit?> LockCreditAsync(this PlatformDb db, SupplierCreditId id, CancellationToken ct) =>
        db.Set<SupplierCredit>().FromSql($"select * from supplier_credit where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<List<SupplierCreditLine>> LockCreditLinesAsync(this PlatformDb db, SupplierCreditId id, CancellationToken ct) =>
        db.Set<SupplierCreditLine>()
            .FromSql($"select * from supplier_credit_line where credit_id = {id.Value} order by line for no key update")
            .ToListAsync(ct);

    public static Task<string> NextCreditNumberAsync(this PlatformDb db, CancellationToken ct) => db.NextAsync("supplier_credit_number", "SC", ct);

    public static Task<string> NextVoucherNumberAsync(this PlatformDb db, CancellationToken ct) => db.NextAsync("landed_cost_number", "LC", ct);

    public static Task<bool> IsPostedLineAsync(
        this PlatformDb db, SupplierInvoiceLineId line, SupplierId supplier, LegalEntityId entity, string currency, CancellationToken ct) =>
        db.Set<SupplierInvoiceLine>().Where(one => one.Id == line)
            .Join(db.Set<SupplierInvoice>(), one => one.InvoiceId, invoice => invoice.Id, (one, invoice) => invoice)
            .AnyAsync(
                invoice => invoice.SupplierId == supplier && invoice.LegalEntityId == entity && invoice.CurrencyCode == currency
                    && (invoice.Status == InvoiceStatus.Posted || invoice.Status == InvoiceStatus.Paid),
                ct);

    /// <summary>The line with its invoice locked: nobody takes the invoice back meanwhile.</summary>
    public static async Task<SupplierInvoiceLine?> LockPostedLineAsync(this PlatformDb db, SupplierInvoiceLineId id, CancellationToken ct)
    {
        var of = await db.Set<SupplierInvoiceLine>().AsNoTracking().Where(line => line.Id == id).Select(line => line.InvoiceId).SingleOrDefaultAsync(ct);
        return await db.LockInvoiceAsync(of, ct) is { Status: InvoiceStatus.Posted or InvoiceStatus.Paid }
            ? (await db.LockInvoiceLinesAsync(of, ct)).Find(line => line.Id == id)
            : null;
    }

    /// <summary>What posted credits took off the line already.</summary>
    public static Task<decimal> CreditedNetAsync(this PlatformDb db, SupplierInvoiceLineId line, CancellationToken ct) =>
        db.Set<SupplierCreditLine>().Where(one => one.InvoiceLineId == line)
            .Join(db.Set<SupplierCredit>(), one => one.CreditId, credit => credit.Id, (one, credit) => new { one.Net, credit.Status })
            .Where(one => one.Status == CreditStatus.Posted || one.Status == CreditStatus.Settled)
            .SumAsync(one => one.Net, ct);

    public static Task<bool> WasCreditedAsync(this PlatformDb db, SupplierInvoiceId invoice, CancellationToken ct) =>
        db.Set<SupplierInvoiceLine>().Where(line => line.InvoiceId == invoice)
            .Join(db.Set<SupplierCreditLine>(), line => line.Id, credit => credit.InvoiceLineId!.Value, (line, credit) => credit.CreditId)
            .Join(db.Set<SupplierCredit>(), id => id, credit => credit.Id, (id, credit) => credit.Status)
            .AnyAsync(status => status != CreditStatus.Cancelled && status != CreditStatus.Draft, ct);

    /// <summary>The receipts that a posted invoice line paid for, in the order in which pools are locked.</summary>
    public static async Task<List<PaidReceipt>> FindPostedMatchesAsync(this PlatformDb db, SupplierInvoiceLineId line, CancellationToken ct)
    {
        var matches = await db.Set<InvoiceMatch>().AsNoTracking()
            .Where(match => match.LineId == line && match.Status == InvoiceMatchStatus.Posted)
            .Join(db.Set<ReceiptLineInvoicing>(), match => match.ReceiptLineId, receipt => receipt.ReceiptLineId, (match, receipt) => new { receipt.MovementId, match.Quantity })
            .OrderBy(one => one.MovementId)
            .ToListAsync(ct);
        return matches.ConvertAll(one => new PaidReceipt(one.MovementId, one.Quantity));
    }

    /// <summary>What was accrued against us when goods went back to a supplier and no credit has paid yet; null when there is nothing such.</summary>
    public static async Task<decimal?> FindReturnAsync(this PlatformDb db, long movement, LegalEntityId entity, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            select -(v.on_hand + v.rest) from stock_movement m join value_entry v on v.movement_id = m.id
            where m.id = $1 and m.legal_entity_id = $2 and m.type = 'SUPPLIER_RETURN'
              and not exists (select from supplier_return_credit c where c.movement_id = m.id)
              and not exists (select from stock_movement r where r.reverses_id = m.id)
            """);
        statement.Parameters.Add(new NpgsqlParameter<long> { TypedValue = movement });
        statement.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = entity.Value });
        return await statement.ExecuteScalarAsync(ct) as decimal?;
    }

    public static Task<LandedCostVoucher?> LockVoucherAsync(this PlatformDb db, LandedCostVoucherId id, CancellationToken ct) =>
        db.Set<LandedCostVoucher>().FromSql($"select * from landed_cost_voucher where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<List<LandedCostShare>> LockSharesAsync(this PlatformDb db, LandedCostVoucherId id, CancellationToken ct) =>
        db.Set<LandedCostShare>()
            .FromSql($"select * from landed_cost_share where voucher_id = {id.Value} order by id for no key update")
            .ToListAsync(ct);

    /// <summary>In the order of items, in which everybody locks pools. Shares of nothing move nothing.</summary>
    public static Task<List<LandedCostShare>> SharesInPoolOrderAsync(this PlatformDb db, LandedCostVoucherId id, CancellationToken ct) =>
        db.Set<LandedCostShare>()
            .FromSql(
                $"""
                select s.* from landed_cost_share s join receipt_line l on l.id = s.receipt_line_id
                where s.voucher_id = {id.Value} and s.amount > 0 order by l.item_id, s.movement_id, s.id for no key update of s
                """)
            .ToListAsync(ct);

    public static Task<bool> IsChargeLineAsync(this PlatformDb db, SupplierInvoiceLineId line, LegalEntityId entity, CancellationToken ct) =>
        db.Set<SupplierInvoiceLine>().Where(one => one.Id == line && one.Kind == InvoiceLineKind.Charge)
            .Join(db.Set<SupplierInvoice>(), one => one.InvoiceId, invoice => invoice.Id, (one, invoice) => invoice)
            .AnyAsync(invoice => invoice.LegalEntityId == entity && invoice.Status != InvoiceStatus.Cancelled && invoice.Status != InvoiceStatus.Reversed, ct);

    /// <summary>Standing receipts into stock of the company, with what they can be shared by: the base unit's measures.</summary>
    public static async Task<List<SharingReceipt>> ReadSharingReceiptsAsync(this PlatformDb db, DraftVoucher command, CancellationToken ct)
    {
        var manual = command.Receipts.ToDictionary(receipt => receipt.ReceiptLine, receipt => receipt.ManualShare);
        await using var statement = db.Statement(
            """
            select l.id, l.movement_id, l.item_id, l.quantity, l.accrued, coalesce(l.weight, l.quantity * u.weight_kg),
                   l.quantity * u.length_mm * u.width_mm * u.height_mm / 1000000000
            from receipt_line l join receipt r on r.id = l.receipt_id join item i on i.id = l.item_id
            left join item_unit u on u.item_id = l.item_id and u.code = i.base_unit
            where l.id = any ($1) and r.legal_entity_id = $2 and l.posted_at is not null and l.state <> 'REVERSED'
            order by l.posted_at, l.id
            """);
        statement.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. manual.Keys.Select(line => line.Value)] });
        statement.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = command.LegalEntity.Value });
        await using var row = await statement.ExecuteReaderAsync(ct);
        var receipts = new List<SharingReceipt>();
        while (await row.ReadAsync(ct))
        {
            var id = new ReceiptLineId(row.GetGuid(0));
            receipts.Add(new SharingReceipt(
                id, row.GetInt64(1), new Catalog.ItemId(row.GetGuid(2)), row.GetDecimal(3), row.GetDecimal(4),
                await row.IsDBNullAsync(5, ct) ? null : row.GetDecimal(5), await row.IsDBNullAsync(6, ct) ? null : row.GetDecimal(6), manual[id]));
        }

        return receipts;
    }

    private static async Task<string> NextAsync(this PlatformDb db, string sequence, string prefix, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval($1::regclass)");
        next.Parameters.Add(new NpgsqlParameter<string> { TypedValue = sequence });
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:000000}");
    }
}
