using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>A real server on a free port of this machine.</summary>
internal sealed class TransportServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TransportServer(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Address { get; }

    public Uri Endpoint => new(Address, "/graphql");

    public HttpClient Client { get; }

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

    /// <summary>Sends one request and reads the whole answer.</summary>
    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        return new Answer(
            response.StatusCode,
            response.Content.Headers.ContentType?.ToString() ?? string.Empty,
            await response.Content.ReadAsStringAsync(),
            response);
    }

    public Task<Answer> PostAsync(string body, string? accept) =>
        SendAsync(Request(HttpMethod.Post, string.Empty, accept, new StringContent(body, Encoding.UTF8, "application/json")));

    public Task<Answer> GetAsync(string query, string? accept) => SendAsync(Request(HttpMethod.Get, query, accept, null));

    public static string Query(string document) => JsonSerializer.Serialize(new { query = document });

    public HttpRequestMessage Request(HttpMethod method, string query, string? accept, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, new Uri(Endpoint + query)) { Content = content };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return request;
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
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    internal sealed record Answer(HttpStatusCode Status, string ContentType, string Body, HttpResponseMessage Response)
    {
        public int Code => (int)Status;

        public string? ErrorCode =>
            JsonDocument.Parse(Body).RootElement.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
    }
}
