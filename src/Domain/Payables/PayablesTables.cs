using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Payables.Credits;
using Platform.Domain.Payables.LandedCosts;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Payables.Posting;
using Platform.Domain.Policies;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;

namespace Platform.Domain.Payables;

internal sealed class PayablesServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<InvoiceMatching>()
        .AddScoped<InvoicePosting>()
        .AddScoped<CreditPosting>()
        .AddScoped<IReceiptUser, InvoicedReceipts>()
        .AddScoped<IPeriodCheck, PayablesReconciliation>()
        .AddScoped<IPolicySimulation, MatchSimulation>()
        .AddScoped<IMaterialFacts, InvoiceFacts>()
        .AddScoped<IMaterialFacts, CreditFacts>()
        .AddScoped<IMaterialFacts, VoucherFacts>()
        .AddScoped<IApprovalFollower, InvoiceReturns>()
        .AddScoped<IApprovalFollower, CreditReturns>()
        .AddScoped<IApprovalFollower, VoucherReturns>()
        .AddScoped<ICaseFollower, ReceiptCaseRelease>();
}

/// <summary>The rows of invoices, and every lock on them: an invoice, its lines, then orders, then receipt lines by id.</summary>
internal static class PayablesTables
{
    public static Task<SupplierInvoice?> LockInvoiceAsync(this PlatformDb db, SupplierInvoiceId id, CancellationToken ct) =>
        db.Set<SupplierInvoice>().FromSql($"select * from supplier_invoice where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<List<SupplierInvoiceLine>> LockInvoiceLinesAsync(this PlatformDb db, SupplierInvoiceId id, CancellationToken ct) =>
        db.Set<SupplierInvoiceLine>()
            .FromSql($"select * from supplier_invoice_line where invoice_id = {id.Value} order by line for no key update")
            .ToListAsync(ct);

    public static Task<List<InvoiceHold>> LockInvoiceHoldsAsync(this PlatformDb db, SupplierInvoiceId id, CancellationToken ct) =>
        db.Set<InvoiceHold>()
            .FromSql($"select * from invoice_hold where invoice_id = {id.Value} order by id for no key update")
            .ToListAsync(ct);

    public static Task<List<InvoiceMatch>> LockMatchesAsync(
        this PlatformDb db, SupplierInvoiceId id, InvoiceMatchStatus status, CancellationToken ct) =>
        db.Set<InvoiceMatch>()
            .FromSql($"select * from invoice_match where invoice_id = {id.Value} for no key update")
            .Where(match => match.Status == status)
            .OrderBy(match => match.ReceiptLineId)
            .ToListAsync(ct);

    public static async Task<string> NextInvoiceNumberAsync(this PlatformDb db, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval('supplier_invoice_number')");
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"SI-{number:000000}");
    }

    public static Task<bool> IsInvoiceNumberTakenAsync(this PlatformDb db, SupplierId supplier, string key, CancellationToken ct) =>
        db.Set<SupplierInvoice>().AnyAsync(
            invoice => invoice.SupplierId == supplier && invoice.SupplierNumberKey == key
                && invoice.Status != InvoiceStatus.Cancelled && invoice.Status != InvoiceStatus.Reversed,
            ct);

    public static Task<bool> IsItemKnownAsync(this PlatformDb db, ItemId item, CancellationToken ct) =>
        db.Set<Item>().AnyAsync(one => one.Id == item, ct);

    public static async Task<ILookup<ItemId, ItemUnit>> UnitsOfAsync(this PlatformDb db, IReadOnlyList<ItemId> items, CancellationToken ct) =>
        (await db.Set<ItemUnit>().AsNoTracking().Where(unit => items.Contains(unit.ItemId)).ToListAsync(ct)).ToLookup(unit => unit.ItemId);

    public static Task<Dictionary<ReceiptLineId, PurchaseOrderLineId>> OrderLinesOfReceiptsAsync(
        this PlatformDb db, IReadOnlyList<ReceiptLineId> lines, CancellationToken ct) =>
        db.Set<ReceiptLine>().AsNoTracking().Where(line => lines.Contains(line.Id))
            .ToDictionaryAsync(line => line.Id, line => line.OrderLineId, ct);

