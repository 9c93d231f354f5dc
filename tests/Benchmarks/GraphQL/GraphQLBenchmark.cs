using System.Globalization;
using System.Text.Json;

namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>
/// `bench graphql`: CPU per request and bytes allocated per request, beside bare Kestrel and two servers from npm, in one
/// run. Rounds are interleaved and medians are told, because the machine is shared.
/// </summary>
internal static class GraphQLBenchmark
{
    private const int Connections = 16;
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["serve", var kind, var port]:
                return await Serve.RunAsync(kind, int.Parse(port, CultureInfo.InvariantCulture));
            case ["engine"]:
                await InProcess.RunAsync();
                return 0;
            case ["documents"]:
                DocumentBenchmark.Run();
                return 0;
            case []:
                await InProcess.RunAsync();
                DocumentBenchmark.Run();
                await CompareAsync("typename", CatalogSchema.TypeNameQuery, 40_000, budgetRatio: 1.25, budgetMicroseconds: 0);
                await CompareAsync("list-100x8", CatalogSchema.ListQuery, 10_000, budgetRatio: 0, budgetMicroseconds: 40);
                await CompareAsync("introspection", Introspection.Query, 10_000, budgetRatio: 2, budgetMicroseconds: 0);
                return 0;
            default:
                Console.Error.WriteLine("usage: bench graphql [engine|documents]");
                return 2;
        }
    }

    private static async Task CompareAsync(
        string name, string query, int requests, double budgetRatio, double budgetMicroseconds)
    {
        var body = JsonSerializer.Serialize(new { query });
        var servers = new List<(string Name, ServerProcess Process)>();
        try
        {
            servers.Add(("ours", await ServerProcess.StartOursAsync("engine")));
            var size = await Load.RunAsync(servers[0].Process.Port, body, 1, 1);
            servers.Add(("kestrel", await ServerProcess.StartOursAsync(size.ToString(CultureInfo.InvariantCulture))));
            foreach (var rival in await Rivals.InstallAsync())
            {
                servers.Add((Path.GetFileNameWithoutExtension(rival), await ServerProcess.StartNodeAsync(rival)));
            }

            var costs = await MeasureAsync(servers, body, requests);
            var allocated = await AllocatedAsync(servers[0].Process, body, requests);
            Report(name, costs, size, allocated, budgetRatio, budgetMicroseconds);
        }
        finally
        {
            foreach (var (_, process) in servers)
            {
                await process.DisposeAsync();
            }
        }
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(
        List<(string Name, ServerProcess Process)> servers, string body, int requests)
    {
        var rounds = servers.ToDictionary(server => server.Name, _ => new List<double>(), StringComparer.Ordinal);
        foreach (var (_, process) in servers)
        {
            // Until the last tier of compilation is reached.
            await Load.RunAsync(process.Port, body, Connections, requests);
            await Task.Delay(500);
            await Load.RunAsync(process.Port, body, Connections, requests);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (server, process) in servers)
            {
                var before = process.CpuMicroseconds;
                await Load.RunAsync(process.Port, body, Connections, requests);
                rounds[server].Add((process.CpuMicroseconds - before) / requests);
            }
        }

        return rounds.ToDictionary(
            server => server.Key, server => server.Value.Order().ElementAt(Rounds / 2), StringComparer.Ordinal);
    }

    private static async Task<double> AllocatedAsync(ServerProcess server, string body, int requests)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        var before = await ReadAsync();
        await Load.RunAsync(server.Port, body, Connections, requests);
        return (await ReadAsync() - before) / (double)requests;

        async Task<long> ReadAsync() => long.Parse(await client.GetStringAsync("/allocated"), CultureInfo.InvariantCulture);
    }

    private static void Report(
        string name, Dictionary<string, double> costs, int size, double allocated, double ratio, double microseconds)
    {
        var budget = ratio > 0 ? ratio * costs["kestrel"] : microseconds;
        foreach (var (server, cost) in costs)
        {
            Figures.Print(
                $"{name}/{server}",
                ("cpu_us", cost), ("ratio_to_kestrel", cost / costs["kestrel"]), ("body_bytes", size));
        }

        Figures.Print(
            $"{name}/verdict",
            ("cpu_us", costs["ours"]), ("budget_cpu_us", budget), ("of_budget", costs["ours"] / budget),
            ("allocated_bytes", allocated));
    }
}
