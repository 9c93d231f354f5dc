using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.Domain.Exceptions;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Exceptions;

/// <summary>EXC-06: the clock counts working days, stands while a case waits, and escalates what nobody dealt with.</summary>
public sealed class CaseClockTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int MondayToFriday = 31;

    [Theory]
    //          from (UTC, Berlin + 1 h or + 2 h)  hours  due (UTC)
    [InlineData("2026-03-02T08:00:00Z",            4,     "2026-03-02T12:00:00Z")] // Monday
    [InlineData("2026-03-06T20:00:00Z",            4,     "2026-03-09T00:00:00Z")] // Friday 21:00 local: 3 h, then Monday 01:00
    [InlineData("2026-03-07T10:00:00Z",            1,     "2026-03-09T00:00:00Z")] // Saturday counts from Monday 00:00 local
    [InlineData("2026-03-02T08:00:00Z",            120,   "2026-03-09T08:00:00Z")] // five whole days
    [InlineData("2026-03-27T12:00:00Z",            24,    "2026-03-30T11:00:00Z")] // the night clocks go forward lies in between
    [InlineData("2026-04-02T08:00:00Z",            24,    "2026-04-07T08:00:00Z")] // Good Friday and Easter Monday
    public void Due_moments_count_working_days_on_the_sites_clock(string from, int hours, string due)
    {
        var holidays = new Dictionary<DateOnly, bool> { [new(2026, 4, 3)] = false, [new(2026, 4, 6)] = false };
        var clock = new SlaClock(
            new WorkingCalendar(MondayToFriday, holidays), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        var reached = clock.Due(Moment(from), TimeSpan.FromHours(hours));

        reached.ShouldBe(Moment(due));
        clock.Left(Moment(from), reached).ShouldBe(TimeSpan.FromHours(hours));
        clock.Left(reached, Moment(from)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Without_a_calendar_the_clock_never_rests_and_one_without_working_days_cannot_stop_it()
    {
        var from = Moment("2026-03-07T10:00:00Z");

        new SlaClock(calendar: null, TimeZoneInfo.Utc).Due(from, TimeSpan.FromHours(30)).ShouldBe(from.AddHours(30));
        new SlaClock(calendar: null, TimeZoneInfo.Utc).Left(from, from.AddHours(30)).ShouldBe(TimeSpan.FromHours(30));
        new SlaClock(new WorkingCalendar(0, new Dictionary<DateOnly, bool>()), TimeZoneInfo.Utc)
            .Due(from, TimeSpan.FromHours(30)).ShouldBe(from.AddHours(30));
    }

    [Fact]
    public async Task A_case_at_a_site_has_the_sites_calendar()
    {
        var (warehouse, _) = await database.WarehouseAsync(await database.LegalEntityAsync("EUR"));
        database.Clock.SetTo(Moment("2026-05-08T20:00:00Z")); // a Friday evening in Berlin, 22:00
        var report = Cases.Report(Guid.CreateVersion7());

        var id = (await database.RunAsync(report with { Report = report.Report with { Warehouse = warehouse } })).Value.Case;

        var found = await CaseAsync(id);
        found.TimeZone.ShouldBe("Europe/Berlin");
        found.DueAt.ShouldBe(Moment("2026-05-11T20:00:00Z")); // 24 working hours: 2 on Friday, 22 on Monday
    }

    [Fact]
    public async Task What_nobody_deals_with_goes_along_the_path_once_for_each_breach()
    {
        var id = (await database.RunAsync(Cases.Report(Guid.CreateVersion7()))).Value.Case;
        await database.RunAsync(new TakeCase(id, 1));
        await database.RunAsync(new StartCase(id, 2));
        (await database.RunAsync(new RunCaseClocks(500))).Value.Escalated.ShouldNotContain(id);
        database.Clock.Advance(TimeSpan.FromHours(25));

        (await CaseClocks.AreDueAsync(database.Application, database.Clock.GetUtcNow(), CancellationToken.None)).ShouldBeTrue();

        // when: two services run at once
        var hammered = await Hammer.FireAsync(4, _ => database.RunAsync(new RunCaseClocks(500)));

        // then
        hammered.Faults.ShouldBeEmpty();
        hammered.Results.Count(result => result.Value.Escalated.Contains(id)).ShouldBe(1);
        var found = await CaseAsync(id);
        (found.Status, found.Queue, found.OwnerId, found.EscalationLevel).ShouldBe((CaseStatus.Triaged, "supervisor", null, 1));
        found.DueAt.ShouldBe(database.Clock.GetUtcNow().AddHours(24));
        database.Clock.Advance(TimeSpan.FromHours(25));
        (await database.RunAsync(new RunCaseClocks(500))).Value.Escalated.ShouldContain(id);
        (await CaseAsync(id)).EscalationLevel.ShouldBe(2);
    }

    [Fact]
    public async Task The_clock_stands_while_a_case_waits_and_runs_on_by_itself_after()
    {
        var id = (await database.RunAsync(Cases.Report(Guid.CreateVersion7()))).Value.Case;
        await database.RunAsync(new TakeCase(id, 1));
        await database.RunAsync(new StartCase(id, 2));
        database.Clock.Advance(TimeSpan.FromHours(4)); // 20 of 24 are left
        var until = database.Clock.GetUtcNow().AddDays(3);
        (await database.RunAsync(new WaitWithCase(id, 3, until, "the supplier looks for it"))).Error.ShouldBeNull();
        (await CaseAsync(id)).SlaLeft.ShouldBe(TimeSpan.FromHours(20));

        database.Clock.Advance(TimeSpan.FromDays(2)); // long past the first due moment
        (await database.RunAsync(new RunCaseClocks(500))).Value.Escalated.ShouldNotContain(id);
        (await CaseAsync(id)).Status.ShouldBe(CaseStatus.Waiting);
        database.Clock.Advance(TimeSpan.FromDays(1));
        (await database.RunAsync(new RunCaseClocks(500))).Value.Resumed.ShouldContain(id);

        var found = await CaseAsync(id);
        (found.Status, found.DueAt, found.SlaLeft).ShouldBe((CaseStatus.InProgress, database.Clock.GetUtcNow().AddHours(20), null));
    }

    private Task<ExceptionCase> CaseAsync(ExceptionCaseId id) =>
        database.LookAsync(db => db.Set<ExceptionCase>().SingleAsync(found => found.Id == id));

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
