using System.Diagnostics;
using System.Globalization;

namespace Platform.Api.Hosting.Postgres;

/// <summary>Where this machine keeps the programs of PostgreSQL, and which version they are.</summary>
public sealed record PostgresBinaries(string Folder, int Major)
{
    private const int OldestMajor = 15;

    public string Path(string program) => System.IO.Path.Combine(Folder, program);

    /// <summary>
    /// The configured folder, else pg_config's, Debian's newest, the PATH, Homebrew's and EDB's; null when none has a
    /// server of version 15 or newer.
    /// </summary>
    public static PostgresBinaries? Find(string? configured) =>
        (configured is null ? Candidates() : [configured])
            .Select(Probe)
            .FirstOrDefault(found => found is { Major: >= OldestMajor });

    private static IEnumerable<string> Candidates()
    {
        if (Output("pg_config", "--bindir") is { } folder)
        {
            yield return folder.Trim();
        }

        foreach (var debian in Newest("/usr/lib/postgresql"))
        {
            yield return System.IO.Path.Combine(debian, "bin");
        }

        foreach (var onPath in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':'))
        {
            yield return onPath;
        }

        foreach (var parent in new[] { "/opt/homebrew/opt", "/usr/local/opt", "/Library/PostgreSQL" })
        {
            foreach (var installed in Newest(parent))
            {
                yield return System.IO.Path.Combine(installed, "bin");
            }
        }
    }

    private static IEnumerable<string> Newest(string parent) =>
        Directory.Exists(parent)
            ? Directory.GetDirectories(parent)
                .Where(folder => File.Exists(System.IO.Path.Combine(folder, "bin", "postgres")))
                .OrderByDescending(folder => Number(System.IO.Path.GetFileName(folder)))
            : [];

    private static int Number(string name) =>
        int.TryParse(
            string.Concat(name.Where(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    /// <summary>Both are needed: client packages bring pg_config and psql without a server.</summary>
    private static PostgresBinaries? Probe(string folder)
    {
        var server = System.IO.Path.Combine(folder, "postgres");
        return File.Exists(server)
            && File.Exists(System.IO.Path.Combine(folder, "initdb"))
            && Output(server, "--version") is { } version
                ? new PostgresBinaries(folder, MajorOf(version))
                : null;
    }

    /// <summary>"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)" is 15.</summary>
    private static int MajorOf(string version)
    {
        var number = version.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => char.IsAsciiDigit(word[0]));
        return number is null ? 0 : Number(number.Split('.')[0].Trim());
    }

    private static string? Output(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [argument])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // No such program here.
        }
    }
}
