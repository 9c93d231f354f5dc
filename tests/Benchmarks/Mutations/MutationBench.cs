using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Access;
using Platform.Api.Hosting;
using Platform.Api.Hosting.Postgres;
using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.GraphQL.Conventions;
using Platform.Tests.Benchmarks.Stock;

namespace Platform.Tests.Benchmarks.Mutations;

/// <summary>
/// <c>bench mutations</c>: postings through the whole road, HTTP to commit, beside <c>pgbench -N -c 8</c> on the same cluster. The
/// clients run in the same process, so their work is in the figure too.
/// </summary>
internal static class MutationBench
{
    private const int Seconds = 6;

    private const int Bodies = 512;

    private const string Document =
        "mutation Post($input: PostMovementsInput!) { postMovements(input: $input) { stockPosted { postingId movementCount } errors { __typename ... on Error { message } } } }";

    private static readonly Load[] _loads =
    [
        new("one-line-mutations", Budget: 0.25, Clients: 16, Lines: 1),
        new("hundred-line-mutations", Budget: 3.75, Clients: 8, Lines: 100),

        // A last line about a bin that is an item: read, checked and translated, and then no command. What the graph itself costs.
        new("one-line-graph-alone", Budget: 0, Clients: 8, Lines: 1) { IsWrong = true },
        new("hundred-line-graph-alone", Budget: 0, Clients: 8, Lines: 100) { IsWrong = true },
    ];

    public static async Task<int> RunAsync(string[] which, CancellationToken ct)
    {
        await using var ledger = await BenchLedger.StartAsync(ct);
        await using var host = await PlatformHost.StartAsync(
            new HostStart(ledger.ConnectionString, "http://127.0.0.1:0", "Development", Configuration), ct);
        using var client = await ClientAsync(ledger, host, ct);
        foreach (var load in _loads.Where(load => which.Length == 0 || which.Contains(load.Name, StringComparer.Ordinal)))
        {
            await PostAsync(ledger, client, load, seconds: 5, ct);
            var before = await YardstickAsync(ledger, ct);
            var (mutations, cpu) = await PostAsync(ledger, client, load, Seconds, ct);
            var after = await YardstickAsync(ledger, ct);
            var lines = mutations * load.Lines;
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                figure = load.Name,
                mutationsPerSecond = Math.Round(mutations),
                linesPerSecond = Math.Round(lines),
                pgbenchPerSecond = Math.Round((before + after) / 2),
                ratio = Math.Round(lines / ((before + after) / 2), 2),
                budget = load.Budget,
                processMicrosPerMutation = Math.Round(cpu),
            }));
        }

        return (await InvariantCheck.RunAsync(ledger.Owner, ct)).Count == 0 ? 0 : 1;
    }

    /// <summary>What one principal may spend in a minute is no subject here.</summary>
    private static Dictionary<string, string?> Configuration { get; } = new(StringComparer.Ordinal)
    {
        ["Platform:Access:MachinePointsPerMinute"] = "2000000000",
    };

    private static async Task<HttpClient> ClientAsync(BenchLedger ledger, PlatformHost host, CancellationToken ct)
    {
        var user = (await ledger.Runner.Async(
            new CreateUser("bench", "Bench", ActorKind.Service, SamePersonAs: null, [Role.Integrator], RowLimits.None), ledger.Caller, ct)).Value.User;
        var signedIn = await host.Services.GetRequiredService<FrontDoor>()
            .OpenAsync(user, SessionKind.Bearer, new Knock("bench", UserAgent: null), ct);
        return new HttpClient
        {
            BaseAddress = new Uri(host.Url),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", signedIn!.AccessToken) },
        };
    }

    private static async Task<double> YardstickAsync(BenchLedger ledger, CancellationToken ct) =>
        (await PgBench.SimpleUpdateAsync(
            PostgresBinaries.Find(configured: null)!, ledger.ConnectionString, PgBench.Clients, seconds: 4, ct)).PerSecond;

    private static async Task<(double PerSecond, double CpuMicros)> PostAsync(
        BenchLedger ledger, HttpClient client, Load load, int seconds, CancellationToken ct)
    {
        // Written before the clock starts: what clients have to say is no work of the server's.
        var bodies = Enumerable.Range(0, Bodies).Select(number => Body(ledger, new Random(number), load)).ToArray();
        var clock = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        var counts = await Task.WhenAll(Enumerable.Range(0, load.Clients).Select(seed => Task.Run(
            async () =>
            {
                var random = new Random(seed);
                var posted = 0;
                while (clock.Elapsed.TotalSeconds < seconds)
                {
                    using var body = new ByteArrayContent(bodies[random.Next(bodies.Length)]);
                    body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                    using var response = await client.PostAsync("/graphql", body, ct);
                    var answer = await response.Content.ReadAsStringAsync(ct);
                    posted += answer.Contains(load.IsWrong ? "BAD_ID" : "\"errors\":null", StringComparison.Ordinal)
                        ? 1
                        : throw new InvalidOperationException(answer);
                }

                return posted;
            },
            ct)));
        var all = counts.Sum();
        return (all / clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / all);
    }

    private static byte[] Body(BenchLedger ledger, Random random, Load load) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        query = Document,
        variables = new
        {
            input = new
            {
                legalEntityId = NodeIdFormat.Write("LegalEntity", ledger.Entity),
                document = new { kind = "Bench" },
                lines = Enumerable.Range(1, load.Lines)
                    .Select(line => Shipment(random.Next(1, BenchLedger.Items), load.IsWrong && line == load.Lines ? "Item" : "Bin")),
            },
        },
    });

    private static object Shipment(int item, string place) => new
    {
        type = "SHIP",
        itemId = NodeIdFormat.Write("Item", BenchLedger.Item(item)),
        quantity = 1,
        from = new { kind = "BIN", condition = "USABLE", binId = NodeIdFormat.Write(place, BenchLedger.Bin(item % BenchLedger.Bins)) },
        to = new { kind = "CUSTOMER" },
    };

    private sealed record Load(string Name, double Budget, int Clients, int Lines)
    {
        public bool IsWrong { get; init; }
    }
}
