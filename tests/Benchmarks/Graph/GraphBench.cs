using System.Diagnostics;
using System.Globalization;
using Platform.Tests.Benchmarks.GraphQL;

namespace Platform.Tests.Benchmarks.Graph;

/// <summary>
/// `bench graph`: reads of the graph beside an endpoint written by hand and beside servers from npm, on one database, in one
/// run: CPU per request of the application and of PostgreSQL, throughput, and how long requests take. Rounds are interleaved
/// and medians are told, because the machine is shared.
/// </summary>
internal static class GraphBench
{
    private const int Connections = 16;

    /// <summary>Rounds that do not count, never shortened.</summary>
    private const int WarmUps = 4;

    /// <summary>On a busy machine the compiler is late: rounds do not count until they have stopped getting cheaper.</summary>
    private const int MostWarmUps = 40;

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        // Without the servers from npm: ours beside the hand's.
        var (isAlone, rest) = args is ["alone", .. var others] ? (true, others) : (false, args);
        switch (rest)
        {
            case ["serve", var kind, var connectionString, var port]:
                return await ServeGraph.RunAsync(kind, connectionString, int.Parse(port, CultureInfo.InvariantCulture));
            case ["short"]:
                await CompareAsync(GraphRead.All, rounds: 3, share: 4, isAlone, ct);
                return 0;
            case []:
                await CompareAsync(GraphRead.All, rounds: 5, share: 1, isAlone, ct);
                return 0;
            case [var name] when GraphRead.All.Where(read => read.Name == name).ToArray() is [_] one:
                await CompareAsync(one, rounds: 5, share: 1, isAlone, ct);
                return 0;
            default:
                await Console.Error.WriteLineAsync($"usage: bench graph [alone] [short|{string.Join('|', GraphRead.All.Select(read => read.Name))}]");
                return 2;
        }
    }

    private static async Task CompareAsync(IReadOnlyList<GraphRead> reads, int rounds, int share, bool isAlone, CancellationToken ct)
    {
        await using var rows = await GraphRows.StartAsync(ct);
        var contenders = isAlone
            ? await Contender.StartAloneAsync(rows.ConnectionString)
            : await Contender.StartAsync(rows.ConnectionString);
        try
        {
            foreach (var read in reads)
            {
                await SameAnswers.DemandAsync(contenders, read, ct);
            }

            var table = new GraphTable(contenders);
            foreach (var read in reads)
            {
                var costs = contenders.ToDictionary(contender => contender.Name, _ => new List<Cost>(), StringComparer.Ordinal);
                foreach (var contender in contenders)
                {
                    await WarmAsync(contender, read, rows);
                }

                for (var round = 0; round < rounds; round++)
                {
                    foreach (var contender in contenders)
                    {
                        costs[contender.Name].Add(await MeasureAsync(contender, contender.Body(read), rows, read.Requests / share));
                    }
                }

                table.Add(read, costs.ToDictionary(pair => pair.Key, pair => Cost.Median(pair.Value), StringComparer.Ordinal));
            }

            table.Print();
        }
        finally
        {
            foreach (var contender in contenders)
            {
                await contender.DisposeAsync();
            }
        }
    }

    /// <summary>Until three rounds in a row are no tenth cheaper than the cheapest before them.</summary>
    private static async Task WarmAsync(Contender contender, GraphRead read, GraphRows rows)
    {
        var (least, since) = (double.MaxValue, 0);
        for (var round = 0; round < MostWarmUps && (round < WarmUps || since < 3); round++)
        {
            var cost = await MeasureAsync(contender, contender.Body(read), rows, read.Requests);
            since = cost.Application < 0.9 * least ? 0 : since + 1;
            least = Math.Min(least, cost.Application);
        }
    }

    private static async Task<Cost> MeasureAsync(Contender contender, string body, GraphRows rows, int requests)
    {
        var (application, database, started) = (contender.CpuMicroseconds, rows.ServerCpuMicros, Stopwatch.GetTimestamp());
        var (size, times) = await Load.TimeAsync(contender.Port, body, Connections, requests);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.Sort(times);
        return new Cost(
            (contender.CpuMicroseconds - application) / times.Length,
            (rows.ServerCpuMicros - database) / times.Length,
            times.Length / took,
            times[times.Length / 2].TotalMilliseconds,
            times[times.Length * 99 / 100].TotalMilliseconds,
            size);
    }
}

/// <summary>What a request of one server cost in one round.</summary>
internal sealed record Cost(double Application, double Database, double PerSecond, double P50, double P99, int Bytes)
{
    public double Total => Application + Database;

    /// <summary>The round in the middle by CPU; waiting times have medians of their own.</summary>
    public static Cost Median(IReadOnlyList<Cost> rounds) => rounds.OrderBy(cost => cost.Total).ElementAt(rounds.Count / 2) with
    {
        PerSecond = Middle(rounds, cost => cost.PerSecond),
        P50 = Middle(rounds, cost => cost.P50),
        P99 = Middle(rounds, cost => cost.P99),
    };

    private static double Middle(IReadOnlyList<Cost> rounds, Func<Cost, double> of) => rounds.Select(of).Order().ElementAt(rounds.Count / 2);
}
