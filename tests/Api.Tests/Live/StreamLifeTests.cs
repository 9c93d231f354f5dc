using System.Globalization;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>What every transport owes its listeners beside the events.</summary>
public sealed class StreamLifeTests(StreamLifeTests.Host host) : IClassFixture<StreamLifeTests.Host>
{
    public static TheoryData<string> Transports => Listening.Transports;

    /// <summary>R-19: a listener for whom nothing happens still moves on, and comes back without reading what was not for it.</summary>
    [Theory, MemberData(nameof(Transports))]
    public async Task Heartbeats_carry_the_position_forward(string transport)
    {
        // given
        var token = await host.TokenOfAsync(await host.UserAsync([Role.Operations], RowLimits.None));
        var start = await host.SettledHeadAsync();
        await using var stream = await Listening.OpenAsync(transport, host.Url, token, "UnitDefined", start, CancellationToken.None);

        // when
        await host.CalendarAsync();
        var head = await host.SettledHeadAsync();

        // then
        for (var i = 0; i < 200 && stream.Position != head; i++)
        {
            await Task.Delay(25);
        }

        stream.Position.ShouldBe(head);
    }

    /// <summary>The last word of a node that stops says that coming back helps, and what happens meanwhile is heard elsewhere.</summary>
    [Fact, Trait("Category", "Slow")]
    public async Task A_node_that_stops_sends_its_listeners_elsewhere_by_every_transport_and_they_miss_nothing()
    {
        // given
        await using var nodes = new Nodes(host, redis: null);
        var first = await nodes.StartAsync();
        var token = await nodes.ListenerAsync();
        var start = await host.SettledHeadAsync();
        var streams = new Dictionary<string, Listening>(StringComparer.Ordinal);
        foreach (var transport in Listening.All)
        {
            streams[transport] = await Listening.OpenAsync(transport, first.Url, token, "CalendarCreated", start, CancellationToken.None);
        }

        await host.CalendarAsync();
        foreach (var stream in streams.Values)
        {
            (await stream.NextAsync()).Word.ShouldBeNull();
        }

        // when
        var (code, took, _) = await first.StopAsync();
        var missed = await host.CalendarAsync();

        // then
        code.ShouldBe(0);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await streams["feed"].NextAsync()).Word.ShouldBe("stopping");
        (await streams["ws"].NextAsync()).Word.ShouldBe("1001"); // Going away: clients come back by themselves.
        foreach (var (transport, stream) in streams)
        {
            (await stream.TryNextAsync(TimeSpan.FromSeconds(5))).ShouldBeNull($"{transport}: no word that says it is complete");
            await using var again = await Listening.OpenAsync(
                transport, host.Url, token, "CalendarCreated", stream.Position, CancellationToken.None);
            (await again.NextEventAsync()).GetProperty("calendar").GetGuid().ShouldBe(missed.Value, transport);
            await stream.DisposeAsync();
        }
    }

    /// <summary>R-21: cut off with the position up to which everything was told; nothing is lost by coming back from there.</summary>
    [Fact]
    public async Task A_subscriber_who_takes_nothing_gets_what_it_has_and_where_to_resume()
    {
        // given: more than is kept for one who does not read
        const int count = 1_500;
        await using var slow = await LiveExecution.OpenAsync(host, "subscription { unitsTold: events(types: [\"UnitDefined\"]) { position data } }", resumeFrom: null);
        await Task.Delay(300);

        // when
        await host.ExecuteAsync(
            $$"""
            insert into event (event_id, aggregate, aggregate_id, version, type, payload, actor_kind, actor_id, correlation_id, occurred_at)
            select gen_random_uuid(), 'Units', gen_random_uuid(), 1, 'UnitDefined',
                   jsonb_build_object('unit', 'U' || n, 'name', 'x', 'kind', 'COUNT', 'decimals', 0, 'at', now()),
                   'HUMAN', gen_random_uuid(), gen_random_uuid(), now()
            from generate_series(1, {{count}}) n
            """);
        await host.SettledHeadAsync();
        await Task.Delay(500);
        var seen = new List<string>();
        string? resume = null;
        while (resume is null)
        {
            var message = await slow.NextAsync();
            if (message.TryGetProperty("errors", out var errors))
            {
                errors[0].GetProperty("extensions").GetProperty("code").GetString().ShouldBe("RESYNC");
                resume = errors[0].GetProperty("extensions").GetProperty("position").GetString();
            }
            else
            {
                seen.Add(UnitOf(message));
            }
        }

        // then
        seen.Count.ShouldBeInRange(1, count - 1);
        await using var back = await LiveExecution.OpenAsync(host, "subscription { unitsTold: events(types: [\"UnitDefined\"]) { position data } }", resume);
        while (seen.Count < count)
        {
            seen.Add(UnitOf(await back.NextAsync()));
        }

        seen.ShouldBe(Enumerable.Range(1, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"U{n}")));
    }

    private static string UnitOf(System.Text.Json.JsonElement message) =>
        message.GetProperty("data").GetProperty("unitsTold").GetProperty("data").GetProperty("unit").GetString()!;

    public sealed class Host : TestHost
    {
        protected override IReadOnlyDictionary<string, string?> Configuration { get; } =
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Platform:Live:Heartbeat"] = "00:00:00.3" };
    }
}
