using Platform.Domain.Catalog;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Ledger;

/// <summary>What is promised of an item in a warehouse and not yet allocated.</summary>
public sealed class StockPosition
{
    private StockPosition()
    {
    }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public decimal Promised { get; private set; }
}
