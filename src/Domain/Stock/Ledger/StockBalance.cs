using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Ledger;

/// <summary>What lies where: the sum of all legs with one key.</summary>
public sealed class StockBalance
{
    private StockBalance()
    {
    }

    public long Id { get; private set; }

    public Guid Key { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public BinId BinId { get; private set; }

    public ItemId ItemId { get; private set; }

    public LotId? LotId { get; private set; }

    public SerialId? SerialId { get; private set; }

    public HandlingUnitId? HandlingUnitId { get; private set; }

    public OwnerId OwnerId { get; private set; }

    public StockCondition Condition { get; private set; }

    public decimal OnHand { get; private set; }

    public decimal Weight { get; private set; }

    public decimal Allocated { get; private set; }

    public decimal Floor { get; private set; }

    public DateTimeOffset? LastInAt { get; private set; }

    public DateTimeOffset LastMovedAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>The serial, while it is here; the database lets it be in one place at most.</summary>
    public SerialId? SerialOnHand { get; private set; }
}
