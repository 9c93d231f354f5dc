using System.Collections.Frozen;
using Platform.Domain.Kernel;

namespace Platform.Domain.Payables;

public enum InvoiceStatus
{
    /// <summary>Written down, and not compared yet.</summary>
    Entered,

    /// <summary>Differs from what was ordered and received, or waits for it; its holds say why.</summary>
    OnHold,

    /// <summary>Agrees with what was ordered and received, as far as it is to be paid.</summary>
    Matched,

    /// <summary>Others decide about it.</summary>
    PendingApproval,
    Approved,

    /// <summary>In the books: it is owed.</summary>
    Posted,
    Paid,

    /// <summary>Taken back after it was in the books.</summary>
    Reversed,
    Cancelled,
}

public enum InvoiceStep
{
    Match,
    Hold,
    Submit,
    Approve,

    /// <summary>It was not agreed to.</summary>
    Return,
    Post,
    Pay,
    Reverse,
    Cancel,
}

/// <summary>The life of a supplier invoice, as its whole table (DOMAIN 4.8).</summary>
internal static class InvoiceSteps
{
    public static FrozenDictionary<(InvoiceStatus From, InvoiceStep Step), InvoiceStatus> Table { get; } =
        new Dictionary<(InvoiceStatus From, InvoiceStep Step), InvoiceStatus>
        {
            [(InvoiceStatus.Entered, InvoiceStep.Match)] = InvoiceStatus.Matched,
            [(InvoiceStatus.Entered, InvoiceStep.Hold)] = InvoiceStatus.OnHold,
            [(InvoiceStatus.Entered, InvoiceStep.Cancel)] = InvoiceStatus.Cancelled,
            [(InvoiceStatus.OnHold, InvoiceStep.Match)] = InvoiceStatus.Matched,
            [(InvoiceStatus.OnHold, InvoiceStep.Hold)] = InvoiceStatus.OnHold,
            [(InvoiceStatus.OnHold, InvoiceStep.Cancel)] = InvoiceStatus.Cancelled,
            [(InvoiceStatus.Matched, InvoiceStep.Match)] = InvoiceStatus.Matched,
            [(InvoiceStatus.Matched, InvoiceStep.Hold)] = InvoiceStatus.OnHold,
            [(InvoiceStatus.Matched, InvoiceStep.Submit)] = InvoiceStatus.PendingApproval,
            [(InvoiceStatus.Matched, InvoiceStep.Cancel)] = InvoiceStatus.Cancelled,
            // FIN-05: a case that opens while others decide, or afterwards, stops the invoice until it is closed.
            [(InvoiceStatus.PendingApproval, InvoiceStep.Approve)] = InvoiceStatus.Approved,
            [(InvoiceStatus.PendingApproval, InvoiceStep.Return)] = InvoiceStatus.Matched,
            [(InvoiceStatus.Approved, InvoiceStep.Match)] = InvoiceStatus.Matched,
            [(InvoiceStatus.Approved, InvoiceStep.Hold)] = InvoiceStatus.OnHold,
            [(InvoiceStatus.Approved, InvoiceStep.Post)] = InvoiceStatus.Posted,
            [(InvoiceStatus.Approved, InvoiceStep.Cancel)] = InvoiceStatus.Cancelled,
            [(InvoiceStatus.Posted, InvoiceStep.Pay)] = InvoiceStatus.Paid,
            [(InvoiceStatus.Posted, InvoiceStep.Reverse)] = InvoiceStatus.Reversed,
        }.ToFrozenDictionary();

    public static InvoiceStatus After(InvoiceStatus status, InvoiceStep step) => Table[(status, step)];

    /// <summary>Whether the step leads on from where the invoice stands.</summary>
    public static bool Leads(SupplierInvoice invoice, InvoiceStep step) => Table.ContainsKey((invoice.Status, step));

    /// <summary>Null when the invoice is as the caller saw it and the step leads on from there.</summary>
    public static DomainError? Refuse(SupplierInvoice invoice, int version, InvoiceStep step) =>
        invoice.Version != version
            ? new StaleVersion(nameof(SupplierInvoice), invoice.Id.Value, version, invoice.Version)
            : RefuseStep(invoice, step);

    public static WrongInvoiceStatus? RefuseStep(SupplierInvoice invoice, InvoiceStep step) =>
        Leads(invoice, step) ? null : new WrongInvoiceStatus(invoice.Id, invoice.Status, step);
}
