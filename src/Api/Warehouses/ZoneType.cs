using Platform.Api.Reading.Declaring;
using Platform.Domain.Warehouses;

namespace Platform.Api.Warehouses;

internal sealed class ZoneType : Readable<Zone>
{
    public ZoneType()
        : base("Zone", "zones", "network.read")
    {
        ScopedLike<Warehouse>(row => row.WarehouseId);
        Column(row => row.Code, "What people call it by; unique in its warehouse.");
        Column(row => row.Name);
        Column(row => row.Temperature, "How warm it is.");
        Column(row => row.HazardClasses);
        Column(row => row.Rank);
        Column(row => row.Status);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Warehouse>("warehouse", row => row.WarehouseId, "The warehouse it is a part of.");
        Many<Bin>("bins", row => row.ZoneId, "Its bins.");
    }
}
