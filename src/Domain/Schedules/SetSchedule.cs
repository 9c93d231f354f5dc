using Platform.Domain.Kernel;

namespace Platform.Domain.Schedules;

public sealed record ScheduleNotFound(ScheduleId Schedule) : DomainError
{
    public override string Message => $"There is no schedule {Schedule}.";
}

/// <summary>Says on which days and when the house does a piece of work by itself, or that it does not.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Version">As it was seen.</param>
/// <param name="IsOn">Whether it is done at all.</param>
/// <param name="Weekdays">On which weekdays.</param>
/// <param name="LocalTime">When, on the wall clock of the zone.</param>
/// <param name="TimeZone">The zone, as the time zone database names it, such as Europe/Berlin.</param>
[Needs("schedules.govern")]
[Refuses<InvalidField>, Refuses<ScheduleNotFound>, Refuses<StaleVersion>]
public sealed record SetSchedule(
    ScheduleId Schedule, int Version, bool IsOn, IReadOnlyList<DayOfWeek> Weekdays, TimeOnly LocalTime, string TimeZone) : ICommand<ScheduleSet>;

public sealed record ScheduleSet(
    ScheduleId Schedule, string Code, bool IsOn, TimeOnly LocalTime, short Weekdays, string TimeZone, DateTimeOffset NextRunAt, int Version) : IEvent
{
    public Subject Subject => new(nameof(Schedules.Schedule), Schedule.Value);
}

internal sealed class SetScheduleHandler(PlatformDb db) : ICommandHandler<SetSchedule, ScheduleSet>
{
    public async Task<Result<ScheduleSet>> HandleAsync(SetSchedule command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Whole("weekdays", command.Weekdays.Distinct().Count(), least: 1, most: 7)
            ?? command.Weekdays.Select((day, at) => Field.Known<DayOfWeek>($"weekdays.{at}", day)).FirstOrDefault(found => found is not null)
            ?? (TimeZoneInfo.TryFindSystemTimeZoneById(command.TimeZone, out _)
                ? null
                : Field.Invalid("timeZone", "must be a zone of the time zone database, such as Europe/Berlin", command.TimeZone));
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.LockScheduleAsync(command.Schedule, ct) is not { } schedule)
        {
            return new ScheduleNotFound(command.Schedule);
        }

        if (schedule.Version != command.Version)
        {
            return new StaleVersion(nameof(Schedule), schedule.Id.Value, command.Version, schedule.Version);
        }

        schedule.Apply(command, envelope.Now);
        var set = new ScheduleSet(
            schedule.Id, schedule.Code, schedule.IsOn, schedule.LocalTime, schedule.Weekdays, schedule.TimeZone, schedule.NextRunAt, schedule.Version);
        db.Raise(set);
        return set;
    }
}
