using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Warehouses;

namespace Platform.Api.Stock;

internal sealed class ReservationType : Readable<Reservation>
{
    public ReservationType()
        : base("Reservation", "reservations", "stock.read")
    {
        ScopedLike<Warehouse>(row => row.WarehouseId);
        Column(row => row.DemandKind, "What kind of demand it is for.");
        Column(row => row.DemandId, "The demand it is for.");
        Column(row => row.Quantity, "Base units that are kept.");
        Column(row => row.Consumed, "Of these, how many were served.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.ExpiresAt, "When it ends by itself.");
        Column(row => row.EndedAt, "When it ended.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Item>("item", row => row.ItemId, "What is kept.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where it is kept.");
        One<Owner>("owner", row => row.OwnerId, "Whose goods they are.");
        One<Reservation>("splitFrom", row => row.SplitFromId, "The reservation it was a part of.");
        Many<Allocation>("allocations", row => row.ReservationId, "The stock that holds it.");
    }
}
