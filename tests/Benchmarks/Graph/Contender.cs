using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Platform.Tests.Benchmarks.GraphQL;

namespace Platform.Tests.Benchmarks.Graph;

/// <summary>One server that answers the reads, and what it is sent.</summary>
internal sealed class Contender : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly Func<GraphRead, string> _query;

    private Contender(string name, ServerProcess process, Func<GraphRead, string> query)
    {
        Name = name;
        _process = process;
        _query = query;
    }

    public string Name { get; }

    public int Port => _process.Port;

    public double CpuMicroseconds => _process.CpuMicroseconds;

    /// <summary>The graph and the endpoint written by hand.</summary>
    public static async Task<IReadOnlyList<Contender>> StartAloneAsync(string connectionString) =>
    [
        new("ours", await ServerProcess.StartProgramAsync("graph", "serve", "ours", connectionString), read => read.Query),
        new("hand", await ServerProcess.StartProgramAsync("graph", "serve", "hand", connectionString), read => read.Query),
    ];

    /// <summary>Both, and the servers from npm where there is a Node.js.</summary>
    public static async Task<IReadOnlyList<Contender>> StartAsync(string connectionString)
    {
        var all = new List<Contender>(await StartAloneAsync(connectionString));
        if (await NodePackages.InstallAsync("Graph/peers") is { } folder)
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            var connection = JsonSerializer.Serialize(new { host = parts.Host, port = parts.Port, user = parts.Username, database = parts.Database });
            all.Add(new("postgraphile", await StartAsync(folder, "postgraphile.mjs", connection), read => read.PostGraphile));
            all.Add(new("mercurius", await StartAsync(folder, "mercurius.mjs", connection), read => read.WithRawIds));
        }

        return all;
    }

    /// <summary>The name tells the endpoint written by hand which read is meant; GraphQL servers find the operation by it.</summary>
    public string Body(GraphRead read)
    {
        var name = read.Name.Replace('-', '_');
        return JsonSerializer.Serialize(new { query = $"query {name} {_query(read)}", operationName = name });
    }

    public async Task<JsonNode?> AnswerAsync(GraphRead read, CancellationToken ct)
    {
        using var http = new HttpClient();
        using var body = new StringContent(Body(read), System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync($"http://127.0.0.1:{Port}/graphql", body, ct);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(ct));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Task<ServerProcess> StartAsync(string folder, string script, string connection) =>
        ServerProcess.StartNodeAsync(Path.Combine(folder, script), connection);
}
