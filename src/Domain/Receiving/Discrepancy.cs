using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

public enum DiscrepancyKind
{
    Short,
    Over,
    Damaged,

    /// <summary>It was ordered, and the announcement did not speak of it.</summary>
    Unannounced,
}

public enum DiscrepancyStatus
{
    /// <summary>Small enough to be let pass; it is kept for the supplier's record.</summary>
    Tolerated,

    /// <summary>Somebody must say what becomes of it; its invoice waits.</summary>
    Open,
    Settled,
}

/// <summary>What became of a difference.</summary>
public enum Settlement
{
    /// <summary>The rest is still to come.</summary>
    AwaitRest,

    /// <summary>The rest is no longer wanted.</summary>
    CancelRest,
    Accepted,
    Returned,
    Scrapped,

    /// <summary>It was counted wrong.</summary>
    Mistake,
}

/// <summary>A difference between what was expected and what came. Only the line that it is about waits for it (RCV-12).</summary>
public sealed class Discrepancy
{
    private Discrepancy()
    {
    }

    public DiscrepancyId Id { get; private set; }

    public DiscrepancyKind Kind { get; private set; }

    public DiscrepancyStatus Status { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public ItemId ItemId { get; private set; }

    public PurchaseOrderLineId OrderLineId { get; private set; }

    public InboundShipmentId? ShipmentId { get; private set; }

    public ReceiptId? ReceiptId { get; private set; }

    public ReceiptLineId? ReceiptLineId { get; private set; }

    /// <summary>What should have come, in base units.</summary>
    public decimal Expected { get; private set; }

    /// <summary>What came, in base units.</summary>
    public decimal Actual { get; private set; }

    /// <summary>The difference in percent of what should have come.</summary>
    public decimal Percent { get; private set; }

    public ExceptionCaseId? CaseId { get; private set; }

    public Settlement? Settlement { get; private set; }

    public string? SettlementNote { get; private set; }

    public Guid? SettledBy { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    public DateTimeOffset FoundAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Without a case it was let pass.</summary>
    internal static Discrepancy Find(DiscrepancyId id, Difference found, ExceptionCaseId? inCase, DateTimeOffset at) => new()
    {
        Id = id,
        Kind = found.Kind,
        Status = inCase is null ? DiscrepancyStatus.Tolerated : DiscrepancyStatus.Open,
        LegalEntityId = found.Ordered.LegalEntity,
        WarehouseId = found.Ordered.Warehouse,
        SupplierId = found.Ordered.Supplier,
        ItemId = found.Ordered.Item,
        OrderLineId = found.Ordered.Id,
        ShipmentId = found.Shipment?.Id,
        ReceiptId = found.Line?.ReceiptId,
        ReceiptLineId = found.Line?.Id,
        Expected = found.Expected,
        Actual = found.Actual,
        Percent = found.Percent,
        CaseId = inCase,
        FoundAt = at,
        Version = 1,
    };

    internal void Settle(Settlement settlement, string? note, Envelope envelope)
    {
        (Status, Settlement, SettlementNote) = (DiscrepancyStatus.Settled, settlement, note);
        (SettledBy, SettledAt) = (envelope.Actor.Id, envelope.Now);
        Version++;
    }

    internal DiscrepancySettled Settled() => new(
        Id, Kind, Settlement!.Value, OrderLineId, ShipmentId, LegalEntityId, WarehouseId, SupplierId, ItemId, CaseId, SettlementNote, Version);
}

/// <summary>A difference as it was found.</summary>
internal sealed record Difference(
    DiscrepancyKind Kind, OrderLineTerms Ordered, InboundShipment? Shipment, ReceiptLine? Line, decimal Expected, decimal Actual)
{
    private const decimal MostPercent = 99_999_999m;

    public decimal Percent =>
        Expected == 0m ? 100m : decimal.Min(MostPercent, decimal.Round(decimal.Abs(Expected - Actual) * 100m / Expected, 4));
}

/// <summary>What came is not what should have come; tolerated differences are told too, so that they can be counted.</summary>
public sealed record DiscrepancyFound(
    DiscrepancyId Discrepancy,
    DiscrepancyKind Kind,
    DiscrepancyStatus Status,
    decimal Expected,
    decimal Actual,
    decimal Percent,
    PurchaseOrderLineId OrderLine,
    InboundShipmentId? Shipment,
    ReceiptId? Receipt,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier,
    ItemId Item,
    ExceptionCaseId? Case) : IEvent
{
    public Subject Subject => new(nameof(Receiving.Discrepancy), Discrepancy.Value);

    internal static DiscrepancyFound Of(Discrepancy found) => new(
        found.Id, found.Kind, found.Status, found.Expected, found.Actual, found.Percent, found.OrderLineId, found.ShipmentId, found.ReceiptId,
        found.LegalEntityId, found.WarehouseId, found.SupplierId, found.ItemId, found.CaseId);
}

/// <summary>Somebody said what becomes of a difference.</summary>
public sealed record DiscrepancySettled(
    DiscrepancyId Discrepancy,
    DiscrepancyKind Kind,
    Settlement Settlement,
    PurchaseOrderLineId OrderLine,
    InboundShipmentId? Shipment,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier,
    ItemId Item,
    ExceptionCaseId? Case,
    string? Note,
    int Version) : IEvent
{
    public Subject Subject => new(nameof(Receiving.Discrepancy), Discrepancy.Value);
}
