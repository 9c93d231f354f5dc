using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Payables.LandedCosts;
using Platform.Domain.Receiving;

namespace Platform.Domain.Payables.Matching;

/// <summary>What an invoice pays for, or a landed cost was shared over, is not taken back before that is (RCV-17).</summary>
internal sealed class InvoicedReceipts(PlatformDb db) : IReceiptUser
{
    /// <summary>Invoices lock order lines first, and whoever takes a receipt back holds those.</summary>
    public Task LockAsync(ReceiptId receipt, CancellationToken ct) => Task.CompletedTask;

    public async Task<UsedReceipt?> FindUseAsync(IReadOnlyList<ReceiptLineId> lines, CancellationToken ct)
    {
        var invoiced = await db.Set<InvoiceMatch>().AsNoTracking()
            .Where(match => lines.Contains(match.ReceiptLineId) && match.Status != InvoiceMatchStatus.Released)
            .Join(db.Set<SupplierInvoice>(), match => match.InvoiceId, invoice => invoice.Id, (match, invoice) => new { match, invoice.Number })
            .OrderBy(one => one.Number)
            .FirstOrDefaultAsync(ct);
        if (invoiced is { match: var match })
        {
            return new UsedReceipt(match.ReceiptLineId, Use: null, invoiced.Number, match.Status == InvoiceMatchStatus.Posted, match.Quantity);
        }

        var shared = await db.Set<LandedCostShare>().AsNoTracking()
            .Where(share => lines.Contains(share.ReceiptLineId))
            .Join(db.Set<LandedCostVoucher>(), share => share.VoucherId, voucher => voucher.Id, (share, voucher) => new { share, voucher })
            .Where(one => one.voucher.Status != VoucherStatus.Reversed && one.voucher.Status != VoucherStatus.Cancelled)
            .OrderBy(one => one.voucher.Number)
            .FirstOrDefaultAsync(ct);
        return shared is null
            ? null
            : new UsedReceipt(
                shared.share.ReceiptLineId, ReceiptUse.LandedCost, shared.voucher.Number, shared.voucher.Status == VoucherStatus.Posted,
                await db.Set<ReceiptLine>().Where(line => line.Id == shared.share.ReceiptLineId).Select(line => line.Quantity).SingleAsync(ct));
    }

    public Task ForgetAsync(IReadOnlyList<ReceiptLineId> lines, string reason, Envelope envelope, CancellationToken ct) => Task.CompletedTask;
}
