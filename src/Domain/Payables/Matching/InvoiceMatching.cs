using System.Globalization;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;

namespace Platform.Domain.Payables.Matching;

/// <summary>
/// Compares an invoice, locked, with the lines of its orders and what came for them. Orders are locked before receipt lines, so two
/// invoices for one receipt wait for each other, and the second finds what the first has taken.
/// </summary>
internal sealed class InvoiceMatching(PlatformDb db, OrderDesk orders, ExchangeRates rates, ExceptionDesk exceptions, CaseClosing closing)
{
    /// <summary>Compares anew from the beginning: what it had taken is given back first.</summary>
    public async Task<InvoiceMoved> CompareAsync(
        SupplierInvoice invoice, IReadOnlyList<SupplierInvoiceLine> lines, Envelope envelope, CancellationToken ct)
    {
        var terms = await orders.LockAsync([.. lines.Select(line => line.OrderLineId).OfType<PurchaseOrderLineId>().Distinct()], ct);
        var receipts = await db.LockReceiptInvoicingAsync([.. terms.Keys], ct);
        await GiveBackAsync(invoice.Id, receipts, envelope, ct);
        var names = await db.ReceiptLineNamesAsync([.. receipts.Select(receipt => receipt.ReceiptLineId)], ct);
        var cases = await db.FindReceiptCasesAsync([.. terms.Keys], [.. receipts.Select(receipt => receipt.ReceiptLineId)], ct);
        var quality = await db.SumUnderQualityAsync([.. terms.Keys], ct);
        var holds = await db.LockInvoiceHoldsAsync(invoice.Id, ct);
        var policy = await db.FindPolicyInForceAsync<MatchRules>(PolicyKind.InvoiceMatch, envelope.Now, ct);
        var digits = (await db.FindCurrencyAsync(invoice.CurrencyCode, ct))!.Digits;

        var planned = new List<(SupplierInvoiceLine? Line, PlannedHold Hold)>();
        foreach (var line in lines)
        {
            var verdict = Matcher.Judge(new MatchInput(
                line,
                line.OrderLineId is { } ordered ? terms[ordered] : null,
                Open(line, receipts, names),
                await RuleAsync(invoice, line, policy, ct),
                Decided(holds, line.Id),
                line.OrderLineId is { } about ? cases.GetValueOrDefault(about) ?? [] : [],
                line.OrderLineId is { } looked ? quality.GetValueOrDefault(looked) : 0m,
                digits));
            line.Compare(verdict);
            foreach (var taken in verdict.Taken)
            {
                receipts.Find(receipt => receipt.ReceiptLineId == taken.Receipt)!.Take(taken.Quantity);
                db.Add(InvoiceMatch.Take(line, taken, envelope.Now));
            }

            planned.AddRange(verdict.Holds.Select(hold => ((SupplierInvoiceLine?)line, hold)));
        }

        var manual = holds.Exists(hold => hold is { Reason: InvoiceHoldReason.Manual, Resolution: null });
        await PlaceAsync(invoice, holds, planned, envelope, ct);
        await SettleReviewsAsync(invoice, lines, envelope, ct);
        var from = invoice.Status;
        var isHeld = manual || planned.Count > 0;
        invoice.Compare(isHeld, lines.Sum(line => line.PayableNet), lines.Sum(line => line.PayableTax), policy?.Number, envelope.Now);
        var moved = invoice.Moved(isHeld ? InvoiceStep.Hold : InvoiceStep.Match, from, reason: null);
        db.Raise(moved);
        return moved;
    }

    /// <summary>Gives back everything an invoice has taken and not booked.</summary>
    public async Task ReleaseAsync(SupplierInvoice invoice, IReadOnlyList<SupplierInvoiceLine> lines, Envelope envelope, CancellationToken ct)
    {
        var terms = await orders.LockAsync([.. lines.Select(line => line.OrderLineId).OfType<PurchaseOrderLineId>().Distinct()], ct);
        await GiveBackAsync(invoice.Id, await db.LockReceiptInvoicingAsync([.. terms.Keys], ct), envelope, ct);
    }

    private async Task GiveBackAsync(SupplierInvoiceId invoice, List<ReceiptLineInvoicing> receipts, Envelope envelope, CancellationToken ct)
    {
        foreach (var match in await db.LockMatchesAsync(invoice, InvoiceMatchStatus.Taken, ct))
        {
            receipts.Find(receipt => receipt.ReceiptLineId == match.ReceiptLineId)!.Release(match.Quantity);
            match.Release(envelope.Now);
        }
    }

    private static List<OpenReceipt> Open(
        SupplierInvoiceLine line, List<ReceiptLineInvoicing> receipts, Dictionary<ReceiptLineId, string> names) =>
        receipts.FindAll(receipt => receipt.OrderLineId == line.OrderLineId
                && (line.ReceiptLineId is null || line.ReceiptLineId == receipt.ReceiptLineId))
            .ConvertAll(receipt => new OpenReceipt(receipt.ReceiptLineId, names[receipt.ReceiptLineId], receipt.Open));

    private static Dictionary<InvoiceHoldReason, InvoiceHoldResolution> Decided(List<InvoiceHold> holds, SupplierInvoiceLineId line) =>
        holds.FindAll(hold => hold.LineId == line && hold.Resolution is not (null or InvoiceHoldResolution.Matched))
            .GroupBy(hold => hold.Reason)
            .ToDictionary(group => group.Key, group => group.MaxBy(hold => hold.ResolvedAt)!.Resolution!.Value);

