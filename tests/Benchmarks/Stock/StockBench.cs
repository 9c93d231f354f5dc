using System.Diagnostics;
using System.Runtime;
using System.Text.Json;
using Npgsql;
using Platform.Api.Hosting.Postgres;
using Platform.Domain.Kernel.Audit;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Costing;
using Platform.Domain.Stock.Importing;
using Platform.Domain.Stock.Posting;

namespace Platform.Tests.Benchmarks.Stock;

/// <summary>
/// <c>bench stock [figure…]</c>: how fast the ledger posts, whole commands with event, audit, value and journal, each figure beside its budget and
/// <c>pgbench -N -c 8</c> before and after it on the same cluster. One JSON line a figure.
/// </summary>
internal static partial class StockBench
{
    private const int Seconds = 6;
    private const int ImportsAtOnce = 4;

    private static readonly Load[] Loads =
    [
        new("one-line-uniform", Budget: 0.7, Clients: 8, Lines: 1, IsHot: false, HalfLoadMillis: 50),
        new("one-line-uniform-128-clients", Budget: 0.7, Clients: 128, Lines: 1, IsHot: false, HalfLoadMillis: null),
        new("one-hot-row", Budget: 0.25, Clients: 16, Lines: 1, IsHot: true, HalfLoadMillis: null),
        new("one-hot-row-128-clients", Budget: 1.0, Clients: 128, Lines: 1, IsHot: true, HalfLoadMillis: null),
        new("ten-lines", Budget: null, Clients: 8, Lines: 10, IsHot: false, HalfLoadMillis: null),
        new("hundred-lines", Budget: 6, Clients: 8, Lines: 100, IsHot: false, HalfLoadMillis: 150),
    ];

    public static async Task<int> RunAsync(string[] which, CancellationToken ct)
    {
        await using var ledger = await BenchLedger.StartAsync(ct);
        bool Wanted(string name) => which.Length == 0 || which.Contains(name, StringComparer.Ordinal);
        foreach (var load in Loads.Where(load => Wanted(load.Name)))
        {
            await WarmAsync(ledger, load, ct);
            var before = await YardstickAsync(ledger, ct);
            var posted = await PostAsync(ledger, load, Seconds, ct);
            var after = await YardstickAsync(ledger, ct);
            Print(load, posted, before, after);
            if (load.HalfLoadMillis is { } most)
            {
                await HalfLoadAsync(ledger, load, posted.LinesPerSecond / load.Lines / 2, most, ct);
            }
        }

        if (Wanted("receipt-5000"))
        {
            await ReceiptAsync(ledger, ct);
        }

        if (Wanted("import"))
        {
            await ImportAsync(ledger, ct);
        }

        if (Wanted("late-cost"))
        {
            await LateCostAsync(ledger, ct);
        }

        if (Wanted("replay"))
        {
            await ReplayAsync(ledger, ct);
        }

        if (Wanted("others-beside-a-hot-row"))
        {
            await OthersAsync(ledger, ct);
        }

        if (Wanted("audit-verification"))
        {
            await AuditAsync(ledger, ct);
        }

        var broken = await InvariantCheck.RunAsync(ledger.Owner, ct);
        foreach (var violation in broken)
        {
            Console.Error.WriteLine($"{violation.Invariant.Id} {violation.Invariant.Sentence}: {violation.Rows[0]}");
        }

        return broken.Count == 0 ? 0 : 1;
    }

    /// <summary>
    /// Until plans are made and pages read, and until the runtime has compiled what is hot: on a busy machine its compiler would
    /// otherwise take more of the client's time than the client.
    /// </summary>
    private static Task WarmAsync(BenchLedger ledger, Load load, CancellationToken ct) =>
        SettleAsync(() => PostAsync(ledger, load, seconds: 3, ct));

