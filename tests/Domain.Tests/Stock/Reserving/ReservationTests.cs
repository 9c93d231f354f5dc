using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Stock.Reserving;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Reserving;

/// <summary>I-04, R-07: promise, allocation, pick, end; once.</summary>
public sealed class ReservationTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldAsync();

    [Fact]
    public async Task A_promise_becomes_an_allocation_a_pick_and_a_shipment()
    {
        var item = await StockedAsync(10m);
        var reserved = await ReservedAsync(item, 6m);
        await AllocatedAsync(reserved, world.Reserve, 6m);
        (await BucketsAsync(item)).ShouldBe("ALLOCATED 6, RESERVE 4");

        // What is held is free for nobody else, not even by force.
        (await world.PostAsync(world.Shipment(item, world.Reserve, 5m))).Error.ShouldBe(new InsufficientStock(1, world.Reserve, item, null, 4m, 5m));

        await world.PostedAsync(PickLine(item, 6m) with { Reservation = reserved });
        (await BucketsAsync(item)).ShouldBe("RESERVE 4, STAGED 6");
        (await StatusAsync(reserved)).ShouldBe("PICKED");
        (await world.PostAsync(world.Shipment(item, world.Staging, 1m))).Error.ShouldBe(new InsufficientStock(1, world.Staging, item, null, 0m, 1m));

        await world.PostedAsync(world.Shipment(item, world.Staging, 4m) with { Reservation = reserved });
        (await StatusAsync(reserved)).ShouldBe("PICKED");
        await world.PostedAsync(world.Shipment(item, world.Staging, 2m) with { Reservation = reserved });
        (await StatusAsync(reserved)).ShouldBe("CONSUMED");
        (await world.RunAsync(new ReleaseReservation(reserved, "late"))).Error.ShouldBe(new ReservationNotOpen(reserved, ReservationStatus.Consumed));
    }

    [Fact]
    public async Task No_more_is_promised_than_is_free()
    {
        var item = await StockedAsync(10m);
        await ReservedAsync(item, 6m);
        var second = await world.RunAsync(new ReserveStock(item, world.Warehouse, 5m, Demand(), null));
        second.Error.ShouldBe(new NotEnoughToPromise(item, world.Warehouse, 4m, 5m));
        await ReservedAsync(item, 4m);
    }

    [Fact]
    public async Task Less_allocated_than_promised_leaves_the_rest_as_a_promise_of_its_own()
    {
        var item = await StockedAsync(10m);
        var reserved = await ReservedAsync(item, 6m);
        var allocated = (await world.RunAsync(new AllocateStock(reserved, [new AllocationLine(world.Reserve, null, null, null, 4m)]))).Value;
        allocated.RestQuantity.ShouldBe(2m);
        (await StatusAsync(allocated.Rest!.Value)).ShouldBe("PROMISED");
        (await world.RunAsync(new AllocateStock(reserved, [new AllocationLine(world.Reserve, null, null, null, 1m)]))).Error
            .ShouldBe(new ReservationNotOpen(reserved, ReservationStatus.Allocated));
    }

    [Fact]
    public async Task An_allocation_is_refused_for_what_is_not_there_not_free_or_not_fit()
    {
        var item = await StockedAsync(10m);
        var reserved = await ReservedAsync(item, 6m);
        await RefusedAsync(new AllocationExceedsReservation(reserved, 6m, 7m), world.Reserve, 7m);
        await RefusedAsync(new InsufficientStock(1, world.Pick, item, null, 0m, 1m), world.Pick, 1m);
        await RefusedAsync(new ReservationInvalid("Between 1 and 500 lines, each with a positive quantity, please."), world.Reserve, -1m);
        (await world.RunAsync(new AllocateStock(ReservationId.From(Guid.CreateVersion7()), [new AllocationLine(world.Reserve, null, null, null, 1m)])))
            .Error.ShouldBeOfType<ReservationNotFound>();

        async Task RefusedAsync(DomainError expected, BinId bin, decimal quantity)
        {
            var before = await world.FootprintAsync();
            (await world.RunAsync(new AllocateStock(reserved, [new AllocationLine(bin, null, null, null, quantity)]))).Error.ShouldBe(expected);
            (await world.FootprintAsync()).ShouldBe(before);
        }
    }

    [Fact]
    public async Task Time_runs_out_for_promises_and_allocations_but_not_for_picked_goods()
    {
        var item = await StockedAsync(9m);
        var expires = world.Clock.GetUtcNow().AddMinutes(10);
        var (promised, allocated, picked) = (await ReservedAsync(item, 3m, expires), await ReservedAsync(item, 3m, expires), await ReservedAsync(item, 3m, expires));
        await AllocatedAsync(allocated, world.Reserve, 3m);
        await AllocatedAsync(picked, world.Reserve, 3m);
        await world.PostedAsync(PickLine(item, 1m) with { Reservation = picked });
        (await world.RunAsync(new ExpireReservations(100))).Value.Reservations.ShouldBeEmpty();

        world.Clock.Advance(TimeSpan.FromMinutes(10));
        var expired = (await world.RunAsync(new ExpireReservations(100))).Value;

        expired.Reservations.ShouldBe([promised, allocated], ignoreOrder: true);
        (await BucketsAsync(item)).ShouldBe("ALLOCATED 2, RESERVE 6, STAGED 1");
        (await world.RunAsync(new ExpireReservations(100))).Value.Reservations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_release_gives_back_what_is_held_and_what_was_served_stays_served()
    {
        var item = await StockedAsync(10m);
        var untouched = await ReservedAsync(item, 2m);
        var served = await ReservedAsync(item, 5m);
        await AllocatedAsync(served, world.Reserve, 5m);
        await world.PostedAsync(PickLine(item, 5m) with { Reservation = served });
        await world.PostedAsync(world.Shipment(item, world.Staging, 3m) with { Reservation = served });

        (await world.RunAsync(new ReleaseReservation(untouched, "cancelled"))).Value.Status.ShouldBe(ReservationStatus.Released);
        var ended = (await world.RunAsync(new ReleaseReservation(served, "short"))).Value;
        (ended.Status, ended.Consumed).ShouldBe((ReservationStatus.Consumed, 3m));
        (await world.PostAsync(world.Shipment(item, world.Staging, 2m))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task The_database_itself_refuses_to_hold_more_than_there_is_or_to_walk_back()
    {
        var item = await StockedAsync(5m);
        var reserved = await ReservedAsync(item, 5m);
        await AllocatedAsync(reserved, world.Reserve, 5m);
        await Should.ThrowAsync<Npgsql.PostgresException>(world.ExecuteAsync($"update allocation set quantity = 6 where reservation_id = '{reserved}'"));
        await Should.ThrowAsync<Npgsql.PostgresException>(world.ExecuteAsync($"update stock_balance set on_hand = 4 where item_id = '{item}'"));
        await Should.ThrowAsync<Npgsql.PostgresException>(world.ExecuteAsync($"update reservation set status = 'PROMISED' where id = '{reserved}'"));
        await world.RunAsync(new ReleaseReservation(reserved, "done"));
        await Should.ThrowAsync<Npgsql.PostgresException>(world.ExecuteAsync($"update reservation set status = 'EXPIRED' where id = '{reserved}'"));
    }

    private static Demand Demand() => new("Order", Guid.CreateVersion7());

    private async Task<ItemId> StockedAsync(decimal quantity)
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, quantity, 1m));
        return item;
    }

    private Task<ReservationId> ReservedAsync(ItemId item, decimal quantity) => ReservedAsync(item, quantity, expires: null);

    private async Task<ReservationId> ReservedAsync(ItemId item, decimal quantity, DateTimeOffset? expires) =>
        (await world.RunAsync(new ReserveStock(item, world.Warehouse, quantity, Demand(), expires))).Value.Reservation;

    private async Task AllocatedAsync(ReservationId reservation, BinId bin, decimal quantity) =>
        (await world.RunAsync(new AllocateStock(reservation, [new AllocationLine(bin, null, null, null, quantity)]))).Error.ShouldBeNull();

    private MovementLine PickLine(ItemId item, decimal quantity) => world.Line(
        MovementType.Pick, item, Place.In(world.Reserve, StockCondition.Usable), Place.In(world.Staging, StockCondition.Usable), quantity);

    private Task<string> StatusAsync(ReservationId reservation) =>
        world.ScalarAsync<string>($"select status from reservation where id = '{reservation}'");

    private Task<string> BucketsAsync(ItemId item) => world.ScalarAsync<string>(
        $"select string_agg(bucket || ' ' || trim_scale(quantity), ', ' order by bucket) from (select bucket, sum(quantity) as quantity from stock_bucket where item_id = '{item}' group by bucket) b");
}
