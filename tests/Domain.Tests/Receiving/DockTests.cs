using Platform.Domain.Receiving;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Receiving;

/// <summary>RCV-01, NET-06, NET-08: doors, hours, and who comes when.</summary>
public sealed class DockTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task Of_sixteen_who_want_one_door_at_one_time_one_gets_it_NET_08()
    {
        var door = await DoorAsync();
        var at = Tomorrow(9);
        var shipments = new List<InboundShipmentId>();
        for (var i = 0; i < Hammer.Width; i++)
        {
            shipments.Add(await ShipmentAsync());
        }

        var hammered = await Hammer.FireAsync(
            Hammer.Width, i => world.RunAsync(new BookDock(shipments[i], 1, door, at.AddMinutes(i), at.AddMinutes(i + 60)), Docks.Lead));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.Distinct().ShouldBe(["DOOR_IS_TAKEN"]);
    }

    [Theory]
    //          minutes after its time  what is noted
    [InlineData(-16, Punctuality.Early)]
    [InlineData(-15, Punctuality.OnTime)]
    [InlineData(15, Punctuality.OnTime)]
    [InlineData(16, Punctuality.Late)]
    public async Task A_lorry_is_early_on_time_or_late_NET_08(int minutes, Punctuality noted)
    {
        var at = Tomorrow(9);
        var shipment = await ShipmentAsync();
        var booked = (await world.RunAsync(new BookDock(shipment, 1, await DoorAsync(), at, at.AddHours(1)), Docks.Lead)).Value;
        world.Clock.Advance(at.AddMinutes(minutes) - world.Clock.GetUtcNow());

        (await world.RunAsync(new ArriveShipment(shipment, 2, ArrivedAt: null), Docks.Receiver)).Error.ShouldBeNull();

        (await world.ScalarAsync<string>($"select punctuality from dock_appointment where id = '{booked.Appointment}'"))
            .ShouldBe(noted switch { Punctuality.Early => "EARLY", Punctuality.Late => "LATE", _ => "ON_TIME" });
        (await world.ShipmentAsync(shipment)).ArrivedAt.ShouldBe(at.AddMinutes(minutes));
    }

    [Fact]
    public async Task Who_does_not_come_is_noted_and_the_congestion_of_each_hour_is_seen_RCV_01()
    {
        var door = await DoorAsync();
        var at = Tomorrow(10);
        var (first, second) = (await ShipmentAsync(), await ShipmentAsync());
        (await world.RunAsync(new BookDock(first, 1, door, at, at.AddMinutes(90)), Docks.Lead)).Error.ShouldBeNull();
        var given = (await world.RunAsync(new BookDock(second, 1, door, at.AddMinutes(90), at.AddMinutes(120)), Docks.Lead)).Value;

        (await HoursAsync(door)).ShouldBe("1/60 2/60");
        (await world.RunAsync(new CancelAppointment(given.Appointment, 1), Docks.Lead)).Value.Status.ShouldBe(AppointmentStatus.Cancelled);
        (await world.ShipmentAsync(second)).Status.ShouldBe(ShipmentStatus.Announced);
        (await HoursAsync(door)).ShouldBe("1/60 1/30");

        world.Clock.Advance(at.AddHours(3) - world.Clock.GetUtcNow());
        var run = (await world.RunAsync(new RunDockClocks(500), Callers.Supervisor)).Value;

        run.Missed.Count.ShouldBeGreaterThan(0);
        (await world.ShipmentAsync(first)).Status.ShouldBe(ShipmentStatus.Announced);
        (await world.ScalarAsync<long>($"select sum(no_shows) from dock_hour where door_id = '{door}'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_door_is_booked_within_its_hours_and_while_it_is_in_use_NET_06()
    {
        var door = await DoorAsync();
        var shipment = await ShipmentAsync();

        (await world.RunAsync(new BookDock(shipment, 1, door, Tomorrow(3), Tomorrow(4)), Docks.Lead)).Error.ShouldBeOfType<DoorIsClosed>();
        (await world.RunAsync(new BookDock(shipment, 1, door, Tomorrow(9), Tomorrow(9)), Docks.Lead)).Error.ShouldBeOfType<Platform.Domain.Kernel.InvalidField>();
        (await world.RunAsync(new RetireDockDoor(door, 1), Docks.Lead)).Value.Status.ShouldBe(DoorStatus.Retired);
        (await world.RunAsync(new BookDock(shipment, 1, door, Tomorrow(9), Tomorrow(10)), Docks.Lead)).Error.ShouldBe(new DockDoorNotFound(door));
    }

    /// <summary>At an hour of the world's clock; the site is an hour or two ahead of it.</summary>
    private DateTimeOffset Tomorrow(int hour) => new(world.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(hour), TimeSpan.Zero);

    private async Task<DockDoorId> DoorAsync() => (await world.RunAsync(
        new CreateDockDoor(world.Warehouse, MasterData.Code("D"), "A door", new TimeOnly(6, 0), new TimeOnly(22, 0)), Docks.Lead)).Value.Door;

    private async Task<InboundShipmentId> ShipmentAsync()
    {
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(await world.ItemAsync(new ItemTraits()), 10, 1) with { ExpectedOn = new DateOnly(2030, 1, 1) });
        return await world.AnnouncedAsync((lines[0], 10));
    }

    private Task<string> HoursAsync(DockDoorId door) => world.ScalarAsync<string>(
        $"select string_agg(appointments || '/' || minutes_booked, ' ' order by starts_at) from dock_hour where door_id = '{door}'");
}
