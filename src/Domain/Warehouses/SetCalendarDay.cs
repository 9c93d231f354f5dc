using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>Makes one day differ from its weekday: a holiday, or a Saturday on which people work.</summary>
[Needs("network.calendars")]
[Refuses<InvalidField>, Refuses<CalendarNotFound>, Refuses<StaleVersion>]
public sealed record SetCalendarDay(CalendarId Calendar, int Version, DateOnly Day, bool IsWorking, string Note)
    : ICommand<CalendarDaySet>;

public sealed record CalendarDaySet(CalendarId Calendar, DateOnly Day, bool IsWorking, string Note, int Version) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Calendar), Calendar.Value);
}

/// <summary>Makes a day ordinary again.</summary>
[Needs("network.calendars")]
[Refuses<CalendarNotFound>, Refuses<StaleVersion>, Refuses<CalendarDayNotFound>]
public sealed record ClearCalendarDay(CalendarId Calendar, int Version, DateOnly Day) : ICommand<CalendarDayCleared>;

public sealed record CalendarDayCleared(CalendarId Calendar, DateOnly Day, int Version) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Calendar), Calendar.Value);
}

internal sealed class SetCalendarDayHandler(PlatformDb db) : ICommandHandler<SetCalendarDay, CalendarDaySet>
{
    public async Task<Result<CalendarDaySet>> HandleAsync(
        SetCalendarDay command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Text("note", command.Note, most: 200)
            ?? (command.Day.Year is < 1980 or > 2200
                ? Field.Invalid("day", "must lie between 1980 and 2200", $"{command.Day:O}")
                : null);
        if (invalid is not null)
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

        var day = await db.FindCalendarDayAsync(calendar.Id, command.Day, ct);
        var set = new CalendarDaySet(
            calendar.Id, command.Day, command.IsWorking, command.Note, calendar.Version + 1);
        db.RegisterChange(
            new Changed(
                RecordKind.Calendar, calendar.Id.Value, FieldGroup.Setup, calendar.Version,
                day is null ? null : new DayWas(day.Day, day.IsWorking, day.Note),
                new DayWas(set.Day, set.IsWorking, set.Note), Reason: null),
            envelope);
        if (day is null)
        {
            day = new CalendarDay(calendar.Id, command.Day);
            db.Add(day);
        }

        day.Apply(set);
        calendar.Touch(envelope.Now);
        db.Raise(set);
        return set;
    }

    private sealed record DayWas(DateOnly Day, bool IsWorking, string Note);
}

internal sealed class ClearCalendarDayHandler(PlatformDb db) : ICommandHandler<ClearCalendarDay, CalendarDayCleared>
{
    public async Task<Result<CalendarDayCleared>> HandleAsync(
        ClearCalendarDay command, Envelope envelope, CancellationToken ct)
    {
        var calendar = await db.LockCalendarAsync(command.Calendar, ct);
        if (calendar is null)
        {
            return new CalendarNotFound(command.Calendar);
        }

        if (calendar.Version != command.Version)
        {
            return new StaleVersion(nameof(Calendar), calendar.Id.Value, command.Version, calendar.Version);
        }

        if (await db.FindCalendarDayAsync(calendar.Id, command.Day, ct) is not { } day)
        {
            return new CalendarDayNotFound(calendar.Id, command.Day);
        }

        db.Remove(day);
        var cleared = new CalendarDayCleared(calendar.Id, command.Day, calendar.Version + 1);
        db.RegisterChange(
            new Changed(
                RecordKind.Calendar, calendar.Id.Value, FieldGroup.Setup, calendar.Version, Before: null, cleared,
                Reason: null),
            envelope);
        calendar.Touch(envelope.Now);
        db.Raise(cleared);
        return cleared;
    }
}
