using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Payables.Matching;

/// <summary>Why an invoice waits.</summary>
public enum InvoiceHoldReason
{
    Price,

    /// <summary>More is charged than came, and no more is expected.</summary>
    Quantity,

    /// <summary>Its goods have not all come.</summary>
    AwaitingReceipt,

    /// <summary>A case about what was received is open (FIN-05).</summary>
    ReceiptCase,

    /// <summary>Goods of it are under inspection or held, and the rule says that it waits for that (QLT-07).</summary>
    Quality,

    /// <summary>Somebody stopped it.</summary>
    Manual,
}

/// <summary>How a hold ended.</summary>
public enum InvoiceHoldResolution
{
    /// <summary>Still open.</summary>
    None,

    /// <summary>The difference is accepted.</summary>
    PayAsInvoiced,

    /// <summary>The order's price is paid; the rest waits for a credit.</summary>
    PayAsOrdered,

    /// <summary>What came is paid; the rest waits for a credit.</summary>
    PayAsReceived,

    /// <summary>The case was closed.</summary>
    CaseClosed,

    /// <summary>The difference is gone: goods came, or a rule changed.</summary>
    Matched,

    /// <summary>Whoever stopped it, or another, let it go.</summary>
    Released,

    /// <summary>The invoice itself was cancelled.</summary>
    Cancelled,
}

/// <summary>One reason why an invoice waits, and how it ended.</summary>
public sealed class InvoiceHold
{
    private InvoiceHold()
    {
    }

    public InvoiceHoldId Id { get; private set; }

    public SupplierInvoiceId InvoiceId { get; private set; }

    public SupplierInvoiceLineId? LineId { get; private set; }

    public InvoiceHoldReason Reason { get; private set; }

    public string Explanation { get; private set; } = string.Empty;

    public decimal? Expected { get; private set; }

    public decimal? Found { get; private set; }

    public decimal? Tolerated { get; private set; }

    public decimal Amount { get; private set; }

    public ExceptionCaseId? ReceiptCaseId { get; private set; }

    public ExceptionCaseId? CaseId { get; private set; }

    public DateTimeOffset PlacedAt { get; private set; }

    public Guid? PlacedByPerson { get; private set; }

    public InvoiceHoldResolution? Resolution { get; private set; }

    public string? ResolutionReason { get; private set; }

    public Guid? ResolvedBy { get; private set; }

    public Guid? ResolvedByPerson { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    internal static InvoiceHold Place(
        SupplierInvoiceId invoice, SupplierInvoiceLineId? line, PlannedHold planned, ExceptionCaseId? signalled, Envelope envelope) => new()
    {
        Id = new InvoiceHoldId(Guid.CreateVersion7(envelope.Now)),
        InvoiceId = invoice,
        LineId = line,
        Reason = planned.Reason,
        Explanation = planned.Explanation,
        Expected = planned.Expected is { } expected ? decimal.Round(expected, 6) : null,
        Found = planned.Found is { } found ? decimal.Round(found, 6) : null,
        Tolerated = planned.Tolerated is { } tolerated ? decimal.Round(tolerated, 6) : null,
        Amount = planned.Amount,
        ReceiptCaseId = planned.ReceiptCase,
        CaseId = signalled,
        PlacedAt = envelope.Now,
        PlacedByPerson = planned.Reason == InvoiceHoldReason.Manual ? envelope.Actor.Person : null,
    };

    /// <summary>The same difference, seen again with other figures.</summary>
    internal void See(PlannedHold planned) =>
        (Expected, Found, Tolerated, Amount) = (planned.Expected, planned.Found, planned.Tolerated is { } tolerated ? decimal.Round(tolerated, 6) : null, planned.Amount);

    internal void Resolve(InvoiceHoldResolution resolution, string? reason, Envelope envelope)
    {
        (Resolution, ResolutionReason, ResolvedAt) = (resolution, reason, envelope.Now);
        (ResolvedBy, ResolvedByPerson) = (envelope.Actor.Id, envelope.Actor.Person);
    }
}
