using Platform.Api.Reading.Declaring;
using Platform.Domain.Schedules;

namespace Platform.Api.Schedules;

internal sealed class ScheduleType : Readable<Schedule>
{
    public ScheduleType()
        : base("Schedule", "schedules", "schedules.read")
    {
        Shared();
        Column(row => row.Code, "The code of the work.");
        Column(row => row.Name, "What is done.");
        Column(row => row.IsOn, "Whether it is done at all.");
        Column(row => row.LocalTime, "When, on the wall clock of the zone.");
        Column(row => row.Weekdays);
        Column(row => row.TimeZone);
        Column(row => row.NextRunAt, "When it is done next.");
        Column(row => row.LastRunAt, "When it was done last.");
        Column(row => row.LastOutcome, "How that went.");
        Column(row => row.LastResult);
        Column(row => row.Failures);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Code);
        Many<ScheduleRun>("runs", row => row.ScheduleId, "Every time that it was done, or was not.");
    }
}

internal sealed class ScheduleRunType : Readable<ScheduleRun>
{
    public ScheduleRunType()
        : base("ScheduleRun", "scheduleRuns", "schedules.read")
    {
        Shared();
        Column(row => row.DueAt, "When it was due.");
        Column(row => row.RanAt, "When it was done.");
        Column(row => row.Outcome, "How it went.");
        Column(row => row.Result, "What came of it, in words.");
        Column(row => row.RunBy, "The account or service that did it.");
        One<Schedule>("schedule", row => row.ScheduleId, "The schedule.");
    }
}
