using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Warehouses;

namespace Platform.Api.Stock;

internal sealed class StockPolicyType : Readable<StockPolicy>
{
    public StockPolicyType()
        : base("StockPolicy", "stockPolicies", "stock.read")
    {
        ScopedLikeAny<Warehouse>(row => row.WarehouseId);
        Column(row => row.Floor, "How far below zero stock may run.");
        Column(row => row.AdjustWithoutApproval, "The value above which an adjustment waits for approval.").Needs("stock.value.read");
        Column(row => row.NeedsEvidence, "Whether an adjustment must be proved.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Item>("item", row => row.ItemId, "The item it holds for; none means every one.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The warehouse it holds for; none means every one.");
    }
}
