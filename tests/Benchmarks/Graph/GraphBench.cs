using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Platform.Tests.Benchmarks.GraphQL;

namespace Platform.Tests.Benchmarks.Graph;

/// <summary>
/// `bench graph`: reads of the graph beside an endpoint written by hand, on one database, in one run: CPU per request of the
/// application and of PostgreSQL. Rounds are interleaved and medians are told, because the machine is shared.
/// </summary>
internal static class GraphBench
{
    private const int Connections = 16;

    /// <summary>Rounds that do not count: until the last tier of compilation is reached.</summary>
    private const int WarmUps = 4;

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        switch (args)
        {
            case ["serve", var kind, var connectionString, var port]:
                return await ServeGraph.RunAsync(kind, connectionString, int.Parse(port, CultureInfo.InvariantCulture));
            case ["short"]:
                await CompareAsync(rounds: 3, share: 4, ct);
                return 0;
            case []:
                await CompareAsync(rounds: 5, share: 1, ct);
                return 0;
            default:
                await Console.Error.WriteLineAsync("usage: bench graph [short]");
                return 2;
        }
    }

    private static async Task CompareAsync(int rounds, int share, CancellationToken ct)
    {
        await using var rows = await GraphRows.StartAsync(ct);
        await using var ours = await ServerProcess.StartProgramAsync("graph", "serve", "ours", rows.ConnectionString);
        await using var hand = await ServerProcess.StartProgramAsync("graph", "serve", "hand", rows.ConnectionString);
        foreach (var read in GraphRead.All)
        {
            var body = JsonSerializer.Serialize(new { query = $"query {read.Name.Replace('-', '_')} {read.Query}", operationName = read.Name });
            var ourBody = JsonSerializer.Serialize(new { query = read.Query });
            var requests = read.Requests / share;
            var costs = new Dictionary<string, List<Cost>>(StringComparer.Ordinal) { ["ours"] = [], ["hand"] = [] };
            for (var round = -WarmUps; round < rounds; round++)
            {
                await MeasureAsync("ours", ours, ourBody, rows, requests, round >= 0 ? costs : null);
                await MeasureAsync("hand", hand, body, rows, requests, round >= 0 ? costs : null);
            }

            Report(read, costs, rounds);
        }
    }

    private static async Task MeasureAsync(
        string name, ServerProcess server, string body, GraphRows rows, int requests, Dictionary<string, List<Cost>>? costs)
    {
        var (application, database, started) = (server.CpuMicroseconds, rows.ServerCpuMicros, Stopwatch.GetTimestamp());
        var size = await Load.RunAsync(server.Port, body, Connections, requests);
        costs?[name].Add(new Cost(
            (server.CpuMicroseconds - application) / requests,
            (rows.ServerCpuMicros - database) / requests,
            requests / Stopwatch.GetElapsedTime(started).TotalSeconds,
            size));
    }

    private static void Report(GraphRead read, Dictionary<string, List<Cost>> costs, int rounds)
    {
        var medians = costs.ToDictionary(
            pair => pair.Key, pair => pair.Value.OrderBy(cost => cost.Total).ElementAt(rounds / 2), StringComparer.Ordinal);
        foreach (var (server, cost) in medians)
        {
            Figures.Print(
                $"{read.Name}/{server}",
                ("application_cpu_us", cost.Application), ("database_cpu_us", cost.Database), ("requests_per_second", cost.PerSecond),
                ("body_bytes", cost.Bytes), ("ratio_to_hand", cost.Total / medians["hand"].Total));
        }
    }

    private sealed record Cost(double Application, double Database, double PerSecond, int Bytes)
    {
        public double Total => Application + Database;
    }
}
