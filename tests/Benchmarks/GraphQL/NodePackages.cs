using System.Diagnostics;

namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>Packages from npm that a benchmark compares with: exactly as locked, installed when they are first needed.</summary>
internal static class NodePackages
{
    /// <summary>The folder below the benchmarks with everything installed; null where it cannot be.</summary>
    public static async Task<string?> InstallAsync(string name)
    {
        if (Find(name) is not { } folder)
        {
            return null;
        }

        // Written by npm after everything else: half an installation is none.
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
        {
            return folder;
        }

        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--silent"])
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            await npm.StandardOutput.ReadToEndAsync();
            await npm.WaitForExitAsync();
            if (npm.ExitCode == 0)
            {
                return folder;
            }

            await Console.Error.WriteLineAsync("npm could not install the other servers: the comparison with them is left out.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            await Console.Error.WriteLineAsync("No npm: the comparison with other servers is left out.");
        }

        return null;
    }

    private static string? Find(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "tests", "Benchmarks", name);
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        return null;
    }
}
