using System.Globalization;
using Platform.Domain.Exceptions;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Payables.Posting;
using Platform.Domain.Stock.Costing;

namespace Platform.Domain.Payables.Credits;

/// <summary>
/// Books a credit. Against an invoice line, what was never paid is settled first and moves no money; the rest makes its goods cheaper,
/// as a late cost does. Goods that went back clear what was accrued for them.
/// </summary>
internal sealed class CreditPosting(PlatformDb db, LedgerEntities entities, JournalBook journals, CaseClosing closing)
{
    public async Task<Result<(BookedJournal Journal, decimal Claim, decimal Book)>> BookAsync(
        SupplierCredit credit, IReadOnlyList<SupplierCreditLine> lines, Envelope envelope, CancellationToken ct)
    {
        var entity = (await entities.FindAsync(db, credit.LegalEntityId, ct))!;
        if (await SettleUnpaidAsync(credit, lines, envelope, ct) is { } tooMuch)
        {
            return tooMuch;
        }

        // Tax goes with the amount it is on: what was never paid carries no tax to be claimed.
        var taxes = lines.Select(line => line.UnpaidNet == 0m || line.Net == 0m
            ? line.Tax
            : decimal.Round(line.Tax * (line.Net - line.UnpaidNet) / line.Net, entity.CurrencyDigits, MidpointRounding.AwayFromZero)).ToList();
        var owed = lines.Select(line => line.Net - line.UnpaidNet).ToList();
        var amounts = BookedAmounts.Of(owed.Sum(), taxes.Sum(), owed, credit.Rate, entity.CurrencyDigits);
        var moves = new List<JournalMove>();
        JournalMove.Add(moves, AccountRole.AccountsPayable, AccountRole.InputTax, amounts.Tax);
        for (var at = 0; at < lines.Count; at++)
        {
            var refused = await BookLineAsync(credit, lines[at], amounts.Lines[at], (entity, moves), envelope, ct);
            if (refused is not null)
            {
                return refused;
            }
        }

        var booked = await journals.BookAsync(
            entity, new BookedDocument(nameof(SupplierCredit), credit.Number, credit.Id.Value), Journals.Gathered(moves), envelope, ct);
        return booked.Succeeded(out var journal) ? (journal, owed.Sum() + taxes.Sum(), amounts.Total) : booked.Error!;
    }

    private async Task<DomainError?> SettleUnpaidAsync(
        SupplierCredit credit, IReadOnlyList<SupplierCreditLine> lines, Envelope envelope, CancellationToken ct)
    {
        foreach (var line in lines.Where(line => line.Kind == CreditLineKind.Invoice).OrderBy(line => line.InvoiceLineId!.Value.Value))
        {
            if (await db.LockPostedLineAsync(line.InvoiceLineId!.Value, ct) is not { } invoiced)
            {
                return new InvoiceLineNotFound(line.InvoiceLineId!.Value);
            }

            var before = await db.CreditedNetAsync(invoiced.Id, ct);
            if (before + line.Net > invoiced.Net)
            {
                return new CreditBeyondInvoice(invoiced.Id, invoiced.Net, before, line.Net);
            }

            var unpaid = decimal.Min(line.Net, invoiced.DisputedNet);
            invoiced.Credit(unpaid);
            line.SettleUnpaid(unpaid);
            if (unpaid > 0m && invoiced.DisputedNet == 0m)
            {
                // FIN-10: nothing is open between what was charged, paid and credited.
                await closing.SettleAsync($"PRICE_VARIANCE/{invoiced.Id}", CaseOutcome.Credited, credit.Number, envelope, ct);
                await closing.SettleAsync($"QTY_VARIANCE_INVOICE/{invoiced.Id}", CaseOutcome.Credited, credit.Number, envelope, ct);
            }
        }

        return null;
    }

    private async Task<DomainError?> BookLineAsync(
        SupplierCredit credit, SupplierCreditLine line, decimal booked, (LedgerEntity Entity, List<JournalMove> Moves) journal,
        Envelope envelope, CancellationToken ct)
    {
        switch (line.Kind)
        {
            case CreditLineKind.Return:
                if (await db.FindReturnAsync(line.MovementId!.Value, credit.LegalEntityId, ct) is not { } waiting)
                {
                    return new NoReturnToCredit(line.MovementId!.Value);
                }

                db.Add(SupplierReturnCredit.Of(line.MovementId.Value, credit.Id, waiting));
                JournalMove.Add(journal.Moves, AccountRole.AccountsPayable, AccountRole.GoodsReceivedNotInvoiced, waiting);
                JournalMove.Add(journal.Moves, AccountRole.AccountsPayable, AccountRole.PurchaseVariance, booked - waiting);
                return null;
            case CreditLineKind.Other:
                JournalMove.Add(journal.Moves, AccountRole.AccountsPayable, AccountRole.PurchaseVariance, booked);
                return null;
            case CreditLineKind.Invoice:
                return booked == 0m ? null : await CheapenAsync(credit, line, booked, journal, envelope, ct);
        }

        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>The goods of the invoice line cost less, each receipt by its part; a line without goods gives its account back.</summary>
    private async Task<DomainError?> CheapenAsync(
        SupplierCredit credit, SupplierCreditLine line, decimal booked, (LedgerEntity Entity, List<JournalMove> Moves) journal,
        Envelope envelope, CancellationToken ct)
    {
        var matches = await db.FindPostedMatchesAsync(line.InvoiceLineId!.Value, ct);
        if (matches.Count == 0)
        {
            JournalMove.Add(journal.Moves, AccountRole.AccountsPayable, AccountRole.PurchasedServices, booked);
            return null;
        }

        var shares = Rounding.Share(booked, [.. matches.Select(match => match.Quantity)], journal.Entity.CurrencyDigits);
        for (var at = 0; at < matches.Count; at++)
        {
            if (shares[at] == 0m)
            {
                continue;
            }

            var charged = await new ChargeLateCostHandler(db, entities).HandleAsync(
                new ChargeLateCost(
                    credit.LegalEntityId, matches[at].Movement, LateCostKind.InvoiceVariance, -shares[at],
                    string.Create(CultureInfo.InvariantCulture, $"{credit.Number}/{line.Line}/{matches[at].Movement}")),
                envelope,
                ct);
            if (charged.Error is { } refused)
            {
                return refused;
            }
        }

        return null;
    }
}

/// <summary>A receipt that a posted invoice line paid for.</summary>
internal sealed record PaidReceipt(long Movement, decimal Quantity);
