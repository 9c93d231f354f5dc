using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Warehouses;

namespace Platform.Api.Stock;

internal sealed class StockBalanceType : Readable<StockBalance>
{
    public StockBalanceType()
        : base("StockBalance", "stockBalances", "stock.read")
    {
        Segments();
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Condition, "What may be done with the goods.");
        Column(row => row.OnHand, "Base units that lie there.");
        Column(row => row.Allocated, "Of these, what reservations hold.");
        Formula<decimal>("available", "{OnHand} - {Allocated}", "Of these, what nobody holds.");
        Column(row => row.Weight, "What the goods weigh, for items priced by weight.");
        Column(row => row.Floor, "How far below zero policy lets it run.");
        Column(row => row.LastInAt, "When goods came last.");
        Column(row => row.LastMovedAt, "When goods came or went last.");
        Column(row => row.Version);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it stands.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The warehouse.");
        One<Bin>("bin", row => row.BinId, "The bin.");
        One<Item>("item", row => row.ItemId, "What lies there.");
        One<Lot>("lot", row => row.LotId, "Its lot, where the item has lots.");
        One<Serial>("serial", row => row.SerialId, "Its number, where the item has numbers.");
        One<Owner>("owner", row => row.OwnerId, "Whose it is.");
        Many<Allocation>("allocations", row => row.BalanceId, "Reservations that hold it.");
    }
}
