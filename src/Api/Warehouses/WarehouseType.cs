using Platform.Api.Reading.Declaring;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Warehouses;

namespace Platform.Api.Warehouses;

internal sealed class WarehouseType : Readable<Warehouse>
{
    public WarehouseType()
        : base("Warehouse", "warehouses", "network.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.Id);
        Column(row => row.Code);
        Column(row => row.Name);
        Column(row => row.Role, "What it is for in the network.");
        Column(row => row.TimeZone, "Its time zone, by the names of the tz database.");
        Column(row => row.Country);
        Column(row => row.Address, "Where it stands.");
        Column(row => row.Status);
        Column(row => row.StatusReason);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Code);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "Whose it is.");
        One<Partner>("operator", row => row.OperatorId, "Who runs it for us, if not we.");
        One<Calendar>("calendar", row => row.CalendarId, "The days it works on.");
        One<Warehouse>("clonedFrom", row => row.ClonedFromId, "The warehouse it was set up after.");
        Many<Zone>("zones", row => row.WarehouseId, "Its zones.");
        Many<Bin>("bins", row => row.WarehouseId, "Its bins.");
        Many<CutOff>("cutOffs", row => row.WarehouseId, "Until when goods leave the same day.");
        Many<WarehouseChannel>("channels", row => row.WarehouseId, "The ways of selling it serves.");
        Many<StockBalance>("stockBalances", row => row.WarehouseId, "What lies in it.");
        Many<Reservation>("reservations", row => row.WarehouseId, "What is kept in it for somebody.");
    }
}
