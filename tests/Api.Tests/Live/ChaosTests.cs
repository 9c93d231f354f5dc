using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Platform.Tests.Support;
using Xunit.Abstractions;

namespace Platform.Tests.Api.Live;

/// <summary>
/// writers at several nodes, nodes and Redis killed at random, subscribers cut off and coming
/// back at other nodes. In the end every one of them has every event once, in the order of the log. Longer with
/// <c>Platform__Tests__ChaosSeconds</c>.
/// </summary>
public sealed class ChaosTests(TestHost database, ITestOutputHelper output) : IClassFixture<TestHost>
{
    private const int Subscribers = 6;

    private const int Writers = 4;

    private readonly ConcurrentDictionary<int, HostProcess> _alive = new();
    private readonly ConcurrentBag<string> _committed = [];

    private static TimeSpan Duration => TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("Platform__Tests__ChaosSeconds"), CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : 12);

    [Fact, Trait("Category", "Slow")]
    public async Task Killed_nodes_and_a_killed_Redis_cost_nobody_an_event_and_tell_nobody_one_twice()
    {
        // given
        await using var redis = RedisServer.Program is null ? null : await RedisServer.StartAsync();
        await using var nodes = new Nodes(database, redis);
        for (var i = 0; i < 2; i++)
        {
            _alive[i] = await nodes.StartAsync();
        }

        var token = await nodes.ListenerAsync();
        var start = await database.ScalarAsync<long>("select last_position from event_publisher");
        using var chaos = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();

        // when
        var listeners = Enumerable.Range(0, Subscribers).Select(i => ListenAsync(i, start, token, ended.Token)).ToList();
        var writers = Enumerable.Range(0, Writers).Select(i => WriteAsync(i, token, chaos.Token)).ToList();
        var kills = await KillAsync(nodes, redis);
        await chaos.CancelAsync();
        await Task.WhenAll(writers);
        var expected = await SettledAsync(start);
        await CatchUpAsync(listeners.Count, expected.Count);
        await ended.CancelAsync();
        await Task.WhenAll(listeners);

        // then
        output.WriteLine($"{expected.Count} events, {kills} kills, {_returns} returns of {Subscribers} subscribers in {Duration.TotalSeconds:0} s");
        _committed.Count.ShouldBeGreaterThan(0);
        expected.Select(one => one.Code).ShouldBe(_committed, ignoreOrder: true, "what was answered is in the log");
        foreach (var seen in _seen.Values)
        {
            seen.ShouldBe(expected.Select(one => one.Position), "0 missing, 0 twice, 0 out of order");
        }

        kills.ShouldBeGreaterThan(1);
        _returns.ShouldBeGreaterThan(0);
    }

    private readonly ConcurrentDictionary<int, List<long>> _seen = new();
    private int _returns;

    /// <summary>As a client that keeps its last position and nothing else; sometimes it hangs up by itself.</summary>
    private async Task ListenAsync(int index, long start, string token, CancellationToken ended)
    {
        var random = new Random(index);
        var seen = _seen[index] = [];
        var position = start;
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var node = _alive.Values.ElementAt(random.Next(_alive.Count));
                using var client = Nodes.Client(node, token);
                client.DefaultRequestHeaders.Add("Last-Event-ID", position.ToString(CultureInfo.InvariantCulture));
                using var response = await client.GetAsync(
                    new Uri("/events?types=CalendarCreated", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ended);
                response.EnsureSuccessStatusCode();
                using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(ended));
                var patience = random.Next(20, 400);
                var id = position;
                var isTold = false;
                while (patience-- > 0 && await lines.ReadLineAsync(ended) is { } line)
                {
                    if (line.StartsWith("id: ", StringComparison.Ordinal))
                    {
                        id = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
                    }
                    else if (line.StartsWith("data: {\"specversion\"", StringComparison.Ordinal))
                    {
                        isTold = true;
                    }
                    else if (line.Length == 0)
                    {
                        // With the empty line an EventSource takes the id over and tells the event; a piece of one it forgets.
                        position = id;
                        if (isTold)
                        {
                            lock (seen)
                            {
                                seen.Add(id);
                            }
                        }

                        isTold = false;
                    }
                }
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or InvalidOperationException or ArgumentOutOfRangeException
                || (cut is OperationCanceledException && !ended.IsCancellationRequested))
            {
                await Task.Delay(50, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            Interlocked.Increment(ref _returns);
        }
    }

    /// <summary>Retries with one key until it is answered, as R-08 has it: no command is lost, none runs twice.</summary>
    private async Task WriteAsync(int index, string token, CancellationToken ct)
    {
        var random = new Random(1_000 + index);
        for (var i = 0; !ct.IsCancellationRequested; i++)
        {
            var code = $"CHAOS-{index}-{i}";
            while (!await TryWriteAsync(code, token, random))
            {
                await Task.Delay(100, CancellationToken.None);
            }

            _committed.Add(code);
        }
    }

    private async Task<bool> TryWriteAsync(string code, string token, Random random)
    {
        try
        {
            var node = _alive.Values.ElementAt(random.Next(_alive.Count));
            using var client = Nodes.Client(node, token);
            client.Timeout = TimeSpan.FromSeconds(10);
            var response = await client.PostAsJsonAsync("/graphql", new
            {
                query = """
                    mutation ($code: String!) {
                      createCalendar(input: { code: $code, idempotencyKey: $code, week: { name: "Five", workingDays: [MONDAY] } }) {
                        calendarCreated { code } errors { ... on Error { message } }
                      }
                    }
                    """,
                variables = new { code },
            });
            return (await response.Content.ReadAsStringAsync()).Contains($"\"calendarCreated\":{{\"code\":\"{code}\"", StringComparison.Ordinal);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    /// <summary>One node after the other, by SIGKILL, and Redis in between; each is replaced.</summary>
    private async Task<int> KillAsync(Nodes nodes, RedisServer? redis)
    {
        var kills = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Duration || kills < 2)
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            if (redis is not null)
            {
                await redis.KillAsync();
            }

            var victim = kills % 2;
            var replacement = await nodes.StartAsync();
            var killed = _alive[victim];
            _alive[victim] = replacement;
            await killed.KillAsync();
            kills++;
            if (redis is not null)
            {
                await redis.StartAgainAsync();
            }
        }

        return kills;
    }

    private async Task<List<(long Position, string Code)>> SettledAsync(long start)
    {
        for (var i = 0; i < 400; i++)
        {
            var waiting = await database.ScalarAsync<long>(
                "select count(*) from event e where not exists (select from event_position p where p.xid = e.xid and p.id = e.id)");
            if (waiting == 0)
            {
                break;
            }

            await Task.Delay(50);
        }

        await using var command = database.Owner.CreateCommand(
            $"""
            select p.position, e.payload->>'code' from event_position p join event e on e.xid = p.xid and e.id = p.id
            where p.position > {start} and e.type = 'CalendarCreated' order by p.position
            """);
        var events = new List<(long, string)>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            events.Add((rows.GetInt64(0), rows.GetString(1)));
        }

        return events;
    }

    private async Task CatchUpAsync(int subscribers, int count)
    {
        for (var i = 0; i < 600; i++)
        {
            if (_seen.Count == subscribers && _seen.Values.All(seen =>
            {
                lock (seen)
                {
                    return seen.Count >= count;
                }
            }))
            {
                // Whatever would come twice, comes now.
                await Task.Delay(500);
                return;
            }

            await Task.Delay(50);
        }
    }
}
