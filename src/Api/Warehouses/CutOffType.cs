using Platform.Api.Reading.Declaring;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Api.Warehouses;

internal sealed class CutOffType : Readable<CutOff>
{
    public CutOffType()
        : base("CutOff", "cutOffs", "network.read")
    {
        ScopedLike<Warehouse>(row => row.WarehouseId);
        Column(row => row.LocalTime, "The last minute, by the warehouse's own clock.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Warehouse>("warehouse", row => row.WarehouseId, "Where the goods leave.");
        One<Partner>("carrier", row => row.CarrierId, "The carrier it holds for; none means every other one.");
        One<Calendar>("calendar", row => row.CalendarId, "The days on which the carrier collects.");
    }
}
