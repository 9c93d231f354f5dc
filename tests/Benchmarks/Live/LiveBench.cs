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
/// <c>bench live [figure…] [--idle n]</c>: how late an event is at its subscribers, and what silent subscribers cost. Server,
/// writers and clients share one process and machine, so the figures are upper bounds. One JSON line a figure.
/// </summary>
internal static class LiveBench
{
    private const int Subscribers = 200;

    private const int EventsPerSecond = 200;

    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var idle = Array.IndexOf(arguments, "--idle") is >= 0 and var at && at + 1 < arguments.Length
            ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
            : 1_000;
        var which = arguments.TakeWhile(argument => argument != "--idle").ToList();
        var host = new BenchHost();
        await host.InitializeAsync();
        try
        {
            if (which.Count == 0 || which.Contains("latency"))
            {
                await LatencyAsync(host, "feed", "/events?types=CalendarCreated", accept: null);
                await LatencyAsync(
                    host, "subscription",
                    "/graphql?query=" + Uri.EscapeDataString("""subscription { events(types: ["CalendarCreated"]) { position type data } }"""),
                    accept: "text/event-stream");
            }

            if (which.Count == 0 || which.Contains("idle"))
            {
                await IdleAsync(host, idle);
            }
        }
        finally
        {
            await host.DisposeAsync();
        }

        return 0;
    }

    /// <summary>R-18: p50 at most 50 ms, p99 at most 500 ms.</summary>
    private static async Task LatencyAsync(BenchHost host, string name, string address, string? accept)
    {
        using var ending = new CancellationTokenSource();
        var meter = new Latencies();
        var clients = new List<Task>();
        for (var i = 0; i < Subscribers; i++)
        {
            clients.Add(await host.OpenAsync(address, accept, meter, ending.Token));
        }

        var written = await WriteAsync(host, name, meter, Warming + Measured);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await ending.CancelAsync();
        await Task.WhenAll(clients);
        var (p50, p99, count) = meter.Read();
        Print(
            "commit-to-frame-" + name,
            ("subscribers", Subscribers), ("eventsPerSecond", written / (Warming + Measured).TotalSeconds),
            ("framesMeasured", count), ("p50Ms", p50), ("p99Ms", p99));
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

    /// <summary>What a silent subscriber costs in memory, and how late the first event is for the last of them.</summary>
    private static async Task IdleAsync(BenchHost host, int count)
    {
        using var ending = new CancellationTokenSource();
        var meter = new Latencies();
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clients = new List<Task>(count);
        var opening = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            clients.Add(await host.OpenAsync("/events?types=CalendarCreated", accept: null, meter, ending.Token));
        }

        var opened = opening.Elapsed;
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var silence = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(5));
        var busy = (Process.GetCurrentProcess().TotalProcessorTime - cpu) / silence.Elapsed;
        await host.RunAsync(new CreateCalendar("IDLE-1", new CalendarWeek("Bench", [DayOfWeek.Monday])), MasterData.Steward);
        meter.Committed("IDLE-1");
        var waited = Stopwatch.StartNew();
        while (meter.Count < count && waited.Elapsed < TimeSpan.FromSeconds(20))
        {
            await Task.Delay(20);
        }

        var (p50, p99, heard) = meter.Read();
        await ending.CancelAsync();
        await Task.WhenAll(clients);
        Print(
            "idle-subscribers", ("subscribers", count), ("openedInSeconds", opened.TotalSeconds),
            ("kilobytesEachServerAndClient", held / 1024.0 / count), ("processorInSilence", busy), ("heard", heard), ("p50Ms", p50), ("p99Ms", p99));
    }

    private static void Print(string name, params (string Name, double Value)[] values)
    {
        var line = new Dictionary<string, object> { ["bench"] = "live", ["name"] = name };
        foreach (var (key, value) in values)
        {
            line[key] = Math.Round(value, 3);
        }

        Console.WriteLine(JsonSerializer.Serialize(line));
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

    private static readonly byte[] _mark = "\"code\":"u8.ToArray();

    private readonly List<HttpClient> _readers = [];
    private int _opened;

    protected override IReadOnlyDictionary<string, string?> Configuration { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Platform:Live:MaxStreams"] = "100000",
        ["Platform:Live:MaxStreamsPerUser"] = "100000",
        ["Platform:Live:MaxStreamsPerAddress"] = "100000",
        ["Logging:LogLevel:Default"] = "Error",
    };

    /// <summary>Opens a stream and drains it; frames are looked at only for the code they tell of.</summary>
    public async Task<Task> OpenAsync(string address, string? accept, Latencies meter, CancellationToken ct)
    {
        // One user may not have all of them.
        while (_readers.Count < Users)
        {
            _readers.Add(await AsAsync(Role.Operations));
        }

        var response = await AskAsync(_readers[_opened++ % Users], address, accept, ct);
        response.EnsureSuccessStatusCode();
        var stream = await response.Content.ReadAsStreamAsync(ct);
        return DrainAsync(response, stream, meter, ct);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient reader, string address, string? accept, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("GraphQL-Preflight", "1");
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        return await reader.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    private static async Task DrainAsync(HttpResponseMessage response, Stream stream, Latencies meter, CancellationToken ct)
    {
        using var owned = response;
        var buffer = new byte[8 * 1024];
        var kept = 0;
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory(kept), ct) is > 0 and var read)
            {
                kept = Look(buffer, kept + read, meter);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or HttpRequestException)
        {
            // The measurement is over.
        }
    }

    /// <summary>Returns how much of the end may hold the beginning of a code.</summary>
    private static int Look(byte[] buffer, int length, Latencies meter)
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

            meter.Heard(Encoding.ASCII.GetString(buffer, start, end));
            seen = start + end;
        }

        var rest = Math.Min(length - seen, 128);
        buffer.AsSpan(length - rest, rest).CopyTo(buffer);
        return rest;
    }
}
