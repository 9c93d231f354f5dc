using Platform.Domain.Kernel;

namespace Platform.Domain.Warehouses;

/// <summary>A named working calendar, shared by warehouses and carriers.</summary>
public sealed class Calendar
{
    private Calendar()
    {
    }

    public CalendarId Id { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    /// <summary>One bit a weekday, Monday = 1 … Sunday = 64.</summary>
    public int Weekdays { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static Calendar Create(CalendarCreated created)
    {
        var calendar = new Calendar { Id = created.Calendar, Code = created.Code, CreatedAt = created.At };
        calendar.Apply(created.Week, created.At);
        return calendar;
    }

    internal CalendarWeek Week() =>
        new(Name, Enum.GetValues<DayOfWeek>().Where(day => (Weekdays & WorkingCalendar.Bit(day)) != 0).ToList());

    internal void Apply(CalendarWeek week, DateTimeOffset at)
    {
        Name = week.Name;
        Weekdays = week.WorkingDays.Aggregate(0, (bits, day) => bits | WorkingCalendar.Bit(day));
        Touch(at);
    }

    /// <summary>Its days belong to it: changing one makes a new version.</summary>
    internal void Touch(DateTimeOffset at)
    {
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>A day that differs from its weekday.</summary>
public sealed class CalendarDay
{
    private CalendarDay()
    {
    }

    internal CalendarDay(CalendarId calendar, DateOnly day)
    {
        CalendarId = calendar;
        Day = day;
    }

    public CalendarId CalendarId { get; private set; }

    public DateOnly Day { get; private set; }

    public bool IsWorking { get; private set; }

    public string Note { get; private set; } = string.Empty;

    internal void Apply(CalendarDaySet set)
    {
        IsWorking = set.IsWorking;
        Note = set.Note;
    }
}

/// <summary>A calendar's name and ordinary week.</summary>
public sealed record CalendarWeek(string Name, IReadOnlyList<DayOfWeek> WorkingDays)
{
    internal InvalidField? Check() =>
        Field.Text("name", Name, most: 100)
        ?? Field.Whole("workingDays", WorkingDays.Count, least: 1, most: 7)
        ?? (WorkingDays.Distinct().Count() < WorkingDays.Count || !WorkingDays.All(Enum.IsDefined)
            ? Field.Invalid("workingDays", "must name weekdays, each once", string.Join(", ", WorkingDays))
            : null);

    public bool Equals(CalendarWeek? other) =>
        other is not null && Name == other.Name && WorkingDays.SequenceEqual(other.WorkingDays);

    public override int GetHashCode() => HashCode.Combine(Name, WorkingDays.Count);
}
