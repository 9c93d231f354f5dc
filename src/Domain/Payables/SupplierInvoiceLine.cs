using System.Text.Json;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;

namespace Platform.Domain.Payables;

public enum InvoiceLineKind
{
    /// <summary>Goods of an order: paid for as far as they came.</summary>
    Goods,

    /// <summary>Work; of an order, or named in words.</summary>
    Service,

    /// <summary>Freight, duty, insurance: it waits on the landed cost account for a voucher that shares it out.</summary>
    Charge,
}

/// <summary>One line of a supplier invoice.</summary>
public sealed class SupplierInvoiceLine
{
    private SupplierInvoiceLine()
    {
    }

    public SupplierInvoiceLineId Id { get; private set; }

    public SupplierInvoiceId InvoiceId { get; private set; }

    public int Line { get; private set; }

    public InvoiceLineKind Kind { get; private set; }

    public PurchaseOrderLineId? OrderLineId { get; private set; }

    /// <summary>The one receipt line it is about; any of the order line when null.</summary>
    public ReceiptLineId? ReceiptLineId { get; private set; }

    public ItemId? ItemId { get; private set; }

    public string? Description { get; private set; }

    public string? Unit { get; private set; }

    public decimal Quantity { get; private set; }

    public decimal BaseQuantity { get; private set; }

    public decimal UnitPrice { get; private set; }

    public decimal Net { get; private set; }

    public string? TaxCode { get; private set; }

    public decimal? TaxRate { get; private set; }

    public decimal Tax { get; private set; }

    /// <summary>How much of it receipts cover (or the order, where nothing is received), in base units.</summary>
    public decimal Matched { get; private set; }

    /// <summary>How much of it is not paid, in base units.</summary>
    public decimal Disputed { get; private set; }

    public decimal PayableNet { get; private set; }

    public decimal PayableTax { get; private set; }

    /// <summary>What the supplier has credited of the part that is not paid.</summary>
    public decimal CreditedNet { get; private set; }

    /// <summary>How it was compared, as JSON: which receipts, which tolerance, how far off.</summary>
    public string Explanation { get; private set; } = "[]";

    internal static SupplierInvoiceLine Of(SupplierInvoiceLineId id, SupplierInvoiceId invoice, int line, EnteredLine entered) => new()
    {
        Id = id,
        InvoiceId = invoice,
        Line = line,
        Kind = entered.Line.Kind,
        OrderLineId = entered.Terms?.Id,
        ReceiptLineId = entered.Line.ReceiptLine,
        ItemId = entered.Terms?.Item,
        Description = entered.Line.Description,
        Unit = entered.Unit,
        Quantity = entered.Line.Quantity,
        BaseQuantity = entered.BaseQuantity,
        UnitPrice = entered.Line.UnitPrice,
        Net = entered.Line.Net,
        TaxCode = entered.Line.TaxCode,
        TaxRate = entered.Line.TaxRate,
        Tax = entered.Line.Tax,
    };

    internal void Compare(LineVerdict verdict)
    {
        (Matched, Disputed) = (verdict.Matched, verdict.Disputed);
        (PayableNet, PayableTax) = (verdict.PayableNet, verdict.PayableTax);
        Explanation = JsonSerializer.Serialize(verdict.Explanation, KernelJson.Options);
    }

    /// <summary>What is neither paid nor credited, without tax.</summary>
    internal decimal DisputedNet => Net - PayableNet - CreditedNet;

    internal void Credit(decimal net) => CreditedNet += net;
}
