using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Purchasing;

public enum OrderKind
{
    Standard,

    /// <summary>Bought in a hurry, for a reason, on its own way through the approvals (PRC-18).</summary>
    Emergency,
}

/// <summary>Goods asked of a supplier for a warehouse, in the revision that others agreed to.</summary>
public sealed class PurchaseOrder
{
    private PurchaseOrder()
    {
    }

    public PurchaseOrderId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public OrderKind Kind { get; private set; }

    public OrderStatus Status { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public decimal Total { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Counts what was submitted for approval; 0 before the first time.</summary>
    public int Revision { get; private set; }

    /// <summary>The revision that was agreed to.</summary>
    public int? ApprovedRevision { get; private set; }

    /// <summary>Why it is no second order for the same need (PRC-11).</summary>
    public string? DuplicateReason { get; private set; }

    public Guid OrderedBy { get; private set; }

    public Guid OrderedByPerson { get; private set; }

    public DateTimeOffset? ReleasedAt { get; private set; }

    /// <summary>Until when the supplier should have answered.</summary>
    public DateTimeOffset? ConfirmBy { get; private set; }

    public DateTimeOffset? UnconfirmedSince { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>What the supplier calls the order.</summary>
    public string? SupplierReference { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static PurchaseOrder Draft(PurchaseOrderId id, string number, DraftOrder draft, decimal total, Envelope envelope) => new()
    {
        Id = id,
        Number = number,
        Kind = draft.Kind,
        Status = OrderStatus.Draft,
        LegalEntityId = draft.LegalEntity,
        WarehouseId = draft.Warehouse,
        SupplierId = draft.Supplier,
        CurrencyCode = draft.Currency,
        Total = total,
        Reason = draft.Reason,
        OrderedBy = envelope.Actor.Id,
        OrderedByPerson = envelope.Actor.Person,
        Version = 1,
        CreatedAt = envelope.Now,
        UpdatedAt = envelope.Now,
    };

    internal void Submit(string? duplicateReason, DateTimeOffset at)
    {
        Step(OrderStep.Submit, at);
        Revision++;
        DuplicateReason = duplicateReason;
    }

    internal void Approve(DateTimeOffset at)
    {
        Step(OrderStep.Approve, at);
        ApprovedRevision = Revision;
    }

    internal void Release(DateTimeOffset confirmBy, DateTimeOffset at)
    {
        Step(OrderStep.Release, at);
        (ReleasedAt, ConfirmBy, UnconfirmedSince) = (at, confirmBy, null);
    }

    internal void Acknowledge(string reference, DateTimeOffset at)
    {
        Step(OrderStep.Acknowledge, at);
        (AcknowledgedAt, SupplierReference) = (at, reference);
    }

    internal void MissConfirmation(DateTimeOffset at) => UnconfirmedSince = at;

    internal void Change(decimal total, DateTimeOffset at)
    {
        Step(OrderStep.Change, at);
        Total = total;
        (ReleasedAt, ConfirmBy, UnconfirmedSince, AcknowledgedAt) = (null, null, null, null);
    }

    internal void End(OrderStep step, string reason, DateTimeOffset at)
    {
        Step(step, at);
        (EndedAt, EndReason) = (at, reason);
    }

    internal void Step(OrderStep step, DateTimeOffset at)
    {
        Status = OrderSteps.After(Status, step);
        Version++;
        UpdatedAt = at;
    }

    internal OrderMoved Moved(OrderStep step, OrderStatus from, string? reason) => new(
        Id, Number, step, from, Status, Revision, Total, CurrencyCode, LegalEntityId, WarehouseId, SupplierId, Version, reason);
}

/// <summary>One item of an order.</summary>
public sealed class PurchaseOrderLine
{
    private PurchaseOrderLine()
    {
    }

    public PurchaseOrderLineId Id { get; private set; }

    public PurchaseOrderId OrderId { get; private set; }

    public int Line { get; private set; }

    public ItemId ItemId { get; private set; }

    public string Unit { get; private set; } = string.Empty;

    public decimal Quantity { get; private set; }

    /// <summary>The same in base units, in which goods are received.</summary>
    public decimal BaseQuantity { get; private set; }

    public decimal UnitPrice { get; private set; }

    public decimal Amount { get; private set; }

    public DateOnly ExpectedOn { get; private set; }

    /// <summary>How much more may come, in percent.</summary>
    public decimal OverPercent { get; private set; }

    /// <summary>How much less may come without a word, in percent.</summary>
    public decimal UnderPercent { get; private set; }

    /// <summary>What the supplier said will come, in the unit of the line.</summary>
    public decimal? ConfirmedQuantity { get; private set; }

    public DateOnly? ConfirmedOn { get; private set; }

    /// <summary>What came, in base units.</summary>
    public decimal Received { get; private set; }

    public int Version { get; private set; }

    internal decimal Open => Math.Max(0m, BaseQuantity - Received);

    internal decimal Most => BaseQuantity * (1m + (OverPercent / 100m));

    internal static PurchaseOrderLine Of(PurchaseOrderLineId id, PurchaseOrderId order, int line, PricedLine priced)
    {
        var made = new PurchaseOrderLine { Id = id, OrderId = order, Line = line };
        made.Apply(priced);
        return made;
    }

    internal void Apply(PricedLine priced)
    {
        var asked = priced.Line;
        (ItemId, Unit, Quantity, BaseQuantity) = (asked.Item, asked.Unit, asked.Quantity, priced.BaseQuantity);
        (UnitPrice, Amount, ExpectedOn) = (asked.UnitPrice, priced.Amount, asked.ExpectedOn);
        (OverPercent, UnderPercent) = (asked.OverPercent, asked.UnderPercent);
        (ConfirmedQuantity, ConfirmedOn) = (null, null);
        Version++;
    }

    internal void Confirm(decimal quantity, DateOnly on)
    {
        (ConfirmedQuantity, ConfirmedOn) = (quantity, on);
        Version++;
    }

    internal void Receive(decimal baseQuantity)
    {
        Received += baseQuantity;
        Version++;
    }
}

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
