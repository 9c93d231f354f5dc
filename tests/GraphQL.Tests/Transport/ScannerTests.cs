using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>
/// The twelve questions of graphql-cop, a public scanner, as it asks them; a server set up for production gives no finding.
/// </summary>
public class ScannerTests : IAsyncLifetime
{
    private readonly RequestExecutor _executor = Shop.Executor();
    private TransportServer _server = null!;

    public async Task InitializeAsync() => _server = await TransportServer.StartAsync(
        _executor,
        options =>
        {
            options.Preflight = PreflightPolicy.Always;
            options.LandingPage = false;
        },
        builder => builder.Services.AddSingleton<IHttpRequestInterceptor>(new Stranger()));

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _executor.DisposeAsync();
    }

    [Fact]
    public async Task Alias_overloading() =>
        (await PostAsync("query cop { " + string.Concat(Enumerable.Range(0, 101).Select(i => $"alias{i}:__typename \n")) + "}"))
        .ShouldNotContain("alias100\":");

    [Fact]
    public async Task Array_based_batching()
    {
        var one = """{"query":"query cop { __typename }","operationName":"cop"}""";

        (await _server.PostAsync($"[{string.Join(',', Enumerable.Repeat(one, 10))}]", "application/json")).Body.ShouldStartWith("{");
    }

    [Fact]
    public async Task Directive_overloading()
    {
        var body = await PostAsync($"query cop {{ __typename {string.Concat(Enumerable.Repeat("@aa", 10))} }}");

        System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("errors").GetArrayLength().ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task Circular_introspection() => (await PostAsync(
        "query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }"))
        .ShouldNotContain("\"data\"");

    [Fact]
    public async Task Field_duplication_is_merged_in_no_time()
    {
        // The scanner only looks for an answer; ours is one field, whatever it asks five hundred times.
        (await PostAsync($"query cop {{ {string.Concat(Enumerable.Repeat("__typename \n", 500))} }}"))
            .ShouldBe("""{"data":{"__typename":"Query"}}""");
    }

    [Fact]
    public async Task Introspection() => (await PostAsync("query cop { __schema { types { name fields { name } } } }")).ShouldNotContain("\"types\":");

    [Fact]
    public async Task Queries_by_get() =>
        (await _server.GetAsync("?query=query+cop+{+__typename+}", "application/json")).Body.ShouldNotContain("\"__typename\"");

    [Fact]
    public async Task Mutations_by_get() =>
        (await _server.GetAsync("?query=mutation+cop+{+__typename+}", "application/json")).Body.ShouldNotContain("\"__typename\"");

    [Fact]
    public async Task Url_encoded_posts()
    {
        using var request = _server.Request(
            HttpMethod.Post, string.Empty, null, new FormUrlEncodedContent([KeyValuePair.Create("query", "query cop { __typename }")]));

        (await _server.SendAsync(request)).Body.ShouldNotContain("\"__typename\"");
    }

    [Fact]
    public async Task Field_suggestions() => (await PostAsync("query cop { hell }")).ShouldNotContain("Did you mean", Case.Insensitive);

    [Fact]
    public async Task Tracing() => (await PostAsync("query cop { __typename }")).ShouldNotContain("tracing");

    [Theory]
    [InlineData("")]
    [InlineData("?query={__typename}")]
    public async Task Exposed_tools(string query)
    {
        var page = (await _server.GetAsync(query, "text/html")).Body;

        page.ShouldNotContain("<html", Case.Insensitive);
        page.ShouldNotContain("graphiql", Case.Insensitive);
        page.ShouldNotContain("playground", Case.Insensitive);
    }

    [Fact]
    public async Task Headers_without_end_are_refused_by_the_server_G_51()
    {
        var headers = new StringBuilder();
        for (var i = 0; i < 100; i++)
        {
            headers.Append($"X-H{i}: {new string('x', 8 * 1024)}\r\n");
        }

        using var client = await _server.ConnectAsync();
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /graphql HTTP/1.1\r\nHost: x\r\n{headers}\r\n"));
        }
        catch (IOException)
        {
            // It did not even listen to the end.
        }

        var buffer = new byte[64];
        try
        {
            var read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
            Encoding.ASCII.GetString(buffer, 0, read).ShouldStartWith("HTTP/1.1 431");
        }
        catch (IOException)
        {
            // Reset: refused as well.
        }
    }

    [Fact]
    public async Task A_storm_of_cancelled_requests_reaches_every_operation_G_53()
    {
        // given
        var started = 0;
        var cancelled = 0;
        var scripted = new ScriptedExecutor();
        scripted.On("{ slow }", async (_, context) =>
        {
            Interlocked.Increment(ref started);
            var aborted = new TaskCompletionSource();
            await using var registration = context.Aborted.Register(() => aborted.SetResult());
            await aborted.Task;
            Interlocked.Increment(ref cancelled);
            return ScriptedExecutor.Failure(RequestErrorKind.Cancelled, "HC0049", "Cancelled.");
        });
        await using var server = await TransportServer.StartAsync(scripted);
        using var storm = new CancellationTokenSource();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200 });
        var requests = Enumerable.Range(0, 200).Select(_ => client.PostAsync(
            server.Endpoint, new StringContent(WireClient.Query("{ slow }"), Encoding.UTF8, "application/json"), storm.Token)).ToList();
        await WaitUntilAsync(() => Volatile.Read(ref started) == 200);

        // when
        await storm.CancelAsync();

        // then
        await WaitUntilAsync(() => Volatile.Read(ref cancelled) == 200);
        foreach (var request in requests)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => request);
        }
    }

    private async Task<string> PostAsync(string document) =>
        (await _server.PostAsync(WireClient.Query(document), "application/json")).Body;

    private static async Task WaitUntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 200 && !holds(); i++)
        {
            await Task.Delay(50);
        }

        holds().ShouldBeTrue();
    }

    private sealed class Stranger : IHttpRequestInterceptor
    {
        public ValueTask<Caller> OnCreateAsync(HttpContext http, CancellationToken ct) => ValueTask.FromResult(new Caller(Caller.NoUser));
    }
}
