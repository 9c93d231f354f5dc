using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Api.Access;
using Platform.Api.Hosting;
using Platform.Api.Reading;
using Platform.Api.Writing;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Limits;
using Platform.GraphQL.Transport;

namespace Platform.Api.Graph;

/// <summary>Puts the graph on <c>/graphql</c>: every marked class of this assembly, and nothing without a rule.</summary>
internal sealed partial class GraphModule : IHostModule
{
    /// <summary>The schema and its executor; they need no database until they are asked something.</summary>
    public static void AddGraph(IServiceCollection services)
    {
        Live.LiveModule.AddFeed(services);
        Webhooks.WebhookModule.AddDocuments(services);
        services.AddAuthorization();
        services.TryAddSingleton<GraphSettings>();
        services.AddOptions<GraphQLServerOptions>().Configure<GraphSettings>(
            (options, settings) => options.MaxSignedInRequestBytes = settings.MaxRequestBytes);
        var graph = services.AddGraphQLServer();
        ReadModule.AddReading(services, graph);
        graph
            .AddTypes(typeof(GraphModule).Assembly)
            .ModifyOptions(options => options with { DenyByDefault = true })
            .ConfigureSchema(schema => CommandMutations.Add(schema, Catalog(services)))
            .ConfigureSchema(Live.Subscriptions.SubjectStreams.Add)
            .ConfigureSchema(Live.Subscriptions.StockStreams.Add)
            .ConfigureSchema(Stock.RecallRows.Add)
            .ConfigureSchema(FieldContracts.Print)
            .ConfigureExecution(provider =>
            {
                var logger = provider.GetRequiredService<ILogger<GraphModule>>();
                return new RequestExecutorOptions
                {
                    Gates = [.. provider.GetServices<IOperationGate>()],
                    // Rows of planned lists are written, not resolved: what they cost is the statement's, and that has a time limit.
                    Limits = GraphQLLimits.Default with
                    {
                        MaxFieldCost = 5_000,
                        MaxTypeCost = 5_000,
                        MaxMutationValues = provider.GetRequiredService<GraphSettings>().MaxMutationValues,
                    },
                    IsStillPermitted = context => PrincipalIdentity.IsCurrent(context.User),
                    CallerNow = context => PrincipalIdentity.Now(context.User),
                    OnFault = fault => Failed(logger, fault.Exception, fault.Coordinate, fault.CorrelationId),
                };
            });
    }

    /// <summary>Known once the domain is registered, which is before anybody asks for the schema.</summary>
    private static OperationCatalog Catalog(IServiceCollection services) =>
        (OperationCatalog)services.Last(service => service.ServiceType == typeof(OperationCatalog)).ImplementationInstance!;

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        AddGraph(builder.Services);
        var isProduction = builder.Environment.IsProduction();
        builder.Services.AddGraphQLTransport(options =>
            options.Preflight = isProduction ? PreflightPolicy.Always : PreflightPolicy.WhenForgeable);
        builder.Services.AddOptions<GraphQLServerOptions>().Configure<Live.LiveSettings>(SameForEveryStream);
    }

    public void Map(WebApplication app)
    {
        app.UseWebSockets();
        app.MapGraphQL();
    }

    /// <summary>Whoever listens, by whatever protocol, is listened to, waited for and counted alike.</summary>
    private static void SameForEveryStream(GraphQLServerOptions options, Live.LiveSettings live)
    {
        (options.Streams.Heartbeat, options.Sockets.PingInterval) = (live.Heartbeat, live.Heartbeat);
        options.Sockets.PongTimeout = 2 * live.Heartbeat;
        options.Streams.SlowReaderGrace = live.SlowReaderGrace;
        (options.Streams.MaxPerUser, options.Streams.MaxPerAddress) = (live.MaxStreamsPerUser, live.MaxStreamsPerAddress);
        options.Sockets.MaxPerAddress = live.MaxStreamsPerAddress;
    }

    /// <summary>The caller gets the same id and nothing else.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "A resolver failed at {Coordinate}, correlation {CorrelationId}")]
    private static partial void Failed(ILogger logger, Exception fault, string? coordinate, string correlationId);
}
