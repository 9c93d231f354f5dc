using System.Globalization;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Payables.Credits;
using Platform.Domain.Purchasing;
using Platform.Domain.Stock.Costing;

namespace Platform.Domain.Payables.Posting;

/// <summary>
/// Books an approved invoice: it is owed, the accrual of its receipts is cleared, and what it differs from it is split between the
/// goods that are here and those that left.
/// </summary>
[Needs("payables.post")]
[RefusesLike<ChargeLateCost>]
[Refuses<SupplierInvoiceNotFound>, Refuses<StaleVersion>, Refuses<WrongInvoiceStatus>, Refuses<InvoiceChangedSinceApproval>]
[Refuses<OrderLineNotFound>, Refuses<OrderNotOpenTo>, Refuses<BeyondTheLine>]
public sealed record PostInvoice(SupplierInvoiceId Invoice, int Version) : ICommand<InvoiceMoved>;

/// <summary>Asks others to agree that a posted invoice is taken back.</summary>
[Needs("payables.post")]
[Refuses<InvalidField>, Refuses<SupplierInvoiceNotFound>, Refuses<StaleVersion>, Refuses<WrongInvoiceStatus>]
[Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record AskToReverseInvoice(SupplierInvoiceId Invoice, int Version, string Reason) : ICommand<ApprovalFiled>, IReasoned;

/// <summary>Takes a posted invoice back, exactly as it was booked; run by the approval of it and by nothing else.</summary>
[Needs("payables.approve")]
[RefusesLike<ChargeLateCost>]
[Refuses<InvoiceNeedsApproval>, Refuses<SupplierInvoiceNotFound>, Refuses<WrongInvoiceStatus>, Refuses<InvoiceWasCredited>]
[Refuses<OrderLineNotFound>, Refuses<OrderNotOpenTo>, Refuses<BeyondTheLine>]
public sealed record ReverseInvoice(SupplierInvoiceId Invoice, string Reason) : ICommand<InvoiceMoved>, IReasoned;

internal sealed class PostInvoiceHandler(PlatformDb db, InvoicePosting posting, InvoiceMatching matching) : ICommandHandler<PostInvoice, InvoiceMoved>
{
    public async Task<Result<InvoiceMoved>> HandleAsync(PostInvoice command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.Refuse(invoice, command.Version, InvoiceStep.Post) is { } refusal)
        {
            return refusal;
        }

        var lines = await db.LockInvoiceLinesAsync(invoice.Id, ct);
        if (await db.CountReceiptCasesAsync(lines, ct) is > 0 and var open)
        {
            return new InvoiceChangedSinceApproval(
                invoice.Id, string.Create(CultureInfo.InvariantCulture, $"{open} cases about its receipts are open"));
        }

        if (await matching.SumQualityBlocksAsync(invoice, lines, envelope, ct) is > 0m and var blocked)
        {
            return new InvoiceChangedSinceApproval(
                invoice.Id, string.Create(CultureInfo.InvariantCulture, $"{blocked} units of its goods are under inspection or held"));
        }

        var booked = await posting.BookAsync(invoice, lines, envelope, ct);
        if (booked.Error is { } refused)
        {
            return refused;
        }

        var (journal, book) = booked.Value;
        invoice.Post(journal.Id, journal.PostingDate, book, envelope.Now);
        var moved = invoice.Moved(InvoiceStep.Post, InvoiceStatus.Approved, reason: null);
        db.Raise(moved);
        return moved;
    }
}

internal sealed class AskToReverseInvoiceHandler(PlatformDb db, ApprovalDesk approvals)
    : ICommandHandler<AskToReverseInvoice, ApprovalFiled>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(AskToReverseInvoice command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.Refuse(invoice, command.Version, InvoiceStep.Reverse) is { } refusal)
        {
            return refusal;
        }

        var subject = new Subject(nameof(SupplierInvoice), invoice.Id.Value);
        return await approvals.FileAsync(
            new ReverseInvoice(invoice.Id, command.Reason),
            new ApprovalSheet
            {
                Kind = "INVOICE_REVERSAL",
                Subject = subject,
                Title = string.Create(CultureInfo.InvariantCulture, $"Take back invoice {invoice.Number}: {invoice.Payable} {invoice.CurrencyCode}"),
                Note = command.Reason,
                Effects = [new ShownEffect("status", "posted", "reversed"), new ShownEffect("its receipts", "invoiced", "not invoiced")],
                Preconditions = [subject],
                Amount = invoice.Payable,
                Currency = invoice.CurrencyCode,
                LegalEntity = invoice.LegalEntityId,
                Supplier = invoice.SupplierId,
            },
            envelope,
            ct);
    }
}

internal sealed class ReverseInvoiceHandler(PlatformDb db, InvoicePosting posting) : ICommandHandler<ReverseInvoice, InvoiceMoved>
{
    public async Task<Result<InvoiceMoved>> HandleAsync(ReverseInvoice command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is null)
        {
            return new InvoiceNeedsApproval(command.Invoice, "Reversal");
        }

        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.RefuseStep(invoice, InvoiceStep.Reverse) is { } wrong)
        {
            return wrong;
        }

        if (await db.WasCreditedAsync(invoice.Id, ct))
        {
            return new InvoiceWasCredited(invoice.Id);
        }

        var mirrored = await posting.MirrorAsync(invoice, await db.LockInvoiceLinesAsync(invoice.Id, ct), envelope, ct);
        if (!mirrored.Succeeded(out var journal))
        {
            return mirrored.Error!;
        }

        invoice.Reverse(journal.Id, command.Reason, envelope.Now);
        var moved = invoice.Moved(InvoiceStep.Reverse, InvoiceStatus.Posted, command.Reason);
        db.Raise(moved);
        return moved;
    }
}
