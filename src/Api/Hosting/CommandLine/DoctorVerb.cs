using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Platform.Api.Hosting.Postgres;
using Platform.Api.Hosting.Settings;

namespace Platform.Api.Hosting.CommandLine;

/// <summary>Says what this machine has and lacks, and the command that mends it.</summary>
internal sealed class DoctorVerb : IVerb
{
    private const int Port = 5080;

    private static readonly string[] Needed = ["initdb", "postgres", "pg_dump", "pg_restore"];

    /// <summary>One line of the doctor. What is optional does not make the visit fail.</summary>
    private sealed record Finding(string What, bool IsFine, string Detail, string Mend, bool IsOptional);

    public Command Build()
    {
        var doctor = new Command("doctor", "Says what this machine lacks, and the command that mends it.") { SharedOptions.Data };
        doctor.SetAction(async (call, _) =>
        {
            var findings = Examine(call.GetValue(SharedOptions.Data)).ToList();
            foreach (var finding in findings)
            {
                var sign = finding.IsFine ? "✓" : finding.IsOptional ? "–" : "✗";
                await Console.Out.WriteLineAsync($"{sign} {finding.What}: {finding.Detail}");
                if (!finding.IsFine)
                {
                    await Console.Out.WriteLineAsync($"    {finding.Mend}");
                }
            }

            return findings.All(finding => finding.IsFine || finding.IsOptional) ? ExitCode.Ok : ExitCode.Usage;
        });
        return doctor;
    }

    private static IEnumerable<Finding> Examine(string? data)
    {
        var configuration = SharedOptions.Configuration();
        yield return Settings(configuration);
        yield return Program("dotnet", "--version", ".NET SDK", "https://dotnet.microsoft.com/download/dotnet/10.0", isOptional: false);
        var external = configuration[Connections.Platform];
        if (external is null)
        {
            yield return Postgres(configuration);
            yield return Folder(data ?? configuration["Platform:Postgres:Data"] ?? ClusterFolders.StateFolder());
        }
        else
        {
            yield return new Finding("database", IsFine: true, Connections.Masked(external), string.Empty, IsOptional: false);
        }

        yield return FreePort();
        yield return Program(
            "node", "--version", "Node.js, for `test` (reference clients) and `bench graph` (other servers)", "apt-get install -y nodejs npm", isOptional: true);
        yield return Program(
            "redis-server", "--version", "Redis' server, for `test` (several nodes)", "apt-get install -y redis-server", isOptional: true);
        yield return Redis(configuration);
    }

    private static Finding Settings(IConfigurationRoot configuration)
    {
        try
        {
            new SettingsReader(configuration).Read();
            return new Finding("configuration", IsFine: true, "every setting is known and valid", string.Empty, IsOptional: false);
        }
        catch (InvalidSettingsException invalid)
        {
            return new Finding(
                "configuration", IsFine: false, string.Join(" ", invalid.Faults), "platform config show, then unset or correct the variables", IsOptional: false);
        }
    }

    private static Finding Postgres(IConfigurationRoot configuration)
    {
        var binaries = PostgresBinaries.Find(configuration["Platform:Postgres:Bin"]);
        if (binaries is null)
        {
            return new Finding(
                "PostgreSQL 15 or newer", IsFine: false, "no programs were found", "apt-get install -y postgresql", IsOptional: false);
        }

        var lacking = Needed.Where(program => !File.Exists(binaries.Path(program))).ToList();
        return new Finding(
            "PostgreSQL 15 or newer",
            IsFine: lacking.Count == 0,
            lacking.Count == 0 ? $"version {binaries.Major} in {binaries.Folder}" : $"{binaries.Folder} lacks {string.Join(", ", lacking)}",
            "apt-get install -y postgresql postgresql-client",
            IsOptional: false);
    }

    /// <summary>The nearest folder that exists must let us write.</summary>
    private static Finding Folder(string folder)
    {
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        try
        {
            var probe = Path.Combine(existing, $".platform-{Environment.ProcessId}");
            File.WriteAllText(probe, string.Empty);
            File.Delete(probe);
            return new Finding("data folder", IsFine: true, $"{folder} can be written", string.Empty, IsOptional: false);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            return new Finding("data folder", IsFine: false, $"{existing} cannot be written", "choose another with --data DIR", IsOptional: false);
        }
    }

    private static Finding FreePort()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, Port);
            listener.Start();
            return new Finding("port", IsFine: true, $"{Port} is free", string.Empty, IsOptional: true);
        }
        catch (SocketException)
        {
            return new Finding("port", IsFine: false, $"{Port} is in use", "platform run --urls http://127.0.0.1:5081", IsOptional: true);
        }
    }

    private static Finding Redis(IConfigurationRoot configuration) =>
        configuration[Connections.Redis] is { } redis
            ? new Finding("Redis", IsFine: true, Connections.Masked(redis), string.Empty, IsOptional: true)
            : new Finding(
                "Redis", IsFine: false, "not configured; it lets several nodes wake each other sooner, one needs none", "export ConnectionStrings__Redis=localhost:6379", IsOptional: true);

    private static Finding Program(string program, string argument, string what, string mend, bool isOptional)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return new Finding(what, process.ExitCode == 0, version, mend, isOptional);
        }
        catch (Win32Exception)
        {
            return new Finding(what, IsFine: false, "not found", mend, isOptional);
        }
    }
}
