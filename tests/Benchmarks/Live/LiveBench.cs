using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Domain.Access;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Benchmarks.Live;

/// <summary>
/// <c>bench live [latency|idle] [--idle n]</c>: how late an event is at its subscribers, and what silent subscribers cost.
/// For latency server, writers and clients share one process, so the figures are upper bounds; for idle subscribers each
/// has processes of its own. One JSON line a figure.
/// </summary>
internal static class LiveBench
{
    public const string Feed = "/events?types=CalendarCreated";

    public const string Subscription =
        "/graphql?query=subscription%20%7B%20events(types%3A%20%5B%22CalendarCreated%22%5D)%20%7B%20position%20type%20data%20%7D%20%7D";

    private const int Subscribers = 200;

    private const int EventsPerSecond = 200;

    private const double P50BudgetMs = 50;

    private const double P99BudgetMs = 500;

    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["clients", var url, var address, var count, var token])
        {
            return await IdleClients.RunAsync(url, address, int.Parse(count, CultureInfo.InvariantCulture), token);
        }

        var idle = Array.IndexOf(arguments, "--idle") is >= 0 and var at && at + 1 < arguments.Length
            ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
            : 10_000;
        var which = arguments.TakeWhile(argument => argument != "--idle").ToList();
        if (which.Count == 0 || which.Contains("latency"))
        {
            var host = new BenchHost();
            await host.InitializeAsync();
            try
            {
                await LatencyAsync(host, "feed", Feed);
                await LatencyAsync(host, "subscription", Subscription);
            }
            finally
            {
                await host.DisposeAsync();
            }
        }

        if (which.Count == 0 || which.Contains("idle"))
        {
            await IdleBench.RunAsync(idle);
        }

        return 0;
    }

    public static void Print(string name, params (string Name, object Value)[] values)
    {
        var line = new Dictionary<string, object> { ["bench"] = "live", ["name"] = name };
        foreach (var (key, value) in values)
        {
            line[key] = value is double number ? Math.Round(number, 3) : value;
        }

        Console.WriteLine(JsonSerializer.Serialize(line));
    }

    /// <summary>The budget of R-18, beside what was measured.</summary>
    public static (string Name, object Value)[] Against(double p50, double p99) =>
    [
        ("p50Ms", p50), ("p50BudgetMs", P50BudgetMs), ("p99Ms", p99), ("p99BudgetMs", P99BudgetMs),
        ("isWithin", p50 <= P50BudgetMs && p99 <= P99BudgetMs),
    ];

    /// <summary>R-18: 200 subscribers and 200 events a second.</summary>
    private static async Task LatencyAsync(BenchHost host, string name, string address)
    {
        using var ending = new CancellationTokenSource();
        var meter = new Latencies();
        var clients = new List<Task>();
        for (var i = 0; i < Subscribers; i++)
        {
            clients.Add(await host.OpenAsync(address, meter, ending.Token));
        }

        var written = await WriteAsync(host, name, meter, Warming + Measured);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await ending.CancelAsync();
        await Task.WhenAll(clients);
        var (p50, p99, count) = meter.Read();
        Print(
            "commit-to-frame-" + name,
            [("subscribers", Subscribers), ("eventsPerSecond", written / (Warming + Measured).TotalSeconds), ("framesMeasured", count), .. Against(p50, p99)]);
    }

    private static async Task<int> WriteAsync(BenchHost host, string name, Latencies meter, TimeSpan duration)
    {
        const int writers = 8;
        var clock = Stopwatch.StartNew();
        var written = 0;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            for (var i = 0; clock.Elapsed < duration; i++)
            {
                // An even rate, whatever one command takes: late ones are caught up.
                var due = TimeSpan.FromSeconds((double)i * writers / EventsPerSecond) - clock.Elapsed;
                if (due > TimeSpan.Zero)
                {
                    await Task.Delay(due);
                }

                var code = $"{name}-{writer}-{i}".ToUpperInvariant();
                await host.RunAsync(new CreateCalendar(code, new CalendarWeek("Bench", [DayOfWeek.Monday])), MasterData.Steward);
                if (clock.Elapsed > Warming)
                {
                    meter.Committed(code);
                }

                Interlocked.Increment(ref written);
            }
        }));
        return written;
    }
}

