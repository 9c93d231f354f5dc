using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>Draws up a working calendar.</summary>
[Needs("network.calendars")]
[Refuses<InvalidField>, Refuses<CalendarCodeTaken>]
public sealed record CreateCalendar(string Code, CalendarWeek Week) : ICommand<CalendarCreated>;

public sealed record CalendarCreated(CalendarId Calendar, string Code, CalendarWeek Week, DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Calendar), Calendar.Value);
}

internal sealed class CreateCalendarHandler(PlatformDb db)
    : ICommandHandler<CreateCalendar, CalendarCreated>, IConstraintRefusals<CreateCalendar>
{
    public async Task<Result<CalendarCreated>> HandleAsync(
        CreateCalendar command, Envelope envelope, CancellationToken ct)
    {
        if ((Field.Code("code", command.Code) ?? command.Week.Check()) is { } invalid)
        {
            return invalid;
        }

        if (await db.IsCalendarCodeTakenAsync(command.Code, ct))
        {
            return new CalendarCodeTaken(command.Code);
        }

        var created = new CalendarCreated(
            new CalendarId(Guid.CreateVersion7(envelope.Now)), command.Code, command.Week, envelope.Now);
        db.Add(Calendar.Create(created));
        db.RegisterChange(
            new Changed(
                RecordKind.Calendar, created.Calendar.Value, FieldGroup.Setup, BaseVersion: 0, Before: null,
                command.Week, Reason: null),
            envelope);
        db.Raise(created);
        return created;
    }

    public DomainError? RefusalFor(CreateCalendar command, string constraint) =>
        constraint == "calendar_code_key" ? new CalendarCodeTaken(command.Code) : null;
}

/// <summary>Changes a calendar's name or ordinary week; dates already promised stay.</summary>
[Needs("network.calendars")]
[Refuses<InvalidField>, Refuses<CalendarNotFound>, Refuses<StaleVersion>]
public sealed record ChangeCalendar(CalendarId Calendar, int Version, CalendarWeek Week) : ICommand<CalendarChanged>;

public sealed record CalendarChanged(CalendarId Calendar, CalendarWeek Week, int Version) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Calendar), Calendar.Value);
}

internal sealed class ChangeCalendarHandler(PlatformDb db) : ICommandHandler<ChangeCalendar, CalendarChanged>
{
    public async Task<Result<CalendarChanged>> HandleAsync(
        ChangeCalendar command, Envelope envelope, CancellationToken ct)
    {
        if (command.Week.Check() is { } invalid)
        {
            return invalid;
        }

        var calendar = await db.LockCalendarAsync(command.Calendar, ct);
        if (calendar is null)
        {
            return new CalendarNotFound(command.Calendar);
        }

        if (calendar.Version != command.Version)
        {
            return new StaleVersion(nameof(Calendar), calendar.Id.Value, command.Version, calendar.Version);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Calendar, calendar.Id.Value, FieldGroup.Setup, calendar.Version, calendar.Week(),
                command.Week, Reason: null),
            envelope);
        calendar.Apply(command.Week, envelope.Now);
        var changed = new CalendarChanged(calendar.Id, command.Week, calendar.Version);
        db.Raise(changed);
        return changed;
    }
}
