using Platform.Domain.Kernel;

namespace Platform.Domain.Warehouses;

/// <summary>On which days people work: the weekdays, and the days that differ from their weekday (NET-06).</summary>
public sealed class WorkingCalendar
{
    /// <summary>No holiday lasts longer; a search that goes further has found a wrong calendar.</summary>
    private const int MostDays = 3 * 366;

    private readonly int _weekdays;
    private readonly IReadOnlyDictionary<DateOnly, bool> _exceptions;

    /// <param name="weekdays">One bit a weekday, Monday = 1 … Sunday = 64.</param>
    /// <param name="exceptions">Days that differ, and whether people work on them.</param>
    public WorkingCalendar(int weekdays, IReadOnlyDictionary<DateOnly, bool> exceptions)
    {
        _weekdays = weekdays;
        _exceptions = exceptions;
    }

    public bool IsWorking(DateOnly day) =>
        _exceptions.TryGetValue(day, out var isWorking) ? isWorking : (_weekdays & Bit(day.DayOfWeek)) != 0;

    /// <summary>The day itself if people work, otherwise the next one on which they do.</summary>
    public Result<DateOnly> OnOrAfter(DateOnly day)
    {
        for (var ahead = 0; ahead < MostDays; ahead++)
        {
            if (IsWorking(day.AddDays(ahead)))
            {
                return day.AddDays(ahead);
            }
        }

        return new NoWorkingDay(day);
    }

    /// <summary>The day after so many working days; 0 is the day itself, or the next working day if it is none.</summary>
    public Result<DateOnly> AddWorkingDays(DateOnly day, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        var reached = OnOrAfter(day);
        for (var counted = 0; counted < workingDays && reached.Error is null; counted++)
        {
            reached = OnOrAfter(reached.Value.AddDays(1));
        }

        return reached;
    }

    /// <summary>Working days after the first day up to and including the last.</summary>
    public int WorkingDaysBetween(DateOnly first, DateOnly last)
    {
        var count = 0;
        for (var day = first.AddDays(1); day <= last; day = day.AddDays(1))
        {
            count += IsWorking(day) ? 1 : 0;
        }

        return count;
    }

    internal static int Bit(DayOfWeek weekday) => weekday == DayOfWeek.Sunday ? 64 : 1 << ((int)weekday - 1);
}

/// <summary>When goods leave that are ordered now: cut-off, then days on which both the warehouse and the carrier work.</summary>
public static class CutOffRule
{
    /// <param name="local">The time on the warehouse's wall clock.</param>
    /// <param name="cutOff">The last minute for leaving the same day; null when any minute will do.</param>
    /// <param name="warehouse">The warehouse's working days.</param>
    /// <param name="carrier">The carrier's, or null when it comes whenever the warehouse works.</param>
    public static Result<DateOnly> LeavesOn(
        DateTime local, TimeOnly? cutOff, WorkingCalendar warehouse, WorkingCalendar? carrier)
    {
        var today = DateOnly.FromDateTime(local);

        // On the minute is still in time: the sign at the counter says "until 16:00".
        var isTooLate = cutOff is { } last && TimeOnly.FromDateTime(local) > last;
        var day = warehouse.OnOrAfter(isTooLate ? today.AddDays(1) : today);
        while (carrier is not null && day.Error is null)
        {
            var collected = carrier.OnOrAfter(day.Value);
            if (collected.Error is not null || collected.Value == day.Value)
            {
                return collected;
            }

            day = (collected.Value.DayNumber - today.DayNumber) > 3 * 366
                ? new NoWorkingDay(today)
                : warehouse.OnOrAfter(collected.Value);
        }

        return day;
    }
}
