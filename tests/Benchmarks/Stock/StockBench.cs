using System.Diagnostics;
using System.Text.Json;
using Platform.Api.Hosting.Postgres;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;

namespace Platform.Tests.Benchmarks.Stock;

/// <summary><c>bench stock</c>: how fast the ledger posts, each figure beside <c>pgbench -N</c> in the same run.</summary>
internal static class StockBench
{
    private const int Seconds = 5;

    public static async Task<int> RunAsync(string[] which, CancellationToken ct)
    {
        await using var ledger = await BenchLedger.StartAsync(ct);
        var binaries = PostgresBinaries.Find(configured: null)!;
        var figures = new (string Name, double Budget, int Clients, int Lines, bool Hot)[]
        {
            ("one-line-uniform", 0.7, PgBench.Clients, 1, false),
            ("one-line-hot-row", 0.25, 16, 1, true),
            ("ten-lines", 0, PgBench.Clients, 10, false),
            ("hundred-lines", 6, PgBench.Clients, 100, false),
        };
        foreach (var figure in figures.Where(figure => which.Length == 0 || which.Contains(figure.Name)))
        {
            await PostAsync(ledger, figure.Clients, figure.Lines, figure.Hot, seconds: 12, ct); // Warm: plans, pools, pages.
            var before = await PgBench.SimpleUpdateAsync(binaries, ledger.ConnectionString, PgBench.Clients, Seconds, ct);
            var lines = await PostAsync(ledger, figure.Clients, figure.Lines, figure.Hot, Seconds, ct);
            var after = await PgBench.SimpleUpdateAsync(binaries, ledger.ConnectionString, PgBench.Clients, Seconds, ct);
            Print(figure.Name, lines, (before + after) / 2, figure.Budget);
        }

        var broken = await InvariantCheck.RunAsync(ledger.Owner, ct);
        return broken.Count == 0 ? 0 : 1;
    }

    private static void Print(string name, double linesPerSecond, double yardstick, double budget) =>
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            figure = name,
            linesPerSecond = Math.Round(linesPerSecond),
            pgbenchSimpleUpdate = Math.Round(yardstick),
            ratio = Math.Round(linesPerSecond / yardstick, 2),
            budget,
        }));

    private static async Task<double> PostAsync(
        BenchLedger ledger, int clients, int lines, bool hot, int seconds, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(
            async () =>
            {
                var random = new Random(client);
                var posted = 0;
                while (clock.Elapsed.TotalSeconds < seconds)
                {
                    var request = new PostingRequest
                    {
                        LegalEntity = ledger.Entity,
                        Document = new StockDocument("Bench", Number: null, Id: null),
                        Lines = [.. Enumerable.Range(0, lines).Select(_ => Shipment(random, hot))],
                    };
                    var result = await ledger.Runner.Async(new PostMovements(request), ledger.Caller, ct);
                    posted += result.Value.MovementCount;
                }

                return posted;
            },
            ct)));
        Console.Error.WriteLine($"client CPU µs per posting: {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / (counts.Sum() / lines):0}");
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static MovementLine Shipment(Random random, bool hot) => new()
    {
        Type = MovementType.Ship,
        Item = BenchLedger.Item(hot ? 0 : random.Next(BenchLedger.Items)),
        From = Place.In(BenchLedger.Bin(hot ? 0 : random.Next(BenchLedger.Bins)), StockCondition.Usable),
        To = Place.Customer,
        Quantity = 1m,
    };
}
