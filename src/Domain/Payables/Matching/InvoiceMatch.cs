using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;

namespace Platform.Domain.Payables.Matching;

public enum InvoiceMatchStatus
{
    /// <summary>Kept for the invoice, and not in the books yet.</summary>
    Taken,
    Posted,

    /// <summary>Given back: the invoice was compared anew, cancelled or reversed.</summary>
    Released,
}

/// <summary>A part of a receipt line that an invoice line pays for.</summary>
public sealed class InvoiceMatch
{
    private InvoiceMatch()
    {
    }

    public Guid Id { get; private set; }

    public SupplierInvoiceId InvoiceId { get; private set; }

    public SupplierInvoiceLineId LineId { get; private set; }

    public ReceiptLineId ReceiptLineId { get; private set; }

    public InvoiceMatchStatus Status { get; private set; }

    /// <summary>How much, in base units.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>What the order says it costs, in the invoice's currency.</summary>
    public decimal ExpectedNet { get; private set; }

    /// <summary>The share of the accrual that it cleared, in the currency of the books.</summary>
    public decimal? Cleared { get; private set; }

    /// <summary>The share of it that left the interim account.</summary>
    public decimal? InterimCleared { get; private set; }

    /// <summary>What the goods cost more, or less, than was accrued.</summary>
    public decimal? PriceVariance { get; private set; }

    /// <summary>What the currency made of the difference.</summary>
    public decimal? ExchangeDifference { get; private set; }

    /// <summary>The posting that split the variance between what is here and what has gone.</summary>
    public StockPostingId? VariancePostingId { get; private set; }

    public DateTimeOffset TakenAt { get; private set; }

    public DateTimeOffset? ReleasedAt { get; private set; }

    internal static InvoiceMatch Take(SupplierInvoiceLine line, TakenReceipt taken, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        InvoiceId = line.InvoiceId,
        LineId = line.Id,
        ReceiptLineId = taken.Receipt,
        Status = InvoiceMatchStatus.Taken,
        Quantity = taken.Quantity,
        ExpectedNet = taken.ExpectedNet,
        TakenAt = at,
    };

    internal void Post(ClearedAccrual cleared, decimal variance, decimal exchange, StockPostingId? posting)
    {
        Status = InvoiceMatchStatus.Posted;
        (Cleared, InterimCleared) = (cleared.Accrued, cleared.Interim);
        (PriceVariance, ExchangeDifference, VariancePostingId) = (variance, exchange, posting);
    }

    internal void Release(DateTimeOffset at) => (Status, ReleasedAt) = (InvoiceMatchStatus.Released, at);
}

/// <summary>How much of a receipt line invoices have taken, and what of its accrual they cleared (FIN-01, I-09).</summary>
public sealed class ReceiptLineInvoicing
{
    private ReceiptLineInvoicing()
    {
    }

    public ReceiptLineId ReceiptLineId { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public PurchaseOrderLineId OrderLineId { get; private set; }

    /// <summary>The movement that brought the goods in.</summary>
    public long MovementId { get; private set; }

    public decimal Quantity { get; private set; }

    /// <summary>What was accrued when they came, in the currency of the books.</summary>
    public decimal Accrued { get; private set; }

    /// <summary>What of it waits on the interim account: all, but for the difference to a standard and what filled a shortage.</summary>
    public decimal Interim { get; private set; }

    /// <summary>How much invoices have taken, posted or not.</summary>
    public decimal Matched { get; private set; }

    public decimal Invoiced { get; private set; }

    public decimal Cleared { get; private set; }

    public decimal InterimCleared { get; private set; }

    internal decimal Open => Quantity - Matched;

    internal void Take(decimal quantity) => Matched += quantity;

    internal void Release(decimal quantity) => Matched -= quantity;

    /// <summary>The share of the accrual of so much more; the last of a receipt takes what is left, so that nothing remains.</summary>
    internal ClearedAccrual Clear(decimal quantity, int digits)
    {
        var upTo = Rounding.HalfUp(Accrued * (Invoiced + quantity) / Quantity, digits);
        var interimUpTo = Rounding.HalfUp(Interim * (Invoiced + quantity) / Quantity, digits);
        var share = new ClearedAccrual(upTo - Cleared, interimUpTo - InterimCleared);
        (Invoiced, Cleared, InterimCleared) = (Invoiced + quantity, upTo, interimUpTo);
        return share;
    }

    internal void TakeBack(InvoiceMatch match)
    {
        (Matched, Invoiced) = (Matched - match.Quantity, Invoiced - match.Quantity);
        (Cleared, InterimCleared) = (Cleared - match.Cleared!.Value, InterimCleared - match.InterimCleared!.Value);
    }
}

/// <summary>A share of what was accrued for a receipt, and of what waits on the interim account.</summary>
internal readonly record struct ClearedAccrual(decimal Accrued, decimal Interim);
