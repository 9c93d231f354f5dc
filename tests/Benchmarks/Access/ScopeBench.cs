using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stock;
using Platform.Tests.Support;

namespace Platform.Tests.Benchmarks.Access;

/// <summary>
/// What the last wall costs: postings and reads of somebody who is not limited, in a database with policies and in one
/// without, and of somebody limited to a warehouse. Rounds take turns, so that whatever else the machine does meets all alike; the lower
/// quartile of the rounds is told.
/// </summary>
internal static class ScopeBench
{
    private const int Rounds = 12;

    private const int PerRound = 60;

    private const string TakeDown =
        """
        do $$ declare t record; begin
            for t in select tablename from pg_policies where schemaname = 'public' group by tablename loop
                execute format('alter table %I disable row level security', t.tablename);
            end loop;
        end $$
        """;

    private const string Page = "select id, item_id, bin_id, on_hand, allocated from stock_balance where warehouse_id = $1 order by id limit 50";

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        var walled = new StockWorld();
        var unwalled = new StockWorld();
        await walled.InitializeAsync();
        await unwalled.InitializeAsync();
        await unwalled.ExecuteAsync(TakeDown);
        try
        {
            await using var scoped = DatabaseAccess.AsScoped(walled.ConnectionString);
            var rows = RowScope.Everything with { Warehouses = new HashSet<Guid> { walled.Warehouse.Value } };
            var posts = await MovesAsync(walled);
            var freePosts = await MovesAsync(unwalled);
            await RaceAsync(
                ("post, no policies", () => unwalled.RunAsync(freePosts)),
                ("post, not limited", () => walled.RunAsync(posts)),
                ("post, limited to a warehouse", () => walled.RunAsync(posts, Callers.Supervisor with { Rows = rows })));
            await RaceAsync(
                ("read 50 balances, no policies", () => ReadAsync(unwalled.Application, RowScope.Everything, unwalled, ct)),
                ("read 50 balances, not limited", () => ReadAsync(walled.Application, RowScope.Everything, walled, ct)),
                ("read 50 balances, limited to a warehouse", () => ReadAsync(scoped.Source, rows, walled, ct)));
            return 0;
        }
        finally
        {
            await walled.DisposeAsync();
            await unwalled.DisposeAsync();
        }
    }

    private static async Task<PostMovements> MovesAsync(StockWorld world)
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 1_000_000, 1));
        return new PostMovements(world.Request(world.Move(item, world.Reserve, world.Pick, 1)));
    }

    private static async Task RaceAsync(params (string Figure, Func<Task> Once)[] ways)
    {
        var micros = ways.ToDictionary(way => way.Figure, _ => new List<double>(), StringComparer.Ordinal);
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (figure, once) in round % 2 == 0 ? ways : ways.Reverse())
            {
                var started = Stopwatch.GetTimestamp();
                for (var turn = 0; turn < PerRound; turn++)
                {
                    await once();
                }

                if (round > 0)
                {
                    micros[figure].Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / PerRound);
                }
            }
        }

        foreach (var (figure, taken) in micros)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { bench = "scope", figure, microseconds = Math.Round(taken.Order().ElementAt(Rounds / 4)) }));
        }
    }

    private static async Task ReadAsync(NpgsqlDataSource source, RowScope rows, StockWorld world, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        if (!rows.IsEverything)
        {
            batch.BatchCommands.Add(RowSettings.Of(rows));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(Page) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = world.Warehouse.Value } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        do
        {
            while (await reader.ReadAsync(ct))
            {
            }
        }
        while (await reader.NextResultAsync(ct));
    }
}
