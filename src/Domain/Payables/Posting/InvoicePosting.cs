using System.Globalization;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Costing;

namespace Platform.Domain.Payables.Posting;

/// <summary>
/// Books an invoice: the accrual of what it pays for is cleared to the coin, goods leave the interim account, and what the price or
/// the currency made different goes where it belongs (FIN-01, FIN-08). Pools are locked in the order of items, as everywhere.
/// </summary>
internal sealed class InvoicePosting(PlatformDb db, LedgerEntities entities, JournalBook journals, OrderDesk orders)
{
    public async Task<Result<(BookedJournal Journal, decimal Book)>> BookAsync(
        SupplierInvoice invoice, IReadOnlyList<SupplierInvoiceLine> lines, Envelope envelope, CancellationToken ct)
    {
        var entity = (await entities.FindAsync(db, invoice.LegalEntityId, ct))!;
        var terms = await orders.LockAsync([.. lines.Select(line => line.OrderLineId).OfType<PurchaseOrderLineId>().Distinct()], ct);
        var receipts = (await db.LockReceiptInvoicingAsync([.. terms.Keys], ct)).ToDictionary(receipt => receipt.ReceiptLineId);
        var matches = await db.LockMatchesAsync(invoice.Id, InvoiceMatchStatus.Taken, ct);
        var amounts = BookedAmounts.Of(
            invoice.PayableNet, invoice.PayableTax, [.. lines.Select(line => line.PayableNet)], invoice.Rate, entity.CurrencyDigits);
        var moves = new List<JournalMove>();
        var split = new List<(InvoiceMatch Match, SplitMatch Parts)>();
        JournalMove.Add(moves, AccountRole.InputTax, AccountRole.AccountsPayable, amounts.Tax);
        for (var at = 0; at < lines.Count; at++)
        {
            var own = matches.FindAll(match => match.LineId == lines[at].Id);
            if (own.Count == 0)
            {
                JournalMove.Add(moves, DebitOf(lines[at]), AccountRole.AccountsPayable, amounts.Lines[at]);
                continue;
            }

            split.AddRange(Split(invoice, entity, own, receipts, amounts.Lines[at]));
        }

        foreach (var (_, parts) in split)
        {
            JournalMove.Add(moves, AccountRole.GoodsReceivedNotInvoiced, AccountRole.AccountsPayable, parts.Cleared.Accrued);
            JournalMove.Add(moves, AccountRole.Inventory, AccountRole.InventoryInterim, parts.Cleared.Interim);
            JournalMove.Add(moves, AccountRole.ExchangeDifference, AccountRole.AccountsPayable, parts.Exchange);
        }

        var charged = await ChargeAsync(invoice, split, terms, receipts, envelope, ct);
        if (charged is not null)
        {
            return charged;
        }

        var recorded = await RecordAsync(lines, terms, LineDeed.Invoice, envelope, ct);
        if (recorded is not null)
        {
            return recorded;
        }

        var booked = await journals.BookAsync(
            entity, new BookedDocument(nameof(SupplierInvoice), invoice.Number, invoice.Id.Value), Journals.Gathered(moves), envelope, ct);
        return booked.Succeeded(out var journal) ? (journal, amounts.Total) : booked.Error!;
    }

    /// <summary>The exact mirror: what was booked goes back, and the receipts wait for an invoice again.</summary>
    public async Task<Result<BookedJournal>> MirrorAsync(
        SupplierInvoice invoice, IReadOnlyList<SupplierInvoiceLine> lines, Envelope envelope, CancellationToken ct)
    {
        var entity = (await entities.FindAsync(db, invoice.LegalEntityId, ct))!;
        var terms = await orders.LockAsync([.. lines.Select(line => line.OrderLineId).OfType<PurchaseOrderLineId>().Distinct()], ct);
        var receipts = (await db.LockReceiptInvoicingAsync([.. terms.Keys], ct)).ToDictionary(receipt => receipt.ReceiptLineId);
        var matches = await db.LockMatchesAsync(invoice.Id, InvoiceMatchStatus.Posted, ct);
        foreach (var match in matches)
        {
            var receipt = receipts[match.ReceiptLineId];
            if (match.PriceVariance is not (null or 0m)
                && await ChargeOneAsync(invoice, receipt, -match.PriceVariance.Value, "R", envelope, ct) is { Error: { } refused })
            {
                return refused;
            }
        }

        foreach (var match in matches)
        {
            receipts[match.ReceiptLineId].TakeBack(match);
            match.Release(envelope.Now);
        }

        if (await RecordAsync(lines, terms, LineDeed.UndoInvoice, envelope, ct) is { } notRecorded)
        {
            return notRecorded;
        }

        return await journals.BookAsync(
            entity, new BookedDocument("SupplierInvoiceReversal", invoice.Number, invoice.Id.Value),
            await db.ReadMirrorAsync(entity, invoice.JournalId!.Value, ct), envelope, ct);
    }

