using System.Diagnostics;

namespace Platform.Tests.Intelligence.Learning.Parity;

/// <summary>Debian's python3-xgboost, where it is installed. Elsewhere the golden files stand in, and the test says so.</summary>
internal static class Oracle
{
    private const string Python = "/usr/bin/python3";

    public static string? Missing { get; } = Probe();

    /// <summary>Runs a program with its arguments and answers what it prints.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return output;
    }

    private static string? Probe()
    {
        if (!File.Exists(Python))
        {
            return $"{Python} is absent; golden files stand in";
        }

        var start = new ProcessStartInfo(Python, ["-c", "import xgboost, numpy"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : "python3-xgboost is not installed; golden files stand in";
    }
}

/// <summary>Runs where XGBoost is installed; elsewhere it is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute() => Skip = Oracle.Missing;
}
