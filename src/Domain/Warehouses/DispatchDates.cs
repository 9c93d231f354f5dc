using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Warehouses;

/// <summary>Answers on which day goods leave a warehouse with a carrier (NET-06).</summary>
public sealed class DispatchDates(PlatformDb db)
{
    public async Task<Result<DateOnly>> LeavesOnAsync(
        WarehouseId id, PartnerId? carrier, DateTimeOffset now, CancellationToken ct)
    {
        var warehouse = await db.Set<Warehouse>().AsNoTracking().SingleOrDefaultAsync(place => place.Id == id, ct);
        if (warehouse is null)
        {
            return new WarehouseNotFound(id);
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(warehouse.TimeZone);
        var cutOff = await CutOffAsync(id, carrier, ct);
        var calendar = await db.WorkingCalendarAsync(warehouse.CalendarId, ct);
        var collection = cutOff?.CalendarId is { } collects ? await db.WorkingCalendarAsync(collects, ct) : null;
        return CutOffRule.LeavesOn(
            TimeZoneInfo.ConvertTime(now, zone).DateTime, cutOff?.LocalTime, calendar, collection);
    }

    /// <summary>The carrier's own row, or the one for all carriers.</summary>
    private Task<CutOff?> CutOffAsync(WarehouseId warehouse, PartnerId? carrier, CancellationToken ct) =>
        db.Set<CutOff>()
            .AsNoTracking()
            .Where(cutOff => cutOff.WarehouseId == warehouse)
            .Where(cutOff => cutOff.CarrierId == null || cutOff.CarrierId == carrier)
            .OrderBy(cutOff => cutOff.CarrierId == null)
            .FirstOrDefaultAsync(ct);
}
