using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

internal sealed class WarehousesOfEntity(PlatformDb db) : IRecordUse
{
    public RecordKind Kind => RecordKind.LegalEntity;

    public async Task<RecordUse?> FindAsync(Guid record, CancellationToken ct)
    {
        var entity = new LegalEntityId(record);
        var count = await db.Set<Warehouse>().LongCountAsync(
            warehouse => warehouse.LegalEntityId == entity && warehouse.Status != MasterStatus.Retired, ct);
        return count == 0 ? null : new RecordUse("warehouses", count);
    }
}

internal sealed class BinsOfWarehouse(PlatformDb db) : IRecordUse
{
    public RecordKind Kind => RecordKind.Warehouse;

    public async Task<RecordUse?> FindAsync(Guid record, CancellationToken ct)
    {
        var count = await db.CountBinsAsync(new WarehouseId(record), ct);
        return count == 0 ? null : new RecordUse("bins", count);
    }
}

internal sealed class BinsOfZone(PlatformDb db) : IRecordUse
{
    public RecordKind Kind => RecordKind.Zone;

    public async Task<RecordUse?> FindAsync(Guid record, CancellationToken ct)
    {
        var zone = new ZoneId(record);
        var count = await db.Set<Bin>().LongCountAsync(
            bin => bin.ZoneId == zone && bin.Status == PlaceStatus.Active, ct);
        return count == 0 ? null : new RecordUse("bins", count);
    }
}

internal sealed class BinsOfGroup(PlatformDb db) : IRecordUse
{
    public RecordKind Kind => RecordKind.Bin;

    public async Task<RecordUse?> FindAsync(Guid record, CancellationToken ct)
    {
        var count = await db.CountChildrenAsync(new BinId(record), ct);
        return count == 0 ? null : new RecordUse("bins under it", count);
    }
}

internal sealed class BinsDedicatedToItem(PlatformDb db) : IRecordUse
{
    public RecordKind Kind => RecordKind.Item;

    public async Task<RecordUse?> FindAsync(Guid record, CancellationToken ct)
    {
        var item = new ItemId(record);
        var count = await db.Set<Bin>().LongCountAsync(
            bin => bin.DedicatedItemId == item && bin.Status == PlaceStatus.Active, ct);
        return count == 0 ? null : new RecordUse("bins dedicated to it", count);
    }
}

internal sealed class WarehousesOfChannel(PlatformDb db) : IRecordUse
{
    public RecordKind Kind => RecordKind.FulfillmentChannel;

    public async Task<RecordUse?> FindAsync(Guid record, CancellationToken ct)
    {
        var channel = new FulfillmentChannelId(record);
        var count = await db.Set<WarehouseChannel>().LongCountAsync(
            service => service.FulfillmentChannelId == channel, ct);
        return count == 0 ? null : new RecordUse("warehouses that serve it", count);
    }
}