    /// <summary>
    /// Everything in stock that came for these order lines, in the order in which it came, with what invoices took of it. The order
    /// lines are locked by the caller, so nothing more comes meanwhile.
    /// </summary>
    public static async Task<List<ReceiptLineInvoicing>> LockReceiptInvoicingAsync(
        this PlatformDb db, IReadOnlyList<PurchaseOrderLineId> orderLines, CancellationToken ct)
    {
        if (orderLines.Count == 0)
        {
            return [];
        }

        var ids = orderLines.Select(line => line.Value).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into receipt_line_invoicing (
                receipt_line_id, legal_entity_id, order_line_id, movement_id, quantity, accrued, interim, matched, invoiced, cleared, interim_cleared)
            select l.id, r.legal_entity_id, l.order_line_id, l.movement_id, l.quantity, l.accrued, coalesce(v.on_hand, 0), 0, 0, 0, 0
            from receipt_line l join receipt r on r.id = l.receipt_id
            left join value_entry v on v.movement_id = l.movement_id
            where l.order_line_id = any ({ids}) and l.posted_at is not null and l.state <> 'REVERSED'
            on conflict do nothing
            """,
            ct);
        return await db.Set<ReceiptLineInvoicing>()
            .FromSql(
                $"""
                select i.* from receipt_line_invoicing i join receipt_line l on l.id = i.receipt_line_id
                where i.order_line_id = any ({ids}) and l.state <> 'REVERSED' order by i.movement_id for no key update of i
                """)
            .ToListAsync(ct);
    }

    /// <summary>"RC-000012/3": the receipt and its line, as people read them.</summary>
    public static Task<Dictionary<ReceiptLineId, string>> ReceiptLineNamesAsync(
        this PlatformDb db, IReadOnlyList<ReceiptLineId> lines, CancellationToken ct) =>
        db.Set<ReceiptLine>().AsNoTracking().Where(line => lines.Contains(line.Id))
            .Join(db.Set<Receipt>(), line => line.ReceiptId, receipt => receipt.Id, (line, receipt) => new { line.Id, receipt.Number, line.Line })
            .ToDictionaryAsync(one => one.Id, one => $"{one.Number}/{one.Line.ToString(CultureInfo.InvariantCulture)}", ct);

    /// <summary>
    /// Open cases about what came for these order lines. A case says by its key or its source which line it is about; one about a whole
    /// receipt is about all its lines. What this transaction changed counts as changed.
    /// </summary>
    public static async Task<Dictionary<PurchaseOrderLineId, List<ExceptionCaseId>>> FindReceiptCasesAsync(
        this PlatformDb db, IReadOnlyList<PurchaseOrderLineId> orderLines, IReadOnlyList<ReceiptLineId> receiptLines, CancellationToken ct)
    {
        var found = new Dictionary<PurchaseOrderLineId, List<ExceptionCaseId>>();
        await using (var statement = db.Statement(
            """
            with about as (
                select unnest($1::uuid[]) as order_line, unnest($1::uuid[]) as subject
                union select order_line_id, id from receipt_line where id = any ($2)
                union select order_line_id, receipt_id from receipt_line where id = any ($2)
            )
            select distinct a.order_line, c.id from about a
            join exception_case c on c.source_id = a.subject or split_part(c.correlation_key, '/', 2) = a.subject::text
            where c.category = any ($3)
            """))
        {
            statement.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. orderLines.Select(line => line.Value)] });
            statement.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. receiptLines.Select(line => line.Value)] });
            statement.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = ReceiptCases.Categories });
            await using var row = await statement.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                var line = new PurchaseOrderLineId(row.GetGuid(0));
                if (!found.TryGetValue(line, out var ofLine))
                {
                    found.Add(line, ofLine = []);
                }

                ofLine.Add(new ExceptionCaseId(row.GetGuid(1)));
            }
        }

        var ids = found.Values.SelectMany(one => one).Distinct().ToList();
        // Tracked on purpose: a case that this transaction closes is closed here already.
        var open = (await db.Set<ExceptionCase>().Where(one => ids.Contains(one.Id)).ToListAsync(ct))
            .Where(one => one.Status != CaseStatus.Resolved).Select(one => one.Id).ToHashSet();
        return found.ToDictionary(pair => pair.Key, pair => pair.Value.FindAll(open.Contains));
    }

    /// <summary>How many base units that came for these order lines are under inspection or held.</summary>
    public static Task<Dictionary<PurchaseOrderLineId, decimal>> SumUnderQualityAsync(
        this PlatformDb db, IReadOnlyList<PurchaseOrderLineId> orderLines, CancellationToken ct) =>
        db.Set<ReceiptLine>()
            .Where(line => orderLines.Contains(line.OrderLineId) && line.PostedAt != null)
            .GroupBy(line => line.OrderLineId)
            .Select(group => new { group.Key, Quantity = group.Sum(line => line.Undecided + line.Withheld) })
            .ToDictionaryAsync(one => one.Key, one => one.Quantity, ct);

    /// <summary>Open cases about the receipts of an invoice that were not told to it as closed.</summary>
    public static async Task<int> CountReceiptCasesAsync(this PlatformDb db, IReadOnlyList<SupplierInvoiceLine> lines, CancellationToken ct)
    {
        var orderLines = lines.Select(line => line.OrderLineId).OfType<PurchaseOrderLineId>().Distinct().ToList();
        if (orderLines.Count == 0)
        {
            return 0;
        }

        // Also what came since the invoice was compared: its case stops the invoice as well.
        var receiptLines = await db.Set<ReceiptLine>().AsNoTracking()
            .Where(line => orderLines.Contains(line.OrderLineId)).Select(line => line.Id).ToListAsync(ct);
        return (await db.FindReceiptCasesAsync(orderLines, receiptLines, ct)).Values.SelectMany(cases => cases).Distinct().Count();
    }

    /// <summary>Whether a rule let a request pass, in this transaction or before.</summary>
    public static async Task<bool> IsAutomaticAsync(this PlatformDb db, Guid mandate, CancellationToken ct)
    {
        var id = new ApprovalRequestId(mandate);
        return (await db.Set<ApprovalRequest>().FindAsync([id], ct))?.IsAutomatic is true;
    }

    public static Task<List<SupplierInvoiceId>> InvoicesHeldByCaseAsync(this PlatformDb db, ExceptionCaseId found, CancellationToken ct) =>
        db.Set<InvoiceHold>().Where(hold => hold.ReceiptCaseId == found && hold.Resolution == null)
            .Select(hold => hold.InvoiceId).Distinct().OrderBy(id => id).ToListAsync(ct);

    /// <summary>Invoices that wait for goods of which more came, or for a case that is closed.</summary>
    public static Task<List<SupplierInvoice>> LockWaitingInvoicesAsync(this PlatformDb db, int most, CancellationToken ct) =>
        db.Set<SupplierInvoice>()
            .FromSql(
                $"""
                select i.* from supplier_invoice i where i.id in (select invoice_id from invoice_may_go_on)
                order by i.created_at, i.id limit {most} for no key update of i skip locked
                """)
            .ToListAsync(ct);

    public static async Task<List<(SupplierInvoiceLine Line, SupplierInvoice Invoice)>> FindComparedLinesAsync(
        this PlatformDb db, DateTimeOffset since, int most, CancellationToken ct)
    {
        var rows = await db.Set<SupplierInvoiceLine>().AsNoTracking()
            .Join(db.Set<SupplierInvoice>(), line => line.InvoiceId, invoice => invoice.Id, (line, invoice) => new { Line = line, Invoice = invoice })
            .Where(one => one.Invoice.CreatedAt >= since && one.Line.OrderLineId != null)
            .OrderByDescending(one => one.Invoice.CreatedAt).ThenBy(one => one.Line.Id)
            .Take(most)
            .ToListAsync(ct);
        return rows.ConvertAll(one => (one.Line, one.Invoice));
    }
}

/// <summary>Cases that say that it is not settled what came.</summary>
internal static class ReceiptCases
{
    public static readonly string[] Categories = ["SHORT_RECEIPT", "OVER_RECEIPT", "DAMAGE", "ASN_MISMATCH", "NO_PO_REFERENCE", "STRANDED_INSPECTION"];
}
