using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>Adds a dock door to a warehouse, with its hours on working days.</summary>
[Needs("receiving.docks"), WithinRows]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>, Refuses<DockDoorExists>]
public sealed record CreateDockDoor(WarehouseId Warehouse, string Code, string Name, TimeOnly OpensAt, TimeOnly ClosesAt) : ICommand<DockDoorChanged>;

/// <summary>Takes a dock door out of use; what is booked there stays booked.</summary>
[Needs("receiving.docks"), WithinRows]
[Refuses<DockDoorNotFound>, Refuses<StaleVersion>]
public sealed record RetireDockDoor(DockDoorId Door, int Version) : ICommand<DockDoorChanged>;

public sealed record DockDoorChanged(DockDoorId Door, WarehouseId Warehouse, string Code, string Name, DoorStatus Status, int Version) : IEvent
{
    public Subject Subject => new(nameof(DockDoor), Door.Value);
}

/// <summary>Gives a shipment a door for some time; one that another lorry has then is refused (NET-08).</summary>
[Needs("receiving.schedule"), WithinRows]
[Refuses<InvalidField>, Refuses<ShipmentNotFound>, Refuses<StaleVersion>, Refuses<WrongShipmentStatus>, Refuses<DockDoorNotFound>]
[Refuses<DoorIsClosed>, Refuses<DoorIsTaken>]
public sealed record BookDock(InboundShipmentId Shipment, int Version, DockDoorId Door, DateTimeOffset StartsAt, DateTimeOffset EndsAt)
    : ICommand<DockAppointmentMoved>;

/// <summary>A shipment gives its door back.</summary>
[Needs("receiving.schedule"), WithinRows]
[Refuses<AppointmentNotFound>, Refuses<StaleVersion>, Refuses<AppointmentNotBooked>]
public sealed record CancelAppointment(DockAppointmentId Appointment, int Version) : ICommand<DockAppointmentMoved>;

/// <summary>Notes every shipment that did not come while it had a door; run by a service.</summary>
[Needs("receiving.watch")]
public sealed record RunDockClocks(int Most) : ICommand<DockClocksRun>;

public sealed record DockClocksRun(IReadOnlyList<DockAppointmentId> Missed);

internal sealed class CreateDockDoorHandler(PlatformDb db) : ICommandHandler<CreateDockDoor, DockDoorChanged>, IConstraintRefusals<CreateDockDoor>
{
    public async Task<Result<DockDoorChanged>> HandleAsync(CreateDockDoor command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Code("code", command.Code)
            ?? Field.Text("name", command.Name, most: 100)
            ?? (command.ClosesAt > command.OpensAt ? null : Field.Invalid("closesAt", "must be after opensAt", command.ClosesAt.ToString("O")));
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.ShareWarehouseAsync(command.Warehouse, ct) is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        var door = DockDoor.Create(new DockDoorId(Guid.CreateVersion7(envelope.Now)), command, envelope.Now);
        db.Add(door);
        return db.Tell(new DockDoorChanged(door.Id, door.WarehouseId, door.Code, door.Name, door.Status, door.Version));
    }

    public DomainError? RefusalFor(CreateDockDoor command, string constraint) =>
        constraint == "dock_door_once" ? new DockDoorExists(command.Warehouse, command.Code) : null;
}

internal sealed class RetireDockDoorHandler(PlatformDb db) : ICommandHandler<RetireDockDoor, DockDoorChanged>
{
    public async Task<Result<DockDoorChanged>> HandleAsync(RetireDockDoor command, Envelope envelope, CancellationToken ct)
    {
        var door = await db.LockDoorAsync(command.Door, ct);
        if (door is null || door.Status == DoorStatus.Retired)
        {
            return new DockDoorNotFound(command.Door);
        }

        if (door.Version != command.Version)
        {
            return new StaleVersion(nameof(DockDoor), door.Id.Value, command.Version, door.Version);
        }

        door.Retire(envelope.Now);
        return db.Tell(new DockDoorChanged(door.Id, door.WarehouseId, door.Code, door.Name, door.Status, door.Version));
    }
}

