using Platform.Api.Reading.Declaring;
using Platform.Domain.Warehouses;

namespace Platform.Api.Warehouses;

internal sealed class WarehouseChannelType : Readable<WarehouseChannel>
{
    public WarehouseChannelType()
        : base("WarehouseChannel", "warehouseChannels", "network.read")
    {
        ScopedLike<Warehouse>(row => row.WarehouseId);
        Column(row => row.Rank);
        One<Warehouse>("warehouse", row => row.WarehouseId, "Who serves.");
        One<FulfillmentChannel>("fulfillmentChannel", row => row.FulfillmentChannelId, "What is served.");
    }
}
