using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>A server in a process of its own, on a core of its own, whose CPU time the kernel counts.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int TicksPerSecond = 100;

    private readonly Process _process;

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>User and system time in microseconds. /proc counts in hundredths of a second, so runs must be long.</summary>
    public double CpuMicroseconds
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) +
                long.Parse(fields[12], CultureInfo.InvariantCulture);
            return ticks * (1_000_000.0 / TicksPerSecond);
        }
    }

    public static Task<ServerProcess> StartOursAsync(string kind) => StartProgramAsync("graphql", "serve", kind);

    /// <summary>This program again, with other arguments.</summary>
    public static Task<ServerProcess> StartProgramAsync(params string[] arguments) =>
        StartAsync(Environment.ProcessPath!, [typeof(ServerProcess).Assembly.Location, .. arguments]);

    public static Task<ServerProcess> StartNodeAsync(params string[] arguments) => StartAsync("node", arguments);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The last argument of every server is its port.</summary>
    private static async Task<ServerProcess> StartAsync(string program, string[] arguments)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("taskset")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("0");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments.Append(port.ToString(CultureInfo.InvariantCulture)))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NODE_ENV"] = "production";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "1";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ready", StringComparison.Ordinal))
            {
                return new ServerProcess(process, port);
            }
        }

        await process.WaitForExitAsync();
        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
