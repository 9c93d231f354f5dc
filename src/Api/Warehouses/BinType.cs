using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Warehouses;

namespace Platform.Api.Warehouses;

internal sealed class BinType : Readable<Bin>
{
    public BinType()
        : base("Bin", "bins", "network.read")
    {
        Segments();
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Code, "What people call it by; unique in its warehouse.");
        Column(row => row.IsGroup, "Whether it is a group of bins and holds nothing itself.");
        Column(row => row.Role, "What it is for.");
        Column(row => row.Rank);
        Column(row => row.CapacityUnits, "How many base units it takes.");
        Column(row => row.CapacityWeightKg, "How many kilograms it bears.");
        Column(row => row.CapacityVolumeM3, "How many cubic metres it takes.");
        Column(row => row.CapacityHandlingUnits, "How many handling units it takes.");
        Column(row => row.Mixing, "What may lie in it together.");
        Column(row => row.IsBlockedIn, "Whether nothing may be put in.");
        Column(row => row.IsBlockedOut, "Whether nothing may be taken out.");
        Column(row => row.BlockReason);
        Column(row => row.Status);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "Whose it is.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where it is.");
        One<Zone>("zone", row => row.ZoneId, "The zone it is in.");
        One<Bin>("parent", row => row.ParentId, "The group it belongs to.");
        One<Item>("dedicatedItem", row => row.DedicatedItemId, "The only item that may lie in it.");
        Many<Bin>("children", row => row.ParentId, "Bins of the group.");
        Many<StockBalance>("stockBalances", row => row.BinId, "What lies in it.");
    }
}