    private static async Task SettleAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        long compiled;
        do
        {
            compiled = JitInfo.GetCompiledMethodCount();
            await work();
        }
        while (JitInfo.GetCompiledMethodCount() - compiled > 20 && clock.Elapsed.TotalSeconds < 24);
    }

    /// <summary><c>pgbench -N -c 8</c>: transactions a second, and what one costs the server.</summary>
    private static async Task<(double PerSecond, double ServerMicros)> YardstickAsync(BenchLedger ledger, CancellationToken ct)
    {
        var cpu = ledger.ServerCpuMicros;
        var (transactions, perSecond) = await PgBench.SimpleUpdateAsync(
            PostgresBinaries.Find(configured: null)!, ledger.ConnectionString, PgBench.Clients, seconds: 4, ct);
        return (perSecond, (ledger.ServerCpuMicros - cpu) / transactions);
    }

    private static void Print(
        Load load, Posted posted, (double PerSecond, double ServerMicros) before, (double PerSecond, double ServerMicros) after)
    {
        var yardstick = (before.PerSecond + after.PerSecond) / 2;
        Print(new
        {
            figure = load.Name,
            linesPerSecond = Math.Round(posted.LinesPerSecond),
            pgbenchPerSecond = Math.Round(yardstick),
            ratio = Math.Round(posted.LinesPerSecond / yardstick, 2),
            budget = load.Budget,
            isMet = load.Budget is { } least ? posted.LinesPerSecond / yardstick >= least : (bool?)null,
            gaveUpWaiting = posted.GaveUp,
            serverMicrosPerLine = Math.Round(posted.ServerMicrosPerLine),
            serverMicrosPerPgbench = Math.Round((before.ServerMicros + after.ServerMicros) / 2),
            clientMicrosPerLine = Math.Round(posted.ClientMicrosPerLine),
        });
    }

    private static void PrintAtMost(string figure, string unit, double value, double budget) =>
        Print(new { figure, value = Math.Round(value, 1), unit, budget, isMet = value <= budget });

    private static void PrintAtLeast(string figure, string unit, double value, double budget) =>
        Print(new { figure, value = Math.Round(value, 1), unit, budget, isMet = value >= budget });

    private static void Print<T>(T figure) => Console.WriteLine(JsonSerializer.Serialize(figure));

    private static async Task<Posted> PostAsync(BenchLedger ledger, Load load, int seconds, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var (client, server) = (Environment.CpuUsage.TotalTime, ledger.ServerCpuMicros);
        var gaveUp = 0;
        var counts = await Task.WhenAll(Enumerable.Range(0, load.Clients).Select(seed => Task.Run(
            async () =>
            {
                var random = new Random(seed);
                var posted = 0;
                while (clock.Elapsed.TotalSeconds < seconds)
                {
                    var command = new PostMovements(Request(
                        ledger, Enumerable.Range(0, load.Lines).Select(_ => Shipment(random, load.IsHot))));
                    try
                    {
                        var result = await ledger.Runner.Async(command, ledger.Caller, ct);
                        posted += result.Value.MovementCount;
                    }
                    catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
                    {
                        Interlocked.Increment(ref gaveUp); // Waited two seconds for the row: a busy machine.
                    }
                }

                return posted;
            },
            ct)));
        var lines = Math.Max(1, counts.Sum());
        return new Posted(
            lines / clock.Elapsed.TotalSeconds, gaveUp, (ledger.ServerCpuMicros - server) / lines,
            (Environment.CpuUsage.TotalTime - client).TotalMicroseconds / lines);
    }

    private static async Task ReceiptAsync(BenchLedger ledger, CancellationToken ct)
    {
        var times = new List<double>();
        for (var round = 0; round < 4; round++)
        {
            var lines = Enumerable.Range(0, 5_000).Select(i => Receipt((round * 5_000) + i, i % BenchLedger.Bins));
            var clock = Stopwatch.StartNew();
            var posted = await ledger.Runner.Async(new PostMovements(Request(ledger, lines)), ledger.Caller, ct);
            times.Add(posted.Value.MovementCount == 5_000 ? clock.Elapsed.TotalMilliseconds : double.NaN);
        }

        PrintAtMost("receipt-5000", "ms (best of 4)", times.Min(), budget: 2_000);
    }

    private static async Task ImportAsync(BenchLedger ledger, CancellationToken ct)
    {
        const int chunks = 24;
        foreach (var (name, items) in new[] { ("import-ten-movements-a-balance", 1_000), ("import-opening-balances", 10_000) })
        {
            await SettleAsync(() => ImportChunksAsync(ledger, chunks: 4, items, ct));
            var clock = Stopwatch.StartNew();
            var (client, server) = (Environment.CpuUsage.TotalTime, ledger.ServerCpuMicros);
            await ImportChunksAsync(ledger, chunks, items, ct);
            var movements = chunks * (double)PostingRequest.MostLines;
            var perSecond = movements / clock.Elapsed.TotalSeconds;
            Print(new
            {
                figure = name,
                value = Math.Round(perSecond),
                unit = "movements/s",
                budget = 50_000,
                isMet = perSecond >= 50_000,
                serverMicrosPerMovement = Math.Round((ledger.ServerCpuMicros - server) / movements, 1),
                clientMicrosPerMovement = Math.Round((Environment.CpuUsage.TotalTime - client).TotalMicroseconds / movements, 1),
            });
        }
    }

    /// <summary>Four at a time, of different items: some are judged while the database writes the others.</summary>
    private static Task ImportChunksAsync(BenchLedger ledger, int chunks, int items, CancellationToken ct) => Parallel.ForEachAsync(
        Enumerable.Range(0, chunks),
        new ParallelOptions { MaxDegreeOfParallelism = ImportsAtOnce, CancellationToken = ct },
        async (chunk, token) =>
        {
            var share = BenchLedger.Items / ImportsAtOnce;
            var lines = Enumerable.Range(0, PostingRequest.MostLines).Select(i => Receipt(((chunk % ImportsAtOnce) * share) + (i % items), (i % items) % BenchLedger.Bins));
            var imported = await ledger.Runner.Async(new ImportMovements(Request(ledger, lines)), ledger.Caller, token);
            if (imported.Value.Refused.Count > 0)
            {
                throw new InvalidOperationException(imported.Value.Refused[0].Message);
            }
        });

    /// <summary>A receipt, then a million movements of the same item, then its freight bill.</summary>
    private static async Task LateCostAsync(BenchLedger ledger, CancellationToken ct)
    {
        var item = BenchLedger.Items - 1;
        var receipt = (await ledger.Runner.Async(new PostMovements(Request(ledger, [Receipt(item, 0)])), ledger.Caller, ct)).Value;
        await ledger.MillionMovementsAsync(BenchLedger.Item(item), ct);
        var times = new List<double>();
        for (var round = 0; round < 20; round++)
        {
            var clock = Stopwatch.StartNew();
            var charged = await ledger.Runner.Async(
                new ChargeLateCost(ledger.Entity, receipt.Movements[0].Movement, LateCostKind.LandedCost, 100m, DocumentNumber: null), ledger.Caller, ct);
            _ = charged.Value;
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        PrintAtMost("late-cost-after-1000000-movements", "ms (median of 20)", times[10], budget: 50);
        await AsOfAsync(ledger, item, ct);
    }

    /// <summary>R-36: how long other rows' postings take beside one row at full load.</summary>
    private static async Task OthersAsync(BenchLedger ledger, CancellationToken ct)
    {
        var quiet = await LatencyAsync(ledger, ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var load = PostAsync(ledger, Loads.Single(one => one.Name == "one-hot-row"), seconds: 8, ct);
        var busy = await LatencyAsync(ledger, ct);
        await load;
        PrintAtMost("others-beside-a-hot-row", "× p99 of the quiet time", busy / quiet, budget: 2);
    }

    /// <summary>The chain over a hundred thousand commands of a posting's length, sealed, then walked.</summary>
    private static async Task AuditAsync(BenchLedger ledger, CancellationToken ct)
    {
        await ledger.ExecuteAsync(
            """
            insert into audit (at, correlation_id, actor_kind, actor_id, person_id, actor_name, action, outcome, body)
            select now(), gen_random_uuid(), 'HUMAN', gen_random_uuid(), gen_random_uuid(), 'Somebody', 'PostMovements', 'DONE',
                   repeat('{"line": 1}', 60) from generate_series(1, 100000)
            """, ct);
        while (await new AuditSealer(ledger.Owner, TimeProvider.System, key: null).SealAsync(ct) > 0)
        {
        }

        var clock = Stopwatch.StartNew();
        var report = await new AuditVerification(ledger.Owner, key: null, exported: null).RunAsync(ct);
        PrintAtLeast("audit-verification", "rows/s", report.IsSound ? report.Rows / clock.Elapsed.TotalSeconds : double.NaN, budget: 50_000);
    }

    private static async Task<double> LatencyAsync(BenchLedger ledger, CancellationToken ct)
    {
        var random = new Random(7);
        var times = new List<double>();
        var whole = Stopwatch.StartNew();
        while (whole.Elapsed.TotalSeconds < 6)
        {
            var clock = Stopwatch.StartNew();
            await ledger.Runner.Async(new PostMovements(Request(ledger, [Shipment(random, isHot: false)])), ledger.Caller, ct);
            times.Add(clock.Elapsed.TotalMilliseconds);
            await Task.Delay(2, ct);
        }

        times.Sort();
        return times[(int)(times.Count * 0.99)];
    }

    private static PostingRequest Request(BenchLedger ledger, IEnumerable<MovementLine> lines) => new()
    {
        LegalEntity = ledger.Entity,
        Document = new StockDocument("Bench", Number: null, Id: null),
        Lines = [.. lines],
    };

    private static MovementLine Shipment(Random random, bool isHot)
    {
        var item = isHot ? 0 : random.Next(1, BenchLedger.Items);
        return new MovementLine
        {
            Type = MovementType.Ship,
            Item = BenchLedger.Item(item),
            From = Place.In(BenchLedger.Bin(item % BenchLedger.Bins), StockCondition.Usable),
            To = Place.Customer,
            Quantity = 1m,
        };
    }

    private static MovementLine Receipt(int item, int bin) => new()
    {
        Type = MovementType.Receipt,
        Item = BenchLedger.Item(item),
        From = Place.Supplier,
        To = Place.In(BenchLedger.Bin(bin), StockCondition.Usable),
        Quantity = 10m,
        UnitCost = 1.25m,
    };

    private sealed record Posted(double LinesPerSecond, int GaveUp, double ServerMicrosPerLine, double ClientMicrosPerLine);

    /// <param name="Name">What is printed.</param>
    /// <param name="Budget">The least ratio to the yardstick .</param>
    /// <param name="Clients">How many post at once.</param>
    /// <param name="Lines">Lines of a document.</param>
    /// <param name="IsHot">Whether all want one row.</param>
    /// <param name="HalfLoadMillis">The most that 99 of 100 take at half the load .</param>
    private sealed record Load(string Name, double? Budget, int Clients, int Lines, bool IsHot, int? HalfLoadMillis);
}
