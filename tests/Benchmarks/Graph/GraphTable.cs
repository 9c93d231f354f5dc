using System.Globalization;
using Platform.Tests.Benchmarks.GraphQL;

namespace Platform.Tests.Benchmarks.Graph;

/// <summary>The figures: one JSON line each, and at the end a table for people.</summary>
internal sealed class GraphTable(IReadOnlyList<Contender> contenders)
{
    private readonly List<(GraphRead Read, IReadOnlyDictionary<string, Cost> Costs)> _rows = [];

    public void Add(GraphRead read, IReadOnlyDictionary<string, Cost> costs)
    {
        _rows.Add((read, costs));
        foreach (var contender in contenders)
        {
            var cost = costs[contender.Name];
            Figures.Print(
                $"{read.Name}/{contender.Name}",
                ("application_cpu_us", cost.Application), ("database_cpu_us", cost.Database), ("requests_per_second", cost.PerSecond),
                ("p50_ms", cost.P50), ("p99_ms", cost.P99), ("body_bytes", cost.Bytes), ("ratio_to_hand", cost.Total / costs["hand"].Total));
        }
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine("CPU µs per request, application + PostgreSQL (ratio of the sum to the endpoint written by hand); requests/s; p50 / p99 ms");
        Console.WriteLine($"| read |{string.Concat(contenders.Select(contender => $" {contender.Name} |"))}");
        Console.WriteLine($"| --- |{string.Concat(contenders.Select(_ => " --- |"))}");
        foreach (var (read, costs) in _rows)
        {
            Console.WriteLine($"| {read.Name} |{string.Concat(contenders.Select(contender => $" {Cell(costs[contender.Name], costs["hand"])} |"))}");
        }
    }

    private static string Cell(Cost cost, Cost hand) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cost.Application:0} + {cost.Database:0} ({cost.Total / hand.Total:0.00}); {cost.PerSecond:0}/s; {cost.P50:0.0} / {cost.P99:0.0}");
}
