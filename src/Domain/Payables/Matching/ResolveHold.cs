using System.Globalization;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;

namespace Platform.Domain.Payables.Matching;

/// <summary>
/// Decides how an invoice is paid that differs; by another person than who entered it. Above the limit of the match policy others are
/// asked: file it with <see cref="AskToResolveHold"/>.
/// </summary>
[Needs("payables.resolve")]
[Refuses<InvalidField>, Refuses<SupplierInvoiceNotFound>, Refuses<StaleVersion>, Refuses<WrongInvoiceStatus>, Refuses<InvoiceHoldNotFound>]
[Refuses<OwnInvoice>, Refuses<HoldNotResolvedSo>, Refuses<DifferenceNeedsApproval>]
public sealed record ResolveHold(SupplierInvoiceId Invoice, int Version, InvoiceHoldId Hold, InvoiceHoldResolution Resolution, string Reason)
    : ICommand<InvoiceMoved>, IReasoned;

/// <summary>Asks others to accept a difference that is above the limit of one person.</summary>
[Needs("payables.resolve")]
[Refuses<InvalidField>, Refuses<SupplierInvoiceNotFound>, Refuses<StaleVersion>, Refuses<WrongInvoiceStatus>, Refuses<InvoiceHoldNotFound>]
[Refuses<HoldNotResolvedSo>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record AskToResolveHold(SupplierInvoiceId Invoice, int Version, InvoiceHoldId Hold, InvoiceHoldResolution Resolution, string Reason)
    : ICommand<ApprovalFiled>, IReasoned;

/// <summary>Which decisions end which holds, as the whole table. A case, and goods that are to come, are no matter of deciding.</summary>
internal static class HoldResolutions
{
    public static bool Allows(InvoiceHoldReason reason, InvoiceHoldResolution resolution) => (reason, resolution) switch
    {
        (InvoiceHoldReason.Price, InvoiceHoldResolution.PayAsInvoiced or InvoiceHoldResolution.PayAsOrdered) => true,
        (InvoiceHoldReason.Quantity, InvoiceHoldResolution.PayAsInvoiced or InvoiceHoldResolution.PayAsReceived) => true,
        (InvoiceHoldReason.AwaitingReceipt, InvoiceHoldResolution.PayAsReceived) => true,
        (InvoiceHoldReason.Manual, InvoiceHoldResolution.Released) => true,
        _ => false,
    };
}

internal sealed class ResolveHoldHandler(PlatformDb db, InvoiceMatching matching, ExchangeRates rates)
    : ICommandHandler<ResolveHold, InvoiceMoved>
{
    public async Task<Result<InvoiceMoved>> HandleAsync(ResolveHold command, Envelope envelope, CancellationToken ct)
    {
        if (HoldQuestions.Check(command.Resolution, command.Reason) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.Refuse(invoice, command.Version, InvoiceStep.Match) is { } refusal)
        {
            return refusal;
        }

        if (invoice.EnteredByPerson == envelope.Actor.Person)
        {
            return new OwnInvoice(invoice.Id, envelope.Actor.Person);
        }

        var holds = await db.LockInvoiceHoldsAsync(invoice.Id, ct);
        if (holds.Find(one => one.Id == command.Hold && one.Resolution is null) is not { } hold)
        {
            return new InvoiceHoldNotFound(command.Hold);
        }

        if (!HoldResolutions.Allows(hold.Reason, command.Resolution))
        {
            return new HoldNotResolvedSo(hold.Id, hold.Reason, command.Resolution);
        }

        // Paying less than is asked for needs nobody else; paying more than was ordered or received does.
        if (command.Resolution == InvoiceHoldResolution.PayAsInvoiced && envelope.Mandate is null)
        {
            var limit = await LimitAsync(invoice, hold, envelope, ct);
            if (hold.Amount > limit)
            {
                return new DifferenceNeedsApproval(hold.Id, hold.Amount, limit, invoice.CurrencyCode);
            }
        }

        hold.Resolve(command.Resolution, command.Reason, envelope);
        return await matching.CompareAsync(invoice, await db.LockInvoiceLinesAsync(invoice.Id, ct), envelope, ct);
    }

    /// <summary>The rule's limit for one person, in the invoice's currency; nothing where there is no rule.</summary>
    private async Task<decimal> LimitAsync(SupplierInvoice invoice, InvoiceHold hold, Envelope envelope, CancellationToken ct)
    {
        var policy = await db.FindPolicyInForceAsync<MatchRules>(PolicyKind.InvoiceMatch, envelope.Now, ct);
        var line = (await db.LockInvoiceLinesAsync(invoice.Id, ct)).Find(one => one.Id == hold.LineId);
        var limit = policy?.Body.RuleFor(line?.ItemId, invoice.SupplierId, invoice.LegalEntityId).AcceptUpTo ?? 0m;
        return limit == 0m ? 0m : await rates.WorthAsync(limit, policy!.Body.Currency, invoice.CurrencyCode, invoice.InvoiceDate, ct) ?? 0m;
    }
}

internal sealed class AskToResolveHoldHandler(PlatformDb db, ApprovalDesk approvals) : ICommandHandler<AskToResolveHold, ApprovalFiled>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(AskToResolveHold command, Envelope envelope, CancellationToken ct)
    {
        if (HoldQuestions.Check(command.Resolution, command.Reason) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.Refuse(invoice, command.Version, InvoiceStep.Match) is { } refusal)
        {
            return refusal;
        }

        var holds = await db.LockInvoiceHoldsAsync(invoice.Id, ct);
        if (holds.Find(one => one.Id == command.Hold && one.Resolution is null) is not { } hold)
        {
            return new InvoiceHoldNotFound(command.Hold);
        }

        if (!HoldResolutions.Allows(hold.Reason, command.Resolution))
        {
            return new HoldNotResolvedSo(hold.Id, hold.Reason, command.Resolution);
        }

        var subject = new Subject(nameof(SupplierInvoice), invoice.Id.Value);
        return await approvals.FileAsync(
            new ResolveHold(invoice.Id, invoice.Version, hold.Id, command.Resolution, command.Reason),
            new ApprovalSheet
            {
                Kind = "INVOICE_HOLD",
                Subject = subject,
                Title = string.Create(CultureInfo.InvariantCulture, $"Invoice {invoice.Number}: accept a difference of {hold.Amount} {invoice.CurrencyCode}"),
                Note = command.Reason,
                Effects =
                [
                    new ShownEffect($"hold {hold.Reason}", "open", $"{command.Resolution}"),
                    new ShownEffect("expected", string.Create(CultureInfo.InvariantCulture, $"{hold.Expected}"),
                        string.Create(CultureInfo.InvariantCulture, $"{hold.Found}")),
                ],
                Preconditions = [subject],
                Amount = hold.Amount,
                Currency = invoice.CurrencyCode,
                LegalEntity = invoice.LegalEntityId,
                Supplier = invoice.SupplierId,
                ExceptionType = hold.Reason == InvoiceHoldReason.Price ? "PRICE_VARIANCE" : "QTY_VARIANCE_INVOICE",
            },
            envelope,
            ct);
    }
}

internal static class HoldQuestions
{
    public static InvalidField? Check(InvoiceHoldResolution resolution, string reason) =>
        Field.Known<InvoiceHoldResolution>("resolution", resolution) ?? Field.Text("reason", reason, most: 500);
}
