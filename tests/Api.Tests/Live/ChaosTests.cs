using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Platform.Domain.Access;
using Platform.Tests.Support;
using Xunit.Abstractions;

namespace Platform.Tests.Api.Live;

/// <summary>
/// writers at several nodes; nodes, Redis and PostgreSQL itself killed by SIGKILL in turn;
/// subscribers of every transport, cut off and coming back at other nodes. In the end every one of them has every event
/// once, in the order of the log. Longer with <c>Platform__Tests__CHAOS_SECONDS</c>.
/// </summary>
public sealed class ChaosTests(ChaosTests.Host database, ITestOutputHelper output) : IClassFixture<ChaosTests.Host>
{
    private const int Subscribers = 6;

    private const int Writers = 4;

    private readonly ConcurrentDictionary<int, HostProcess> _alive = new();
    private readonly ConcurrentBag<string> _committed = [];
    private readonly ConcurrentBag<string> _refusals = [];
    private readonly ConcurrentDictionary<int, List<long>> _seen = new();
    private string _name = string.Empty;
    private int _returns;

    [Theory, Trait("Category", "Slow")]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Killed_nodes_Redis_and_PostgreSQL_cost_nobody_an_event_and_tell_nobody_one_twice(int count)
    {
        // given
        var duration = TimeSpan.FromSeconds(Budget.Seconds("CHAOS", usual: 12));
        _name = $"CHAOS{count}";
        await using var redis = RedisServer.Program is null ? null : await RedisServer.StartAsync();
        await using var nodes = new Nodes(database, redis);
        for (var i = 0; i < count; i++)
        {
            _alive[i] = await nodes.StartAsync();
        }

        var token = await database.TokenOfAsync(await database.UserAsync([Role.Operations, Role.Finance], RowLimits.None));
        var start = await database.SettledHeadAsync();
        using var chaos = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();

        // when
        var listeners = Enumerable.Range(0, Subscribers).Select(i => ListenAsync(i, start, token, ended.Token)).ToList();
        var writers = Enumerable.Range(0, Writers).Select(i => WriteAsync(i, token, chaos.Token)).ToList();
        var kills = await KillAsync(nodes, redis, duration);
        await chaos.CancelAsync();
        await Task.WhenAll(writers);
        var expected = await SettledAsync(start);
        await CatchUpAsync(expected.Count);
        await ended.CancelAsync();
        await Task.WhenAll(listeners);

        // then
        output.WriteLine($"{count} nodes: {expected.Count} events, {kills} kills, {_returns} returns of {Subscribers} subscribers in {duration.TotalSeconds:0} s");
        _committed.Count.ShouldBeGreaterThan(0);
        expected.Select(one => one.Code).ShouldBe(_committed, ignoreOrder: true, "what was answered is in the log, once");
        foreach (var seen in _seen.Values)
        {
            seen.ShouldBe(expected.Select(one => one.Position), "0 missing, 0 twice, 0 out of order");
        }

        _refusals.ShouldBeEmpty("positions of a server that recovered are good");
        kills.ShouldBeGreaterThan(2);
        _returns.ShouldBeGreaterThan(0);
    }

    /// <summary>As a client that keeps its last position and nothing else; sometimes it hangs up by itself.</summary>
    private async Task ListenAsync(int index, string start, string token, CancellationToken ended)
    {
        var random = new Random(index);
        var seen = _seen[index] = [];
        var transport = Listening.All[index % Listening.All.Count];
        var position = start;
        while (!ended.IsCancellationRequested)
        {
            Listening? stream = null;
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ended);
                patience.CancelAfter(TimeSpan.FromSeconds(10));
                stream = await Listening.OpenAsync(transport, Any(random).Url, token, "CalendarCreated", position, patience.Token);
                var most = random.Next(5, 100);
                while (most-- > 0 && await stream.TryNextAsync(TimeSpan.FromSeconds(3), ended) is { Word: null } heard)
                {
                    Note(seen, heard);
                }
            }
            catch (Exception cut) when (IsCut(cut))
            {
                await Task.Delay(50, CancellationToken.None);
            }

            if (stream is not null)
            {
                await stream.DisposeAsync();
                while (await stream.TryNextAsync(TimeSpan.FromSeconds(1), CancellationToken.None) is { } heard)
                {
                    Note(seen, heard);
                }

                position = stream.Position ?? position;
                Interlocked.Increment(ref _returns);
            }
        }
    }

    private void Note(List<long> seen, Heard heard)
    {
        if (heard.Word is null)
        {
            lock (seen)
            {
                seen.Add(long.Parse(heard.Position!, CultureInfo.InvariantCulture));
            }
        }
        else if (heard.Word is "CURSOR_EXPIRED" or "expired")
        {
            _refusals.Add(heard.Body.ToString());
        }
    }

    private HostProcess Any(Random random) => _alive.Values.ElementAt(random.Next(_alive.Count));

    private static bool IsCut(Exception cut) => cut is HttpRequestException or IOException or InvalidOperationException
        or ArgumentOutOfRangeException or OperationCanceledException or System.Net.WebSockets.WebSocketException;

    /// <summary>Retries with one key until it is answered, as R-08 has it: no command is lost, none runs twice.</summary>
    private async Task WriteAsync(int index, string token, CancellationToken ct)
    {
        var random = new Random(1_000 + index);
        for (var i = 0; !ct.IsCancellationRequested; i++)
        {
            var code = $"{_name}-{index}-{i}";
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
            using var client = Nodes.Client(Any(random), token);
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
        catch (Exception cut) when (IsCut(cut))
        {
            return false;
        }
    }

    /// <summary>A node, Redis and the database's server in turn; each comes back.</summary>
    private async Task<int> KillAsync(Nodes nodes, RedisServer? redis, TimeSpan duration)
    {
        var kills = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration || kills < 3)
        {
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            switch (kills % 3)
            {
                case 0:
                    await database.KillServerAsync();
                    await Task.Delay(TimeSpan.FromMilliseconds(500));
                    await database.RestartServerAsync();
                    break;
                case 1:
                    var victim = kills / 3 % _alive.Count;
                    var replacement = await nodes.StartAsync();
                    var killed = _alive[victim];
                    _alive[victim] = replacement;
                    await killed.KillAsync();
                    break;
                default:
                    if (redis is not null)
                    {
                        await redis.KillAsync();
                        await Task.Delay(TimeSpan.FromMilliseconds(500));
                        await redis.StartAgainAsync();
                    }

                    break;
            }

            kills++;
        }

        return kills;
    }

    private async Task<List<(long Position, string Code)>> SettledAsync(string start)
    {
        await database.SettledHeadAsync();
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

    private async Task CatchUpAsync(int count)
    {
        for (var i = 0; i < 600; i++)
        {
            if (_seen.Count == Subscribers && _seen.Values.All(seen =>
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

    /// <summary>On a server of its own, which may be killed; the host in this process lives through it too.</summary>
    public sealed class Host : TestHost
    {
        private TestCluster? _own;

        public async Task KillServerAsync()
        {
            using var server = Process.GetProcessById(_own!.ServerProcessId);
            server.Kill();
            await server.WaitForExitAsync();
        }

        public async Task RestartServerAsync()
        {
            await _own!.RestartAsync();
            Application.Clear();
            Owner.Clear();
        }

        protected override async Task<TestCluster> ClusterAsync() => _own = await TestCluster.StartOwnAsync();

        protected override async Task LeaveAsync()
        {
            await base.LeaveAsync();
            await _own!.StopAsync();
        }
    }
}
