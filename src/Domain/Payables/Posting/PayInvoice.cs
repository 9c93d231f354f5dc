using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Domain.Payables.Credits;

namespace Platform.Domain.Payables.Posting;

/// <summary>
/// Takes down that a posted invoice was paid, less credits of the same supplier. What the currency made of it since it was booked is
/// an exchange difference.
/// </summary>
[Needs("payables.pay")]
[Refuses<InvalidField>, Refuses<SupplierInvoiceNotFound>, Refuses<StaleVersion>, Refuses<WrongInvoiceStatus>, Refuses<NoExchangeRate>]
[Refuses<CreditNotUsable>, Refuses<CreditsBeyondInvoice>, Refuses<PeriodClosed>]
public sealed record PayInvoice(
    SupplierInvoiceId Invoice, int Version, DateOnly PaidOn, string Reference, decimal? Rate, IReadOnlyList<SupplierCreditId> Credits)
    : ICommand<InvoiceMoved>;

internal sealed class PayInvoiceHandler(PlatformDb db, LedgerEntities entities, JournalBook journals, ExchangeRates rates)
    : ICommandHandler<PayInvoice, InvoiceMoved>
{
    private const int MostCredits = 100;

    public async Task<Result<InvoiceMoved>> HandleAsync(PayInvoice command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.Refuse(invoice, command.Version, InvoiceStep.Pay) is { } refusal)
        {
            return refusal;
        }

        var found = await CreditsAsync(command, invoice, ct);
        if (!found.Succeeded(out var credits))
        {
            return found.Error!;
        }

        var entity = (await entities.FindAsync(db, invoice.LegalEntityId, ct))!;
        if (StatedValues.Rate(command.Rate, invoice.CurrencyCode, entity.Currency) is { } idle)
        {
            return idle;
        }

        var rate = invoice.CurrencyCode == entity.Currency ? 1m
            : command.Rate ?? await rates.WorthAsync(1m, invoice.CurrencyCode, entity.Currency, command.PaidOn, ct);
        if (rate is null)
        {
            return new NoExchangeRate(invoice.CurrencyCode, entity.Currency, command.PaidOn);
        }

        var owed = invoice.PayableBook!.Value - credits.Sum(credit => credit.ClaimBook!.Value);
        var paid = Rounding.HalfUp((invoice.Payable - credits.Sum(credit => credit.Claim!.Value)) * rate.Value, entity.CurrencyDigits);
        var moves = new List<JournalMove>();
        JournalMove.Add(moves, AccountRole.AccountsPayable, AccountRole.Payments, owed);
        JournalMove.Add(moves, AccountRole.ExchangeDifference, AccountRole.Payments, paid - owed);
        var booked = await journals.BookAsync(entity, new BookedDocument("Payment", invoice.Number, invoice.Id.Value), moves, envelope, ct);
        if (!booked.Succeeded(out var journal))
        {
            return booked.Error!;
        }

        foreach (var credit in credits)
        {
            credit.Settle(invoice.Id, envelope.Now);
            db.Raise(credit.Moved(CreditStep.Settle, CreditStatus.Posted, invoice.Number));
        }

        invoice.Pay(journal.Id, command.PaidOn, command.Reference, envelope.Now);
        var moved = invoice.Moved(InvoiceStep.Pay, InvoiceStatus.Posted, command.Reference);
        db.Raise(moved);
        return moved;
    }

    private static InvalidField? Check(PayInvoice command, DateTimeOffset now) =>
        Field.Text("reference", command.Reference, most: 100)
        ?? Field.Positive("rate", command.Rate, most: 1_000_000m, decimals: 10)
        ?? Field.Whole("credits", command.Credits.Count, least: 0, MostCredits)
        ?? (command.PaidOn > DateOnly.FromDateTime(now.UtcDateTime)
            ? Field.Invalid("paidOn", "must not lie in the future", command.PaidOn.ToString("O"))
            : null);

    private async Task<Result<List<SupplierCredit>>> CreditsAsync(PayInvoice command, SupplierInvoice invoice, CancellationToken ct)
    {
        var credits = new List<SupplierCredit>();
        foreach (var id in command.Credits.Distinct().OrderBy(id => id.Value))
        {
            var credit = await db.LockCreditAsync(id, ct);
            if (credit is not { Status: CreditStatus.Posted } || credit.SupplierId != invoice.SupplierId
                || credit.LegalEntityId != invoice.LegalEntityId || credit.CurrencyCode != invoice.CurrencyCode)
            {
                return new CreditNotUsable(id);
            }

            credits.Add(credit);
        }

        var sum = credits.Sum(credit => credit.Claim!.Value);
        return sum > invoice.Payable ? new CreditsBeyondInvoice(invoice.Payable, sum) : credits;
    }
}
