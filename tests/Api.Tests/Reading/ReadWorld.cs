using System.Collections.Frozen;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Api.Access;
using Platform.Api.Graph;
using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Running;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Reading;

/// <summary>The graph on a stock world, in process: whoever asks is made by the test, and every statement is seen.</summary>
public class ReadWorld : StockWorld
{
    private ServiceProvider? _graph;

    /// <summary>Reads everything of everybody.</summary>
    public static Principal Everyone { get; } = Who(
        RowScope.Everything,
        [
            .. ReadModel.Declarations.Select(declared => declared.Permission),
            .. ReadModel.Declarations.SelectMany(declared => declared.Columns).Select(column => column.Permission).OfType<string>(),
            "plan.read",
        ]);

    public static Principal Who(RowScope rows, params IReadOnlyList<string> permissions)
    {
        var id = Guid.CreateVersion7();
        return new Principal(new Actor(ActorKind.Human, id, id, "Rea Der"), permissions.ToFrozenSet(StringComparer.Ordinal), rows);
    }

    internal ReadModel Model => _graph!.GetRequiredService<ReadModel>();

    public static string Id(string type, Guid id) => NodeIdFormat.Write(type, id);

    public Task<Answer> AskAsync(string query) => AskAsync(Everyone, query, variables: null);

    public Task<Answer> AskAsync(Principal principal, string query, object? variables) => AskAsync(_graph!, principal, query, variables);

    /// <summary>Asks a graph of the test's making.</summary>
    protected static async Task<Answer> AskAsync(ServiceProvider graph, Principal principal, string query, object? variables)
    {
        await using var scope = graph.CreateAsyncScope();
        var http = new DefaultHttpContext { Request = { Headers = { [PlanReport.Header] = "report" } } };
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = http;
        var request = new OperationRequest
        {
            Document = Encoding.UTF8.GetBytes(query),
            Variables = variables is null ? default : JsonSerializer.SerializeToElement(variables),
        };
        var context = new RequestContext
        {
            Services = scope.ServiceProvider,
            User = new ClaimsPrincipal(new PrincipalIdentity(principal, "test")),
            MayReadSchema = true,
        };
        var executor = scope.ServiceProvider.GetRequiredService<IRequestExecutor>();
        await using var result = (OperationResult)await executor.ExecuteAsync(request, context);
        var body = Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(result.Body));
        return new Answer(JsonNode.Parse(body)!, body, PlanReport.Of(http)!.Sql);
    }

    /// <summary>Where those who are limited to rows read.</summary>
    protected virtual ScopedDataSource Scoped() => DatabaseAccess.AsScoped(ConnectionString);

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        _graph = GraphOver(Application);
    }

    /// <summary>The graph, with those who are not limited reading from here.</summary>
    protected ServiceProvider GraphOver(NpgsqlDataSource application)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddDomain(application);
        services.AddSingleton(_ => Scoped());
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        GraphModule.AddGraph(services);
        return services.BuildServiceProvider();
    }

    protected override async Task LeaveAsync()
    {
        await _graph!.DisposeAsync();
        await base.LeaveAsync();
    }
}

/// <summary>What came back: the answer, its bytes, and the statements that were run for it.</summary>
public sealed record Answer(JsonNode Json, string Text, IReadOnlyList<string> Sql)
{
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public JsonNode? this[string field] => Json["data"]?[field];

    public string Data => Json["data"]?.ToJsonString(_plain) ?? Text;

    public string? Code => Json["errors"]?[0]?["extensions"]?["code"]?.GetValue<string>();

    /// <summary>The values at a field of all nodes of a connection.</summary>
    public string[] Nodes(string connection, string field) =>
        (this[connection] ?? throw new InvalidOperationException(Text))["nodes"]!.AsArray().Select(node => node![field]?.ToString() ?? "null").ToArray();
}
