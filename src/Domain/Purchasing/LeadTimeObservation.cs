using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Purchasing;

/// <summary>Goods of an order came: how long they took, beside what was asked for and promised. Never changed.</summary>
public sealed class LeadTimeObservation
{
    private LeadTimeObservation()
    {
    }

    public Guid Id { get; private set; }

    public PurchaseOrderId OrderId { get; private set; }

    public PurchaseOrderLineId LineId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    /// <summary>When the supplier got the order.</summary>
    public DateTimeOffset OrderedAt { get; private set; }

    public DateOnly AskedOn { get; private set; }

    public DateOnly? PromisedOn { get; private set; }

    /// <summary>When the goods came, which may be earlier than somebody recorded it.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>How much came, in base units.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>Whether nothing more of the line is to come.</summary>
    public bool IsComplete { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    internal static LeadTimeObservation Of(PurchaseOrder order, PurchaseOrderLine line, LineRecord record, Envelope envelope) => new()
    {
        Id = Guid.CreateVersion7(envelope.Now),
        OrderId = order.Id,
        LineId = line.Id,
        SupplierId = order.SupplierId,
        ItemId = line.ItemId,
        WarehouseId = order.WarehouseId,
        OrderedAt = order.ReleasedAt!.Value,
        AskedOn = line.ExpectedOn,
        PromisedOn = line.ConfirmedOn,
        ReceivedAt = record.HappenedAt ?? envelope.Now,
        Quantity = record.Quantity,
        IsComplete = line.Status == OrderLineStatus.Received,
        RecordedAt = envelope.Now,
    };
}
