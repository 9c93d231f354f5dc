using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

public enum DoorStatus
{
    Active,
    Retired,
}

/// <summary>A door at which one lorry stands at a time; on working days of its warehouse, between its hours.</summary>
public sealed class DockDoor
{
    private DockDoor()
    {
    }

    public DockDoorId Id { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    /// <summary>On the wall clock of its warehouse.</summary>
    public TimeOnly OpensAt { get; private set; }

    /// <summary>On the wall clock of its warehouse.</summary>
    public TimeOnly ClosesAt { get; private set; }

    public DoorStatus Status { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static DockDoor Create(DockDoorId id, CreateDockDoor door, DateTimeOffset at) => new()
    {
        Id = id,
        WarehouseId = door.Warehouse,
        Code = door.Code,
        Name = door.Name,
        OpensAt = door.OpensAt,
        ClosesAt = door.ClosesAt,
        Status = DoorStatus.Active,
        Version = 1,
        CreatedAt = at,
        UpdatedAt = at,
    };

    internal void Retire(DateTimeOffset at)
    {
        Status = DoorStatus.Retired;
        Version++;
        UpdatedAt = at;
    }

    /// <summary>Null when the door is open all the time on the site's clock.</summary>
    internal DoorIsClosed? Refuse(DateTimeOffset startsAt, DateTimeOffset endsAt, TimeZoneInfo zone, WorkingCalendar calendar)
    {
        var from = TimeZoneInfo.ConvertTime(startsAt, zone);
        var until = TimeZoneInfo.ConvertTime(endsAt, zone);
        var isOpen = DateOnly.FromDateTime(from.DateTime) == DateOnly.FromDateTime(until.DateTime)
            && calendar.IsWorking(DateOnly.FromDateTime(from.DateTime))
            && TimeOnly.FromDateTime(from.DateTime) >= OpensAt
            && TimeOnly.FromDateTime(until.DateTime) <= ClosesAt;
        return isOpen ? null : new DoorIsClosed(Id, startsAt, OpensAt, ClosesAt);
    }
}

public enum AppointmentStatus
{
    Booked,

    /// <summary>The lorry came.</summary>
    Kept,

    /// <summary>It did not come.</summary>
    Missed,
    Cancelled,
}

public enum Punctuality
{
    Early,
    OnTime,
    Late,
    NoShow,
}

/// <summary>A shipment has a door for some time.</summary>
public sealed class DockAppointment
{
    /// <summary>So much before its time a lorry is early, so much after it late.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    private DockAppointment()
    {
    }

    public DockAppointmentId Id { get; private set; }

    public DockDoorId DoorId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public InboundShipmentId ShipmentId { get; private set; }

    public AppointmentStatus Status { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public DateTimeOffset? ArrivedAt { get; private set; }

    public Punctuality? Punctuality { get; private set; }

    public Guid BookedBy { get; private set; }

    public DateTimeOffset BookedAt { get; private set; }

    public int Version { get; private set; }

    internal static DockAppointment Book(DockAppointmentId id, DockDoor door, BookDock booking, Envelope envelope) => new()
    {
        Id = id,
        DoorId = door.Id,
        WarehouseId = door.WarehouseId,
        ShipmentId = booking.Shipment,
        Status = AppointmentStatus.Booked,
        StartsAt = booking.StartsAt,
        EndsAt = booking.EndsAt,
        BookedBy = envelope.Actor.Id,
        BookedAt = envelope.Now,
        Version = 1,
    };

    internal void Keep(DateTimeOffset arrivedAt)
    {
        (Status, ArrivedAt) = (AppointmentStatus.Kept, arrivedAt);
        Punctuality = arrivedAt < StartsAt - Grace ? Receiving.Punctuality.Early
            : arrivedAt > StartsAt + Grace ? Receiving.Punctuality.Late
            : Receiving.Punctuality.OnTime;
        Version++;
    }

    internal void Miss()
    {
        (Status, Punctuality) = (AppointmentStatus.Missed, Receiving.Punctuality.NoShow);
        Version++;
    }

    internal void Cancel()
    {
        Status = AppointmentStatus.Cancelled;
        Version++;
    }

    internal DockAppointmentMoved Moved(InboundShipment shipment) => new(
        Id, DoorId, ShipmentId, shipment.Number, Status, StartsAt, EndsAt, ArrivedAt, Punctuality, shipment.LegalEntityId, WarehouseId,
        shipment.SupplierId, Version);
}

/// <summary>How full a door is in one hour, and what came late to it (RCV-01).</summary>
public sealed class DockHour
{
    private DockHour()
    {
    }

    public DockDoorId DoorId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    /// <summary>How many shipments have the door in that hour.</summary>
    public int Appointments { get; private set; }

    /// <summary>How many of its sixty minutes are booked.</summary>
    public int MinutesBooked { get; private set; }

    public int Late { get; private set; }

    public int NoShows { get; private set; }
}

/// <summary>A shipment got a door, came to it, did not come, or gave it back.</summary>
public sealed record DockAppointmentMoved(
    DockAppointmentId Appointment,
    DockDoorId Door,
    InboundShipmentId Shipment,
    string ShipmentNumber,
    AppointmentStatus Status,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset? ArrivedAt,
    Punctuality? Punctuality,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier,
    int Version) : IEvent
{
    public Subject Subject => new(nameof(DockAppointment), Appointment.Value);
}
