using System.Globalization;
using System.Text.Json;
using Platform.Domain.Approvals;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Payables.Matching;

namespace Platform.Domain.Payables;

/// <summary>Asks others to agree that a matched invoice is paid, as far as it is payable.</summary>
[Needs("payables.enter")]
[Refuses<SupplierInvoiceNotFound>, Refuses<StaleVersion>, Refuses<WrongInvoiceStatus>, Refuses<NothingPayable>]
[Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record SubmitInvoice(SupplierInvoiceId Invoice, int Version) : ICommand<InvoiceSubmitted>;

/// <param name="Invoice">The invoice.</param>
/// <param name="Status">Approved at once where a rule lets it pass.</param>
/// <param name="Request">The request that waits.</param>
/// <param name="Version">The invoice's version.</param>
public sealed record InvoiceSubmitted(SupplierInvoiceId Invoice, InvoiceStatus Status, ApprovalRequestId Request, int Version);

/// <summary>Lets an invoice be booked; run by the approval of it and by nothing else.</summary>
[Needs("payables.approve")]
[Refuses<InvoiceNeedsApproval>, Refuses<SupplierInvoiceNotFound>, Refuses<WrongInvoiceStatus>, Refuses<OwnInvoice>]
public sealed record AuthoriseInvoice(SupplierInvoiceId Invoice, decimal Payable) : ICommand<InvoiceMoved>;

/// <summary>Gives up an invoice that is not in the books: it was wrong, or the supplier took it back.</summary>
[Needs("payables.enter")]
[Refuses<InvalidField>, Refuses<SupplierInvoiceNotFound>, Refuses<StaleVersion>, Refuses<WrongInvoiceStatus>]
public sealed record CancelInvoice(SupplierInvoiceId Invoice, int Version, string Reason) : ICommand<InvoiceMoved>, IReasoned;

internal sealed class SubmitInvoiceHandler(PlatformDb db, ApprovalDesk approvals) : ICommandHandler<SubmitInvoice, InvoiceSubmitted>
{
    public async Task<Result<InvoiceSubmitted>> HandleAsync(SubmitInvoice command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.Refuse(invoice, command.Version, InvoiceStep.Submit) is { } refusal)
        {
            return refusal;
        }

        if (invoice.Payable == 0m)
        {
            return new NothingPayable(invoice.Id);
        }

        invoice.Step(InvoiceStep.Submit, envelope.Now);
        db.Raise(invoice.Moved(InvoiceStep.Submit, InvoiceStatus.Matched, reason: null));
        var lines = await db.LockInvoiceLinesAsync(invoice.Id, ct);
        var filed = await approvals.FileAsync(new AuthoriseInvoice(invoice.Id, invoice.Payable), Sheet(invoice, lines), envelope, ct);
        return filed.Succeeded(out var request)
            ? new InvoiceSubmitted(invoice.Id, invoice.Status, request.Request, invoice.Version)
            : filed.Error!;
    }

    private static ApprovalSheet Sheet(SupplierInvoice invoice, IReadOnlyList<SupplierInvoiceLine> lines) => new()
    {
        Kind = "INVOICE",
        Subject = new Subject(nameof(SupplierInvoice), invoice.Id.Value),
        Title = string.Create(CultureInfo.InvariantCulture, $"Invoice {invoice.Number}: {invoice.Payable} of {invoice.Gross} {invoice.CurrencyCode}"),
        Effects =
        [
            new ShownEffect("status", "pending approval", "approved"),
            new ShownEffect("payable", null, string.Create(CultureInfo.InvariantCulture, $"{invoice.Payable} {invoice.CurrencyCode} on {invoice.DueOn:O}")),
            .. lines.Select(line => new ShownEffect(
                string.Create(CultureInfo.InvariantCulture, $"line {line.Line}"),
                string.Create(CultureInfo.InvariantCulture, $"{line.Net} charged"),
                string.Create(CultureInfo.InvariantCulture, $"{line.PayableNet} paid for {line.BaseQuantity - line.Disputed} of {line.BaseQuantity}"))),
        ],
        Preconditions = [new Subject(nameof(SupplierInvoice), invoice.Id.Value)],
        Amount = invoice.Payable,
        Currency = invoice.CurrencyCode,
        LegalEntity = invoice.LegalEntityId,
        Supplier = invoice.SupplierId,
    };
}

