using FsCheck;
using FsCheck.Fluent;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Warehouses;

/// <summary>NET-06: dates skip the days on which nobody works.</summary>
public sealed class WorkingCalendarTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int FiveDays = 0b0011111;

    // 2026-03-02 is a Monday. Wednesday the 4th is a holiday, Saturday the 14th is worked.
    private static readonly WorkingCalendar Calendar = new(
        FiveDays, new Dictionary<DateOnly, bool> { [Day("2026-03-04")] = false, [Day("2026-03-14")] = true });

    [Theory]
    //          day           works
    [InlineData("2026-03-02", true)]
    [InlineData("2026-03-04", false)] // holiday
    [InlineData("2026-03-07", false)] // Saturday
    [InlineData("2026-03-08", false)] // Sunday
    [InlineData("2026-03-14", true)]  // worked Saturday
    public void A_day_is_worked_by_its_weekday_unless_it_differs(string day, bool works) =>
        Calendar.IsWorking(Day(day)).ShouldBe(works);

    [Theory]
    //          from          days  reached
    [InlineData("2026-03-02", 0,    "2026-03-02")]
    [InlineData("2026-03-02", 1,    "2026-03-03")]
    [InlineData("2026-03-02", 2,    "2026-03-05")] // over the holiday
    [InlineData("2026-03-04", 0,    "2026-03-05")] // begins on a holiday
    [InlineData("2026-03-06", 1,    "2026-03-09")] // over the weekend
    [InlineData("2026-03-07", 1,    "2026-03-10")] // Saturday counts as Monday
    [InlineData("2026-03-13", 1,    "2026-03-14")] // the worked Saturday
    [InlineData("2026-03-02", 10,   "2026-03-16")]
    public void Working_days_are_counted_and_others_skipped(string from, int days, string reached) =>
        Calendar.AddWorkingDays(Day(from), days).Value.ShouldBe(Day(reached));

    [Theory]
    [InlineData("2026-03-02", "2026-03-02", 0)]
    [InlineData("2026-03-02", "2026-03-09", 4)] // Tuesday, Thursday, Friday, Monday
    [InlineData("2026-03-09", "2026-03-02", 0)]
    public void Working_days_between_two_days_are_counted_after_the_first(string first, string last, int days) =>
        Calendar.WorkingDaysBetween(Day(first), Day(last)).ShouldBe(days);

    [Fact]
    public void Days_added_are_days_counted_in_every_calendar() =>
        Prop.ForAll(
            (from weekdays in Gen.Choose(1, 127)
             from start in Gen.Choose(0, 3000)
             from days in Gen.Choose(0, 60)
             from exceptions in Gen.Choose(0, 200).ListOf(20)
             select (weekdays, start, days, exceptions)).ToArbitrary(),
            given =>
            {
                var first = Day("2026-01-01").AddDays(given.start);
                var calendar = new WorkingCalendar(
                    given.weekdays, given.exceptions.Distinct().ToDictionary(ahead => first.AddDays(ahead), ahead => ahead % 2 == 0));

                var from = calendar.OnOrAfter(first).Value;
                var reached = calendar.AddWorkingDays(first, given.days).Value;
                return calendar.IsWorking(reached) && calendar.WorkingDaysBetween(from, reached) == given.days;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_calendar_in_which_nobody_works_for_years_promises_nothing()
    {
        var from = Day("2026-03-02");
        var never = new WorkingCalendar(1, Enumerable.Range(0, 2000).ToDictionary(from.AddDays, _ => false));

        never.OnOrAfter(from).Error.ShouldBe(new NoWorkingDay(from));
        never.AddWorkingDays(from, 3).Error.ShouldBe(new NoWorkingDay(from));
    }

    [Theory]
    //          now                  cut-off  carrier's weekdays  leaves
    [InlineData("2026-03-02 15:59", "16:00",  null,               "2026-03-02")]
    [InlineData("2026-03-02 16:00", "16:00",  null,               "2026-03-02")] // on the minute is in time
    [InlineData("2026-03-02 16:01", "16:00",  null,               "2026-03-03")]
    [InlineData("2026-03-03 16:01", "16:00",  null,               "2026-03-05")] // tomorrow is a holiday
    [InlineData("2026-03-06 18:00", "16:00",  null,               "2026-03-09")] // Friday evening
    [InlineData("2026-03-07 09:00", "16:00",  null,               "2026-03-09")] // Saturday morning
    [InlineData("2026-03-02 23:59", null,     null,               "2026-03-02")] // no cut-off
    [InlineData("2026-03-02 10:00", "16:00",  0b0001000,          "2026-03-05")] // the carrier comes on Thursdays
    [InlineData("2026-03-05 17:00", "16:00",  0b0001000,          "2026-03-12")]
    [InlineData("2026-03-02 10:00", "16:00",  0b0000100,          "2026-03-11")] // on Wednesdays, but the 4th is a holiday
    public void Goods_leave_on_the_first_day_in_time_on_which_both_work(string now, string? cutOff, int? carrier, string leaves)
    {
        var collection = carrier is null ? null : new WorkingCalendar(carrier.Value, new Dictionary<DateOnly, bool>());

        CutOffRule.LeavesOn(
            DateTime.Parse(now, System.Globalization.CultureInfo.InvariantCulture),
            cutOff is null ? null : TimeOnly.Parse(cutOff, System.Globalization.CultureInfo.InvariantCulture),
            Calendar,
            collection).Value.ShouldBe(Day(leaves));
    }

    [Fact]
    public void A_carrier_that_never_comes_when_the_warehouse_works_is_found_out()
    {
        var sundays = new WorkingCalendar(0b1000000, new Dictionary<DateOnly, bool>());

        CutOffRule.LeavesOn(new DateTime(2026, 3, 2), null, Calendar, sundays).Error.ShouldBeOfType<NoWorkingDay>();
    }

    [Fact]
    public async Task The_cut_off_is_on_the_warehouses_wall_clock_and_the_carriers_own_comes_first()
    {
        // given: Berlin is one hour ahead in winter and two in summer
        var (warehouse, _) = await database.WarehouseAsync(await database.LegalEntityAsync("EUR"));
        var carrier = await database.PartnerAsync();
        (await SetAsync(warehouse, carrier, "15:00", 0)).Error.ShouldBe(new PartnerIsNoCarrier(carrier));
        await database.RunAsync(
            new ChangePartner(carrier, 1, new PartnerIdentity("Van", null, null, "DE", null, null, IsCarrier: true), null), MasterData.Steward);
        (await SetAsync(warehouse, null, "16:00", 0)).Value.Version.ShouldBe(1);
        (await SetAsync(warehouse, carrier, "18:00", 0)).Error.ShouldBeNull();

        // when, then
        (await LeavesAsync(warehouse, null, "2026-03-02T14:59:00Z")).ShouldBe(Day("2026-03-02"));
        (await LeavesAsync(warehouse, null, "2026-03-02T15:01:00Z")).ShouldBe(Day("2026-03-03"));
        (await LeavesAsync(warehouse, carrier, "2026-03-02T15:01:00Z")).ShouldBe(Day("2026-03-02"));
        (await LeavesAsync(warehouse, null, "2026-07-06T14:01:00Z")).ShouldBe(Day("2026-07-07")); // summer time

        // when: the cut-off moves, by somebody who saw it
        (await SetAsync(warehouse, null, "17:00", 0)).Error.ShouldBeOfType<StaleVersion>().Current.ShouldBe(1);
        (await SetAsync(warehouse, null, "17:00", 1)).Value.Version.ShouldBe(2);
        (await LeavesAsync(warehouse, null, "2026-03-02T15:01:00Z")).ShouldBe(Day("2026-03-02"));
    }

    [Fact]
    public async Task A_holiday_moves_dates_until_it_is_cleared()
    {
        var (warehouse, _) = await database.WarehouseAsync(await database.LegalEntityAsync("EUR"));
        var calendar = new CalendarId(await database.ScalarAsync<Guid>($"select calendar_id from warehouse where id = '{warehouse}'"));
        var monday = Day("2026-03-02");

        (await database.RunAsync(new SetCalendarDay(calendar, Version: 1, monday, IsWorking: false, "Founders' day"))).Value.Version.ShouldBe(2);
        (await LeavesAsync(warehouse, null, "2026-03-02T08:00:00Z")).ShouldBe(Day("2026-03-03"));
        (await database.RunAsync(new SetCalendarDay(calendar, Version: 1, monday, IsWorking: true, "x"))).Error
            .ShouldBe(new StaleVersion("Calendar", calendar.Value, 1, 2));
        (await database.RunAsync(new ClearCalendarDay(calendar, Version: 2, Day("2026-03-03")))).Error
            .ShouldBe(new CalendarDayNotFound(calendar, Day("2026-03-03")));
        (await database.RunAsync(new ClearCalendarDay(calendar, Version: 2, monday))).Error.ShouldBeNull();
        (await LeavesAsync(warehouse, null, "2026-03-02T08:00:00Z")).ShouldBe(monday);

        (await database.RunAsync(new ChangeCalendar(calendar, Version: 3, new CalendarWeek("Weekends", [DayOfWeek.Sunday, DayOfWeek.Saturday])))).Error.ShouldBeNull();
        (await LeavesAsync(warehouse, null, "2026-03-02T08:00:00Z")).ShouldBe(Day("2026-03-07"));
        (await database.RunAsync(new CreateCalendar(MasterData.Code("CAL"), new CalendarWeek("Never", [])))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("workingDays");
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private Task<Result<CutOffSet>> SetAsync(WarehouseId warehouse, PartnerId? carrier, string time, int version) =>
        database.RunAsync(new SetCutOff(
            warehouse, carrier, Calendar: null, TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), version));

    private async Task<DateOnly> LeavesAsync(WarehouseId warehouse, PartnerId? carrier, string now) =>
        (await database.LookAsync(db => new DispatchDates(db).LeavesOnAsync(
            warehouse, carrier, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), default))).Value;
}
