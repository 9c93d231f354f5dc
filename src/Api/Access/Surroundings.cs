using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Net.Http.Headers;
using Platform.GraphQL.Transport;

namespace Platform.Api.Access;

/// <summary>
/// What stands between a caller and us: proxies that tell where a request came from, and browsers that ask whether a page
/// of another site may read the answer.
/// </summary>
internal static class Surroundings
{
    private static readonly TimeSpan _browsersRemember = TimeSpan.FromMinutes(10);

    /// <summary>What clients of the graph send, the event streams and the files included.</summary>
    private static readonly string[] _sent =
    [
        HeaderNames.Accept, HeaderNames.Authorization, HeaderNames.ContentType, "GraphQL-Preflight", "x-apollo-operation-name",
        "apollo-require-preflight", "GraphQL-Cost", "GraphQL-Plan", "Idempotency-Key", "Last-Event-ID", "x-graphql-event-stream-token",
    ];

    private static readonly string[] _shown =
    [
        HeaderNames.RetryAfter, HeaderNames.ContentDisposition, "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Bulk-Status",
    ];

    public static void AddTo(IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<AccessSettings>((cors, access) => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(access.Origins())
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete)
            .WithHeaders(_sent)
            .WithExposedHeaders(_shown)
            .AllowCredentials()
            .SetPreflightMaxAge(_browsersRemember)));
        services.AddOptions<GraphQLServerOptions>().Configure<AccessSettings>((graph, access) =>
            graph.Sockets.AllowedOrigins.UnionWith(access.Origins()));
    }

    /// <summary>First of all: everything behind it counts tries, points and streams by the address.</summary>
    public static void Use(WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<ProxySettings>().Networks();
        if (proxies.Length > 0)
        {
            app.UseForwardedHeaders(Believing(proxies));
        }

        if (app.Services.GetRequiredService<AccessSettings>().Origins().Length > 0)
        {
            app.Use(VaryByOriginAsync);
            app.UseCors();
        }
    }

    /// <summary>A chain is followed back from proxy to proxy, and no further than to the first that is not trusted.</summary>
    private static ForwardedHeadersOptions Believing(System.Net.IPNetwork[] proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };

        // The framework would believe the machine itself, unasked.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }

        return options;
    }

    /// <summary>A cache between must not give one site's answer to another, not even the answer that names no site.</summary>
    private static Task VaryByOriginAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(static response =>
        {
            var headers = ((HttpResponse)response).Headers;
            if (!headers.Vary.Any(value => value?.Contains(HeaderNames.Origin, StringComparison.OrdinalIgnoreCase) is true))
            {
                headers.Append(HeaderNames.Vary, HeaderNames.Origin);
            }

            return Task.CompletedTask;
        }, http.Response);
        return next(http);
    }
}
