using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>graphql-sse's single connection mode: PUT reserves, GET opens, POST runs, DELETE stops.</summary>
public class SingleConnectionTests
{
    private const string Ticks = "subscription { ticks }";

    private readonly ScriptedExecutor _executor = new();
    private readonly ScriptedStream _stream = new(ResponseStreamKind.Subscription);

    public SingleConnectionTests()
    {
        _executor.On(Ticks, () => _stream);
        _executor.On("{ a }", """{"data":{"a":1}}""");
    }

    [Fact]
    public async Task Operations_share_one_stream()
    {
        // given
        await using var server = await TransportServer.StartAsync(_executor);
        var token = await ReserveAsync(server);
        using var response = await OpenAsync(server, token);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync());

        // when
        (await RunAsync(server, token, "s", Ticks)).Code.ShouldBe(202);
        (await RunAsync(server, token, "q", "{ a }")).Code.ShouldBe(202);
        await NextAsync(events, "event: next\ndata: {\"id\":\"q\",\"payload\":{\"data\":{\"a\":1}}}\n\nevent: complete\ndata: {\"id\":\"q\"}\n\n");
        _stream.Publish(ScriptedExecutor.Result("""{"data":{"ticks":1}}"""));

        // then
        await NextAsync(events, "event: next\ndata: {\"id\":\"s\",\"payload\":{\"data\":{\"ticks\":1}}}\n\n");
        (await SendAsync(server, HttpMethod.Delete, "?operationId=s", token, null)).Code.ShouldBe(200);
        await _stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_request_that_never_ran_is_answered_where_it_was_asked()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        var token = await ReserveAsync(server);
        using var response = await OpenAsync(server, token);

        var answer = await RunAsync(server, token, "1", "{ unknown }");

