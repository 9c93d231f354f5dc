using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Platform.Domain.Access;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Benchmarks.Live;

/// <summary>
/// Ten thousand subscribers for whom nothing happens, on one node: what each costs in memory, what all cost in silence,
/// and how late the one event is for the last of them. The node, the writer and four readers are processes of their own,
/// so that no process runs out of descriptors and the node's memory is the node's alone.
/// </summary>
internal static class IdleBench
{
    private const int Readers = 4;

    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(int count)
    {
        var host = new BenchHost();
        await host.InitializeAsync();
        try
        {
            await MeasureAsync(host, "feed", LiveBench.Feed, count);
            await MeasureAsync(host, "subscription", LiveBench.Subscription, count);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task MeasureAsync(BenchHost host, string name, string address, int count)
    {
        await using var node = await HostProcess.ServeAsync(Environment(host));
        var token = await host.TokenOfAsync(await host.UserAsync([Role.Operations], RowLimits.None));
        await WarmAsync(node.Url, address, token);
        var before = ResidentKilobytes(node.Id);
        var opening = Stopwatch.StartNew();
        var readers = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => ReaderAsync(node.Url, address, count / Readers, token)));
        var opened = opening.Elapsed;
        var held = ResidentKilobytes(node.Id) - before;

        using var server = Process.GetProcessById(node.Id);
        var busy = server.TotalProcessorTime;
        await Task.Delay(_silence);
        server.Refresh();
        var inSilence = (server.TotalProcessorTime - busy) / _silence;

        await host.RunAsync(new CreateCalendar("IDLE-" + name.ToUpperInvariant(), new CalendarWeek("Bench", [DayOfWeek.Monday])), MasterData.Steward);
        var committed = Stopwatch.GetTimestamp();
        var heard = new List<double>(count);
        foreach (var reader in readers)
        {
            heard.AddRange(await HeardAsync(reader, committed));
        }

        heard.Sort();
        LiveBench.Print(
            "idle-" + name,
            ("subscribers", count), ("openedInSeconds", opened.TotalSeconds), ("nodeKilobytesEach", (double)held / count),
            ("processorsInSilence", inSilence), ("heard", heard.Count),
            ("p50Ms", heard[heard.Count / 2]), ("p99Ms", heard[(int)(heard.Count * 0.99)]), ("lastMs", heard[^1]));
    }

    private static Dictionary<string, string?> Environment(BenchHost host)
    {
        var environment = BenchHost.Roomy.ToDictionary(
            setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value, StringComparer.Ordinal);
        environment["ConnectionStrings__Platform"] = host.ConnectionString;
        return environment;
    }

    /// <summary>Code, pools and buffers are there before anything is weighed.</summary>
    private static async Task WarmAsync(string url, string address, string token)
    {
        using var ending = new CancellationTokenSource();
        using var client = IdleClients.Client(url, token);
        var streams = new List<Task>();
        for (var i = 0; i < 200; i++)
        {
            streams.Add(await Drain.OpenAsync(client, address, static _ => { }, ending.Token));
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
        await ending.CancelAsync();
        await Task.WhenAll(streams);
    }

    /// <summary>A reader whose streams are all open.</summary>
    private static async Task<Process> ReaderAsync(string url, string address, int count, string token)
    {
        var reader = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(IdleBench).Assembly.Location, "live", "clients", url, address, count.ToString(CultureInfo.InvariantCulture), token])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var line = await reader.StandardOutput.ReadLineAsync();
        return line == "open" ? reader : throw new InvalidOperationException($"A reader said {line}.");
    }

    /// <summary>The clock of all processes is the machine's.</summary>
    private static async Task<IEnumerable<double>> HeardAsync(Process reader, long committed)
    {
        using var owned = reader;
        var line = await reader.StandardOutput.ReadLineAsync() ?? string.Empty;
        await reader.WaitForExitAsync();
        return line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ticks => Math.Max(
            0, Stopwatch.GetElapsedTime(committed, long.Parse(ticks, CultureInfo.InvariantCulture)).TotalMilliseconds));
    }

    private static long ResidentKilobytes(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}

/// <summary>One of the reading processes: says <c>open</c>, waits until each of its streams told an event, and says when.</summary>
internal static class IdleClients
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string url, string address, int count, string token)
    {
        using var client = Client(url, token);
        using var ending = new CancellationTokenSource();
        var heard = new long[count];
        var left = count;
        var all = new TaskCompletionSource();
        var streams = new List<Task>(count);
        for (var i = 0; i < count; i++)
        {
            var own = i;
            streams.Add(await Drain.OpenAsync(client, address, Hear, ending.Token));

            void Hear(string code)
            {
                if (Interlocked.CompareExchange(ref heard[own], Stopwatch.GetTimestamp(), 0) == 0 && Interlocked.Decrement(ref left) == 0)
                {
                    all.TrySetResult();
                }
            }
        }

        Console.WriteLine("open");
        await Task.WhenAny(all.Task, Task.Delay(_patience));
        Console.WriteLine(string.Join(' ', heard.Where(at => at != 0)));
        await ending.CancelAsync();
        await Task.WhenAll(streams);
        return 0;
    }

    public static HttpClient Client(string url, string token) => new(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
    {
        BaseAddress = new Uri(url),
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };
}
