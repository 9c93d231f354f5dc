namespace Platform.Intelligence.Workbench.Tables;

/// <summary>How a column writes its days. A column has one form: the first of these that every cell of it fits.</summary>
[Flags]
internal enum DateForms
{
    None = 0,

    /// <summary>2024-02-29, 2024/02/29.</summary>
    YearFirst = 1,

    /// <summary>29-Feb-24, 29 February 2024, Feb 29, 2024.</summary>
    MonthNamed = 2,

    /// <summary>29/02/2024, 29.02.2024, 29-02-2024.</summary>
    DayFirst = 4,

    /// <summary>02/29/2024.</summary>
    MonthFirst = 8,

    All = YearFirst | MonthNamed | DayFirst | MonthFirst,
}

/// <summary>
/// Reads dates as exports write them, with an optional time and an optional offset from UTC, without a string per
/// cell. What is day and what is month in 03/04/2024 only the whole column can tell.
/// </summary>
internal static class DateCell
{
    private const int Longest = 40;

    // Two digits of a year: 70 to 99 are of the last century, as spreadsheets have it.
    private const int OldestShortYear = 70;

    private static readonly byte[][] Months =
    [
        .. new[] { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>Of the given forms, those that the cell fits.</summary>
    public static DateForms Fitting(ReadOnlySpan<byte> cell, DateForms candidates)
    {
        var fitting = DateForms.None;
        foreach (var form in (ReadOnlySpan<DateForms>)[DateForms.YearFirst, DateForms.MonthNamed, DateForms.DayFirst, DateForms.MonthFirst])
        {
            if (candidates.HasFlag(form) && TryDays(cell, form, out _))
            {
                fitting |= form;
            }
        }

        return fitting;
    }

    /// <summary>
    /// The form to read a column by that fits several: between slashes the month comes first more often, between dots
    /// and hyphens the day.
    /// </summary>
    public static DateForms Choose(DateForms fitting, ReadOnlySpan<byte> sample) =>
        fitting == (DateForms.DayFirst | DateForms.MonthFirst)
            ? sample.Contains((byte)'/') ? DateForms.MonthFirst : DateForms.DayFirst
            : fitting;

    /// <summary>Days since 1970, in UTC where the cell says nothing else.</summary>
    public static bool TryDays(ReadOnlySpan<byte> cell, DateForms form, out double days)
    {
        days = 0;
        if (cell.Length is < 6 or > Longest)
        {
            return false;
        }

        var reader = new CellReader(cell);
        if (!TryDay(ref reader, form, out var day))
        {
            return false;
        }

        days = (day - DateTime.UnixEpoch).TotalDays;
        if (reader.IsAtEnd)
        {
            return true;
        }

        if (!reader.TrySkipTimeMark() || !TryTime(ref reader, out var time))
        {
            return false;
        }

        days = (day + time - DateTime.UnixEpoch).TotalDays;
        return true;
    }

    private static bool TryDay(ref CellReader reader, DateForms form, out DateTime day)
    {
        day = default;
        int year, month, dayOfMonth, yearDigits = 4;
        if (form == DateForms.MonthNamed && reader.TryWord(Months, out month))
        {
            // Feb 29, 2024
            if (!reader.TrySkipSeparator(out _) || !reader.TryNumber(1, 2, out dayOfMonth, out _)
                || !reader.TrySkipSeparator(out _) || !reader.TryNumber(4, 4, out year, out _))
            {
                return false;
            }
        }
        else if (form == DateForms.YearFirst)
        {
            if (!reader.TryNumber(4, 4, out year, out _) || !reader.TrySkipSeparator(out var first) || first is not ((byte)'-' or (byte)'/')
                || !reader.TryNumber(1, 2, out month, out _) || !reader.TrySkipSeparator(out var second) || second != first
                || !reader.TryNumber(1, 2, out dayOfMonth, out _))
            {
                return false;
            }
        }
        else
        {
            if (!reader.TryNumber(1, 2, out var one, out _) || !reader.TrySkipSeparator(out var first))
            {
                return false;
            }

            var two = 0;
            if (form == DateForms.MonthNamed ? !reader.TryWord(Months, out two) : first is (byte)' ' or (byte)',' || !reader.TryNumber(1, 2, out two, out _))
            {
                return false;
            }

            if (!reader.TrySkipSeparator(out var second) || second != first || !reader.TryNumber(2, 4, out year, out yearDigits))
            {
                return false;
            }

            // 10-12-05 is a code as often as a day.
            if (yearDigits == 3 || (yearDigits == 2 && form != DateForms.MonthNamed && first == '-'))
            {
                return false;
            }

            (dayOfMonth, month) = form == DateForms.MonthFirst ? (two, one) : (one, two);
        }

        year += yearDigits == 2 ? (year >= OldestShortYear ? 1900 : 2000) : 0;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateTime(year, month, dayOfMonth, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    private static bool TryTime(ref CellReader reader, out TimeSpan time)
    {
        time = default;
        double seconds = 0;
        if (!reader.TryNumber(1, 2, out var hours, out _) || !reader.TrySkip(':') || !reader.TryNumber(2, 2, out var minutes, out _))
        {
            return false;
        }

        if (reader.TrySkip(':') && !reader.TrySeconds(out seconds))
        {
            return false;
        }

        if (reader.TryHalfDay(out var isAfternoon))
        {
            if (hours is < 1 or > 12)
            {
                return false;
            }

            hours = (hours % 12) + (isAfternoon ? 12 : 0);
        }

        if (hours > 24 || minutes > 59 || seconds >= 61 || !reader.TryOffset(out var offset))
        {
            return false;
        }

        time = TimeSpan.FromMinutes((hours * 60) + minutes - offset) + TimeSpan.FromSeconds(seconds);
        return reader.IsAtEnd;
    }
}
