using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

public enum ReceiptStatus
{
    /// <summary>Counted, and to be counted again before stock and money hear of it (RCV-14).</summary>
    Counted,
    Posted,

    /// <summary>Taken back whole.</summary>
    Reversed,
}

/// <summary>What somebody took in at the dock in one go, from one supplier.</summary>
public sealed class Receipt
{
    private Receipt()
    {
    }

    public ReceiptId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public ReceiptStatus Status { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    /// <summary>Where the goods stand at first.</summary>
    public BinId BinId { get; private set; }

    /// <summary>What the paper that came with them says.</summary>
    public string? DeliveryNote { get; private set; }

    /// <summary>When the goods stood at the dock.</summary>
    public DateTimeOffset ArrivedAt { get; private set; }

    /// <summary>When they were counted.</summary>
    public DateTimeOffset HappenedAt { get; private set; }

    /// <summary>When we were told.</summary>
    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>When stock and money heard of it.</summary>
    public DateTimeOffset? PostedAt { get; private set; }

    public StockPostingId? PostingId { get; private set; }

    public InboundShipmentId? ShipmentId { get; private set; }

    /// <summary>Somebody else counts it again before it is posted (RCV-14).</summary>
    public bool NeedsValidation { get; private set; }

    public Guid? ValidatedBy { get; private set; }

    public Guid? ValidatedByPerson { get; private set; }

    public DateTimeOffset? ValidatedAt { get; private set; }

    public Guid ReceivedBy { get; private set; }

    public Guid ReceivedByPerson { get; private set; }

    public DateTimeOffset? ReversedAt { get; private set; }

    public string? ReversalReason { get; private set; }

    public int Version { get; private set; }

    internal static Receipt Count(ReceiptId id, string number, Arrival arrival, Envelope envelope) => new()
    {
        Id = id,
        Number = number,
        Status = ReceiptStatus.Counted,
        LegalEntityId = arrival.LegalEntity,
        WarehouseId = arrival.Warehouse,
        SupplierId = arrival.Supplier,
        BinId = arrival.Bin,
        ShipmentId = arrival.Shipment,
        NeedsValidation = arrival.NeedsValidation,
        DeliveryNote = arrival.DeliveryNote,
        ArrivedAt = arrival.ArrivedAt,
        HappenedAt = arrival.HappenedAt,
        RecordedAt = envelope.Now,
        ReceivedBy = envelope.Actor.Id,
        ReceivedByPerson = envelope.Actor.Person,
        Version = 1,
    };

    internal void Validate(Envelope envelope)
    {
        (ValidatedBy, ValidatedByPerson, ValidatedAt) = (envelope.Actor.Id, envelope.Actor.Person, envelope.Now);
        Version++;
    }

    internal void Post(StockPostingId posting, DateTimeOffset at)
    {
        (Status, PostingId, PostedAt) = (ReceiptStatus.Posted, posting, at);
        Version++;
    }

    internal void Reverse(string reason, DateTimeOffset at)
    {
        (Status, ReversalReason, ReversedAt) = (ReceiptStatus.Reversed, reason, at);
        Version++;
    }
}

/// <summary>Where and when goods came, and from whom.</summary>
internal sealed record Arrival(
    LegalEntityId LegalEntity, WarehouseId Warehouse, SupplierId Supplier, BinId Bin, InboundShipmentId? Shipment, bool NeedsValidation,
    string? DeliveryNote, DateTimeOffset ArrivedAt, DateTimeOffset HappenedAt);
