using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Transport;
using Platform.GraphQL.Transport.PersistedOperations;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>The reference clients and the ones our users have, against a real schema on a real server.</summary>
public class ClientTests
{
    [NodeFact]
    public Task All_61_audits_of_graphql_http_pass() => RunAsync("audits.mjs", _ => { });

    [NodeFact]
    public Task Graphql_ws_is_served() => RunAsync("graphql-ws.mjs", _ => { });

    [NodeFact]
    public Task Graphql_sse_is_served_in_both_modes() => RunAsync("graphql-sse.mjs", _ => { });

    [NodeFact]
    public Task Apollo_Client_is_served() => RunAsync("apollo.mjs", options =>
        options.PersistedOperations.Automatic = AutomaticRegistration.Anyone);

    [NodeFact]
    public Task Urql_is_served() => RunAsync("urql.mjs", _ => { });

    [NodeFact]
    public async Task Relay_compiles_our_connections_and_a_server_of_stored_operations_runs_them()
    {
        var folder = Directory.CreateTempSubdirectory("stored");
        try
        {
            await using var executor = Shop.Executor();
            await using var server = await TransportServer.StartAsync(
                executor,
                options => options.PersistedOperations.Mode = PersistedOperationMode.Required,
                builder => builder.Services.AddSingleton<IOperationDocumentStorage>(
                    new FileSystemOperationDocumentStorage(folder.FullName, maxDocuments: 100)));

            (await NodeScript.RunAsync("relay.mjs", server.Endpoint.ToString(), folder.FullName)).ShouldContain("all passed");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(string script, Action<GraphQLServerOptions> configure)
    {
        await using var executor = Shop.Executor();
        await using var server = await TransportServer.StartAsync(executor, configure, builder =>
            builder.Services.AddSingleton<ISocketSessionInterceptor>(new Doorman()));

        (await NodeScript.RunAsync(script, server.Endpoint.ToString())).ShouldContain("all passed");
    }

    /// <summary>Lets everybody in but those whose token is wrong.</summary>
    private sealed class Doorman : ISocketSessionInterceptor
    {
        public ValueTask<ConnectionStatus> OnConnectAsync(HttpContext http, JsonElement? payload, CancellationToken ct)
        {
            var token = payload is { } given && given.TryGetProperty("token", out var value) ? value.GetString() : null;
            return ValueTask.FromResult(token == "wrong"
                ? ConnectionStatus.Reject("Forbidden")
                : ConnectionStatus.Accept(new Caller(new ClaimsPrincipal(
                    token is null ? new ClaimsIdentity() : new ClaimsIdentity([new Claim(ClaimTypes.Name, token)], "token")))
                {
                    MayReadSchema = true,
                }));
        }
    }
}