        answer.Code.ShouldBe(400);
        answer.ErrorCode.ShouldBe("VALIDATION");
        (await RunAsync(server, token, "1", "{ a }")).Code.ShouldBe(202); // the id is free again
    }

    [Fact]
    public async Task A_reservation_has_one_stream_and_an_unknown_token_none()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        var token = await ReserveAsync(server);
        using var response = await OpenAsync(server, token);

        (await SendAsync(server, HttpMethod.Get, string.Empty, token, null)).Code.ShouldBe(409);
        (await SendAsync(server, HttpMethod.Get, string.Empty, "guess", null)).Code.ShouldBe(404);
        (await RunAsync(server, "guess", "1", "{ a }")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task An_id_is_needed_and_used_once_at_a_time()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        var token = await ReserveAsync(server);
        using var response = await OpenAsync(server, token);

        (await RunAsync(server, token, null, "{ a }")).Code.ShouldBe(400);
        (await RunAsync(server, token, "s", Ticks)).Code.ShouldBe(202);
        (await RunAsync(server, token, "s", Ticks)).Code.ShouldBe(409);
    }

    [Fact]
    public async Task Twenty_operations_share_a_stream_and_no_more_G_34()
    {
        _executor.On(Ticks, () => new ScriptedStream(ResponseStreamKind.Subscription));
        await using var server = await TransportServer.StartAsync(_executor);
        var token = await ReserveAsync(server);
        using var response = await OpenAsync(server, token);
        for (var i = 0; i < 20; i++)
        {
            (await RunAsync(server, token, $"s{i}", Ticks)).Code.ShouldBe(202);
        }

        var answer = await RunAsync(server, token, "s20", Ticks);

        answer.Code.ShouldBe(429);
        answer.ErrorCode.ShouldBe("TOO_MANY_SUBSCRIPTIONS");
    }

    [Fact]
    public async Task When_the_stream_closes_its_operations_end_and_its_token_is_worth_nothing()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        var token = await ReserveAsync(server);
        var response = await OpenAsync(server, token);
        await RunAsync(server, token, "s", Ticks);

        response.Dispose();

        await _stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
        (await RunAsync(server, token, "q", "{ a }")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task A_reservation_nobody_uses_expires()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Streams.ReservationTimeout = TimeSpan.FromMilliseconds(200));
        var token = await ReserveAsync(server);

        await Task.Delay(600);

        (await SendAsync(server, HttpMethod.Get, string.Empty, token, null)).Code.ShouldBe(404);
    }

    [Fact]
    public async Task Reservations_are_limited()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Streams.MaxReservations = 1);
        await ReserveAsync(server);

        var answer = await SendAsync(server, HttpMethod.Put, string.Empty, null, null);

        answer.Code.ShouldBe(503);
        answer.Response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Nobody_runs_operations_on_the_stream_of_another()
    {
        await using var server = await TransportServer.StartAsync(_executor, _ => { }, builder =>
            builder.Services.AddSingleton<IHttpRequestInterceptor>(new ByHeader()));
        using var reserve = server.Request(HttpMethod.Put, string.Empty, null, null);
        reserve.Headers.Add("X-User", "ada");
        var token = (await server.SendAsync(reserve)).Body;

        // An EventSource cannot send who it is; the token is enough to listen, but not for somebody else.
        using var response = await OpenAsync(server, token);
        using var asBob = server.Request(HttpMethod.Post, string.Empty, null, new StringContent(Body("1", "{ a }"), Encoding.UTF8, "application/json"));
        asBob.Headers.Add("X-User", "bob");
        asBob.Headers.Add("X-GraphQL-Event-Stream-Token", token);

        (await server.SendAsync(asBob)).Code.ShouldBe(404);
        (await RunAsync(server, token, "1", "{ a }")).Code.ShouldBe(404);
        _executor.Requests.ShouldBeEmpty();
    }

    private static async Task<string> ReserveAsync(TransportServer server)
    {
        var answer = await SendAsync(server, HttpMethod.Put, string.Empty, null, null);
        answer.Code.ShouldBe(201);
        answer.Body.Length.ShouldBe(64);
        return answer.Body;
    }

    private static async Task<HttpResponseMessage> OpenAsync(TransportServer server, string token)
    {
        using var request = server.Request(HttpMethod.Get, $"?token={token}", "text/event-stream", null);
        var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        ((int)response.StatusCode).ShouldBe(200);
        return response;
    }

    private static Task<WireAnswer> RunAsync(TransportServer server, string token, string? id, string document) =>
        SendAsync(server, HttpMethod.Post, string.Empty, token, new StringContent(Body(id, document), Encoding.UTF8, "application/json"));

    private static string Body(string? id, string document) => id is null
        ? WireClient.Query(document)
        : JsonSerializer.Serialize(new { query = document, extensions = new { operationId = id } });

    private static Task<WireAnswer> SendAsync(
        TransportServer server, HttpMethod method, string query, string? token, HttpContent? content)
    {
        var accept = method == HttpMethod.Get ? "text/event-stream" : "application/graphql-response+json";
        var request = server.Request(method, query, accept, content);
        if (token is not null)
        {
            request.Headers.Add("X-GraphQL-Event-Stream-Token", token);
        }

        return server.SendAsync(request);
    }

    private static async Task NextAsync(StreamReader events, string expected)
    {
        var read = new StringBuilder();
        var buffer = new char[1];
        while (!read.ToString().EndsWith(expected, StringComparison.Ordinal))
        {
            (await events.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe(1, $"The stream ended after: {read}");
            read.Append(buffer[0]);
        }
    }

    private sealed class ByHeader : IHttpRequestInterceptor
    {
        public ValueTask<Caller> OnCreateAsync(HttpContext http, CancellationToken ct)
        {
            var name = http.Request.Headers["X-User"].ToString();
            return ValueTask.FromResult(new Caller(new ClaimsPrincipal(
                name.Length == 0 ? new ClaimsIdentity() : new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test"))));
        }
    }
}
