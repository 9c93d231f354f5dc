using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Reserving;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Ledger;

/// <summary>Units kept for somebody; it ends once.</summary>
public sealed class Reservation
{
    private Reservation()
    {
    }

    public ReservationId Id { get; private set; }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public OwnerId OwnerId { get; private set; }

    public string DemandKind { get; private set; } = string.Empty;

    public Guid DemandId { get; private set; }

    public ReservationId? SplitFromId { get; private set; }

    public decimal Quantity { get; private set; }

    public decimal Consumed { get; private set; }

    public ReservationStatus Status { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }
}
