using System.Collections.Frozen;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Payables.Credits;

public enum CreditKind
{
    /// <summary>The supplier says that it owes us.</summary>
    CreditNote,

    /// <summary>We say so, with proof (FIN-09).</summary>
    Chargeback,
}

public enum CreditStatus
{
    Draft,
    PendingApproval,
    Posted,

    /// <summary>Deducted from a payment.</summary>
    Settled,
    Cancelled,
}

public enum CreditStep
{
    Submit,
    Return,
    Post,
    Settle,
    Cancel,
}

/// <summary>The life of a credit, as its whole table.</summary>
internal static class CreditSteps
{
    public static FrozenDictionary<(CreditStatus From, CreditStep Step), CreditStatus> Table { get; } =
        new Dictionary<(CreditStatus From, CreditStep Step), CreditStatus>
        {
            [(CreditStatus.Draft, CreditStep.Submit)] = CreditStatus.PendingApproval,
            [(CreditStatus.Draft, CreditStep.Cancel)] = CreditStatus.Cancelled,
            [(CreditStatus.PendingApproval, CreditStep.Return)] = CreditStatus.Draft,
            [(CreditStatus.PendingApproval, CreditStep.Post)] = CreditStatus.Posted,
            [(CreditStatus.Posted, CreditStep.Settle)] = CreditStatus.Settled,
        }.ToFrozenDictionary();

    public static CreditStatus After(CreditStatus status, CreditStep step) => Table[(status, step)];

    public static WrongCreditStatus? Refuse(SupplierCredit credit, CreditStep step) =>
        Table.ContainsKey((credit.Status, step)) ? null : new WrongCreditStatus(credit.Id, credit.Status, step);
}

/// <summary>What a supplier owes us.</summary>
public sealed class SupplierCredit
{
    private SupplierCredit()
    {
    }

    public SupplierCreditId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public CreditKind Kind { get; private set; }

