using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Platform.Api.Hosting.Postgres;

namespace Platform.Tests.Benchmarks.Stock;

/// <summary>The yardstick: <c>pgbench -N</c> (simple-update) on the same cluster, in the same minute.</summary>
internal static class PgBench
{
    public const int Clients = 8;

    public static Task InitialiseAsync(PostgresBinaries binaries, string connectionString, CancellationToken ct) =>
        RunAsync(binaries, connectionString, ["-i", "-q", "-s", "20"], ct);

    /// <summary>Transactions, and how many a second.</summary>
    public static async Task<(double Transactions, double PerSecond)> SimpleUpdateAsync(
        PostgresBinaries binaries, string connectionString, int clients, int seconds, CancellationToken ct)
    {
        var output = await RunAsync(
            binaries, connectionString, ["-N", "-n", "-M", "prepared", "-c", $"{clients}", "-j", "1", "-T", $"{seconds}"], ct);
        var line = output.Split('\n').Single(line => line.StartsWith("tps = ", StringComparison.Ordinal));
        var perSecond = double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
        return (perSecond * seconds, perSecond);
    }

    private static async Task<string> RunAsync(
        PostgresBinaries binaries, string connectionString, string[] arguments, CancellationToken ct)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(binaries.Path("pgbench"), [.. arguments, "-h", to.Host!, "-U", to.Username!, to.Database!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(ct);
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(await errors);
    }
}
