using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>The subprotocol graphql-transport-ws, message by message and close code by close code (G-30 to G-37).</summary>
public partial class WebSocketTests
{
    private const string Ticks = "subscription { ticks }";

    private readonly ScriptedExecutor _executor = new();

    public WebSocketTests() => _executor.On("{ a }", """{"data":{"a":1}}""");

    [Fact]
    public async Task A_query_over_a_socket_is_one_result_and_a_completion()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SubscribeAsync("1", "{ a }");

        (await socket.ReceiveAsync()).ShouldBe("""{"id":"1","type":"next","payload":{"data":{"a":1}}}""");
        (await socket.ReceiveAsync()).ShouldBe("""{"id":"1","type":"complete"}""");
    }

    [Fact]
    public async Task A_subscription_sends_every_message_with_its_position_and_completes_with_its_source()
    {
        // given
        var stream = new ScriptedStream(ResponseStreamKind.Subscription);
        _executor.On(Ticks, () => stream);
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        // when
        await socket.SubscribeAsync("x", Ticks);
        stream.Publish(ScriptedExecutor.Message("""{"data":{"ticks":1}}""", "e1:1"));
        stream.Publish(ScriptedExecutor.Result("""{"data":{"ticks":2}}"""));
        stream.End();

        // then
        (await socket.ReceiveAsync()).ShouldBe("""{"id":"x","type":"next","position":"e1:1","payload":{"data":{"ticks":1}}}""");
        (await socket.ReceiveAsync()).ShouldBe("""{"id":"x","type":"next","payload":{"data":{"ticks":2}}}""");
        (await socket.ReceiveAsync()).ShouldBe("""{"id":"x","type":"complete"}""");
        await stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Completing_a_subscription_stops_its_source_and_frees_its_id()
    {
        // given
        var first = new ScriptedStream(ResponseStreamKind.Subscription);
        _executor.On(Ticks, () => first);
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);
        await socket.SubscribeAsync("1", Ticks);
        first.Publish(ScriptedExecutor.Result("""{"data":{"ticks":1}}"""));
        await socket.ReceiveAsync();

        // when
        await socket.SendAsync("""{"type":"complete","id":"1"}""");

        // then
        await first.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
        await socket.SubscribeAsync("1", "{ a }");
        (await socket.ReceiveAsync()).ShouldContain("\"next\"");
    }

    [Fact]
    public async Task A_request_that_fails_before_it_runs_is_an_error_of_its_id_and_the_socket_goes_on()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SubscribeAsync("1", "{ unknown }");
        await socket.SubscribeAsync("2", "{ a }");

        var messages = new[] { await socket.ReceiveAsync(), await socket.ReceiveAsync(), await socket.ReceiveAsync() };
        string.Join('\n', messages).ShouldContain("""{"id":"1","type":"error","payload":[{"message":"Unknown field.","extensions":{"code":"VALIDATION"}}]}""");
        string.Join('\n', messages).ShouldContain("""{"id":"2","type":"complete"}""");
    }

    [Fact]
    public async Task A_source_that_gives_up_ends_with_an_error()
    {
        var stream = new ScriptedStream(ResponseStreamKind.Subscription);
        _executor.On(Ticks, () => stream);
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);
        await socket.SubscribeAsync("1", Ticks);

        stream.Publish(ScriptedExecutor.Failure(RequestErrorKind.Subscription, "RESYNC", "Too far behind."));

        (await socket.ReceiveAsync()).ShouldContain("\"code\":\"RESYNC\"");
        await stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Extensions_resume_where_a_client_left_off()
    {
        _executor.On(Ticks, """{"data":{"ticks":1}}""");
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SendAsync("""{"type":"subscribe","id":"1","payload":{"query":"subscription { ticks }","extensions":{"resume":"e1:41"}}}""");
        await socket.ReceiveAsync();

        _executor.Requests.ShouldHaveSingleItem().ResumeFrom.ShouldBe("e1:41");
    }

    [Fact]
    public async Task Incremental_results_are_messages_like_others()
    {
        var stream = new ScriptedStream(ResponseStreamKind.Incremental);
        stream.Publish(ScriptedExecutor.Result("""{"data":{"a":1},"pending":[{"id":"0","path":[]}],"hasNext":true}"""));
        stream.Publish(ScriptedExecutor.Result("""{"incremental":[{"id":"0","data":{"b":2}}],"completed":[{"id":"0"}],"hasNext":false}"""));
        stream.End();
        _executor.On("{ a ... @defer { b } }", () => stream);
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SubscribeAsync("1", "{ a ... @defer { b } }");

        (await socket.ReceiveAsync()).ShouldContain("\"pending\"");
        (await socket.ReceiveAsync()).ShouldContain("\"incremental\"");
        (await socket.ReceiveAsync()).ShouldContain("\"complete\"");
        _executor.Requests.ShouldHaveSingleItem().Format.ShouldBe(IncrementalFormat.PendingById);
    }

    [Theory]
    [InlineData("""{"type":"ping"}""", """{"type":"pong"}""")]
    [InlineData("""{"type":"ping","payload":{"a":[1]}}""", """{"type":"pong","payload":{"a":[1]}}""")]
    public async Task A_ping_is_answered_even_before_initialisation(string ping, string pong)
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.OpenAsync(server);

        await socket.SendAsync(ping);

        (await socket.ReceiveAsync()).ShouldBe(pong);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":"start","id":"1","payload":{"query":"{ a }"}}""")]
    [InlineData("""{"type":"connection_init","payload":"x"}""")]
    [InlineData("""{"type":"subscribe","payload":{"query":"{ a }"}}""")]
    [InlineData("""{"type":"subscribe","id":"","payload":{"query":"{ a }"}}""")]
    [InlineData("""{"type":"subscribe","id":1,"payload":{"query":"{ a }"}}""")]
    [InlineData("""{"type":"subscribe","id":"1"}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":"{ a }"}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":1}}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":[]}}""")]
    [InlineData("""{"type":"complete"}""")]
    [InlineData("""{"type":"ping","type":"ping"}""")]
    [InlineData("""{"type":"ping"} trailing""")]
    [InlineData("""{"type":"pi\ud800ng"}""")]
    public async Task A_message_outside_the_protocol_closes_with_4400_G_33(string message)
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SendAsync(message);

        (await socket.ClosedAsync()).ShouldBe(4400);
        _executor.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_binary_message_closes_with_4400()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.Socket.SendAsync("""{"type":"ping"}"""u8.ToArray(), WebSocketMessageType.Binary, true, CancellationToken.None);

        (await socket.ClosedAsync()).ShouldBe(4400);
    }

    [Fact]
    public async Task Subscribing_before_the_acknowledgement_closes_with_4401_G_32()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.OpenAsync(server);

        await socket.SubscribeAsync("1", "{ a }");

        (await socket.ClosedAsync()).ShouldBe(4401);
        _executor.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rejected_payload_closes_with_4403_and_an_accepted_one_names_the_user()
    {
        await using var server = await TransportServer.StartAsync(_executor, _ => { }, builder =>
            builder.Services.AddSingleton<ISocketSessionInterceptor>(new TokenInterceptor()));
        await using var stranger = await RawSocket.OpenAsync(server);
        await using var friend = await RawSocket.OpenAsync(server);
        ClaimsPrincipal? seen = null;
        _executor.On("{ me }", (_, context) =>
        {
            seen = context.User;
            return ValueTask.FromResult<ExecutionResult>(ScriptedExecutor.Result("""{"data":{"me":1}}"""));
        });

        await stranger.SendAsync("""{"type":"connection_init","payload":{"token":"wrong"}}""");
        await friend.SendAsync("""{"type":"connection_init","payload":{"token":"ada"}}""");

        (await stranger.ClosedAsync()).ShouldBe(4403);
        stranger.Socket.CloseStatusDescription.ShouldBe("Who are you?");
        (await friend.ReceiveAsync()).ShouldBe("""{"type":"connection_ack","payload":{"hello":"ada"}}""");
        await friend.SubscribeAsync("1", "{ me }");
        await friend.ReceiveAsync();
        seen!.Identity!.Name.ShouldBe("ada");
    }

    [Theory]
    [InlineData("graphql-ws")]
    [InlineData("soap")]
    [InlineData(null)]
    public async Task Another_subprotocol_closes_with_4406_G_32(string? subprotocol)
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.OpenAsync(server, subprotocol, _ => { });

        (await socket.ClosedAsync()).ShouldBe(4406);
    }

    [Fact]
    public async Task A_silent_client_is_closed_with_4408_G_31()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Sockets.InitTimeout = TimeSpan.FromMilliseconds(200));
        await using var socket = await RawSocket.OpenAsync(server);

        (await socket.ClosedAsync()).ShouldBe(4408);
    }

    [Fact]
    public void A_client_has_three_seconds_by_default_G_31() =>
        new GraphQLServerOptions().Sockets.InitTimeout.ShouldBe(TimeSpan.FromSeconds(3));

    [Fact]
    public async Task An_id_in_use_closes_with_4409_G_33()
    {
        _executor.On(Ticks, () => new ScriptedStream(ResponseStreamKind.Subscription));
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SubscribeAsync("1", Ticks);
        await socket.SubscribeAsync("1", Ticks);

        (await socket.ClosedAsync()).ShouldBe(4409);
        socket.Socket.CloseStatusDescription.ShouldBe("Subscriber for 1 already exists");
    }

    [Fact]
    public async Task A_second_initialisation_closes_with_4429_G_33()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SendAsync("""{"type":"connection_init"}""");

        (await socket.ClosedAsync()).ShouldBe(4429);
    }

    [Fact]
    public async Task A_bug_closes_with_4500_and_says_nothing_more()
    {
        _executor.On("{ bug }", (_, _) => throw new InvalidOperationException("secret"));
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SubscribeAsync("1", "{ bug }");

        (await socket.ClosedAsync()).ShouldBe(4500);
        socket.Socket.CloseStatusDescription.ShouldBe("Internal server error");
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(4004)]
    [InlineData(4005)]
    [InlineData(4504)]
    [InlineData(4499)]
    public async Task A_client_may_close_with_its_own_codes_and_its_operations_end(int code)
    {
        var stream = new ScriptedStream(ResponseStreamKind.Subscription);
        _executor.On(Ticks, () => stream);
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);
        await socket.SubscribeAsync("1", Ticks);
        stream.Publish(ScriptedExecutor.Result("""{"data":{"ticks":1}}"""));
        await socket.ReceiveAsync();

        await socket.CloseAsync(code);

        socket.Socket.State.ShouldBe(WebSocketState.Closed);
        await stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_its_operations()
    {
        var stream = new ScriptedStream(ResponseStreamKind.Subscription);
        _executor.On(Ticks, () => stream);
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);
        await socket.SubscribeAsync("1", Ticks);
        stream.Publish(ScriptedExecutor.Result("""{"data":{"ticks":1}}"""));
        await socket.ReceiveAsync();

        socket.Socket.Abort();

        await stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("""{"query":"{ a }","variables":{"a":1,"a":2}}""", "DUPLICATE_PROPERTY")]
    [InlineData("""{"variables":{}}""", "HC0013")]
    [InlineData("""{"id":"unknown"}""", "HC0020")]
    public async Task Refusals_of_a_request_have_the_codes_they_have_over_http_G_36(string payload, string code)
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SendAsync($$"""{"type":"subscribe","id":"1","payload":{{payload}}}""");
        var overSocket = JsonDocument.Parse(await socket.ReceiveAsync()).RootElement;
        var overHttp = await server.PostAsync(payload, "application/graphql-response+json");

        overSocket.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString().ShouldBe(code);
        overHttp.ErrorCode.ShouldBe(code);
    }

    private static async Task<HttpStatusCode> HandshakeAsync(TransportServer server, Action<ClientWebSocketOptions> configure)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.CollectHttpResponseDetails = true;
        configure(socket.Options);
        try
        {
            await socket.ConnectAsync(new UriBuilder(server.Endpoint) { Scheme = "ws" }.Uri, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status tells why.
        }

        return socket.HttpStatusCode;
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 50; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("It never came true.");
    }

    private sealed class TokenInterceptor : ISocketSessionInterceptor
    {
        public TimeSpan? Lifetime { get; init; }

        public CancellationToken Revoked { get; init; }

        public ValueTask<ConnectionStatus> OnConnectAsync(HttpContext http, JsonElement? payload, CancellationToken ct)
        {
            if (payload?.GetProperty("token").GetString() is not "ada")
            {
                return ValueTask.FromResult(ConnectionStatus.Reject("Who are you?"));
            }

            var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ada")], "token"));
            return ValueTask.FromResult(
                ConnectionStatus.Accept(new Caller(user)
                {
                    ExpiresAt = Lifetime is { } lifetime ? TimeProvider.System.GetUtcNow() + lifetime : null,
                    Revoked = Revoked,
                }) with { AckPayload = JsonSerializer.SerializeToElement(new { hello = "ada" }) });
        }
    }
}