    private async Task<AppliedRule> RuleAsync(
        SupplierInvoice invoice, SupplierInvoiceLine line, PolicyInForce<MatchRules>? policy, CancellationToken ct)
    {
        var rule = policy?.Body.RuleFor(line.ItemId, invoice.SupplierId, invoice.LegalEntityId) ?? MatchRule.Exact;
        // A limit whose worth nobody knows tolerates nothing.
        var worth = policy is null ? 0m : await rates.WorthAsync(1m, policy.Body.Currency, invoice.CurrencyCode, invoice.InvoiceDate, ct) ?? 0m;
        return new AppliedRule(
            rule.Name, rule.Mode, new Limits(rule.PricePercent, rule.PriceAmount * worth), new Limits(rule.QuantityPercent, rule.QuantityAmount),
            rule.AcceptUpTo * worth, rule.QualityBlocks is true);
    }

    /// <summary>QLT-07: how many base units of an invoice's goods are under inspection or held, where its rules say that it waits for them.</summary>
    public async Task<decimal> SumQualityBlocksAsync(
        SupplierInvoice invoice, IReadOnlyList<SupplierInvoiceLine> lines, Envelope envelope, CancellationToken ct)
    {
        var policy = await db.FindPolicyInForceAsync<MatchRules>(PolicyKind.InvoiceMatch, envelope.Now, ct);
        var blocked = lines.Where(line => policy?.Body.RuleFor(line.ItemId, invoice.SupplierId, invoice.LegalEntityId).QualityBlocks is true)
            .Select(line => line.OrderLineId).OfType<PurchaseOrderLineId>().Distinct().ToList();
        return (await db.SumUnderQualityAsync(blocked, ct)).Values.Sum();
    }

    /// <summary>
    /// FIN-10: what finance was asked to look at is over when nothing of the line is held for it any more and nothing of it is left
    /// unpaid; what is left unpaid waits for its credit, or for its goods.
    /// </summary>
    private async Task SettleReviewsAsync(
        SupplierInvoice invoice, IReadOnlyList<SupplierInvoiceLine> lines, Envelope envelope, CancellationToken ct)
    {
        var holds = db.Set<InvoiceHold>().Local.Where(hold => hold.InvoiceId == invoice.Id && hold.CaseId is not null).ToList();
        foreach (var review in holds.GroupBy(hold => hold.CaseId!.Value).OrderBy(group => group.Key.Value))
        {
            var line = lines.FirstOrDefault(one => one.Id == review.First().LineId);
            if (review.All(hold => hold.Resolution is not null) && line is not { DisputedNet: > 0m })
            {
                var last = review.MaxBy(hold => hold.ResolvedAt)!;
                var outcome = last.Resolution == InvoiceHoldResolution.PayAsInvoiced ? CaseOutcome.AcceptedAsIs : CaseOutcome.Corrected;
                await closing.SettleAsync(review.Key, outcome, last.ResolutionReason, envelope, ct);
            }
        }
    }

    /// <summary>Holds that are still so stay; what is new is placed and told; what is gone ends by itself.</summary>
    private async Task PlaceAsync(
        SupplierInvoice invoice, List<InvoiceHold> holds, List<(SupplierInvoiceLine? Line, PlannedHold Hold)> planned, Envelope envelope,
        CancellationToken ct)
    {
        var open = holds.FindAll(hold => hold.Resolution is null && hold.Reason != InvoiceHoldReason.Manual);
        foreach (var (line, hold) in planned)
        {
            var same = open.Find(one => one.LineId == line?.Id && one.Reason == hold.Reason && one.ReceiptCaseId == hold.ReceiptCase);
            if (same is not null)
            {
                same.See(hold);
                open.Remove(same);
                continue;
            }

            var signal = hold.Reason is InvoiceHoldReason.AwaitingReceipt or InvoiceHoldReason.Quality ? null : Signal(invoice, line!, hold);
            var signalled = signal is null ? null : await exceptions.SignalAsync(signal, envelope, ct);
            db.Add(InvoiceHold.Place(invoice.Id, line?.Id, hold, signalled?.Case, envelope));
        }

        foreach (var gone in open)
        {
            gone.Resolve(gone.Reason == InvoiceHoldReason.ReceiptCase ? InvoiceHoldResolution.CaseClosed : InvoiceHoldResolution.Matched, reason: null, envelope);
        }
    }

    /// <summary>FIN-04, FIN-10: whatever makes the invoice worth another amount is looked at by finance.</summary>
    private static Signal Signal(SupplierInvoice invoice, SupplierInvoiceLine line, PlannedHold hold)
    {
        var category = hold.Reason == InvoiceHoldReason.Price ? "PRICE_VARIANCE" : "QTY_VARIANCE_INVOICE";
        return new Signal
        {
            Category = category,
            CorrelationKey = $"{category}/{line.Id}",
            Title = $"Invoice {invoice.Number} line {line.Line}: {hold.Explanation}",
            Source = new Subject(nameof(SupplierInvoice), invoice.Id.Value),
            SourceEvent = nameof(InvoiceMoved),
            ValueAtStake = hold.Amount,
            Currency = invoice.CurrencyCode,
            LegalEntity = invoice.LegalEntityId,
            Supplier = invoice.SupplierId,
            Item = line.ItemId,
            Facts =
            [
                new CaseFact("supplierNumber", invoice.SupplierNumber),
                new CaseFact("expected", string.Create(CultureInfo.InvariantCulture, $"{hold.Expected}")),
                new CaseFact("found", string.Create(CultureInfo.InvariantCulture, $"{hold.Found}")),
                new CaseFact("tolerated", string.Create(CultureInfo.InvariantCulture, $"{hold.Tolerated}")),
            ],
        };
    }
}
