using System.Collections.Frozen;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Api.Access;
using Platform.Api.Graph;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.GraphQL.Transport;

namespace Platform.Tests.Benchmarks.Graph;

/// <summary>The servers that are compared: the graph with everybody's schema, and the endpoint written by hand. Nobody signs in.</summary>
internal static class ServeGraph
{
    public static async Task<int> RunAsync(string kind, string connectionString, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseKestrelCore().UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var source = DatabaseAccess.AsApplication(connectionString);
        if (kind == "ours")
        {
            builder.Services.AddDomain(source);
            builder.Services.AddSingleton(_ => DatabaseAccess.AsScoped(connectionString));
            builder.Services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
            builder.Services.AddHttpContextAccessor();
            GraphModule.AddGraph(builder.Services);
            builder.Services.AddGraphQLTransport(_ => { });
        }

        await using var app = builder.Build();
        if (kind == "ours")
        {
            var user = new ClaimsPrincipal(new PrincipalIdentity(Reader(), "bench"));
            app.Use((http, next) =>
            {
                http.Features.Set<IHttpAuthenticationFeature>(new SignedIn { User = user });
                return next(http);
            });
            app.MapGraphQLHttp("/graphql");
        }
        else
        {
            var hand = new HandWritten(source);
            app.MapPost("/graphql", (RequestDelegate)hand.AnswerAsync);
        }

        await app.StartAsync();
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static Principal Reader() => new(
        new Actor(ActorKind.Service, GraphRows.Id(9, 1), GraphRows.Id(9, 1), "bench"),
        new[] { "catalog.read", "stock.read", "partners.read", "network.read" }.ToFrozenSet(StringComparer.Ordinal),
        RowScope.Everything);

    private sealed class SignedIn : IHttpAuthenticationFeature
    {
        public ClaimsPrincipal? User { get; set; }
    }
}
