using Platform.Domain.Planning;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Reserving;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Planning;

/// <summary>PRC-01…04, PRC-22: what is proposed is what a person would reckon by hand.</summary>
public sealed class ArithmeticTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldAsync();

    [Theory]
    //          in stock  ordered
    [InlineData(21,       0)]   // above the reorder point
    [InlineData(20,       80)]  // at it
    [InlineData(0,        100)]
    public async Task At_the_reorder_point_the_stock_is_filled_to_the_maximum(int stock, int ordered)
    {
        var item = await world.ItemAsync(new ItemTraits());
        if (stock > 0)
        {
            await world.PostedAsync(world.Receipt(item, world.Reserve, stock, 1m));
        }

        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();
        await world.PlannedAsync(item);

        (await world.PositionAsync(item, world.Warehouse)).OrderQuantity.ShouldBe(ordered);
        (await world.ProposalsAsync(item)).Select(one => one.Quantity).ShouldBe(ordered == 0 ? [] : [ordered]);
    }

    [Theory]
    //          minimum  multiple  fixed  ordered of 0 in stock, reorder at 20, up to 100
    [InlineData(null,    24,       null,  120)] // in cases of 24
    [InlineData(150,     null,     null,  150)]
    [InlineData(150,     24,       null,  168)]
    [InlineData(null,    null,     15,    30)]  // 15 would leave it below 20
    public async Task Minimum_and_multiple_round_up(int? minimum, int? multiple, int? fixedQuantity, int ordered)
    {
        var item = await world.ItemAsync(new ItemTraits());
        var terms = Replenishing.MinMax(null) with { Minimum = minimum, Multiple = multiple };
        if (fixedQuantity is { } quantity)
        {
            terms = terms with { Method = ReplenishmentMethod.FixedQuantity, OrderQuantity = quantity };
        }

        (await world.SetAsync(item, world.Warehouse, terms)).Error.ShouldBeNull();
        await world.PlannedAsync(item);

        (await world.PositionAsync(item, world.Warehouse)).OrderQuantity.ShouldBe(ordered);
    }

    [Fact]
    public async Task Safety_stock_follows_from_service_target_demand_and_lead_time_spread()
    {
        // given: 10 and 20 a day by turns for 30 days, ten days from the supplier give or take three, 95 of 100
        var item = await world.ItemAsync(new ItemTraits());
        var supplier = await world.AgreedSupplierAsync(item, Replenishing.Terms(2m));
        await world.ShippedAsync(item, [.. Enumerable.Range(0, 30).Select(day => day % 2 == 0 ? 10m : 20m)]);
        await world.PostedAsync(world.Receipt(item, world.Reserve, 100m, 1m));
        (await world.SetAsync(item, world.Warehouse, Replenishing.Service(supplier, 95m))).Error.ShouldBeNull();

        // when
        await world.PlannedAsync(item);

        // then
        var seen = await world.PositionAsync(item, world.Warehouse);
        var variance = ((15 * 100d) + (15 * 400d) - (450d * 450d / 30)) / 29;
        var safety = 1.644854 * Math.Sqrt((10 * variance) + (15d * 15d * 3 * 3));
        (seen.DemandPerDay, seen.LeadTimeDays, seen.LeadTimeSpreadDays, seen.LeadTimeSource).ShouldBe((15m, 10m, 3m, LeadTimeBasis.Terms));
        ((double)seen.DemandSpread).ShouldBe(Math.Sqrt(variance), 1e-5);
        ((double)seen.SafetyStock).ShouldBe(safety, 1e-3);
        ((double)seen.ReorderPoint).ShouldBe(150 + safety, 1e-3);
        ((double)seen.OrderUpTo).ShouldBe(150 + safety + (14 * 15), 1e-3);

        // 100 last six days; what is missing of ten days' demand is an emergency of exactly that, the rest comes as usual.
        (seen.Gap, seen.EmergencyQuantity, seen.RunsOutOn).ShouldBe((50m, 50m, world.Today().AddDays(6)));
        seen.OrderQuantity.ShouldBe((decimal)Math.Ceiling(150 + safety + 210 - 100 - 50));
        (await world.ProposalsAsync(item)).Select(one => (one.Kind, one.Quantity))
            .ShouldBe([(ProposalKind.Emergency, 50m), (ProposalKind.Normal, seen.OrderQuantity)]);
    }

    [Fact]
    public async Task What_is_here_but_not_usable_yet_on_order_or_promised_counts_as_what_it_is()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 30m, 1m));
        await world.PostedAsync(world.Receipt(item, world.Dock, 7m, 1m) with { To = Place.In(world.Dock, StockCondition.Receiving) });
        (await world.RunAsync(new ReserveStock(item, world.Warehouse, 4m, new Demand("SalesOrder", Guid.CreateVersion7()), null))).Error.ShouldBeNull();
        (await world.RunAsync(new RecordDemand(item, world.Warehouse, DemandSource.Project, null, "PROJ-1", [new(world.Today().AddDays(3), 5m), new(world.Today().AddDays(60), 50m)])))
            .Error.ShouldBeNull();
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();

        await world.PlannedAsync(item);

        var seen = await world.PositionAsync(item, world.Warehouse);
        (seen.Free, seen.Waiting, seen.Promised, seen.Committed, seen.Projected).ShouldBe((30m, 7m, 4m, 5m, 28m));
        seen.OrderQuantity.ShouldBe(0m); // goods that wait for inspection are no reason to buy (SCN-16, SCN-22)
    }

    [Fact]
    public async Task A_reversed_shipment_was_no_demand()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 100m, 1m));
        var request = world.Request(world.Shipment(item, world.Reserve, 60m)) with { OccurredAt = world.Clock.GetUtcNow().AddDays(-2) };
        (await world.RunAsync(new PostMovements(request))).Error.ShouldBeNull();
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();
        await world.PlannedAsync(item);
        (await world.PositionAsync(item, world.Warehouse)).DemandPerDay.ShouldBe(2m);

        var movement = await world.ScalarAsync<long>($"select id from stock_movement where item_id = '{item}' and type = 'SHIP'");
        (await world.RunAsync(new ReverseMovement(world.Entity, movement, "wrong parcel"))).Error.ShouldBeNull();
        await world.PlannedAsync(item);

        (await world.PositionAsync(item, world.Warehouse)).DemandPerDay.ShouldBe(0m);
    }

    [Fact]
    public async Task A_season_goes_before_the_standing_policy_and_gives_way_to_it()
    {
        var item = await world.ItemAsync(new ItemTraits());
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();
        var summer = new SetReplenishmentPolicy(
            item, world.Warehouse, 1, world.Today().AddDays(5), world.Today().AddDays(9), Replenishing.MinMax(null) with { OrderUpTo = 400m }, "summer");
        (await world.RunAsync(summer)).Error.ShouldBeNull();
        (await world.RunAsync(summer)).Error.ShouldBeOfType<Platform.Domain.Kernel.StaleVersion>();
        var targets = new List<decimal>();
        foreach (var days in new[] { 0, 5, 5 })
        {
            world.Clock.Advance(TimeSpan.FromDays(days));
            await world.PlannedAsync(item);
            targets.Add((await world.PositionAsync(item, world.Warehouse)).OrderUpTo);
        }

        targets.ShouldBe([100m, 400m, 100m]);
    }

    [Theory]
    [InlineData(50, 0)]
    [InlineData(84.134475, 1)]
    [InlineData(95, 1.644854)]
    [InlineData(97.5, 1.959964)]
    [InlineData(99.9, 3.090232)]
    public void The_service_factor_is_the_normal_quantile(decimal target, decimal factor) =>
        NormalQuantile.Of(target / 100m).ShouldBe(factor, 0.000002m);
}
