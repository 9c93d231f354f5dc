using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Schedules;

public readonly record struct ScheduleId(Guid Value) : ITypedId<ScheduleId>
{
    public static ScheduleId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public enum ScheduleOutcome
{
    Done,

    /// <summary>The work itself said why it could not be done.</summary>
    Refused,

    /// <summary>It broke off; it is tried again soon.</summary>
    Failed,
}

/// <summary>Work that the house does by itself, on which days and when, and how it went last.</summary>
public sealed class Schedule
{
    private Schedule()
    {
    }

    public ScheduleId Id { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public bool IsOn { get; private set; }

    public TimeOnly LocalTime { get; private set; }

    /// <summary>One bit a weekday, Monday = 1 … Sunday = 64.</summary>
    public short Weekdays { get; private set; }

    /// <summary>On whose wall clock, as the time zone database names it.</summary>
    public string TimeZone { get; private set; } = string.Empty;

    public DateTimeOffset NextRunAt { get; private set; }

    public DateTimeOffset? LastRunAt { get; private set; }

    public ScheduleOutcome? LastOutcome { get; private set; }

    /// <summary>What came of it, in words.</summary>
    public string? LastResult { get; private set; }

    /// <summary>How often in a row it broke off.</summary>
    public int Failures { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal bool IsDue(DateTimeOffset now) => IsOn && NextRunAt <= now;

    internal void Apply(SetSchedule set, DateTimeOffset at)
    {
        (IsOn, LocalTime, TimeZone) = (set.IsOn, set.LocalTime, set.TimeZone);
        Weekdays = (short)set.Weekdays.Distinct().Sum(WorkingCalendar.Bit);
        NextRunAt = Next(at);
        Failures = 0;
        Touch(at);
    }

    internal void Ran(ScheduleOutcome outcome, string result, DateTimeOffset at)
    {
        (LastRunAt, LastOutcome, LastResult) = (at, outcome, result);
        Failures = outcome == ScheduleOutcome.Failed ? Failures + 1 : 0;
        NextRunAt = outcome == ScheduleOutcome.Failed ? at + ScheduleTimes.TryAgain(Failures) : Next(at);
        Touch(at);
    }

    private DateTimeOffset Next(DateTimeOffset after) =>
        ScheduleTimes.Next(LocalTime, Weekdays, TimeZoneInfo.FindSystemTimeZoneById(TimeZone), after);

    private void Touch(DateTimeOffset at)
    {
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>One time that the work was done, or was not. Never changed.</summary>
public sealed class ScheduleRun
{
    private ScheduleRun()
    {
    }

    public Guid Id { get; private set; }

    public ScheduleId ScheduleId { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset RanAt { get; private set; }

    public ScheduleOutcome Outcome { get; private set; }

    public string Result { get; private set; } = string.Empty;

    public Guid RunBy { get; private set; }

    internal static ScheduleRun Of(Schedule schedule, DateTimeOffset dueAt, Envelope envelope) => new()
    {
        Id = Guid.CreateVersion7(envelope.Now),
        ScheduleId = schedule.Id,
        DueAt = dueAt,
        RanAt = envelope.Now,
        Outcome = schedule.LastOutcome!.Value,
        Result = schedule.LastResult!,
        RunBy = envelope.Actor.Id,
    };
}

/// <summary>Finds the next moment on a wall clock. Pure.</summary>
internal static class ScheduleTimes
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    /// <summary>The first moment after the given one at which the clock of the zone shows the time on one of the days.</summary>
    public static DateTimeOffset Next(TimeOnly at, short weekdays, TimeZoneInfo zone, DateTimeOffset after)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime);
        for (; ; day = day.AddDays(1))
        {
            if ((weekdays & WorkingCalendar.Bit(day.DayOfWeek)) == 0)
            {
                continue;
            }

            // The hour that spring skips comes an hour later; of the hour that autumn repeats the first counts.
            var local = day.ToDateTime(at);
            var existing = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
            var offset = zone.IsAmbiguousTime(existing) ? zone.GetAmbiguousTimeOffsets(existing).Max() : zone.GetUtcOffset(existing);
            var moment = new DateTimeOffset(existing, offset).ToUniversalTime();
            if (moment > after)
            {
                return moment;
            }
        }
    }

    /// <summary>Five minutes after the first failure, twice as long after each more, up to four hours.</summary>
    public static TimeSpan TryAgain(int failures)
    {
        var wait = TimeSpan.FromMinutes(5 * Math.Pow(2, Math.Clamp(failures - 1, 0, 10)));
        return wait < LongestWait ? wait : LongestWait;
    }
}
