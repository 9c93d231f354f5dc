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

    /// <summary>The agreement it calls off.</summary>
    public PurchaseAgreementId? AgreementId { get; private set; }

    /// <summary>Why it may go beyond the budget.</summary>
    public string? OverrunReason { get; private set; }

    public Guid? OverrunBy { get; private set; }

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

    internal static PurchaseOrder Draft(
        PurchaseOrderId id, string number, DraftOrder draft, PurchaseAgreementId? agreement, decimal total, Envelope envelope) => new()
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
        AgreementId = agreement,
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
        (OverrunReason, OverrunBy) = (null, null);
        (ReleasedAt, ConfirmBy, UnconfirmedSince, AcknowledgedAt) = (null, null, null, null);
    }

    internal void AllowOverrun(string reason, Envelope envelope)
    {
        Step(OrderStep.AllowOverrun, envelope.Now);
        (OverrunReason, OverrunBy) = (reason, envelope.Actor.Id);
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
