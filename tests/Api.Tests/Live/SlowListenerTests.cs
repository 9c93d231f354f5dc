using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Live.Streams;

namespace Platform.Tests.Api.Live;

public sealed class SlowListenerTests(LiveHost host) : IClassFixture<LiveHost>
{
    private const int Events = 2_000;

    /// <summary>R-21: who takes nothing is let go, at the cost of one page, and nobody else notices.</summary>
    [Fact]
    public async Task A_listener_who_takes_nothing_is_let_go_while_the_others_hear_everything()
    {
        // given: 20 MB, more than all buffers between two sockets
        var start = await host.HeadAsync();
        await DefineUnitsAsync(Events, nameLength: 10_000);
        var places = host.HostServices.GetRequiredService<FeedPlaces>();
        using var opened = await host.OpenAsync(LiveHost.Everything, "?types=ItemCreated", lastEventId: null); // known to the test's door
        var before = places.Open;

        // when
        using var deaf = new TcpClient { ReceiveBufferSize = 4_096 };
        await deaf.ConnectAsync(host.Feed.BaseAddress!.Host, host.Feed.BaseAddress.Port);
        await deaf.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /events?after={start} HTTP/1.1\r\nHost: x\r\nX-Listener: {LiveHost.Everything.Actor.Id}\r\n\r\n"));
        using var listener = await host.OpenAsync(LiveHost.Everything, "?types=UnitDefined", lastEventId: start);
        for (var i = 1; i <= Events; i++)
        {
            (await listener.NextAsync()).Payload.GetProperty("unit").GetString().ShouldBe($"U{i}");
        }

        // then
        for (var i = 0; i < 200 && places.Open > before + 1; i++)
        {
            await Task.Delay(50);
        }

        places.Open.ShouldBe(before + 1); // the one who reads, and nobody else
    }

    /// <summary>R-19: older than what is kept is told, with the position to start anew from.</summary>
    [Fact]
    public async Task A_position_whose_events_were_dropped_is_gone()
    {
        // given: more events than the node keeps in memory
        await DefineUnitsAsync(1_000, nameLength: 1);
        using var tail = await host.OpenAsync(LiveHost.Everything, "?types=UnitDefined", lastEventId: 0);
        for (var i = 0; i < 1_000; i++)
        {
            await tail.NextAsync();
        }

        await host.ExecuteAsync("update event_publisher set first_position = last_position + 1");
        try
        {
            // when
            using var feed = await host.OpenAsync(LiveHost.Everything, "?after=0", lastEventId: null);

            // then
            feed.Response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Gone);
        }
        finally
        {
            await host.ExecuteAsync("update event_publisher set first_position = 1");
        }
    }

    private Task<int> DefineUnitsAsync(int count, int nameLength) => host.ExecuteAsync(
        $$"""
        insert into event (event_id, aggregate, aggregate_id, version, type, payload, actor_kind, actor_id, correlation_id, occurred_at)
        select gen_random_uuid(), 'Units', gen_random_uuid(), 1, 'UnitDefined',
               jsonb_build_object('unit', 'U' || n, 'name', repeat('x', {{nameLength}}), 'kind', 'COUNT', 'decimals', 0, 'at', now()),
               'HUMAN', gen_random_uuid(), gen_random_uuid(), now()
        from generate_series(1, {{count}}) n
        """);
}
