using System.Text.Json;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>A delivery that a supplier announced (an advance shipment notice), from its announcement until nothing of it is open.</summary>
public sealed class InboundShipment
{
    private InboundShipment()
    {
    }

    public InboundShipmentId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public ShipmentStatus Status { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    /// <summary>What the supplier calls it.</summary>
    public string Reference { get; private set; } = string.Empty;

    public string? Carrier { get; private set; }

    public string? Tracking { get; private set; }

    public DateTimeOffset ExpectedAt { get; private set; }

    /// <summary>How probable it is that something is wrong with it, from 0 to 1; null when nobody said.</summary>
    public decimal? Risk { get; private set; }

    /// <summary>Why, as JSON.</summary>
    public string RiskReasons { get; private set; } = "[]";

    /// <summary>It is counted twice, and stock and money hear of the second count (RCV-14).</summary>
    public bool IsHighRisk { get; private set; }

    public Guid AnnouncedBy { get; private set; }

    public DateTimeOffset AnnouncedAt { get; private set; }

    public DateTimeOffset? ArrivedAt { get; private set; }

    public DateTimeOffset? ReceivedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    public int Version { get; private set; }

    internal static InboundShipment Announce(
        InboundShipmentId id, string number, LegalEntityId entity, AnnounceShipment announced, Envelope envelope) => new()
    {
        Id = id,
        Number = number,
        Status = ShipmentStatus.Announced,
        LegalEntityId = entity,
        WarehouseId = announced.Warehouse,
        SupplierId = announced.Supplier,
        Reference = announced.Reference,
        Carrier = announced.Carrier,
        Tracking = announced.Tracking,
        ExpectedAt = announced.ExpectedAt,
        AnnouncedBy = envelope.Actor.Id,
        AnnouncedAt = envelope.Now,
        Version = 1,
    };

    internal void Flag(decimal risk, IReadOnlyList<string> reasons, decimal threshold)
    {
        Risk = risk;
        RiskReasons = JsonSerializer.Serialize(reasons, KernelJson.Options);
        IsHighRisk = risk >= threshold;
        Version++;
    }

    internal void Arrive(DateTimeOffset at)
    {
        Step(ShipmentStep.Arrive);
        ArrivedAt = at;
    }

    internal void Finish(DateTimeOffset at)
    {
        Step(ShipmentStep.Finish);
        ReceivedAt = at;
    }

    internal void End(ShipmentStep step, string? reason, DateTimeOffset at)
    {
        Step(step);
        (EndedAt, EndReason) = (at, reason);
    }

    internal void Step(ShipmentStep step)
    {
        Status = ShipmentSteps.After(Status, step);
        Version++;
    }

    internal ShipmentMoved Moved(ShipmentStep step, ShipmentStatus from, string? reason) => new(
        Id, Number, step, from, Status, Reference, ExpectedAt, IsHighRisk, LegalEntityId, WarehouseId, SupplierId, Version, reason);
}

/// <summary>So much of one item that was announced, perhaps of one lot and in one carton.</summary>
public sealed class InboundShipmentLine
{
    private InboundShipmentLine()
    {
    }

    public InboundShipmentLineId Id { get; private set; }

    public InboundShipmentId ShipmentId { get; private set; }

    public int Line { get; private set; }

    public PurchaseOrderId OrderId { get; private set; }

    public PurchaseOrderLineId OrderLineId { get; private set; }

    public ItemId ItemId { get; private set; }

    public string Unit { get; private set; } = string.Empty;

    public decimal EnteredQuantity { get; private set; }

    /// <summary>What was announced, in base units.</summary>
    public decimal Quantity { get; private set; }

    public string? LotCode { get; private set; }

    public DateOnly? ExpiresOn { get; private set; }

    /// <summary>The label of the carton or pallet (SSCC).</summary>
    public string? Carton { get; private set; }

    /// <summary>What came of it, in base units.</summary>
    public decimal Received { get; private set; }

    /// <summary>The part of it that was damaged.</summary>
    public decimal Damaged { get; private set; }

    public int Version { get; private set; }

    internal decimal Missing => decimal.Max(0m, Quantity - Received);

    internal static InboundShipmentLine Of(
        InboundShipmentLineId id, InboundShipmentId shipment, int number, AnnouncedLine announced, OrderLineTerms ordered, decimal quantity) => new()
    {
        Id = id,
        ShipmentId = shipment,
        Line = number,
        OrderId = ordered.Order,
        OrderLineId = ordered.Id,
        ItemId = ordered.Item,
        Unit = announced.Unit,
        EnteredQuantity = announced.Quantity,
        Quantity = quantity,
        LotCode = announced.LotCode,
        ExpiresOn = announced.ExpiresOn,
        Carton = announced.Carton,
        Version = 1,
    };

    internal void Receive(decimal quantity, decimal damaged)
    {
        Received += quantity;
        Damaged += damaged;
        Version++;
    }
}

/// <summary>A shipment took a step; everything a board shows of it stands in the event.</summary>
public sealed record ShipmentMoved(
    InboundShipmentId Shipment,
    string Number,
    ShipmentStep Step,
    ShipmentStatus From,
    ShipmentStatus To,
    string Reference,
    DateTimeOffset ExpectedAt,
    bool IsHighRisk,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier,
    int Version,
    string? Reason) : IEvent
{
    public Subject Subject => new(nameof(InboundShipment), Shipment.Value);
}
