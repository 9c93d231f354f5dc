using System.Diagnostics;

namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>The servers from npm, installed exactly as locked, on demand. Without Node.js ours is measured alone.</summary>
internal static class Rivals
{
    public static async Task<IReadOnlyList<string>> InstallAsync()
    {
        var folder = Folder();
        if (folder is null)
        {
            return [];
        }

        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            try
            {
                using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--silent"])
                {
                    WorkingDirectory = folder,
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                })!;
                await npm.WaitForExitAsync();
                if (npm.ExitCode != 0)
                {
                    return [];
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Console.Error.WriteLine("No npm: the comparison with other servers is left out.");
                return [];
            }
        }

        return [Path.Combine(folder, "mercurius.mjs"), Path.Combine(folder, "yoga.mjs")];
    }

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "tests", "Benchmarks", "GraphQL", "rivals");
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        return null;
    }
}
