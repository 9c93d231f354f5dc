using Platform.Domain.Warehouses;

namespace Platform.Domain.Exceptions;

/// <summary>
/// Counts time only on days on which people work, on the site's wall clock; without a calendar, around the clock. Pure.
/// </summary>
internal sealed class SlaClock(WorkingCalendar? calendar, TimeZoneInfo zone)
{
    /// <summary>Longer than any term with every holiday in it; a calendar in which nobody works must not stop the clock for ever.</summary>
    private const int MostDays = 366;

    /// <summary>The moment at which so much working time has passed.</summary>
    public DateTimeOffset Due(DateTimeOffset from, TimeSpan work)
    {
        if (calendar is null)
        {
            return from + work;
        }

        var cursor = TimeZoneInfo.ConvertTime(from, zone).DateTime;
        var left = work;
        for (var day = 0; day < MostDays; day++)
        {
            var midnight = cursor.Date.AddDays(1);
            if (calendar.IsWorking(DateOnly.FromDateTime(cursor)))
            {
                var today = midnight - cursor;
                if (left <= today)
                {
                    return Instant(cursor + left);
                }

                left -= today;
            }

            cursor = midnight;
        }

        return from + work;
    }

    /// <summary>The working time from one moment to a later one; nothing when it is past.</summary>
    public TimeSpan Left(DateTimeOffset from, DateTimeOffset due)
    {
        if (due <= from)
        {
            return TimeSpan.Zero;
        }

        if (calendar is null)
        {
            return due - from;
        }

        var end = TimeZoneInfo.ConvertTime(due, zone).DateTime;
        var left = TimeSpan.Zero;
        for (var cursor = TimeZoneInfo.ConvertTime(from, zone).DateTime; cursor < end; cursor = cursor.Date.AddDays(1))
        {
            var midnight = cursor.Date.AddDays(1);
            if (calendar.IsWorking(DateOnly.FromDateTime(cursor)))
            {
                left += (end < midnight ? end : midnight) - cursor;
            }
        }

        return left;
    }

    /// <summary>A wall clock time that does not exist (the hour that spring skips) is the same hour later.</summary>
    private DateTimeOffset Instant(DateTime local)
    {
        var existing = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(existing, zone.GetUtcOffset(existing)).ToUniversalTime();
    }
}
