using Platform.Api.Reading.Declaring;
using Platform.Domain.Warehouses;

namespace Platform.Api.Warehouses;

internal sealed class CalendarDayType : Readable<CalendarDay>
{
    public CalendarDayType()
        : base("CalendarDay", "calendarDays", "network.read")
    {
        Shared();
        Column(row => row.Day, "The day.");
        Column(row => row.IsWorking, "Whether work is done on it.");
        Column(row => row.Note, "Why it differs.");
        One<Calendar>("calendar", row => row.CalendarId, "The calendar it belongs to.");
    }
}
