using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Simulation;

/// <summary>The world of the simulation: its postings crash on demand, after everything was written and before the commit.</summary>
public sealed class CrashingWorld : StockWorld
{
    internal Crash Crash { get; } = new();

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton(Crash);
        services.AddScoped<PostTogetherHandler>();
        services.AddScoped<ITogetherHandler<PostMovements, StockPosted>, CrashingHandler>();
    }
}

internal sealed class Crash
{
    public bool IsDue { get; set; }
}

internal sealed class CrashedException : Exception;

internal sealed class CrashingHandler(PostTogetherHandler inner, Crash crash, PlatformDb db) : ITogetherHandler<PostMovements, StockPosted>
{
    public async Task<IReadOnlyList<Result<StockPosted>>> HandleAsync(
        IReadOnlyList<(PostMovements Command, Envelope Envelope)> requests, CancellationToken ct)
    {
        var results = await inner.HandleAsync(requests, ct);
        if (crash.IsDue)
        {
            crash.IsDue = false;
            await using var written = db.Ending();
            await written.ExecuteNonQueryAsync(ct);
            throw new CrashedException();
        }

        return results;
    }
}

/// <summary>
/// the real ledger, keys and events against a model in memory, with retries, lost answers and crashes before the commit.
/// The same seed asks the same. <c>Platform__Simulation__Steps</c> and <c>Platform__Simulation__Seed</c> ask for more, or again.
/// </summary>
public sealed class LedgerSimulation(CrashingWorld world) : IClassFixture<CrashingWorld>
{
    private const int Items = 40;
    private const int Bins = 6;
    private const int Together = 250;

    [Fact]
    public async Task The_ledger_does_what_the_model_says_whatever_is_retried_lost_or_crashes()
    {
        var seed = Setting("Platform__Simulation__Seed", 20260302);
        var steps = Setting("Platform__Simulation__Steps", 100_000);
        try
        {
            await PlayAsync(new Random(seed), steps);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"Replay with Platform__Simulation__Seed={seed} Platform__Simulation__Steps={steps}", fault);
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : otherwise;

    private async Task PlayAsync(Random random, int steps)
    {
        var items = new ItemId[Items];
        for (var i = 0; i < Items; i++)
        {
            items[i] = await world.ItemAsync(new ItemTraits());
        }

        BinId[] bins = [world.Reserve, world.Pick, world.Staging, world.Dock, world.Returns, world.Quarantine];
        var model = new LedgerModel(Bins, Items);
        var caller = Callers.Supervisor;
        var answered = new List<Asked>();
        for (var step = 0; step < steps;)
        {
            var asked = new List<Asked>();
            while (asked.Count < Together && step < steps)
            {
                // One in twenty is a retry of something answered long ago or just now, with its old key.
                var isRetry = answered.Count > 0 && random.Next(20) == 0;
                var next = isRetry ? answered[random.Next(answered.Count)] : Ask(random, items, bins, step);
                if (asked.All(other => other.Key != next.Key))
                {
                    asked.Add(next);
                    step += next.Steps.Count;
                }
            }

            // One in thirty commits crashes after writing everything; whoever asked asks again with the same keys.
            world.Crash.IsDue = random.Next(30) == 0 && asked.Any(one => one.Answer is null);
            var requests = asked.Select(one => (one.Command, caller.WithKey(one.Key))).ToList();
            IReadOnlyList<Result<StockPosted>> results;
            try
            {
                results = await TogetherAsync(requests);
            }
            catch (CrashedException)
            {
                results = await TogetherAsync(requests);
            }

            for (var at = 0; at < asked.Count; at++)
            {
                Compare(model, asked[at], results[at], answered);
            }

            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await SettleAsync(model, items, bins);
    }

    /// <summary>In one transaction; who cannot share it comes alone afterwards.</summary>
    private async Task<IReadOnlyList<Result<StockPosted>>> TogetherAsync(List<(PostMovements Command, Caller Caller)> requests)
    {
        var operation = world.Services.GetRequiredService<OperationCatalog>().Find(requests[0].Command);
        var answers = await world.Runner.TogetherAsync(operation, requests, CancellationToken.None);
        var results = new List<Result<StockPosted>>();
        for (var at = 0; at < requests.Count; at++)
        {
            var (command, caller) = requests[at];
            results.Add(answers[at] ?? await world.Runner.AloneAsync(operation, command, caller, CancellationToken.None));
        }

        return results;
    }

    private static void Compare(LedgerModel model, Asked asked, Result<StockPosted> result, List<Asked> answered)
    {
        var answer = result.Error?.Code ?? result.Value.Posting.ToString();
        if (asked.Answer is { } first)
        {
            answer.ShouldBe(first, $"the retry of {asked.Key}");
            result.IsReplay.ShouldBeTrue();
            return;
        }

        var (refusal, value) = model.Apply(asked.Steps);
        (result.Error?.Code).ShouldBe(refusal, asked.Key);
        if (result.Error is null)
        {
            result.Value.Movements.Sum(movement => movement.Value ?? 0m).ShouldBe(value, asked.Key);
        }

        asked.Answer = answer;
        answered.Add(asked);
    }

    private async Task SettleAsync(LedgerModel model, ItemId[] items, BinId[] bins)
    {
        for (var item = 0; item < Items; item++)
        {
            (await world.PoolAsync(items[item])).ShouldBe(model.Pool(item));
            for (var bin = 0; bin < Bins; bin++)
            {
                (await world.OnHandAsync(items[item], bins[bin])).ShouldBe(model.OnHand(item, bin));
            }
        }

        (await world.ScalarAsync<long>("select count(*) from stock_movement")).ShouldBe(model.Movements);
        (await world.ScalarAsync<long>("select count(*) from stock_posting")).ShouldBe(model.Postings);

        // I-18: an event exists exactly for what was committed.
        (await world.ScalarAsync<long>("select count(*) from event where type = 'StockPosted'")).ShouldBe(model.Postings);
        (await world.ScalarAsync<long>(
            "select count(*) from stock_posting p where not exists (select from event e where e.aggregate_id = p.id)")).ShouldBe(0);
        await world.ShouldHoldAsync();
    }

    private Asked Ask(Random random, ItemId[] items, BinId[] bins, int number)
    {
        var steps = Enumerable.Range(0, random.Next(1, 6)).Select(_ => new Step(
            random.Next(10) switch { < 4 => MovementType.Receipt, < 8 => MovementType.Ship, _ => MovementType.Move },
            random.Next(Items), random.Next(Bins), random.Next(Bins),
            random.Next(200) == 0 ? 0m : random.Next(1, 30), random.Next(0, 2_000) / 100m)).ToList();
        var lines = steps.Select(step => step.Type switch
        {
            MovementType.Receipt => world.Receipt(items[step.Item], bins[step.To], step.Quantity, step.UnitCost),
            MovementType.Ship => world.Shipment(items[step.Item], bins[step.From], step.Quantity),
            _ => world.Move(items[step.Item], bins[step.From], bins[step.To], step.Quantity),
        }).ToList();
        return new Asked($"sim-{number}", steps, new PostMovements(world.Request(lines)));
    }
}
