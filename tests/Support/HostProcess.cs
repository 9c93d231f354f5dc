using System.Diagnostics;
using Platform.Api.Hosting;

namespace Platform.Tests.Support;

/// <summary>The real program as a process of its own: for tests of start, stop, kill and exit codes.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    /// <summary>For a machine that is busy with other tests; a host that cannot start ends by itself and says why.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly List<string> _output = [];

    private HostProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public string Url => _output.First(line => line.StartsWith("ready ", StringComparison.Ordinal))["ready ".Length..];

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(
        IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    /// <summary>Starts <c>run</c> and waits for its line <c>ready</c>.</summary>
    public static async Task<HostProcess> ServeAsync(
        IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var host = new HostProcess(Start(environment, ["run", "--urls", "http://127.0.0.1:0", "--seed", "none", .. arguments]));
        try
        {
            await host.ReadyAsync();
            return host;
        }
        catch
        {
            // Nobody else would know of it.
            await host.DisposeAsync();
            throw;
        }
    }

    private async Task ReadyAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _output.Add(line);
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The host ended before it was ready: {await _errors}");
    }

    /// <summary>SIGKILL: no handler runs.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it. Returns the exit code, the time it took and the log.</summary>
    public async Task<(int Code, TimeSpan Took, string Errors)> StopAsync()
    {
        var clock = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        return (_process.ExitCode, clock.Elapsed, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static Process Start(IReadOnlyDictionary<string, string?> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PlatformHost).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("ConnectionStrings__Platform");

        // A host of a test lives for seconds: what the runtime would learn for hours of service only costs them.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
