using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Stock;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Concurrency;

/// <summary>
/// kill -9 of the database under postings that share transactions: who was answered has what he was told, nobody has it twice, and the
/// ledger is right. <c>Platform__Tests__CRASHES=200</c> is the long form.
/// </summary>
[Trait("Category", "Slow")]
public sealed class PostingCrashTests
{
    private const int Clients = 16;

    private static readonly int Crashes = Budget.Count("CRASHES", usual: 3);

    private readonly ConcurrentDictionary<string, StockPosted> _answered = new();
    private readonly ConcurrentDictionary<string, ItemId> _asked = new();

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_database_server_is_killed_under_shared_postings_R_13()
    {
        var world = new KillableWorld();
        await world.InitializeAsync();
        try
        {
            for (var crash = 0; crash < Crashes; crash++)
            {
                await CrashAsync(world, $"crash-{crash}");
            }
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    private async Task CrashAsync(KillableWorld world, string prefix)
    {
        // given: two items that everybody wants and fourteen that one wants
        var items = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => world.ItemAsync(new ItemTraits())));
        await world.PostedAsync([.. items.Select(item => world.Receipt(item, world.Staging, 100_000m, 1m))]);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients)
            .Select(client => Task.Run(() => ShipAsync(world, items, $"{prefix}-{client}", client, stop.Token))).ToList();
        while (_answered.Keys.Count(key => key.StartsWith($"{prefix}-", StringComparison.Ordinal)) < 100)
        {
            await Task.Delay(5);
        }

        // when
        await world.KillServerAsync();
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        await world.RestartServerAsync();

        // then: asking again with the old keys gives the old answers, and what was never answered happens once
        foreach (var (key, item) in _asked.Where(one => one.Key.StartsWith($"{prefix}-", StringComparison.Ordinal)))
        {
            var again = await world.RunAsync(Shipment(world, item), Callers.Supervisor.WithKey(key));
            if (_answered.TryGetValue(key, out var told))
            {
                (again.IsReplay, again.Value.Posting).ShouldBe((true, told.Posting));
            }
        }

        var left = 0m;
        foreach (var item in items)
        {
            left += await world.OnHandAsync(item, world.Staging);
        }

        left.ShouldBe(1_600_000m - _asked.Keys.Count(key => key.StartsWith($"{prefix}-", StringComparison.Ordinal)));
        await world.ShouldHoldAsync();
    }

    private async Task ShipAsync(KillableWorld world, ItemId[] items, string prefix, int client, CancellationToken ct)
    {
        for (var at = 0; !ct.IsCancellationRequested; at++)
        {
            var (key, item) = ($"{prefix}-{at}", items[at % 2 == 0 ? client % 2 : client]);
            _asked[key] = item;
            try
            {
                var posted = await world.RunAsync(Shipment(world, item), Callers.Supervisor.WithKey(key));
                _answered[key] = posted.Value;
            }
            catch (Exception fault) when (fault is NpgsqlException || fault.InnerException is NpgsqlException)
            {
                return; // The server is gone; this one was not answered.
            }
        }
    }

    private static PostMovements Shipment(StockWorld world, ItemId item) => new(world.Request(world.Shipment(item, world.Staging, 1m)));

    /// <summary>A world on a server of its own.</summary>
    private sealed class KillableWorld : StockWorld
    {
        private TestCluster? _own;

        public async Task KillServerAsync()
        {
            using var server = Process.GetProcessById(_own!.ServerProcessId);
            server.Kill(); // SIGKILL of the postmaster; its children see it and leave without a word.
            await server.WaitForExitAsync();
        }

        public async Task RestartServerAsync()
        {
            await _own!.RestartAsync();
            NpgsqlConnection.ClearAllPools();
            Application.Clear();
            Owner.Clear();
        }

        protected override Task LeaveAsync() => _own!.StopAsync().AsTask();

        protected override async Task<TestCluster> ClusterAsync() => _own = await TestCluster.StartOwnAsync();
    }
}
