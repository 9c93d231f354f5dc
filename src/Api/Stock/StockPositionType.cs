using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Warehouses;

namespace Platform.Api.Stock;

internal sealed class StockPositionType : Readable<StockPosition>
{
    public StockPositionType()
        : base("StockPosition", "stockPositions", "stock.read")
    {
        ScopedLike<Warehouse>(row => row.WarehouseId);
        Column(row => row.Promised, "Base units that are promised and not yet allocated.");
        One<Item>("item", row => row.ItemId, "What is promised.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "From where.");
    }
}
