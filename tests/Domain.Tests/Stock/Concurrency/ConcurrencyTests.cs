using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Costing;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Stock.Reserving;
using Platform.Domain.Stock.Tracing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Concurrency;

/// <summary>Real PostgreSQL, real concurrency. After every test the ledger answers for itself.</summary>
public sealed class ConcurrencyTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldAsync();

    [Fact]
    public async Task R_01_sixteen_pickers_never_take_more_than_there_is()
    {
        var items = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => StockedAsync(50m)));
        var sold = await AllAsync(16, 60, async (client, random) =>
        {
            var result = await world.PostAsync(world.Shipment(items[random.Next(items.Length)], world.Staging, random.Next(1, 3)));
            if (result.Error is not null)
            {
                result.Error.ShouldBeOfType<InsufficientStock>();
                return 0m;
            }

            return result.Value.Movements[0].Quantity;
        });

        var left = 0m;
        foreach (var item in items)
        {
            var there = await world.OnHandAsync(item, world.Staging);
            there.ShouldBeGreaterThanOrEqualTo(0m);
            left += there;
        }

        (sold.Sum() + left).ShouldBe(250m);
        left.ShouldBe(0m); // 960 attempts at one to two units: all of it is asked for.
    }

    [Fact]
    public async Task R_03_promises_over_several_bins_never_exceed_what_is_free()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 10m, 1m), world.Receipt(item, world.Pick, 10m, 1m));
        var promised = await AllAsync(16, 10, async (_, random) =>
        {
            var quantity = random.Next(1, 4);
            var result = await world.RunAsync(
                new ReserveStock(item, world.Warehouse, quantity, new Demand("Order", Guid.CreateVersion7()), null));
            return result.Error is null ? quantity : 0m;
        });
        promised.Sum().ShouldBe(20m);
    }

    [Fact]
    public async Task R_03_a_bin_with_a_capacity_never_overflows_whoever_fills_it()
    {
        var bin = await world.BinAsync(new BinTraits { CapacityUnits = 20m });
        var items = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.ItemAsync(new ItemTraits())));
        var put = await AllAsync(16, 8, async (client, random) =>
        {
            var result = await world.PostAsync(world.Receipt(items[client % 4], bin, random.Next(1, 4), 1m));
            return result.Error is null ? result.Value.Movements[0].Quantity : 0m;
        });
        put.Sum().ShouldBeInRange(18m, 20m);
    }

    [Fact]
    public async Task R_05_and_R_06_many_lines_over_hot_rows_are_all_or_nothing_and_never_deadlock()
    {
        var items = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StockedAsync(60m)));
        var deadlocks = await DeadlocksAsync();
        var posted = await AllAsync(16, 12, async (_, random) =>
        {
            // Moves there and back, shipments, some of them short: in no order at all.
            var lines = Enumerable.Range(0, random.Next(3, 30)).Select(_ => random.Next(3) switch
            {
                0 => world.Shipment(items[random.Next(20)], world.Staging, 1m),
                1 => world.Move(items[random.Next(20)], world.Staging, world.Reserve, 1m),
                _ => world.Move(items[random.Next(20)], world.Reserve, world.Staging, random.Next(10) == 0 ? 100m : 1m),
            }).ToList();
            var result = await world.PostAsync(lines);
            return result.Error is null ? lines.Count : 0m;
        });

        // The event of a posting counts the lines that were asked for; the ledger holds exactly those.
        (await world.ScalarAsync<long>(
            """
            select count(*) from event e
            where e.type = 'StockPosted'
              and (e.payload ->> 'movementCount')::int <> (select count(*) from stock_movement m where m.posting_id = e.aggregate_id)
            """)).ShouldBe(0);
        posted.Sum().ShouldBeGreaterThan(0m);
        (await DeadlocksAsync()).ShouldBe(deadlocks);
    }

    [Fact]
    public async Task R_06_rows_made_below_zero_are_made_before_any_is_locked_and_never_deadlock_INV_14()
    {
        var items = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StockedAsync(1m)));
        foreach (var item in items)
        {
            await world.RunAsync(new SetStockPolicy(item, world.Warehouse, -10_000m, 1_000m, NeedsEvidence: false));
        }

        var deadlocks = await DeadlocksAsync();
        for (var round = 0; round < 12; round++)
        {
            // Nobody has filled these bins: every row that the documents give from is made by one of them, while another wants it too.
            var bins = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.BinAsync(new BinTraits())));
            var shipped = await AllAsync(8, 1, async (_, random) =>
            {
                var lines = items.SelectMany(item => bins.Append(world.Staging).Select(bin => world.Shipment(item, bin, 1m)))
                    .OrderBy(_ => random.Next()).Take(22).ToList();
                return (await world.PostAsync(lines)).Value.MovementCount;
            });
            shipped.ShouldAllBe(count => count == 22m);
        }

        (await DeadlocksAsync()).ShouldBe(deadlocks);
    }

    [Fact]
    public async Task R_07_a_reservation_ends_once_whoever_ends_it()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 60m, 1m));
        for (var round = 0; round < 10; round++)
        {
            var expires = world.Clock.GetUtcNow().AddSeconds(1);
            var reservation = (await world.RunAsync(
                new ReserveStock(item, world.Warehouse, 3m, new Demand("Order", Guid.CreateVersion7()), expires))).Value.Reservation;
            await world.RunAsync(new AllocateStock(reservation, [new AllocationLine(world.Reserve, null, null, null, 3m)]));
            world.Clock.Advance(TimeSpan.FromSeconds(2));
            var before = await EndsAsync(reservation);
            await AllAsync(9, 1, async (client, _) =>
            {
                switch (client % 3)
                {
                    case 0:
                        await world.RunAsync(new ReleaseReservation(reservation, "cancelled"));
                        break;
                    case 1:
                        await world.RunAsync(new ExpireReservations(10));
                        break;
                    default:
                        await world.PostAsync(world.Shipment(item, world.Reserve, 3m) with { Reservation = reservation });
                        break;
                }

                return 0m;
            });
            before.ShouldBe("ALLOCATED");
            (await EndsAsync(reservation)).ShouldBeOneOf("RELEASED", "EXPIRED", "CONSUMED");
        }

        Task<string> EndsAsync(ReservationId id) => world.ScalarAsync<string>($"select status from reservation where id = '{id}'");
    }

    [Fact]
    public async Task R_62_every_stock_command_fired_sixteenfold_with_one_key_has_one_effect()
    {
        var item = await StockedAsync(100m);
        var lotted = await world.ItemAsync(new ItemTraits { Tracking = "LOT" });
        var lot = await world.LotAsync(lotted, expires: null);
        var receipt = await world.PostedAsync(
            world.Receipt(item, world.Reserve, 50m, 1m), world.Receipt(lotted, world.Reserve, 5m, 1m) with { Lot = lot });
        var mistaken = await world.PostedAsync(world.Receipt(item, world.Dock, 2m, 9m));
        var reserved = (await world.RunAsync(new ReserveStock(item, world.Warehouse, 5m, new Demand("Order", Guid.CreateVersion7()), null))).Value;
        var spot = new StockSpot(world.Reserve, item, StockCondition.Usable, null, null, null, null);
        var reason = new PostingReason("TEST", "sixteenfold", null);

        await OnceAsync(new PostMovements(world.Request(world.Shipment(item, world.Staging, 1m))));
        await OnceAsync(new MoveStock(world.Entity, spot, world.Pick, 1m, null, null, null));
        await OnceAsync(new ChangeCondition(world.Entity, spot, StockCondition.Damaged, 1m, null, "dropped"));
        await OnceAsync(new AdjustStock(world.Entity, spot, -1m, null, null, null, null, reason));
        await OnceAsync(new WriteOff(world.Entity, spot, 1m, null, null, null, reason));
        await OnceAsync(new ChargeLateCost(world.Entity, receipt.Movements[0].Movement, LateCostKind.LandedCost, 7m, null));
        await OnceAsync(new RevalueItem(world.Entity, item, 1.5m, "market"));
        await OnceAsync(new ReserveStock(item, world.Warehouse, 5m, new Demand("Order", Guid.CreateVersion7()), null));
        await OnceAsync(new AllocateStock(reserved.Reservation, [new AllocationLine(world.Reserve, null, null, null, 5m)]));
        await OnceAsync(new ReleaseReservation(reserved.Reservation, "cancelled"));
        await OnceAsync(new SetStockPolicy(item, world.Warehouse, -1m, 500m, NeedsEvidence: false));
        await OnceAsync(new RecallLot(lot, "glass"));
        await OnceAsync(new ReverseMovement(world.Entity, mistaken.Movements[0].Movement, "wrong"));
    }

    [Fact]
    public async Task R_62_pairs_of_commands_fired_against_each_other_leave_a_ledger_that_holds()
    {
        for (var round = 0; round < 4; round++)
        {
            var item = await StockedAsync(20m);
            var receipt = await world.PostedAsync(world.Receipt(item, world.Reserve, 20m, 2m));
            var spot = new StockSpot(world.Reserve, item, StockCondition.Usable, null, null, null, null);
            var reason = new PostingReason("TEST", null, null);
            Func<Task>[] commands =
            [
                () => world.PostAsync(world.Shipment(item, world.Staging, 3m)),
                () => world.PostAsync(world.Receipt(item, world.Staging, 2m, 3m)),
                () => world.PostAsync(world.Move(item, world.Reserve, world.Staging, 4m)),
                () => world.PostAsync(world.Move(item, world.Staging, world.Reserve, 4m)),
                () => world.RunAsync(new ReverseMovement(world.Entity, receipt.Movements[0].Movement, "wrong")),
                () => world.RunAsync(new ChargeLateCost(world.Entity, receipt.Movements[0].Movement, LateCostKind.LandedCost, 9.99m, null)),
                () => world.RunAsync(new RevalueItem(world.Entity, item, 2.5m, "market")),
                () => world.RunAsync(new AdjustStock(world.Entity, spot, -1m, null, null, null, null, reason)),
            ];
            await AllAsync(16, 3, async (client, random) =>
            {
                await commands[(client + random.Next(2)) % commands.Length]();
                return 0m;
            });
        }
    }

    [Fact]
    public async Task R_36_one_item_at_full_load_leaves_other_rows_alone()
    {
        var (hot, other) = (await StockedAsync(100_000m), await StockedAsync(1_000m));
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await world.PostAsync(world.Shipment(hot, world.Staging, 1m));
            }
        })).ToList();
        for (var i = 0; i < 30; i++)
        {
            // Finishing at all is the rule here; the benchmark compares the times.
            (await world.PostAsync(world.Shipment(other, world.Staging, 1m))).Error.ShouldBeNull();
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        (await world.OnHandAsync(other, world.Staging)).ShouldBe(970m);
    }

    private async Task<ItemId> StockedAsync(decimal quantity)
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Staging, quantity, 1m));
        return item;
    }

    private static async Task<decimal[]> AllAsync(int clients, int times, Func<int, Random, Task<decimal>> act)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            var sum = 0m;
            for (var i = 0; i < times; i++)
            {
                sum += await act(client, random);
            }

            return sum;
        })));
        return results;
    }

    private async Task OnceAsync<TEvent>(ICommand<TEvent> command)
        where TEvent : notnull
    {
        var (movements, entries) = (await CountAsync("stock_posting"), await CountAsync("reservation"));
        var key = Guid.CreateVersion7().ToString();
        var hammered = await Hammer.FireAsync(Hammer.Width, _ => world.RunAsync(command, Callers.Supervisor.WithKey(key)));
        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1, command.GetType().Name);
        hammered.Codes.ShouldAllBe(code => code == "IDEMPOTENCY_IN_PROGRESS");
        (await CountAsync("stock_posting")).ShouldBeInRange(movements, movements + 1);
        (await CountAsync("reservation")).ShouldBeInRange(entries, entries + 1);
    }

    private Task<long> CountAsync(string table) => world.ScalarAsync<long>($"select count(*) from {table}");

    private Task<long> DeadlocksAsync() => world.ScalarAsync<long>("select deadlocks from pg_stat_database where datname = current_database()");
}
