using System.Diagnostics;
using Xunit;

namespace Platform.Tests.Wire;

/// <summary>
/// A test that runs a script under Node with the clients of <c>clients/package-lock.json</c>. Where these are not
/// installed it is skipped with the command that installs them; in continuous integration it fails instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!NodeScript.IsInstalled && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = $"The clients are not installed: run `npm ci` in {NodeScript.Folder}.";
        }
    }
}

public static class NodeScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static string Folder { get; } = FindFolder();

    public static bool IsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules", "graphql-http"));

    /// <summary>Runs to the end and gives what it printed; anything but success is an exception with the same text.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        var text = await output + await errors;
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{script} failed:\n{text}");
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "tests", "GraphQL.Tests", "clients")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "tests", "GraphQL.Tests", "clients");
    }
}
