using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>The rows of calendars, warehouses, zones and bins, and every lock on them.</summary>
internal static class WarehousesTables
{
    public static Task<bool> IsCalendarCodeTakenAsync(this PlatformDb db, string code, CancellationToken ct) =>
        db.Set<Calendar>().AnyAsync(calendar => calendar.Code == code, ct);

    public static Task<bool> CalendarExistsAsync(this PlatformDb db, CalendarId id, CancellationToken ct) =>
        db.Set<Calendar>().AnyAsync(calendar => calendar.Id == id, ct);

    public static Task<Calendar?> LockCalendarAsync(this PlatformDb db, CalendarId id, CancellationToken ct) =>
        db.Set<Calendar>().FromSql($"select * from calendar where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<CalendarDay?> FindCalendarDayAsync(
        this PlatformDb db, CalendarId calendar, DateOnly day, CancellationToken ct) =>
        db.Set<CalendarDay>().SingleOrDefaultAsync(found => found.CalendarId == calendar && found.Day == day, ct);

    public static async Task<WorkingCalendar> WorkingCalendarAsync(
        this PlatformDb db, CalendarId id, CancellationToken ct)
    {
        var calendar = await db.Set<Calendar>().AsNoTracking().SingleAsync(found => found.Id == id, ct);
        var days = await db.Set<CalendarDay>()
            .Where(day => day.CalendarId == id)
            .ToDictionaryAsync(day => day.Day, day => day.IsWorking, ct);
        return new WorkingCalendar(calendar.Weekdays, days);
    }

    public static Task<bool> IsWarehouseCodeTakenAsync(this PlatformDb db, string code, CancellationToken ct) =>
        db.Set<Warehouse>().AnyAsync(warehouse => warehouse.Code == code, ct);

    /// <summary>A planned warehouse with its history's first line and its event.</summary>
    public static void AddWarehouse(this PlatformDb db, WarehouseCreated created, Envelope envelope)
    {
        db.Add(Warehouse.Create(created));
        db.RegisterChange(
            new Changed(
                RecordKind.Warehouse, created.Warehouse.Value, FieldGroup.Setup, BaseVersion: 0, Before: null,
                // Whose site it was made after is not told to everybody who reads of this one.
                created with { ClonedFrom = null },
                Reason: null),
            envelope);
        db.Raise(created);
    }

