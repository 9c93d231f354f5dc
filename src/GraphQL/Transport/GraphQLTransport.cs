using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.EventStreams;
using Platform.GraphQL.Transport.Http;
using Platform.GraphQL.Transport.Negotiation;
using Platform.GraphQL.Transport.PersistedOperations;
using Platform.GraphQL.Transport.Requests;
using Platform.GraphQL.Transport.Responses;
using Platform.GraphQL.Transport.Uploads;
using Platform.GraphQL.Transport.WebSockets;

namespace Platform.GraphQL.Transport;

/// <summary>
/// Puts the transports of one application together. There is one per application, so that limits per user and per
/// address hold across all its endpoints.
/// </summary>
internal sealed class GraphQLTransport
{
    private readonly SocketEndpoint _sockets;

    public GraphQLTransport(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<GraphQLServerOptions>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var environment = services.GetRequiredService<IHostEnvironment>();
        var lookup = new DocumentLookup(
            options.PersistedOperations, services.GetRequiredService<IOperationDocumentStorage>());
        var gateway = new OperationGateway(services.GetRequiredService<IRequestExecutor>(), lookup);
        var requests = new JsonRequestReader(options);
        var responses = new HttpResponses(options.Mode);
        var streamAddresses = new ConnectionSlots(options.Streams.MaxPerAddress);
        var streamUsers = new ConnectionSlots(options.Streams.MaxPerUser);

        Http = new HttpEndpoint(
            options,
            new AcceptHeader(options.Mode),
            requests,
            new UploadReader(options, requests),
            gateway,
            new BatchResponse(gateway),
            responses,
            new StreamResponse(options.Streams, time, lifetime),
            new EventStreamEndpoint(
                new EventStreamReservations(options, time),
                gateway, requests, responses, streamAddresses, streamUsers, options, scopes, lifetime, time,
                loggers.CreateLogger<EventStreamEndpoint>()),
            new SchemaEndpoint(services),
            streamUsers,
            streamAddresses,
            services.GetRequiredService<IHttpRequestInterceptor>(),
            options.LandingPage ?? environment.IsDevelopment(),
            loggers.CreateLogger<HttpEndpoint>());
        _sockets = new SocketEndpoint(
            new SocketServices(
                gateway,
                requests,
                services.GetRequiredService<ISocketSessionInterceptor>(),
                scopes,
                new ConnectionSlots(options.Sockets.MaxPerUser),
                options,
                time,
                loggers.CreateLogger<SocketEndpoint>()),
            new ConnectionSlots(options.Sockets.MaxPerAddress),
            responses,
            lifetime);
    }

    public HttpEndpoint Http { get; }

    /// <summary>
    /// The socket's own small pipeline. Plain requests never pass the middleware that looks for handshakes, and a host
    /// cannot forget to add it.
    /// </summary>
    public RequestDelegate SocketPipeline(IEndpointRouteBuilder endpoints)
    {
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        pipeline.Run(_sockets.HandleAsync);
        return pipeline.Build();
    }
}
