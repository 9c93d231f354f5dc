using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>A real server on a free port of this machine.</summary>
internal sealed class TransportServer : WireClient, IAsyncDisposable
{
    private readonly WebApplication _app;

    private TransportServer(WebApplication app, Uri address)
        : base(new Uri(address, "/graphql"))
    {
        _app = app;
        Address = address;
    }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<TransportServer> StartAsync(IRequestExecutor executor) => StartAsync(executor, _ => { }, _ => { });

    public static Task<TransportServer> StartAsync(IRequestExecutor executor, Action<GraphQLServerOptions> configure) =>
        StartAsync(executor, configure, _ => { });

    public static async Task<TransportServer> StartAsync(
        IRequestExecutor executor, Action<GraphQLServerOptions> configure, Action<WebApplicationBuilder> build)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(executor);
        builder.Services.AddGraphQLTransport(configure);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        build(builder);
        var app = builder.Build();
        app.UseRouting();
        app.MapGraphQL();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new TransportServer(app, new Uri(address));
    }

    /// <summary>Bytes as they are, for what no client library would send.</summary>
    public async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Address.Port);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