    public CreditStatus Status { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public string? SupplierNumber { get; private set; }

    public string? SupplierNumberKey { get; private set; }

    public DateOnly CreditDate { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public decimal Rate { get; private set; }

    public decimal Net { get; private set; }

    public decimal Tax { get; private set; }

    public decimal Gross { get; private set; }

    /// <summary>What may be deducted from payments: all but what was never paid.</summary>
    public decimal? Claim { get; private set; }

    public decimal? ClaimBook { get; private set; }

    public string Reason { get; private set; } = string.Empty;

    public string? Evidence { get; private set; }

    public ExceptionCaseId? CaseId { get; private set; }

    public Guid DraftedBy { get; private set; }

    public Guid DraftedByPerson { get; private set; }

    public Guid? ApprovedBy { get; private set; }

    public Guid? ApprovedByPerson { get; private set; }

    public long? JournalId { get; private set; }

    public DateOnly? PostingDate { get; private set; }

    public DateTimeOffset? PostedAt { get; private set; }

    public SupplierInvoiceId? SettledBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static SupplierCredit Draft(SupplierCreditId id, string number, DraftCredit draft, decimal rate, Envelope envelope) => new()
    {
        Id = id,
        Number = number,
        Kind = draft.Kind,
        Status = CreditStatus.Draft,
        LegalEntityId = draft.LegalEntity,
        SupplierId = draft.Supplier,
        SupplierNumber = draft.SupplierNumber,
        SupplierNumberKey = draft.SupplierNumber is { } theirs ? InvoiceNumbers.KeyOf(theirs) : null,
        CreditDate = draft.CreditDate,
        CurrencyCode = draft.Currency,
        Rate = rate,
        Net = draft.Lines.Sum(line => line.Net),
        Tax = draft.Lines.Sum(line => line.Tax),
        Gross = draft.Lines.Sum(line => line.Net + line.Tax),
        Reason = draft.Reason,
        Evidence = draft.Evidence,
        CaseId = draft.Case,
        DraftedBy = envelope.Actor.Id,
        DraftedByPerson = envelope.Actor.Person,
        Version = 1,
        CreatedAt = envelope.Now,
        UpdatedAt = envelope.Now,
    };

    internal void Post(long journal, DateOnly day, (decimal Claim, decimal Book) owed, Envelope envelope)
    {
        Step(CreditStep.Post, envelope.Now);
        (JournalId, PostingDate, PostedAt) = (journal, day, envelope.Now);
        (Claim, ClaimBook) = owed;
        (ApprovedBy, ApprovedByPerson) = (envelope.Actor.Id, envelope.Actor.Person);
    }

    internal void Settle(SupplierInvoiceId by, DateTimeOffset at)
    {
        Step(CreditStep.Settle, at);
        SettledBy = by;
    }

    internal void Cancel(string reason, DateTimeOffset at)
    {
        Step(CreditStep.Cancel, at);
        (EndedAt, EndReason) = (at, reason);
    }

    internal void Step(CreditStep step, DateTimeOffset at)
    {
        Status = CreditSteps.After(Status, step);
        Version++;
        UpdatedAt = at;
    }

    internal CreditMoved Moved(CreditStep? step, CreditStatus from, string? reason) => new(
        Id, Number, Kind, step, from, Status, Gross, CurrencyCode, LegalEntityId, SupplierId, Version, reason);
}

/// <summary>A credit was drafted or took a step; everything a list shows of it stands in the event.</summary>
public sealed record CreditMoved(
    SupplierCreditId Credit,
    string Number,
    CreditKind Kind,
    CreditStep? Step,
    CreditStatus From,
    CreditStatus To,
    decimal Gross,
    string Currency,
    LegalEntityId LegalEntity,
    SupplierId Supplier,
    int Version,
    string? Reason) : IEvent
{
    public Subject Subject => new(nameof(SupplierCredit), Credit.Value);
}

public enum CreditLineKind
{
    /// <summary>Something that an invoice charged: too much, too dear, or never delivered.</summary>
    Invoice,

    /// <summary>Goods that went back.</summary>
    Return,

    /// <summary>Anything else, named in words.</summary>
    Other,
}

/// <summary>One line of a credit.</summary>
public sealed class SupplierCreditLine
{
    private SupplierCreditLine()
    {
    }

    public Guid Id { get; private set; }

    public SupplierCreditId CreditId { get; private set; }

    public int Line { get; private set; }

    public CreditLineKind Kind { get; private set; }

    public SupplierInvoiceLineId? InvoiceLineId { get; private set; }

    /// <summary>The movement that sent the goods back.</summary>
    public long? MovementId { get; private set; }

    public decimal? Quantity { get; private set; }

    public string? Description { get; private set; }

    public decimal Net { get; private set; }

    public decimal Tax { get; private set; }

    /// <summary>Of the net amount, what was never paid and is settled without money.</summary>
    public decimal UnpaidNet { get; private set; }

    internal static SupplierCreditLine Of(SupplierCreditId credit, int number, CreditLineEntry entry, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        CreditId = credit,
        Line = number,
        Kind = entry.Kind,
        InvoiceLineId = entry.InvoiceLine,
        MovementId = entry.Movement,
        Quantity = entry.Quantity,
        Description = entry.Description,
        Net = entry.Net,
        Tax = entry.Tax,
    };

    internal void SettleUnpaid(decimal net) => UnpaidNet = net;
}

/// <summary>Goods that were sent back, and the credit that paid for them.</summary>
public sealed class SupplierReturnCredit
{
    private SupplierReturnCredit()
    {
    }

    public long MovementId { get; private set; }

    public SupplierCreditId CreditId { get; private set; }

    public decimal Cleared { get; private set; }

    internal static SupplierReturnCredit Of(long movement, SupplierCreditId credit, decimal cleared) =>
        new() { MovementId = movement, CreditId = credit, Cleared = cleared };
}
