using Platform.Api.Reading.Declaring;
using Platform.Domain.Warehouses;

namespace Platform.Api.Warehouses;

internal sealed class CalendarType : Readable<Calendar>
{
    public CalendarType()
        : base("Calendar", "calendars", "network.read")
    {
        Shared();
        Column(row => row.Code);
        Column(row => row.Name);
        Column(row => row.Weekdays);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Code);
        Many<CalendarDay>("days", row => row.CalendarId, "Days that differ from their weekday.");
        Many<Warehouse>("warehouses", row => row.CalendarId, "Warehouses that work by it.");
    }
}
