using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Tracing;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Tracing;

/// <summary>Questions about the past: INV-03, INV-09, INV-18.</summary>
public sealed class TracesTests(StockWorld world) : IClassFixture<StockWorld>
{
    private StockTraces Traces => world.Services.GetRequiredService<StockTraces>();

    [Fact]
    public async Task As_of_any_instant_is_what_the_ledger_said_then()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var random = new Random(5);
        BinId[] bins = [world.Reserve, world.Pick, world.Staging];
        var told = new List<(DateTimeOffset At, Dictionary<BinId, decimal> Held)>();
        var held = bins.ToDictionary(bin => bin, _ => 0m);
        for (var i = 0; i < 30; i++)
        {
            var (from, to) = (bins[random.Next(3)], bins[random.Next(3)]);
            var line = random.Next(3) == 0 ? world.Receipt(item, to, 5m, 1m) : world.Move(item, from, to, 2m);
            if ((await world.PostAsync(line)).Error is null)
            {
                held[to] += line.Quantity;
                if (line.Type == MovementType.Move)
                {
                    held[from] -= line.Quantity;
                }
            }

            told.Add((world.Clock.GetUtcNow(), new Dictionary<BinId, decimal>(held)));
            world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        foreach (var (at, then) in told)
        {
            var asOf = await Traces.AsOfAsync(item, at, Platform.Domain.Kernel.RowScope.Everything, CancellationToken.None);
            bins.ToDictionary(bin => bin, bin => asOf.GetValueOrDefault((bin, StockCondition.Usable))).ShouldBe(then);
        }
    }

    [Fact]
    public async Task History_shows_movements_newest_first_page_by_page()
    {
        var item = await world.ItemAsync(new ItemTraits());
        for (var i = 1; i <= 5; i++)
        {
            await world.PostedAsync(world.Receipt(item, world.Reserve, i, 1m));
        }

        var first = await Traces.HistoryAsync(item, before: null, most: 3, CancellationToken.None);
        var rest = await Traces.HistoryAsync(item, first[^1].Movement, most: 3, CancellationToken.None);
        first.Concat(rest).Select(row => row.Quantity).ShouldBe([5m, 4m, 3m, 2m, 1m]);
    }

    [Fact]
    public async Task Lag_is_how_much_later_movements_are_recorded_than_they_happen()
    {
        world.Clock.Advance(TimeSpan.FromDays(1));
        var since = world.Clock.GetUtcNow();
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 1m, 1m));
        var late = world.Request(world.Receipt(item, world.Reserve, 1m, 1m)) with { OccurredAt = since.AddHours(-2) };
        (await world.RunAsync(new PostMovements(late))).Error.ShouldBeNull();

        var lag = await Traces.LagAsync(since, CancellationToken.None);

        (lag.Movements, lag.Average, lag.Longest).ShouldBe((2L, TimeSpan.FromHours(1), TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task Aged_stock_is_what_has_not_been_joined_by_anything_for_so_long_with_its_value()
    {
        var (old, fresh) = (await world.ItemAsync(new ItemTraits()), await world.ItemAsync(new ItemTraits()));
        await world.PostedAsync(world.Receipt(old, world.Reserve, 4m, 2.5m));
        world.Clock.Advance(TimeSpan.FromDays(90));
        await world.PostedAsync(world.Receipt(fresh, world.Reserve, 1m, 1m), world.Shipment(old, world.Reserve, 1m));

        var aged = await Traces.AgedAsync(world.Entity, world.Clock.GetUtcNow(), atLeastDays: 60, CancellationToken.None);

        aged.ShouldContain(new AgedStock(old, world.Warehouse, 3m, 7.5m, 90));
        aged.ShouldNotContain(row => row.Item == fresh);
    }
}
