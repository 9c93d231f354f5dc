using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Stock.Tracing;

namespace Platform.Tests.Benchmarks.Stock;

/// <summary>How long answers take: postings at half the load, the past, and all of it once more.</summary>
internal static partial class StockBench
{
    /// <summary>
    /// documents come by chance, half as many as the ledger takes, and whoever finds it busy counts the wait from when the document
    /// came, not from when it was its turn.
    /// </summary>
    private static async Task HalfLoadAsync(BenchLedger ledger, Load load, double perSecond, int mostMillis, CancellationToken ct)
    {
        var random = new Random(34);
        var clock = Stopwatch.StartNew();
        var posted = new List<Task<double>>();
        for (var due = 0d; due < Seconds; due += -Math.Log(1 - random.NextDouble()) / perSecond)
        {
            var wait = TimeSpan.FromSeconds(due) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, ct);
            }

            posted.Add(PostDueAsync(due, Enumerable.Range(0, load.Lines).Select(_ => Shipment(random, isHot: false)).ToList()));
        }

        var times = await Task.WhenAll(posted);
        Array.Sort(times);
        Print(new
        {
            figure = $"{load.Name}-at-half-load",
            postingsPerSecond = Math.Round(perSecond),
            medianMillis = Math.Round(times[times.Length / 2], 1),
            p99Millis = Math.Round(times[(int)(times.Length * 0.99)], 1),
            budget = mostMillis,
            isMet = times[(int)(times.Length * 0.99)] <= mostMillis,
        });

        async Task<double> PostDueAsync(double due, List<MovementLine> lines)
        {
            var result = await Task.Run(() => ledger.Runner.Async(new PostMovements(Request(ledger, lines)), ledger.Caller, ct), ct);
            return result.Error is null ? clock.Elapsed.TotalMilliseconds - (due * 1_000) : double.PositiveInfinity;
        }
    }

    /// <summary>I-19: every value entry once more through the arithmetic, compared with what is stored.</summary>
    private static async Task ReplayAsync(BenchLedger ledger, CancellationToken ct)
    {
        await using var count = ledger.Owner.CreateCommand("select count(*) from value_entry");
        var entries = (long)(await count.ExecuteScalarAsync(ct))!;
        var clock = Stopwatch.StartNew();
        var differences = await new LedgerReplay(ledger.Owner).CompareAsync(ct);
        var seconds = clock.Elapsed.TotalSeconds;
        Print(new
        {
            figure = "replay",
            value = differences.Count == 0 ? Math.Round(entries / seconds) : double.NaN,
            unit = "value entries/s",
            entries,
            seconds = Math.Round(seconds, 1),
        });
    }

    /// <summary>INV-09: what lay where a second ago, of the item with a million movements.</summary>
    private static async Task AsOfAsync(BenchLedger ledger, int item, CancellationToken ct)
    {
        var traces = ledger.Services.GetRequiredService<StockTraces>();
        var clock = Stopwatch.StartNew();
        var there = await traces.AsOfAsync(BenchLedger.Item(item), TimeProvider.System.GetUtcNow().AddSeconds(-1), RowScope.Everything, ct);
        Print(new { figure = "as-of-with-1000000-movements", value = Math.Round(clock.Elapsed.TotalMilliseconds), unit = "ms", bins = there.Count });
    }
}
