using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>What a socket may take, how long it lives, and who may hold it.</summary>
public partial class WebSocketTests
{
    [Fact]
    public async Task A_message_over_64_KiB_closes_with_1009()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SendAsync("{\"type\":\"ping\",\"payload\":{\"x\":\"" + new string('x', 64 * 1024) + "\"}}");

        (await socket.ClosedAsync()).ShouldBe(1009);
    }

    [Fact]
    public async Task A_message_of_almost_64_KiB_is_read()
    {
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);

        await socket.SendAsync("{\"type\":\"ping\",\"payload\":{\"x\":\"" + new string('x', 60 * 1024) + "\"}}");

        (await socket.ReceiveAsync()).ShouldBe("""{"type":"pong"}""");
    }

    [Fact]
    public async Task The_21st_subscription_is_refused_by_its_id_and_slots_are_freed_by_natural_completion_G_34()
    {
        // given
        _executor.On(Ticks, () => new ScriptedStream(ResponseStreamKind.Subscription));
        await using var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);
        for (var i = 0; i < 19; i++)
        {
            await socket.SubscribeAsync($"s{i}", Ticks);
        }

        // when: the last place is used again and again
        for (var i = 0; i < 10_000; i++)
        {
            await socket.SubscribeAsync($"q{i}", "{ a }");
            (await socket.ToldAsync()).ShouldContain("\"next\"");
            (await socket.ToldAsync()).ShouldContain("\"complete\"");
        }

        await socket.SubscribeAsync("s19", Ticks);
        await socket.SubscribeAsync("s20", Ticks);

        // then
        (await socket.ToldAsync()).ShouldBe(
            """{"id":"s20","type":"error","payload":[{"message":"A socket carries at most 20 operations at a time.","extensions":{"code":"TOO_MANY_SUBSCRIPTIONS"}}]}""");
        await socket.SendAsync("""{"type":"ping"}""");
        (await socket.ToldAsync()).ShouldContain("pong");
    }

    [Fact]
    public async Task A_user_has_five_sockets_and_gets_a_place_back_when_one_closes()
    {
        // given
        await using var server = await TransportServer.StartAsync(_executor, _ => { }, builder =>
            builder.Services.AddSingleton<ISocketSessionInterceptor>(new TokenInterceptor()));
        var open = new List<RawSocket>();
        for (var i = 0; i < 5; i++)
        {
            open.Add(await RawSocket.OpenAsync(server));
            await open[i].SendAsync("""{"type":"connection_init","payload":{"token":"ada"}}""");
            await open[i].ReceiveAsync();
        }

        // when
        await using var sixth = await RawSocket.OpenAsync(server);
        await sixth.SendAsync("""{"type":"connection_init","payload":{"token":"ada"}}""");
        var code = await sixth.ClosedAsync();
        await open[0].CloseAsync(1000);

        // then
        code.ShouldBe(4429);
        await Eventually(async () =>
        {
            await using var next = await RawSocket.OpenAsync(server);
            await next.SendAsync("""{"type":"connection_init","payload":{"token":"ada"}}""");
            return await next.TryReceiveAsync() is not null;
        });
        foreach (var socket in open)
        {
            await socket.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_address_has_a_limited_number_of_sockets()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Sockets.MaxPerAddress = 2);
        await using var first = await RawSocket.OpenAsync(server);
        await using var second = await RawSocket.OpenAsync(server);

        (await HandshakeAsync(server, _ => { })).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    //           cookie  origin                     status
    [InlineData(true,  "https://evil.example",      HttpStatusCode.Forbidden)]
    [InlineData(true,  null,                        HttpStatusCode.Forbidden)]
    [InlineData(true,  "null",                      HttpStatusCode.Forbidden)]
    [InlineData(true,  "same",                      HttpStatusCode.SwitchingProtocols)]
    [InlineData(true,  "https://partner.example",   HttpStatusCode.SwitchingProtocols)]
    [InlineData(false, "https://evil.example",      HttpStatusCode.SwitchingProtocols)]
    [InlineData(false, null,                        HttpStatusCode.SwitchingProtocols)]
    public async Task A_cookie_needs_an_origin_we_know_G_30(bool cookie, string? origin, HttpStatusCode status)
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Sockets.AllowedOrigins.Add("https://partner.example"));

        var answer = await HandshakeAsync(server, options =>
        {
            if (cookie)
            {
                options.SetRequestHeader("Cookie", "session=1");
            }

            if (origin is not null)
            {
                options.SetRequestHeader("Origin", origin == "same" ? server.Address.GetLeftPart(UriPartial.Authority) : origin);
            }
        });

        answer.ShouldBe(status);
    }

    [Fact]
    public async Task Ended_credentials_close_with_4403_G_37()
    {
        var stream = new ScriptedStream(ResponseStreamKind.Subscription);
        _executor.On(Ticks, () => stream);
        await using var server = await TransportServer.StartAsync(_executor, _ => { }, builder =>
            builder.Services.AddSingleton<ISocketSessionInterceptor>(new TokenInterceptor { Lifetime = TimeSpan.FromMilliseconds(300) }));
        await using var socket = await RawSocket.OpenAsync(server);
        await socket.SendAsync("""{"type":"connection_init","payload":{"token":"ada"}}""");
        await socket.ReceiveAsync();
        await socket.SubscribeAsync("1", Ticks);

        (await socket.ClosedAsync()).ShouldBe(4403);
        await stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Revoked_credentials_close_with_4403_G_38()
    {
        using var revoked = new CancellationTokenSource();
        await using var server = await TransportServer.StartAsync(_executor, _ => { }, builder =>
            builder.Services.AddSingleton<ISocketSessionInterceptor>(new TokenInterceptor { Revoked = revoked.Token }));
        await using var socket = await RawSocket.OpenAsync(server);
        await socket.SendAsync("""{"type":"connection_init","payload":{"token":"ada"}}""");
        await socket.ReceiveAsync();

        await revoked.CancelAsync();

        (await socket.ClosedAsync()).ShouldBe(4403);
    }

    [Fact]
    public async Task Pings_carry_the_positions_of_idle_streams_and_pongs_keep_a_socket_open()
    {
        // given
        var stream = new ScriptedStream(ResponseStreamKind.Subscription);
        stream.PassTo("e1:9");
        _executor.On(Ticks, () => stream);
        await using var server = await TransportServer.StartAsync(_executor, options =>
        {
            options.Sockets.PingInterval = TimeSpan.FromMilliseconds(300);
            options.Sockets.PongTimeout = TimeSpan.FromSeconds(2);
        });
        await using var socket = await RawSocket.InitialisedAsync(server);
        await socket.SubscribeAsync("1", Ticks);

        // when: it answers for longer than it may be silent, and then falls silent
        var last = string.Empty;
        for (var i = 0; i < 8; i++)
        {
            last = await socket.ReceiveAsync();
            await socket.SendAsync("""{"type":"pong"}""");
        }

        // then
        last.ShouldBe("""{"type":"ping","payload":{"positions":{"1":"e1:9"}}}""");
        (await socket.ClosedAsync()).ShouldBe(4499);
        await stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_slow_reader_is_bounded_closed_with_4413_and_hurts_nobody_else_G_35()
    {
        // given: one client that reads and one that does not
        var slow = new ScriptedStream(ResponseStreamKind.Subscription);
        var fast = new ScriptedStream(ResponseStreamKind.Subscription);
        _executor.On("subscription { slow }", () => slow);
        _executor.On("subscription { fast }", () => fast);
        await using var server = await TransportServer.StartAsync(_executor, options => options.Streams.SlowReaderGrace = TimeSpan.FromSeconds(2));
        await using var reader = await RawSocket.InitialisedAsync(server);
        await using var sleeper = await RawSocket.InitialisedAsync(server);
        await reader.SubscribeAsync("1", "subscription { fast }");
        await sleeper.SubscribeAsync("1", "subscription { slow }");
        var message = "{\"data\":{\"x\":\"" + new string('x', 4096) + "\"}}";

        // when
        for (var i = 0; i < 10_000; i++)
        {
            slow.Publish(ScriptedExecutor.Result(message));
        }

        for (var i = 0; i < 200; i++)
        {
            fast.Publish(ScriptedExecutor.Result(message));
            await reader.ReceiveAsync();
        }

        // then: 40 MB were published; only what the kernel, Kestrel and the quota hold has been taken
        slow.Taken.ShouldBeLessThan(5_000);
        await slow.Disposed.WaitAsync(TimeSpan.FromSeconds(20));
        try
        {
            (await sleeper.ClosedAsync()).ShouldBe(4413);
        }
        catch (WebSocketException)
        {
            // It woke up too late to be told.
        }
    }

    [Fact]
    public async Task A_stopping_host_says_goodbye_and_does_not_wait()
    {
        _executor.On(Ticks, () => new ScriptedStream(ResponseStreamKind.Subscription));
        var server = await TransportServer.StartAsync(_executor);
        await using var socket = await RawSocket.InitialisedAsync(server);
        await socket.SubscribeAsync("1", Ticks);

        var stopping = server.DisposeAsync();

        (await socket.ClosedAsync()).ShouldBe(1001);
        await stopping.AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }
}
