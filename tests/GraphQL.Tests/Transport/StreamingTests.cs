using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>Responses that stay open: server-sent events, both multipart protocols, JSON lines.</summary>
public class StreamingTests
{
    private const string Ticks = "subscription { ticks }";

    private readonly ScriptedExecutor _executor = new();
    private readonly ScriptedStream _stream = new(ResponseStreamKind.Subscription);

    public StreamingTests()
    {
        _executor.On(Ticks, () => _stream);
        _executor.On("{ a }", """{"data":{"a":1}}""");
    }

    [Fact]
    public async Task Server_sent_events_carry_the_position_as_their_id()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        _stream.Publish(ScriptedExecutor.Message("""{"data":{"ticks":1}}""", "e1:1"));
        _stream.Publish(ScriptedExecutor.Result("""{"data":{"ticks":2}}"""));
        _stream.End();

        var answer = await server.PostAsync(WireClient.Query(Ticks), "text/event-stream");

        answer.ContentType.ShouldBe("text/event-stream; charset=utf-8");
        answer.Response.Headers.CacheControl!.NoCache.ShouldBeTrue();
        answer.Body.ShouldBe(
            ":\n\nid: e1:1\nevent: next\ndata: {\"data\":{\"ticks\":1}}\n\nevent: next\ndata: {\"data\":{\"ticks\":2}}\n\n" +
            "event: complete\ndata:\n\n");
        await _stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("{ a }", "{\"data\":{\"a\":1}}")]
    [InlineData("{ unknown }", "{\"errors\":[{\"message\":\"Unknown field.\",\"extensions\":{\"code\":\"VALIDATION\"}}]}")]
    public async Task A_client_of_events_gets_even_one_result_and_validation_errors_as_events(string document, string json)
    {
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await server.PostAsync(WireClient.Query(document), "text/event-stream");

        answer.Code.ShouldBe(200);
        answer.Body.ShouldBe($":\n\nevent: next\ndata: {json}\n\nevent: complete\ndata:\n\n");
    }

    [Fact]
    public async Task A_native_event_source_subscribes_by_get_and_resumes_by_last_event_id()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        _stream.End();
        using var request = server.Request(HttpMethod.Get, "?query=subscription+{+ticks+}", "text/event-stream", null);
        request.Headers.Add("Last-Event-ID", "e1:41");

        var answer = await server.SendAsync(request);

        answer.Code.ShouldBe(200);
        _executor.Requests.ShouldHaveSingleItem().ResumeFrom.ShouldBe("e1:41");
    }

    [Fact]
    public async Task Heartbeats_move_the_position_of_an_idle_client()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Streams.Heartbeat = TimeSpan.FromMilliseconds(100));
        using var response = await OpenAsync(server, "text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        _stream.PassTo("e1:77");

        await ReadUntilAsync(reader, ":\nid: e1:77\n\n:\nid: e1:77\n\n");
        _stream.Publish(ScriptedExecutor.Message("""{"data":{"ticks":3}}""", "e1:78"));
        await ReadUntilAsync(reader, "id: e1:78\nevent: next\ndata: {\"data\":{\"ticks\":3}}\n\n");
    }

    [Fact]
    public async Task A_position_cannot_break_the_framing()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        _stream.Publish(ScriptedExecutor.Message("""{"data":{"ticks":1}}""", "x\nevent: evil"));
        _stream.End();

        var answer = await server.PostAsync(WireClient.Query(Ticks), "text/event-stream");

        answer.Body.ShouldNotContain("evil");
    }

    [Fact]
    public async Task Multipart_sends_each_part_with_the_boundary_that_ends_it()
    {
        var stream = new ScriptedStream(ResponseStreamKind.Incremental);
        _executor.On("{ a ... @defer { b } }", () => stream);
        await using var server = await TransportServer.StartAsync(_executor);
        using var request = server.Request(
            HttpMethod.Post, string.Empty, "multipart/mixed;deferSpec=20220824, application/json",
            new StringContent(WireClient.Query("{ a ... @defer { b } }"), Encoding.UTF8, "application/json"));
        stream.Publish(ScriptedExecutor.Result("""{"data":{"a":1},"hasNext":true}"""));
        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        // then: the first part can be shown before the second exists
        await ReadUntilAsync(reader, "\r\n---\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{\"data\":{\"a\":1},\"hasNext\":true}\r\n---");
        stream.Publish(ScriptedExecutor.Result("""{"hasNext":false}"""));
        stream.End();
        (await reader.ReadToEndAsync()).ShouldBe("\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{\"hasNext\":false}\r\n-----\r\n");
        response.Content.Headers.ContentType!.ToString().ShouldBe("multipart/mixed; boundary=\"-\"; deferSpec=20220824");
        _executor.Requests.ShouldHaveSingleItem().Format.ShouldBe(IncrementalFormat.PathAndLabel);
    }

    [Fact]
    public async Task Apollos_subscriptions_are_payloads_in_parts()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        _stream.Publish(ScriptedExecutor.Result("""{"data":{"ticks":1}}"""));
        _stream.End();

        var answer = await server.PostAsync(WireClient.Query(Ticks), "multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json");

        answer.ContentType.ShouldBe("multipart/mixed; boundary=\"graphql\"; subscriptionSpec=1.0");
        answer.Body.ShouldBe(
            "\r\n--graphql\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{\"payload\":{\"data\":{\"ticks\":1}}}\r\n--graphql--\r\n");
    }

    [Theory]
    [InlineData("application/jsonl")]
    [InlineData("application/graphql-response+jsonl")]
    public async Task Json_lines_are_one_result_per_line_with_blank_heartbeats(string accept)
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Streams.Heartbeat = TimeSpan.FromMilliseconds(100));
        using var response = await OpenAsync(server, accept);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        await ReadUntilAsync(reader, " \n");
        _stream.Publish(ScriptedExecutor.Result("""{"data":{"ticks":1}}"""));
        _stream.End();

        (await reader.ReadToEndAsync()).TrimStart(' ', '\n').ShouldBe("{\"data\":{\"ticks\":1}}\n");
        response.Content.Headers.ContentType!.MediaType.ShouldBe(accept);
    }

    [Fact]
    public async Task A_client_that_cannot_read_streams_gets_deferred_data_at_once()
    {
        await using var server = await TransportServer.StartAsync(_executor);

        await server.PostAsync(WireClient.Query("{ a }"), "application/json");

        _executor.Requests.ShouldHaveSingleItem().Format.ShouldBe(IncrementalFormat.None);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_source()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        var response = await OpenAsync(server, "text/event-stream");

        response.Dispose();

        await _stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_disconnected_G_35()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Streams.SlowReaderGrace = TimeSpan.FromSeconds(1));
        using var response = await OpenAsync(server, "text/event-stream");
        var message = "{\"data\":{\"x\":\"" + new string('x', 8192) + "\"}}";

        for (var i = 0; i < 5_000; i++)
        {
            _stream.Publish(ScriptedExecutor.Result(message));
        }

        await _stream.Disposed.WaitAsync(TimeSpan.FromSeconds(15));
        _stream.Taken.ShouldBeLessThan(4_000);
    }

    [Fact]
    public async Task Ended_credentials_end_a_stream_with_an_error_and_a_completion_G_37()
    {
        await using var server = await TransportServer.StartAsync(_executor, _ => { }, builder =>
            builder.Services.AddSingleton<IHttpRequestInterceptor>(new Ada { Lifetime = TimeSpan.FromMilliseconds(300) }));

        var answer = await server.PostAsync(WireClient.Query(Ticks), "text/event-stream");

        answer.Body.ShouldContain("AUTH_NOT_AUTHENTICATED");
        answer.Body.ShouldEndWith("event: complete\ndata:\n\n");
    }

    [Fact]
    public async Task Revoked_credentials_end_a_stream_at_once_G_38()
    {
        using var revoked = new CancellationTokenSource();
        await using var server = await TransportServer.StartAsync(_executor, _ => { }, builder =>
            builder.Services.AddSingleton<IHttpRequestInterceptor>(new Ada { Revoked = revoked.Token }));
        using var response = await OpenAsync(server, "text/event-stream");

        await revoked.CancelAsync();

        (await response.Content.ReadAsStringAsync()).ShouldContain("AUTH_NOT_AUTHENTICATED");
        await _stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_stopping_host_ends_streams_without_completing_them()
    {
        // A client that is told "complete" would not come back.
        var server = await TransportServer.StartAsync(_executor);
        using var response = await OpenAsync(server, "text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await ReadUntilAsync(reader, ":\n\n");

        var stopping = server.DisposeAsync().AsTask();

        (await reader.ReadToEndAsync()).ShouldBeEmpty();
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Streams_per_address_and_per_user_are_limited()
    {
        _executor.On(Ticks, () => new ScriptedStream(ResponseStreamKind.Subscription));
        await using var perAddress = await TransportServer.StartAsync(_executor, options => options.Streams.MaxPerAddress = 2);
        await using var perUser = await TransportServer.StartAsync(_executor, options => options.Streams.MaxPerUser = 2, builder =>
            builder.Services.AddSingleton<IHttpRequestInterceptor>(new Ada()));
        foreach (var server in new[] { perAddress, perUser })
        {
            using var first = await OpenAsync(server, "text/event-stream");
            using var second = await OpenAsync(server, "text/event-stream");

            var third = await server.PostAsync(WireClient.Query(Ticks), "text/event-stream");

            third.Code.ShouldBe(429);
            third.ErrorCode.ShouldBe("TOO_MANY_STREAMS");
        }
    }

    private static async Task<HttpResponseMessage> OpenAsync(TransportServer server, string accept)
    {
        using var content = new StringContent(WireClient.Query(Ticks), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var response = await server.Client.SendAsync(server.Request(HttpMethod.Post, string.Empty, accept, content), HttpCompletionOption.ResponseHeadersRead);
        response.IsSuccessStatusCode.ShouldBeTrue();
        return response;
    }

    private static async Task ReadUntilAsync(StreamReader reader, string text)
    {
        var read = new StringBuilder();
        var buffer = new char[1];
        while (!read.ToString().EndsWith(text, StringComparison.Ordinal))
        {
            (await reader.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe(1, $"The stream ended after: {read}");
            read.Append(buffer[0]);
        }
    }

    internal sealed class Ada : IHttpRequestInterceptor
    {
        public TimeSpan? Lifetime { get; init; }

        public CancellationToken Revoked { get; init; }

        public ValueTask<Caller> OnCreateAsync(HttpContext http, CancellationToken ct) => ValueTask.FromResult(
            new Caller(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ada")], "token")))
            {
                ExpiresAt = Lifetime is { } lifetime ? TimeProvider.System.GetUtcNow() + lifetime : null,
                Revoked = Revoked,
            });
    }
}
