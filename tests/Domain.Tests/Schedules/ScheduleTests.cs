using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Schedules;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Schedules;

/// <summary>PRC-08, PRC-15: what the house does by itself, and when.</summary>
public sealed class ScheduleTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldAsync();

    [Theory]
    //          at       weekdays  zone             after                    next
    [InlineData("04:00", 127, "UTC", "2026-03-02T03:59:00Z", "2026-03-02T04:00:00Z")]
    [InlineData("04:00", 127, "UTC", "2026-03-02T04:00:00Z", "2026-03-03T04:00:00Z")] // the same moment is over
    [InlineData("04:00", 1, "UTC", "2026-03-02T05:00:00Z", "2026-03-09T04:00:00Z")] // Mondays only
    [InlineData("04:00", 127, "Europe/Berlin", "2026-03-02T05:00:00Z", "2026-03-03T03:00:00Z")]
    [InlineData("02:30", 127, "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")] // an hour that does not exist
    [InlineData("02:30", 127, "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // an hour that comes twice
    [InlineData("02:30", 127, "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")] // and is done once
    public void The_next_run_follows_the_wall_clock(string at, short weekdays, string zone, string after, string next) =>
        ScheduleTimes.Next(TimeOnly.Parse(at), weekdays, TimeZoneInfo.FindSystemTimeZoneById(zone), DateTimeOffset.Parse(after))
            .ShouldBe(DateTimeOffset.Parse(next));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(6, 160)]
    [InlineData(7, 240)]
    [InlineData(900, 240)]
    public void What_broke_off_is_tried_again_ever_later(int failures, int minutes) =>
        ScheduleTimes.TryAgain(failures).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Fact]
    public async Task What_is_due_is_done_once_however_many_nodes_there_are_and_shows_what_came_of_it()
    {
        var schedule = await DueAsync("PROPOSE_REORDERS");
        var due = await ScheduleClocks.DueAsync(world.Owner, world.Clock.GetUtcNow(), CancellationToken.None);
        due.ShouldContain(schedule.Id);

        var runs = await world.LookAsync(db => db.Set<ScheduleRun>().CountAsync(run => run.ScheduleId == schedule.Id));
        var hammered = await Hammer.FireAsync(8, _ => world.RunAsync(new RunDueSchedule(schedule.Id)));

        hammered.Faults.ShouldBeEmpty();
        hammered.Results.Count(run => run.Error is null).ShouldBe(1);
        hammered.Results.Where(run => run.Error is not null).ShouldAllBe(run => run.Error is ScheduleNotDue);
        var after = await ScheduleAsync("PROPOSE_REORDERS");
        (after.LastOutcome, after.LastRunAt, after.Failures).ShouldBe((ScheduleOutcome.Done, world.Clock.GetUtcNow(), 0));
        after.LastResult!.ShouldEndWith("0 proposed, 0 revised, 0 withdrawn");
        after.NextRunAt.ShouldBeGreaterThan(world.Clock.GetUtcNow());
        (await world.LookAsync(db => db.Set<ScheduleRun>().CountAsync(run => run.ScheduleId == schedule.Id))).ShouldBe(runs + 1);
    }

    [Fact]
    public async Task Work_that_breaks_off_is_one_case_and_tried_again_soon()
    {
        var schedule = await DueAsync("COMPUTE_SCORECARDS");
        var now = world.Clock.GetUtcNow();

        (await world.RunAsync(new NoteFailedRun(schedule.Id, "division by zero"))).Error.ShouldBeNull();
        var failed = await ScheduleAsync("COMPUTE_SCORECARDS");
        (failed.LastOutcome, failed.LastResult, failed.Failures, failed.NextRunAt)
            .ShouldBe((ScheduleOutcome.Failed, "division by zero", 1, now.AddMinutes(5)));
        (await world.RunAsync(new NoteFailedRun(schedule.Id, "again"))).Error.ShouldBe(new ScheduleNotDue(schedule.Id, failed.NextRunAt));
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        (await world.RunAsync(new NoteFailedRun(schedule.Id, "again"))).Error.ShouldBeNull();
        (await world.ScalarAsync<long>($"select count(*) from exception_case where category = 'SCHEDULE_FAILED' and correlation_key = 'SCHEDULE_FAILED/{schedule.Id}'")).ShouldBe(1);

        world.Clock.Advance(TimeSpan.FromMinutes(10));
        (await world.RunAsync(new RunDueSchedule(schedule.Id))).Value.Outcome.ShouldBe(ScheduleOutcome.Done);
        (await ScheduleAsync("COMPUTE_SCORECARDS")).Failures.ShouldBe(0);
    }

    [Fact]
    public async Task A_schedule_is_set_by_who_saw_it_and_wrong_input_leaves_no_trace()
    {
        var schedule = await ScheduleAsync("PROPOSE_REORDERS");
        var good = new SetSchedule(schedule.Id, schedule.Version, IsOn: true, [DayOfWeek.Monday], new TimeOnly(6, 0), "Europe/Berlin");
        var before = await world.TracesAsync();
        (await world.RunAsync(good with { TimeZone = "Mars/Olympus" })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("timeZone");
        (await world.RunAsync(good with { Weekdays = [] })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("weekdays");
        (await world.RunAsync(good with { Version = 99 })).Error.ShouldBeOfType<StaleVersion>();
        (await world.RunAsync(good, Callers.Stranger)).Error.ShouldBeOfType<NotPermitted>();
        (await world.TracesAsync()).ShouldBe(before);

        var set = (await world.RunAsync(good)).Value;
        set.NextRunAt.ShouldBeGreaterThan(world.Clock.GetUtcNow());
        (await world.RunAsync(new SetSchedule(schedule.Id, set.Version, IsOn: false, [DayOfWeek.Monday], new TimeOnly(6, 0), "UTC"))).Error.ShouldBeNull();
        world.Clock.Advance(TimeSpan.FromDays(8));
        (await ScheduleClocks.DueAsync(world.Owner, world.Clock.GetUtcNow(), CancellationToken.None)).ShouldNotContain(schedule.Id);
        (await world.RunAsync(new RunSchedule(schedule.Id, set.Version + 1))).Value.Outcome.ShouldBe(ScheduleOutcome.Done); // by hand all the same
    }

    /// <summary>On every day at four, and a minute past its next time.</summary>
    private async Task<Schedule> DueAsync(string code)
    {
        var schedule = await ScheduleAsync(code);
        var set = (await world.RunAsync(
            new SetSchedule(schedule.Id, schedule.Version, IsOn: true, Enum.GetValues<DayOfWeek>(), new TimeOnly(4, 0), "UTC"))).Value;
        world.Clock.Advance(set.NextRunAt - world.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        return await ScheduleAsync(code);
    }

    private Task<Schedule> ScheduleAsync(string code) => world.LookAsync(db => db.Set<Schedule>().SingleAsync(one => one.Code == code));
}
