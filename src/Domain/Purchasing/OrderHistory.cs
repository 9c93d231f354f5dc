using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Purchasing;

/// <summary>An order as it was submitted.</summary>
public sealed class PurchaseOrderRevision
{
    private PurchaseOrderRevision()
    {
    }

    public PurchaseOrderId OrderId { get; private set; }

    public int Revision { get; private set; }

    /// <summary>The lines, as JSON.</summary>
    public string Lines { get; private set; } = "[]";

    public decimal Total { get; private set; }

    public string? Reason { get; private set; }

    public Guid SubmittedBy { get; private set; }

    public DateTimeOffset SubmittedAt { get; private set; }

    internal static PurchaseOrderRevision Of(PurchaseOrder order, string lines, string? reason, Envelope envelope) => new()
    {
        OrderId = order.Id,
        Revision = order.Revision,
        Lines = lines,
        Total = order.Total,
        Reason = reason,
        SubmittedBy = envelope.Actor.Id,
        SubmittedAt = envelope.Now,
    };
}

/// <summary>What a supplier said about a line, beside what was expected before (PRC-13).</summary>
public sealed class SupplierConfirmation
{
    private SupplierConfirmation()
    {
    }

    public Guid Id { get; private set; }

    public PurchaseOrderId OrderId { get; private set; }

    public PurchaseOrderLineId LineId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public decimal Quantity { get; private set; }

    public DateOnly PromisedOn { get; private set; }

    public decimal WasQuantity { get; private set; }

    public DateOnly WasOn { get; private set; }

    public string Reference { get; private set; } = string.Empty;

    public Guid SaidBy { get; private set; }

    public DateTimeOffset SaidAt { get; private set; }

    internal static SupplierConfirmation Of(
        PurchaseOrder order, PurchaseOrderLine line, ConfirmedLine said, string reference, Envelope envelope) => new()
    {
        Id = Guid.CreateVersion7(envelope.Now),
        OrderId = order.Id,
        LineId = line.Id,
        SupplierId = order.SupplierId,
        Quantity = said.Quantity,
        PromisedOn = said.On,
        WasQuantity = line.ConfirmedQuantity ?? line.Quantity,
        WasOn = line.ConfirmedOn ?? line.ExpectedOn,
        Reference = reference,
        SaidBy = envelope.Actor.Id,
        SaidAt = envelope.Now,
    };
}