    public static Task<Warehouse?> LockWarehouseAsync(this PlatformDb db, WarehouseId id, CancellationToken ct) =>
        db.Set<Warehouse>().FromSql($"select * from warehouse where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>Keeps the warehouse as it is until the end, beside others who do the same.</summary>
    public static Task<Warehouse?> ShareWarehouseAsync(this PlatformDb db, WarehouseId id, CancellationToken ct) =>
        db.Set<Warehouse>().FromSql($"select * from warehouse where id = {id.Value} for share").SingleOrDefaultAsync(ct);

    public static Task<CutOff?> FindCutOffAsync(
        this PlatformDb db, WarehouseId warehouse, PartnerId? carrier, CancellationToken ct) =>
        db.Set<CutOff>().SingleOrDefaultAsync(
            cutOff => cutOff.WarehouseId == warehouse && cutOff.CarrierId == carrier, ct);

    public static Task<bool> IsChannelCodeTakenAsync(this PlatformDb db, string code, CancellationToken ct) =>
        db.Set<FulfillmentChannel>().AnyAsync(channel => channel.Code == code, ct);

    public static Task<FulfillmentChannel?> LockChannelAsync(
        this PlatformDb db, FulfillmentChannelId id, CancellationToken ct) =>
        db.Set<FulfillmentChannel>()
            .FromSql($"select * from fulfillment_channel where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<WarehouseChannel?> FindWarehouseChannelAsync(
        this PlatformDb db, WarehouseId warehouse, FulfillmentChannelId channel, CancellationToken ct) =>
        db.Set<WarehouseChannel>().SingleOrDefaultAsync(
            service => service.WarehouseId == warehouse && service.FulfillmentChannelId == channel, ct);

    public static Task<bool> IsZoneCodeTakenAsync(
        this PlatformDb db, WarehouseId warehouse, string code, CancellationToken ct) =>
        db.Set<Zone>().AnyAsync(zone => zone.WarehouseId == warehouse && zone.Code == code, ct);

    public static Task<Zone?> LockZoneAsync(this PlatformDb db, ZoneId id, CancellationToken ct) =>
        db.Set<Zone>().FromSql($"select * from zone where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>Keeps the zone as it is until the end, beside others who do the same.</summary>
    public static Task<Zone?> ShareZoneAsync(this PlatformDb db, ZoneId id, CancellationToken ct) =>
        db.Set<Zone>().FromSql($"select * from zone where id = {id.Value} for share").SingleOrDefaultAsync(ct);

    /// <summary>The zones in use, kept as they are until the end; likewise the groups.</summary>
    public static Task<List<Zone>> ShareZonesAsync(this PlatformDb db, WarehouseId warehouse, CancellationToken ct) =>
        db.Set<Zone>()
            .FromSql(
                $"select * from zone where warehouse_id = {warehouse.Value} and status = 'ACTIVE' order by id for share")
            .ToListAsync(ct);

    public static Task<List<Bin>> ShareBinGroupsAsync(this PlatformDb db, WarehouseId warehouse, CancellationToken ct) =>
        db.Set<Bin>()
            .FromSql(
                $"""
                select * from bin
                where warehouse_id = {warehouse.Value} and is_group and status = 'ACTIVE' order by id for share
                """)
            .ToListAsync(ct);

    public static Task<List<Zone>> FindZonesAsync(this PlatformDb db, WarehouseId warehouse, CancellationToken ct) =>
        db.Set<Zone>()
            .AsNoTracking()
            .Where(zone => zone.WarehouseId == warehouse && zone.Status == PlaceStatus.Active)
            .OrderBy(zone => zone.Id)
            .ToListAsync(ct);

    /// <summary>A new bin with its history's first line and its event.</summary>
    public static void AddBin(this PlatformDb db, BinCreated created, Envelope envelope)
    {
        db.Add(Bin.Create(created));
        db.RegisterChange(
            new Changed(
                RecordKind.Bin, created.Bin.Value, FieldGroup.Setup, BaseVersion: 0, Before: null, created,
                Reason: null),
            envelope);
        db.Raise(created);
    }

    public static async Task<HashSet<string>> BinCodesTakenAsync(
        this PlatformDb db, WarehouseId warehouse, IReadOnlyList<string> codes, CancellationToken ct)
    {
        var taken = await db.Set<Bin>()
            .Where(bin => bin.WarehouseId == warehouse && codes.Contains(bin.Code))
            .Select(bin => bin.Code)
            .ToListAsync(ct);
        return taken.ToHashSet(StringComparer.Ordinal);
    }

    public static Task<Bin?> LockBinAsync(this PlatformDb db, BinId id, CancellationToken ct) =>
        db.Set<Bin>().FromSql($"select * from bin where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<List<Bin>> FindBinsAsync(this PlatformDb db, WarehouseId warehouse, CancellationToken ct) =>
        db.Set<Bin>()
            .AsNoTracking()
            .Where(bin => bin.WarehouseId == warehouse && bin.Status == PlaceStatus.Active)
            .OrderBy(bin => bin.Id)
            .ToListAsync(ct);

    public static Task<int> CountBinsAsync(this PlatformDb db, WarehouseId warehouse, CancellationToken ct) =>
        db.Set<Bin>().CountAsync(bin => bin.WarehouseId == warehouse && bin.Status == PlaceStatus.Active, ct);

    public static Task<long> CountChildrenAsync(this PlatformDb db, BinId parent, CancellationToken ct) =>
        db.Set<Bin>().LongCountAsync(bin => bin.ParentId == parent && bin.Status == PlaceStatus.Active, ct);

    /// <summary>The roles that the bins in use of a warehouse have.</summary>
    public static Task<List<BinRole>> FindBinRolesAsync(
        this PlatformDb db, WarehouseId warehouse, CancellationToken ct) =>
        db.Set<Bin>()
            .Where(bin => bin.WarehouseId == warehouse && bin.Status == PlaceStatus.Active && !bin.IsGroup)
            .Select(bin => bin.Role)
            .Distinct()
            .ToListAsync(ct);

    /// <summary>The row that a change of this kind is about, locked.</summary>
    public static async Task<Result<LocationRows>> LockLocationAsync(
        this PlatformDb db, RecordKind kind, Guid id, CancellationToken ct)
    {
        switch (kind)
        {
            case RecordKind.Warehouse:
                var warehouse = await db.LockWarehouseAsync(new WarehouseId(id), ct);
                return warehouse is null ? new WarehouseNotFound(new WarehouseId(id)) : new LocationRows(warehouse);
            case RecordKind.Zone:
                var zone = await db.LockZoneAsync(new ZoneId(id), ct);
                return zone is null ? new ZoneNotFound(new ZoneId(id)) : new LocationRows(zone);
            default:
                var bin = await db.LockBinAsync(new BinId(id), ct);
                return bin is null ? new BinNotFound(new BinId(id)) : new LocationRows(bin);
        }
    }
}

/// <summary>The place that is to change.</summary>
internal sealed record LocationRows(ILocation Place);