internal sealed class AuthoriseInvoiceHandler(PlatformDb db) : ICommandHandler<AuthoriseInvoice, InvoiceMoved>
{
    public async Task<Result<InvoiceMoved>> HandleAsync(AuthoriseInvoice command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is not { } mandate)
        {
            return new InvoiceNeedsApproval(command.Invoice, "Approval");
        }

        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.RefuseStep(invoice, InvoiceStep.Approve) is { } wrong)
        {
            return wrong;
        }

        // Whoever entered it may have asked another to submit it; they decide about it all the same never. What a rule lets pass
        // nobody decides about.
        if (invoice.EnteredByPerson == envelope.Actor.Person && !await db.IsAutomaticAsync(mandate, ct))
        {
            return new OwnInvoice(invoice.Id, envelope.Actor.Person);
        }

        invoice.Approve(envelope);
        var moved = invoice.Moved(InvoiceStep.Approve, InvoiceStatus.PendingApproval, reason: null);
        db.Raise(moved);
        return moved;
    }
}

internal sealed class CancelInvoiceHandler(PlatformDb db, InvoiceMatching matching, CaseClosing closing) : ICommandHandler<CancelInvoice, InvoiceMoved>
{
    public async Task<Result<InvoiceMoved>> HandleAsync(CancelInvoice command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.Refuse(invoice, command.Version, InvoiceStep.Cancel) is { } refusal)
        {
            return refusal;
        }

        await matching.ReleaseAsync(invoice, await db.LockInvoiceLinesAsync(invoice.Id, ct), envelope, ct);
        var holds = await db.LockInvoiceHoldsAsync(invoice.Id, ct);
        foreach (var hold in holds.FindAll(hold => hold.Resolution is null))
        {
            hold.Resolve(InvoiceHoldResolution.Cancelled, command.Reason, envelope);
        }

        // Nobody is asked for what the invoice asked for: whoever looks at it need not look on.
        foreach (var review in holds.Select(hold => hold.CaseId).OfType<ExceptionCaseId>().Distinct().OrderBy(id => id.Value))
        {
            await closing.SettleAsync(review, CaseOutcome.NoAction, command.Reason, envelope, ct);
        }

        var from = invoice.Status;
        invoice.Cancel(command.Reason, envelope.Now);
        var moved = invoice.Moved(InvoiceStep.Cancel, from, command.Reason);
        db.Raise(moved);
        return moved;
    }
}

/// <summary>What an approver relies on of an invoice: what is paid for what, and that no case about its goods is open (FIN-05).</summary>
internal sealed class InvoiceFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(SupplierInvoice);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct)
    {
        var invoice = await db.LockInvoiceAsync(new SupplierInvoiceId(id), ct);
        if (invoice is null)
        {
            return null;
        }

        var lines = await db.LockInvoiceLinesAsync(invoice.Id, ct);
        var paid = JsonSerializer.Serialize(
            lines.Select(line => new { line.Line, line.OrderLineId, line.BaseQuantity, line.Net, line.Matched, line.Disputed, line.PayableNet }),
            KernelJson.Options);
        return new
        {
            invoice.Status,
            invoice.Payable,
            invoice.Version,
            OpenCases = await db.CountReceiptCasesAsync(lines, ct),
            Lines = Convert.ToHexStringLower(CanonicalJson.Fingerprint(CanonicalJson.Of(JsonDocument.Parse(paid).RootElement))),
        };
    }
}

/// <summary>An invoice that others did not agree to is matched again, and nothing more.</summary>
internal sealed class InvoiceReturns(PlatformDb db) : IApprovalFollower
{
    public string SubjectKind => nameof(SupplierInvoice);

    public async Task EndedAsync(Guid subject, ApprovalStatus end, string? reason, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockInvoiceAsync(new SupplierInvoiceId(subject), ct) is { Status: InvoiceStatus.PendingApproval } invoice)
        {
            invoice.Step(InvoiceStep.Return, envelope.Now);
            db.Raise(invoice.Moved(InvoiceStep.Return, InvoiceStatus.PendingApproval, reason));
        }
    }
}