internal sealed class BookDockHandler(PlatformDb db) : ICommandHandler<BookDock, DockAppointmentMoved>, IConstraintRefusals<BookDock>
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public async Task<Result<DockAppointmentMoved>> HandleAsync(BookDock command, Envelope envelope, CancellationToken ct)
    {
        var invalid = command.StartsAt < envelope.Now ? Field.Invalid("startsAt", "must not lie in the past", command.StartsAt.ToString("O"))
            : command.EndsAt <= command.StartsAt || command.EndsAt - command.StartsAt > Longest
                ? Field.Invalid("endsAt", "must follow startsAt within 12 hours", command.EndsAt.ToString("O"))
                : null;
        if (invalid is not null)
        {
            return invalid;
        }

        var found = await db.LockShipmentAsync(command.Shipment, command.Version, ShipmentStep.Schedule, ct);
        if (!found.Succeeded(out var shipment))
        {
            return found.Error!;
        }

        // One at a time books a door, so that whoever has it can be named.
        var door = await db.LockDoorAsync(command.Door, ct);
        if (door is null || door.Status == DoorStatus.Retired || door.WarehouseId != shipment.WarehouseId)
        {
            return new DockDoorNotFound(command.Door);
        }

        var (zone, calendar) = await db.FindSiteDayAsync(door.WarehouseId, ct);
        if (door.Refuse(command.StartsAt, command.EndsAt, zone, calendar) is { } closed)
        {
            return closed;
        }

        if (await db.FindBookedAsync(door.Id, command.StartsAt, command.EndsAt, ct) is { } other)
        {
            return new DoorIsTaken(door.Id, other.StartsAt, other.EndsAt);
        }

        var from = shipment.Status;
        shipment.Step(ShipmentStep.Schedule);
        db.Raise(shipment.Moved(ShipmentStep.Schedule, from, reason: null));
        var appointment = DockAppointment.Book(new DockAppointmentId(Guid.CreateVersion7(envelope.Now)), door, command, envelope);
        db.Add(appointment);
        return db.Tell(appointment.Moved(shipment));
    }

    public DomainError? RefusalFor(BookDock command, string constraint) =>
        constraint == "dock_appointment_door" ? new DoorIsTaken(command.Door, command.StartsAt, command.EndsAt) : null;
}

internal sealed class CancelAppointmentHandler(PlatformDb db) : ICommandHandler<CancelAppointment, DockAppointmentMoved>
{
    public async Task<Result<DockAppointmentMoved>> HandleAsync(CancelAppointment command, Envelope envelope, CancellationToken ct)
    {
        var shipment = await db.LockShipmentOfAppointmentAsync(command.Appointment, ct);
        var appointment = await db.LockAppointmentAsync(command.Appointment, ct);
        if (appointment is null || shipment is null)
        {
            return new AppointmentNotFound(command.Appointment);
        }

        if (appointment.Version != command.Version)
        {
            return new StaleVersion(nameof(DockAppointment), appointment.Id.Value, command.Version, appointment.Version);
        }

        if (appointment.Status != AppointmentStatus.Booked)
        {
            return new AppointmentNotBooked(appointment.Id, appointment.Status);
        }

        appointment.Cancel();
        db.Unschedule(shipment, reason: null);
        return db.Tell(appointment.Moved(shipment));
    }
}

internal sealed class RunDockClocksHandler(PlatformDb db) : ICommandHandler<RunDockClocks, DockClocksRun>
{
    public async Task<Result<DockClocksRun>> HandleAsync(RunDockClocks command, Envelope envelope, CancellationToken ct)
    {
        var missed = new List<DockAppointmentId>();
        foreach (var id in await db.FindMissedAsync(envelope.Now, Math.Clamp(command.Most, 1, 500), ct))
        {
            var shipment = await db.LockShipmentOfAppointmentAsync(id, ct);
            if (await db.LockAppointmentAsync(id, ct) is not { Status: AppointmentStatus.Booked } appointment)
            {
                continue;
            }

            appointment.Miss();
            db.Raise(appointment.Moved(shipment!));
            db.Unschedule(shipment!, "did not come");
            missed.Add(id);
        }

        return new DockClocksRun(missed);
    }
}

internal static class Unscheduling
{
    /// <summary>Without a door a shipment is as it was announced.</summary>
    public static void Unschedule(this PlatformDb db, InboundShipment shipment, string? reason)
    {
        var from = shipment.Status;
        shipment.Step(ShipmentStep.Unschedule);
        db.Raise(shipment.Moved(ShipmentStep.Unschedule, from, reason));
    }
}

/// <summary>Asks cheaply whether a lorry did not come, so that a quiet night writes no audit rows.</summary>
public static class DockClocks
{
    private const string Due = "select exists (select from dock_appointment where status = 'BOOKED' and ends_at < $1)";

    public static async Task<bool> AreDueAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var ask = source.CreateCommand(Due);
        ask.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return await ask.ExecuteScalarAsync(ct) is true;
    }
}
