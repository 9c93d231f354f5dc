using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Api.Access;
using Platform.Api.Graph;
using Platform.Api.Live;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Writing;

/// <summary>
/// The graph over HTTP on a stock world, with the world's clock. Who asks is said by the test, as if they had signed in: how
/// they sign in is another capability's test.
/// </summary>
public sealed class GraphWorld : StockWorld
{
    private readonly Dictionary<string, Principal> _callers = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private HttpClient? _client;

    public static string Id(string record, Guid id) => NodeIdFormat.Write(record, id);

    /// <summary>Asks as somebody, or as nobody, and gives the whole answer.</summary>
    public async Task<JsonNode> AskAsync(Caller? caller, string query, object? variables, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        if (caller is not null)
        {
            var name = caller.Actor.Id.ToString();
            lock (_callers)
            {
                _callers[name] = new Principal(caller.Actor, caller.Permissions, RowScope.Everything);
            }

            request.Headers.Add("X-Caller", name);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await _client!.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>Runs one mutation and gives its payload; an answer without one fails the test with what came instead.</summary>
    public async Task<JsonNode> RunAsync(Caller caller, string mutation, string selection, object input, string? key = null)
    {
        var answer = await SendAsync(caller, mutation, selection, input, key);
        return answer["data"]?[mutation] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    public Task<JsonNode> SendAsync(Caller? caller, string mutation, string selection, object input, string? key = null)
    {
        var type = $"{char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input!";
        return AskAsync(caller, $"mutation($input: {type}) {{ {mutation}(input: $input) {{ {selection} }} }}", new { input }, key);
    }

    /// <summary>Everything that bad input must leave as it was: the stock, the master data, the keys and the audit log.</summary>
    public async Task<string> TracesAsync() => string.Join(' ',
        await FootprintAsync(),
        await ScalarAsync<string>(
            """
            select concat_ws(' ', (select count(*) from item), (select sum(version) from item), (select count(*) from master_change),
                (select count(*) from idempotency_key), (select count(*) from audit))
            """));

    public Task<long> AuditedAsync(string operation, string outcome) => ScalarAsync<long>(
        $"select count(*) from audit where action = '{operation}' and outcome = '{outcome}'");

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddDomain(Application);
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        builder.Services.AddSingleton(new LiveSettings());
        new GraphModule().AddServices(builder);
        _app = builder.Build();
        _app.Use((http, next) =>
        {
            if (http.Request.Headers.TryGetValue("X-Caller", out var name))
            {
                lock (_callers)
                {
                    http.User = new System.Security.Claims.ClaimsPrincipal(new PrincipalIdentity(_callers[name.ToString()], "test"));
                }
            }

            return next();
        });
        new GraphModule().Map(_app);
        await _app.StartAsync();
        var url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _client = new HttpClient { BaseAddress = new Uri(url) };
    }

    protected override async Task LeaveAsync()
    {
        _client!.Dispose();
        await _app!.DisposeAsync();
        await base.LeaveAsync();
    }
}

internal static class Answers
{
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Code(this JsonNode answer) => answer["errors"]?[0]?["extensions"]?["code"]?.GetValue<string>();

    public static string Text(this JsonNode? node) => node!.GetValue<string>();

    /// <summary>The facts of the first refusal, by name.</summary>
    public static JsonNode Refusal(this JsonNode payload) => payload["errors"]![0]!;

    public static string Shown(this JsonNode? node) => node?.ToJsonString(_plain) ?? "null";
}
