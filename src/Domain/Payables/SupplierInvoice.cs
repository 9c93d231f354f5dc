using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Payables;

/// <summary>What a supplier asks for, and what of it is paid.</summary>
public sealed class SupplierInvoice
{
    private SupplierInvoice()
    {
    }

    public SupplierInvoiceId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public string SupplierNumber { get; private set; } = string.Empty;

    public string SupplierNumberKey { get; private set; } = string.Empty;

    public InvoiceStatus Status { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public DateOnly InvoiceDate { get; private set; }

    public DateOnly DueOn { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    /// <summary>What one of its currency is worth in the currency of the books, from its date on.</summary>
    public decimal Rate { get; private set; }

    public decimal Net { get; private set; }

    public decimal Tax { get; private set; }

    public decimal Gross { get; private set; }

    /// <summary>The part of the net amount that is paid; the rest waits for a credit.</summary>
    public decimal PayableNet { get; private set; }

    public decimal PayableTax { get; private set; }

    /// <summary>What is paid, in its currency.</summary>
    public decimal Payable { get; private set; }

    /// <summary>What the books owe for it, in their currency.</summary>
    public decimal? PayableBook { get; private set; }

    public Guid EnteredBy { get; private set; }

    public Guid EnteredByPerson { get; private set; }

    public DateTimeOffset? MatchedAt { get; private set; }

    /// <summary>The number of the match policy by which it was compared; null where there was none.</summary>
    public int? PolicyNumber { get; private set; }

    public Guid? ApprovedBy { get; private set; }

    public Guid? ApprovedByPerson { get; private set; }

    public int? ApprovedVersion { get; private set; }

    public long? JournalId { get; private set; }

    public DateOnly? PostingDate { get; private set; }

    public DateTimeOffset? PostedAt { get; private set; }

    public long? ReversalJournalId { get; private set; }

    public DateOnly? PaidOn { get; private set; }

    public string? PaymentReference { get; private set; }

    public long? PaymentJournalId { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static SupplierInvoice Enter(SupplierInvoiceId id, string number, EnteredInvoice entered, Envelope envelope) => new()
    {
        Id = id,
        Number = number,
        SupplierNumber = entered.Command.SupplierNumber,
        SupplierNumberKey = InvoiceNumbers.KeyOf(entered.Command.SupplierNumber),
        Status = InvoiceStatus.Entered,
        LegalEntityId = entered.Command.LegalEntity,
        SupplierId = entered.Command.Supplier,
        InvoiceDate = entered.Command.InvoiceDate,
        DueOn = entered.DueOn,
        CurrencyCode = entered.Command.Currency,
        Rate = entered.Rate,
        Net = entered.Command.Totals.Net,
        Tax = entered.Command.Totals.Tax,
        Gross = entered.Command.Totals.Gross,
        EnteredBy = envelope.Actor.Id,
        EnteredByPerson = envelope.Actor.Person,
        Version = 1,
        CreatedAt = envelope.Now,
        UpdatedAt = envelope.Now,
    };

    internal void Compare(bool holds, decimal net, decimal tax, int? policy, DateTimeOffset at)
    {
        Step(holds ? InvoiceStep.Hold : InvoiceStep.Match, at);
        (PayableNet, PayableTax, Payable) = (net, tax, net + tax);
        (MatchedAt, PolicyNumber) = (at, policy);
        (ApprovedBy, ApprovedByPerson, ApprovedVersion) = (null, null, null);
    }

    internal void Approve(Envelope envelope)
    {
        Step(InvoiceStep.Approve, envelope.Now);
        (ApprovedBy, ApprovedByPerson, ApprovedVersion) = (envelope.Actor.Id, envelope.Actor.Person, Version);
    }

    internal void Post(long journal, DateOnly day, decimal book, DateTimeOffset at)
    {
        Step(InvoiceStep.Post, at);
        (JournalId, PostingDate, PayableBook, PostedAt) = (journal, day, book, at);
    }

    internal void Pay(long journal, DateOnly paidOn, string reference, DateTimeOffset at)
    {
        Step(InvoiceStep.Pay, at);
        (PaymentJournalId, PaidOn, PaymentReference) = (journal, paidOn, reference);
    }

    internal void Reverse(long journal, string reason, DateTimeOffset at)
    {
        Step(InvoiceStep.Reverse, at);
        (ReversalJournalId, EndedAt, EndReason) = (journal, at, reason);
    }

    internal void Cancel(string reason, DateTimeOffset at)
    {
        Step(InvoiceStep.Cancel, at);
        (EndedAt, EndReason) = (at, reason);
    }

    internal void Step(InvoiceStep step, DateTimeOffset at)
    {
        Status = InvoiceSteps.After(Status, step);
        Version++;
        UpdatedAt = at;
    }

    internal InvoiceMoved Moved(InvoiceStep step, InvoiceStatus from, string? reason) => new(
        Id, Number, step, from, Status, SupplierNumber, Gross, Payable, CurrencyCode, LegalEntityId, SupplierId, Version, reason);
}

/// <summary>A number is the same whatever dashes, blanks and capitals people type.</summary>
internal static class InvoiceNumbers
{
    public static string KeyOf(string number)
    {
        var key = string.Concat(number.Where(char.IsLetterOrDigit)).ToUpperInvariant().TrimStart('0');
        return key.Length == 0 ? number : key;
    }
}

/// <summary>An invoice took a step; everything a list shows of it stands in the event.</summary>
public sealed record InvoiceMoved(
    SupplierInvoiceId Invoice,
    string Number,
    InvoiceStep Step,
    InvoiceStatus From,
    InvoiceStatus To,
    string SupplierNumber,
    decimal Gross,
    decimal Payable,
    string Currency,
    LegalEntityId LegalEntity,
    SupplierId Supplier,
    int Version,
    string? Reason) : IEvent
{
    public Subject Subject => new(nameof(SupplierInvoice), Invoice.Value);
}
