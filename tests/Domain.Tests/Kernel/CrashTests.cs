using System.Collections.Concurrent;
using System.Diagnostics;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

/// <summary>
/// kill -9 at random moments under load: nothing that was acknowledged is lost, what was not is at most one request per
/// client, and a retry of any key still makes one effect. <c>Platform__Tests__CRASHES=200</c> is the long form.
/// </summary>
[Trait("Category", "Slow")]
public sealed class CrashTests
{
    private static readonly int Crashes = Budget.Count("CRASHES", usual: 3);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_application_is_killed_R_13()
    {
        var database = new TurnstileDatabase();
        await database.InitializeAsync();
        try
        {
            for (var crash = 0; crash < Crashes; crash++)
            {
                var turnstiles = await TurnstilesAsync(database);
                var acknowledged = await KillWorkerAsync(database, $"app-{crash}", turnstiles);
                await ShouldHoldAllAsync(database, turnstiles, acknowledged, $"app-{crash}");
            }
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_database_server_is_killed_R_13()
    {
        var database = new KillableDatabase();
        await database.InitializeAsync();
        try
        {
            for (var crash = 0; crash < Crashes; crash++)
            {
                var turnstiles = await TurnstilesAsync(database);
                var acknowledged = new ConcurrentBag<string>();
                using var stop = new CancellationTokenSource();
                var queue = TurnstileQueue.RunAsync(database.Runner, turnstiles, $"pg-{crash}", acknowledged.Add, stop.Token);
                await UntilAsync(() => acknowledged.Count > 50);
                await Task.Delay(Random.Shared.Next(0, 300));
                await database.KillServerAsync();
                await stop.CancelAsync();
                await queue;
                await database.RestartServerAsync();
                await ShouldHoldAllAsync(database, turnstiles, [.. acknowledged], $"pg-{crash}");
            }
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<Guid>> TurnstilesAsync(TurnstileDatabase database) =>
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.TurnstileAsync(free: 10_000_000)));

    private static async Task<IReadOnlyList<string>> KillWorkerAsync(
        TurnstileDatabase database, string prefix, IReadOnlyList<Guid> turnstiles)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(CrashWorker).Assembly.Location, "crash-worker", database.ConnectionString, prefix,
                .. turnstiles.Select(id => id.ToString()),
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var worker = Process.Start(start)!;
        var acknowledged = new ConcurrentBag<string>();
        var reading = Task.Run(async () =>
        {
            while (await worker.StandardOutput.ReadLineAsync() is { } line)
            {
                acknowledged.Add(line);
            }
        });
        await UntilAsync(() => acknowledged.Count > 50);
        await Task.Delay(Random.Shared.Next(0, 300));
        worker.Kill(); // SIGKILL
        await worker.WaitForExitAsync();
        await reading;
        return [.. acknowledged];
    }

    private static async Task ShouldHoldAllAsync(
        TurnstileDatabase database, IReadOnlyList<Guid> turnstiles, IReadOnlyList<string> acknowledged, string prefix)
    {
        // The killed client's sessions may still be committing what they were told.
        await UntilAsync(async () => await database.ScalarAsync<long>(
            $"select count(*) from pg_stat_activity where datname = '{database.Name}' and state <> 'idle' and pid <> pg_backend_pid()") == 0);
        var kept = await database.ScalarAsync<string[]>(
            $"select coalesce(array_agg(key), array[]::text[]) from idempotency_key where key like '{prefix}-%' and answer is not null");
        acknowledged.Except(kept, StringComparer.Ordinal).ShouldBeEmpty();
        (kept.Length - acknowledged.Count).ShouldBeInRange(0, TurnstileQueue.Clients);

        var ids = string.Join(",", turnstiles.Select(id => $"'{id}'"));
        (await database.ScalarAsync<long>($"select sum(passed) from turnstile where id in ({ids})")).ShouldBe(kept.Length);
        (await database.ScalarAsync<long>($"select count(*) from event where aggregate_id in ({ids})")).ShouldBe(kept.Length);
        (await database.BrokenInvariantsAsync()).ShouldBeEmpty();

        foreach (var key in acknowledged.Take(5))
        {
            var retried = await database.RunAsync(TurnstileQueue.RequestOf(key, turnstiles), Callers.Supervisor.WithKey(key));
            retried.IsReplay.ShouldBeTrue();
        }

        (await database.ScalarAsync<long>($"select sum(passed) from turnstile where id in ({ids})")).ShouldBe(kept.Length);
    }

    private static Task UntilAsync(Func<bool> reached) => UntilAsync(() => Task.FromResult(reached()));

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        var clock = Stopwatch.StartNew();
        while (!await reached())
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(5);
        }
    }

    /// <summary>A database on a server of its own.</summary>
    private sealed class KillableDatabase : TurnstileDatabase
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
            Npgsql.NpgsqlConnection.ClearAllPools();
            Application.Clear();
            Owner.Clear();
        }

        protected override Task LeaveAsync() => _own!.StopAsync().AsTask();

        protected override async Task<TestCluster> ClusterAsync() => _own = await TestCluster.StartOwnAsync();
    }
}