/// <summary>From the return of a commit to each frame that tells of it.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _commits = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<(string Code, long At)> _frames = [];

    public int Count => _frames.Count;

    public void Committed(string code) => Of(code).TrySetResult(Stopwatch.GetTimestamp());

    public void Heard(string code) => _frames.Add((code, Stopwatch.GetTimestamp()));

    /// <summary>A frame can overtake the answer of its own commit: that counts as no time.</summary>
    public (double P50, double P99, int Count) Read()
    {
        var all = _frames
            .Where(frame => _commits.TryGetValue(frame.Code, out var commit) && commit.Task.IsCompletedSuccessfully)
            .Select(frame => Math.Max(0, Stopwatch.GetElapsedTime(_commits[frame.Code].Task.GetAwaiter().GetResult(), frame.At).TotalMilliseconds))
            .Order()
            .ToList();
        return all.Count == 0 ? (0, 0, 0) : (all[all.Count / 2], all[(int)(all.Count * 0.99)], all.Count);
    }

    private TaskCompletionSource<long> Of(string code) => _commits.GetOrAdd(code, static _ => new TaskCompletionSource<long>());
}

/// <summary>The whole application, with room for many streams of one user.</summary>
internal sealed class BenchHost : TestHost
{
    private const int Users = 8;

    private readonly List<HttpClient> _readers = [];
    private int _opened;

    /// <summary>What both kinds of server are given.</summary>
    public static Dictionary<string, string?> Roomy { get; } = new(StringComparer.Ordinal)
    {
        // Each stream is opened by an operation that costs points, and none of them belongs to a person.
        ["Platform:Access:PointsPerMinute"] = "2000000000",
        ["Platform:Live:MaxStreams"] = "100000",
        ["Platform:Live:MaxStreamsPerUser"] = "100000",
        ["Platform:Live:MaxStreamsPerAddress"] = "100000",
        ["Logging:LogLevel:Default"] = "Error",
    };

    protected override IReadOnlyDictionary<string, string?> Configuration => Roomy;

    /// <summary>Opens a stream and drains it; frames are looked at only for the code they tell of.</summary>
    public async Task<Task> OpenAsync(string address, Latencies meter, CancellationToken ct)
    {
        // One user may not have all of them.
        while (_readers.Count < Users)
        {
            _readers.Add(await AsAsync(Role.Operations));
        }

        return await Drain.OpenAsync(_readers[_opened++ % Users], address, code => meter.Heard(code), ct);
    }
}

/// <summary>A client that reads a stream and looks only for the codes that it tells of.</summary>
internal static class Drain
{
    private static readonly byte[] _mark = "\"code\":"u8.ToArray();

    /// <summary>Returns when the stream is open; the task inside ends with the stream.</summary>
    public static async Task<Task> OpenAsync(HttpClient reader, string address, Action<string> whenHeard, CancellationToken ct)
    {
        var response = await AskAsync(reader, address, ct);
        response.EnsureSuccessStatusCode();
        return ReadAsync(response, await response.Content.ReadAsStreamAsync(ct), whenHeard, ct);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient reader, string address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("GraphQL-Preflight", "1");
        request.Headers.Add("Accept", "text/event-stream");
        return await reader.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    private static async Task ReadAsync(HttpResponseMessage response, Stream stream, Action<string> whenHeard, CancellationToken ct)
    {
        using var owned = response;
        var buffer = new byte[2 * 1024];
        var kept = 0;
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory(kept), ct) is > 0 and var read)
            {
                kept = Look(buffer, kept + read, whenHeard);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or HttpRequestException)
        {
            // The measurement is over.
        }
    }

    /// <summary>Returns how much of the end may hold the beginning of a code.</summary>
    private static int Look(byte[] buffer, int length, Action<string> whenHeard)
    {
        var seen = 0;
        while (buffer.AsSpan(seen, length - seen).IndexOf(_mark) is >= 0 and var at)
        {
            var value = seen + at + _mark.Length;
            var quote = buffer.AsSpan(value, length - value).IndexOf((byte)'"');
            var start = value + quote + 1;
            var end = quote < 0 ? -1 : buffer.AsSpan(start, length - start).IndexOf((byte)'"');
            if (end < 0)
            {
                break;
            }

            whenHeard(Encoding.ASCII.GetString(buffer, start, end));
            seen = start + end;
        }

        var rest = Math.Min(length - seen, 128);
        buffer.AsSpan(length - rest, rest).CopyTo(buffer);
        return rest;
    }
}