    private static AccountRole DebitOf(SupplierInvoiceLine line) => line.Kind switch
    {
        InvoiceLineKind.Charge => AccountRole.LandedCostAccrual,
        InvoiceLineKind.Service => AccountRole.PurchasedServices,
        // Somebody agreed to pay for goods that never came.
        InvoiceLineKind.Goods => AccountRole.PurchaseVariance,
    };

    private static List<(InvoiceMatch Match, SplitMatch Parts)> Split(
        SupplierInvoice invoice, LedgerEntity entity, List<InvoiceMatch> own, Dictionary<ReceiptLineId, ReceiptLineInvoicing> receipts,
        decimal booked)
    {
        var digits = entity.CurrencyDigits;
        var shares = MatchShares.Of(booked, own, digits);
        return [.. own.Select((match, at) => (match, SplitMatch.Of(
            shares[at], receipts[match.ReceiptLineId].Clear(match.Quantity, digits), match.ExpectedNet,
            invoice.CurrencyCode == entity.Currency ? null : invoice.Rate, digits)))];
    }

    /// <summary>Variances go to the goods as late costs: what is still here takes its share, the rest has left.</summary>
    private async Task<DomainError?> ChargeAsync(
        SupplierInvoice invoice, List<(InvoiceMatch Match, SplitMatch Parts)> split, Dictionary<PurchaseOrderLineId, OrderLineTerms> terms,
        Dictionary<ReceiptLineId, ReceiptLineInvoicing> receipts, Envelope envelope, CancellationToken ct)
    {
        foreach (var (match, parts) in split.OrderBy(one => terms[receipts[one.Match.ReceiptLineId].OrderLineId].Item.Value)
            .ThenBy(one => receipts[one.Match.ReceiptLineId].MovementId))
        {
            StockPostingId? posting = null;
            if (parts.Variance != 0m)
            {
                var charged = await ChargeOneAsync(invoice, receipts[match.ReceiptLineId], parts.Variance, "V", envelope, ct);
                if (!charged.Succeeded(out var late))
                {
                    return charged.Error;
                }

                posting = late.Posting;
            }

            match.Post(parts.Cleared, parts.Variance, parts.Exchange, posting);
        }

        return null;
    }

    private Task<Result<LateCostCharged>> ChargeOneAsync(
        SupplierInvoice invoice, ReceiptLineInvoicing receipt, decimal amount, string kind, Envelope envelope, CancellationToken ct) =>
        new ChargeLateCostHandler(db, entities).HandleAsync(
            new ChargeLateCost(
                invoice.LegalEntityId, receipt.MovementId, LateCostKind.InvoiceVariance, amount,
                string.Create(CultureInfo.InvariantCulture, $"{invoice.Number}/{kind}/{receipt.MovementId}")),
            envelope,
            ct);

    private async Task<DomainError?> RecordAsync(
        IReadOnlyList<SupplierInvoiceLine> lines, Dictionary<PurchaseOrderLineId, OrderLineTerms> terms, LineDeed deed, Envelope envelope,
        CancellationToken ct)
    {
        var records = lines.Where(line => line.OrderLineId is not null && line.Matched > 0m)
            .GroupBy(line => line.OrderLineId!.Value)
            .Select(line => (Id: line.Key, Quantity: line.Sum(one => one.Matched)))
            // What is invoiced was compared with what came; the order's own tolerance has been asked then.
            .Select(one => new LineRecord(one.Id, deed, one.Quantity, terms[one.Id].Invoiced + one.Quantity))
            .ToList();
        return records.Count == 0 ? null : (await orders.RecordAsync(records, envelope, ct)).Error;
    }
}

/// <summary>Journals as people like to read them.</summary>
internal static class Journals
{
    /// <summary>One line for each pair of accounts; what went both ways is told as what remained.</summary>
    public static List<JournalMove> Gathered(IEnumerable<JournalMove> moves)
    {
        var gathered = new List<JournalMove>();
        foreach (var pair in moves.GroupBy(move => move.Debit < move.Credit ? (move.Debit, move.Credit) : (Debit: move.Credit, Credit: move.Debit)))
        {
            JournalMove.Add(
                gathered, pair.Key.Debit, pair.Key.Credit, pair.Sum(move => move.Debit == pair.Key.Debit ? move.Amount : -move.Amount));
        }

        return gathered;
    }
}
