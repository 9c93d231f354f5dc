using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.GraphQL.Transport.PersistedOperations;
using Platform.GraphQL.Transport.WebSockets;

namespace Platform.GraphQL.Transport;

/// <summary>How an application gets its GraphQL endpoints.</summary>
public static class GraphQLEndpoints
{
    private const int StoredDocuments = 1_000;
    private const long StoredBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Adds what the endpoints need; an <see cref="Execution.IRequestExecutor"/> has to be registered beside it.
    /// Register an interceptor, a storage or a clock of your own before or after: the last one counts.
    /// </summary>
    public static IServiceCollection AddGraphQLTransport(
        this IServiceCollection services, Action<GraphQLServerOptions> configure)
    {
        services.AddOptions<GraphQLServerOptions>().Configure(configure).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<GraphQLServerOptions>, OptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IHttpRequestInterceptor, DefaultHttpRequestInterceptor>();
        services.TryAddSingleton<ISocketSessionInterceptor, DefaultSocketSessionInterceptor>();
        services.TryAddSingleton<IOperationDocumentStorage>(
            _ => new InMemoryOperationDocumentStorage(StoredDocuments, StoredBytes));
        services.TryAddSingleton<ISchemaText, SchemaText>();
        services.TryAddSingleton<GraphQLTransport>();
        return services;
    }

    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGraphQL("/graphql");

    /// <summary>
    /// Everything on one address: POST, GET, uploads, server-sent events, WebSocket, <c>?sdl</c>, and the maps of the
    /// schema and of stored operations below it.
    /// </summary>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string pattern)
    {
        var transport = endpoints.ServiceProvider.GetRequiredService<GraphQLTransport>();
        var sockets = transport.SocketPipeline(endpoints);
        var http = transport.Http;
        var root = endpoints.Map(pattern, context =>
            SocketEndpoint.IsHandshake(context.Request) ? sockets(context) : http.HandleAsync(context));
        return new EndpointGroup([
            root.WithDisplayName("GraphQL"),
            endpoints.MapGraphQLSchema(pattern + "/schema"),
            endpoints.MapGraphQLSemanticNonNullSchema(pattern + "/semantic-non-null-schema.graphql"),
            endpoints.MapGraphQLPersistedOperations(pattern + "/persisted"),
        ]);
    }

    /// <summary>Requests over HTTP alone, without sockets, schema and stored operations.</summary>
    public static IEndpointConventionBuilder MapGraphQLHttp(this IEndpointRouteBuilder endpoints, string pattern) =>
        endpoints.Map(pattern, endpoints.ServiceProvider.GetRequiredService<GraphQLTransport>().Http.HandleAsync)
            .WithDisplayName("GraphQL over HTTP");

    /// <summary>Sockets alone.</summary>
    public static IEndpointConventionBuilder MapGraphQLWebSocket(
        this IEndpointRouteBuilder endpoints, string pattern) =>
        endpoints.Map(
            pattern, endpoints.ServiceProvider.GetRequiredService<GraphQLTransport>().SocketPipeline(endpoints))
            .WithDisplayName("GraphQL over WebSocket");

    /// <summary>The schema's text, at the address itself and with the extension <c>.graphql</c>.</summary>
    public static IEndpointConventionBuilder MapGraphQLSchema(this IEndpointRouteBuilder endpoints, string pattern)
    {
        var http = endpoints.ServiceProvider.GetRequiredService<GraphQLTransport>().Http;
        return new EndpointGroup([
            endpoints.MapGet(pattern, (RequestDelegate)http.HandleSchemaAsync).WithDisplayName("GraphQL schema"),
            endpoints.MapGet(pattern + ".graphql", (RequestDelegate)http.HandleSchemaAsync)
                .WithDisplayName("GraphQL schema"),
        ]);
    }

    /// <summary>The schema for clients that take errors as null; see <see cref="SemanticNonNullSchema"/>.</summary>
    public static IEndpointConventionBuilder MapGraphQLSemanticNonNullSchema(
        this IEndpointRouteBuilder endpoints, string pattern)
    {
        var http = endpoints.ServiceProvider.GetRequiredService<GraphQLTransport>().Http;
        return endpoints.MapGet(pattern, (RequestDelegate)http.HandleSemanticNonNullSchemaAsync)
            .WithDisplayName("GraphQL schema, semantically non-null");
    }

    /// <summary>Stored operations, each with an address of its own.</summary>
    public static IEndpointConventionBuilder MapGraphQLPersistedOperations(
        this IEndpointRouteBuilder endpoints, string pattern)
    {
        var http = endpoints.ServiceProvider.GetRequiredService<GraphQLTransport>().Http;
        return new EndpointGroup([
            endpoints.Map(pattern + "/{operationId}", http.HandlePersistedAsync)
                .WithDisplayName("GraphQL stored operation"),
            endpoints.Map(pattern + "/{operationId}/{operationName}", http.HandlePersistedAsync)
                .WithDisplayName("GraphQL stored operation"),
        ]);
    }

    private sealed class EndpointGroup(IReadOnlyList<IEndpointConventionBuilder> endpoints) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention)
        {
            foreach (var endpoint in endpoints)
            {
                endpoint.Add(convention);
            }
        }

        public void Finally(Action<EndpointBuilder> finallyConvention)
        {
            foreach (var endpoint in endpoints)
            {
                endpoint.Finally(finallyConvention);
            }
        }
    }

    private sealed class OptionsCheck : IValidateOptions<GraphQLServerOptions>
    {
        public ValidateOptionsResult Validate(string? name, GraphQLServerOptions options) =>
            options.Mistakes().ToArray() is { Length: > 0 } mistakes
                ? ValidateOptionsResult.Fail(mistakes)
                : ValidateOptionsResult.Success;
    }
}
