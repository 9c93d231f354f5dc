using Npgsql;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Payables.Matching;

/// <summary>Compares an invoice anew: goods came, a case was closed, or the rules changed.</summary>
[Needs("payables.enter")]
[Refuses<SupplierInvoiceNotFound>, Refuses<StaleVersion>, Refuses<WrongInvoiceStatus>]
public sealed record MatchInvoice(SupplierInvoiceId Invoice, int Version) : ICommand<InvoiceMoved>;

/// <summary>Compares every invoice anew whose goods have come or whose case is closed; run by a service.</summary>
[Needs("payables.watch")]
public sealed record MatchWaitingInvoices(int Most) : ICommand<InvoicesCompared>;

public sealed record InvoicesCompared(IReadOnlyList<SupplierInvoiceId> Invoices);

/// <summary>Stops an invoice that is not in the books yet, for a reason that the comparison does not know.</summary>
[Needs("payables.enter")]
[Refuses<InvalidField>, Refuses<SupplierInvoiceNotFound>, Refuses<StaleVersion>, Refuses<WrongInvoiceStatus>]
public sealed record HoldInvoice(SupplierInvoiceId Invoice, int Version, string Reason) : ICommand<InvoiceMoved>, IReasoned;

internal sealed class MatchInvoiceHandler(PlatformDb db, InvoiceMatching matching) : ICommandHandler<MatchInvoice, InvoiceMoved>
{
    public async Task<Result<InvoiceMoved>> HandleAsync(MatchInvoice command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.Refuse(invoice, command.Version, InvoiceStep.Match) is { } refusal)
        {
            return refusal;
        }

        return await matching.CompareAsync(invoice, await db.LockInvoiceLinesAsync(invoice.Id, ct), envelope, ct);
    }
}

internal sealed class MatchWaitingInvoicesHandler(PlatformDb db, InvoiceMatching matching)
    : ICommandHandler<MatchWaitingInvoices, InvoicesCompared>
{
    public async Task<Result<InvoicesCompared>> HandleAsync(MatchWaitingInvoices command, Envelope envelope, CancellationToken ct)
    {
        var waiting = await db.LockWaitingInvoicesAsync(Math.Clamp(command.Most, 1, 50), ct);
        foreach (var invoice in waiting)
        {
            await matching.CompareAsync(invoice, await db.LockInvoiceLinesAsync(invoice.Id, ct), envelope, ct);
        }

        return new InvoicesCompared(waiting.ConvertAll(invoice => invoice.Id));
    }
}

/// <summary>Asked before the service runs, so that an idle house runs no command.</summary>
public static class InvoiceClocks
{
    public static async Task<bool> AreDueAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var ask = source.CreateCommand("select exists (select from invoice_may_go_on)");
        return await ask.ExecuteScalarAsync(ct) is true;
    }
}

internal sealed class HoldInvoiceHandler(PlatformDb db) : ICommandHandler<HoldInvoice, InvoiceMoved>
{
    public async Task<Result<InvoiceMoved>> HandleAsync(HoldInvoice command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockInvoiceAsync(command.Invoice, ct) is not { } invoice)
        {
            return new SupplierInvoiceNotFound(command.Invoice);
        }

        if (InvoiceSteps.Refuse(invoice, command.Version, InvoiceStep.Hold) is { } refusal)
        {
            return refusal;
        }

        var from = invoice.Status;
        db.Add(InvoiceHold.Place(
            invoice.Id, line: null, new PlannedHold(InvoiceHoldReason.Manual, command.Reason, null, null, null, invoice.Payable, null), signalled: null, envelope));
        invoice.Step(InvoiceStep.Hold, envelope.Now);
        var moved = invoice.Moved(InvoiceStep.Hold, from, command.Reason);
        db.Raise(moved);
        return moved;
    }
}

/// <summary>FIN-05: when the case about what came is closed, its invoices are compared with what was confirmed.</summary>
internal sealed class ReceiptCaseRelease(PlatformDb db, InvoiceMatching matching) : ICaseFollower
{
    public async Task ResolvedAsync(ExceptionCase found, Envelope envelope, CancellationToken ct)
    {
        if (!ReceiptCases.Categories.Contains(found.Category, StringComparer.Ordinal))
        {
            return;
        }

        foreach (var id in await db.InvoicesHeldByCaseAsync(found.Id, ct))
        {
            var invoice = (await db.LockInvoiceAsync(id, ct))!;
            if (InvoiceSteps.Leads(invoice, InvoiceStep.Match))
            {
                foreach (var hold in (await db.LockInvoiceHoldsAsync(id, ct)).FindAll(hold => hold.ReceiptCaseId == found.Id && hold.Resolution is null))
                {
                    hold.Resolve(InvoiceHoldResolution.CaseClosed, $"{found.Outcome}", envelope);
                }

                await matching.CompareAsync(invoice, await db.LockInvoiceLinesAsync(id, ct), envelope, ct);
            }
        }
    }
}
