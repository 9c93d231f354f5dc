using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Api.Access;
using Platform.Api.Live.Streams;
using Platform.Domain.Kernel;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>A host whose feed and graph are asked by listeners of the test's making.</summary>
public sealed class LiveHost : TestHost
{
    private readonly Dictionary<string, Principal> _listeners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CancellationTokenSource> _revocations = new(StringComparer.Ordinal);
    private WebApplication? _front;

    protected override IReadOnlyDictionary<string, string?> Configuration { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal) 
        {
            ["Platform:Live:Heartbeat"] = "00:00:00.2",
            ["Platform:Live:SlowReaderGrace"] = "00:00:01",
            ["Platform:Live:KeptInMemory"] = "256",
        };

    public HttpClient Feed { get; private set; } = null!;

    public static Principal Listener(RowScope rows, params IEnumerable<string> permissions)
    {
        var id = Guid.CreateVersion7();
        return new Principal(
            new Actor(ActorKind.Human, id, id, "Listener"), permissions.ToFrozenSet(StringComparer.Ordinal), rows);
    }

    public static Principal Everything { get; } = Listener(
        RowScope.Everything, "events.read", "catalog.read", "partners.read", "network.read", "stock.read",
        "stock.value.read", "finance.read", "stewardship.read");

    /// <summary>Opens <c>/events</c> as somebody.</summary>
    public async Task<FeedReader> OpenAsync(Principal listener, string query, long? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events" + query);
        lock (_listeners)
        {
            var name = listener.Actor.Id.ToString();
            _listeners[name] = listener;
            _revocations.TryAdd(name, new CancellationTokenSource());
            request.Headers.Add("X-Listener", name);
        }

        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", $"{id}");
        }

        return new FeedReader(await Feed.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    public void Revoke(Principal listener)
    {
        lock (_listeners)
        {
            _revocations[listener.Actor.Id.ToString()].Cancel();
        }
    }

    /// <summary>Starts a subscription in the host's own engine.</summary>
    public async Task<ExecutionResult> SubscribeAsync(Principal listener, string document, string? resumeFrom)
    {
        var executor = HostServices.GetRequiredService<IRequestExecutor>();
        return await executor.ExecuteAsync(
            new OperationRequest { Document = System.Text.Encoding.UTF8.GetBytes(document), ResumeFrom = resumeFrom },
            new RequestContext
            {
                Services = HostServices,
                User = new ClaimsPrincipal(new PrincipalIdentity(listener, "Test")),
                PermissionScope = listener.Actor.Id.ToString(),
            });
    }

    public Task<long> HeadAsync() => ScalarAsync<long>("select last_position from event_publisher");

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _front = builder.Build();
        var feed = HostServices.GetRequiredService<FeedEndpoint>();
        _front.MapGet("/events", http => feed.ServeAsync(http, new Listeners(this)));
        await _front.StartAsync();
        Feed = new HttpClient { BaseAddress = new Uri(_front.Urls.First()) };
    }

    protected override async Task LeaveAsync()
    {
        Feed.Dispose();
        await _front!.DisposeAsync();
        await base.LeaveAsync();
    }

    private sealed class Listeners(LiveHost host) : IHttpRequestInterceptor
    {
        public ValueTask<Platform.GraphQL.Transport.Caller> OnCreateAsync(HttpContext http, CancellationToken ct)
        {
            lock (host._listeners)
            {
                var name = http.Request.Headers["X-Listener"].ToString();
                return ValueTask.FromResult(
                    new Platform.GraphQL.Transport.Caller(
                        new ClaimsPrincipal(new PrincipalIdentity(host._listeners[name], "Test")))
                    {
                        Revoked = host._revocations[name].Token,
                    });
            }
        }
    }
}

/// <summary>One frame of the feed.</summary>
public sealed record FeedFrame(string? Id, string? Event, JsonElement? Data, string? Comment)
{
    public string Type => Data!.Value.GetProperty("type").GetString()!;

    public JsonElement Payload => Data!.Value.GetProperty("data");
}

/// <summary>Reads server-sent events as an EventSource does.</summary>
public sealed class FeedReader(HttpResponseMessage response) : IDisposable
{
    private StreamReader? _lines;

    public HttpResponseMessage Response => response;

    /// <summary>The next frame of any kind; null at the end of the stream.</summary>
    public async Task<FeedFrame?> ReadAsync()
    {
        _lines ??= new StreamReader(await response.Content.ReadAsStreamAsync());
        var frame = new FeedFrame(null, null, null, null);
        while (await _lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) is { } line)
        {
            if (line.Length == 0)
            {
                return frame;
            }

            var value = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            frame = line.Split(':')[0] switch
            {
                "id" => frame with { Id = value },
                "event" => frame with { Event = value },
                "data" => frame with { Data = JsonElement.Parse(value) },
                "" => frame with { Comment = value },
                _ => frame,
            };
        }

        return null;
    }

    /// <summary>The next frame that tells of an event or ends the stream.</summary>
    public async Task<FeedFrame> NextAsync()
    {
        while (true)
        {
            var frame = await ReadAsync() ?? throw new InvalidOperationException("The stream ended.");
            if (frame.Data is not null)
            {
                return frame;
            }
        }
    }

    public void Dispose()
    {
        _lines?.Dispose();
        response.Dispose();
    }
}
