using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>R-20 and D-nodes: what one node commits, listeners at the others hear, with Redis, without it, and while it dies.</summary>
public sealed class TwoNodeTests(TestHost database) : IClassFixture<TestHost>
{
    [Fact]
    public async Task A_commit_at_one_node_is_heard_at_the_others_with_Redis_without_it_and_after_it_came_back()
    {
        if (RedisServer.Program is null)
        {
            Environment.GetEnvironmentVariable("CI").ShouldBeNull("redis-server is missing");
            Console.WriteLine("Skipped: redis-server is not installed (apt-get install redis-server).");
            return;
        }

        // given: three nodes, one of them in this process
        await using var redis = await RedisServer.StartAsync();
        await using var nodes = new Nodes(database, redis);
        var first = await nodes.StartAsync();
        var second = await nodes.StartAsync();
        var token = await nodes.ListenerAsync();
        using var writer = Nodes.Client(first, await WriterAsync());
        using var listener = Nodes.Client(second, token);
        using var feed = new FeedReader(await listener.GetAsync(
            new Uri("/events?types=CalendarCreated", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead));
        await feed.ReadAsync();

        // then
        await HearAsync(writer, feed, count: 10, within: TimeSpan.FromSeconds(2));

        await redis.KillAsync();
        await HearAsync(writer, feed, count: 10, within: TimeSpan.FromSeconds(2));

        await redis.StartAgainAsync();
        await HearAsync(writer, feed, count: 10, within: TimeSpan.FromSeconds(2));
        var health = JsonElement.Parse(await listener.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
        health.GetProperty("checks").EnumerateArray()
            .Single(check => check.GetProperty("name").GetString() == "redis")
            .GetProperty("reason").GetString().ShouldBeOneOf("connected", "does not answer: PostgreSQL wakes the nodes meanwhile");
    }

    [Fact]
    public async Task A_node_that_stops_tells_its_listeners_to_come_back_and_they_miss_nothing_elsewhere()
    {
        // given
        await using var nodes = new Nodes(database, redis: null);
        var first = await nodes.StartAsync();
        using var client = Nodes.Client(first, await nodes.ListenerAsync());
        using var feed = new FeedReader(await client.GetAsync(
            new Uri("/events?types=CalendarCreated", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead));
        var start = (await feed.ReadAsync())!;

        // when
        var stop = first.StopAsync();
        var last = await feed.NextAsync();
        var (code, took, _) = await stop;
        var missed = await database.CalendarAsync();

        // then
        last.Event.ShouldBe("stopping");
        code.ShouldBe(0);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        using var other = await database.AsAsync(Role.Operations);
        other.DefaultRequestHeaders.Add("Last-Event-ID", start.Id);
        using var again = new FeedReader(await other.GetAsync(
            new Uri("/events?types=CalendarCreated", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead));
        (await again.NextAsync()).Payload.GetProperty("calendar").GetGuid().ShouldBe(missed.Value);
    }

    private async Task<string> WriterAsync() =>
        await database.TokenOfAsync(await database.UserAsync([Role.Operations], RowLimits.None));

    /// <summary>One after the other, so that each wake-up is waited for.</summary>
    private static async Task HearAsync(HttpClient writer, FeedReader feed, int count, TimeSpan within)
    {
        for (var i = 0; i < count; i++)
        {
            var code = MasterData.Code("LIVE");
            var response = await writer.PostAsJsonAsync("/graphql", new
            {
                query = """
                    mutation ($code: String!) {
                      createCalendar(input: { code: $code, week: { name: "Five", workingDays: [MONDAY] } }) {
                        calendarCreated { code } errors { ... on Error { message } }
                      }
                    }
                    """,
                variables = new { code },
            });
            (await response.Content.ReadAsStringAsync()).ShouldContain($"\"code\":\"{code}\"");
            var clock = Stopwatch.StartNew(); // From the commit on.
            (await feed.NextAsync()).Payload.GetProperty("code").GetString().ShouldBe(code);
            clock.Elapsed.ShouldBeLessThan(within);
        }
    }
}
