using System.Diagnostics;
using System.Text.Json;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Hosting;

/// <summary>The program as a shell, a service manager and a power cut see it.</summary>
[Trait("Category", "Slow")]
public sealed class HostProcessTests
{
    private static readonly Dictionary<string, string?> Nothing = new(StringComparer.Ordinal);

    [Fact]
    public async Task No_database_server_is_left_after_the_host_was_killed()
    {
        await using var host = await HostProcess.ServeAsync(Nothing, "--ephemeral");
        var servers = ServersOf(host.Id);
        servers.ShouldNotBeEmpty();

        await host.KillAsync();

        var clock = Stopwatch.StartNew();
        while (servers.Any(IsAlive))
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task A_stop_is_graceful_takes_less_than_five_seconds_and_leaves_nothing()
    {
        await using var host = await HostProcess.ServeAsync(Nothing, "--ephemeral");
        var servers = ServersOf(host.Id);

        var (code, took, errors) = await host.StopAsync();

        code.ShouldBe(0);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        errors.ShouldBeEmpty();
        servers.ShouldAllBe(server => !IsAlive(server));
    }

    [Fact]
    public async Task A_persistent_database_keeps_what_it_holds_and_serves_one_host_at_a_time()
    {
        var data = Directory.CreateTempSubdirectory("platform-test-");
        using (var open = Process.Start("chmod", ["755", data.FullName])) // the server's user must be able to pass
        {
            await open.WaitForExitAsync();
        }

        try
        {
            await using (var first = await HostProcess.ServeAsync(Nothing, "--data", data.FullName))
            {
                var second = await HostProcess.RunAsync(Nothing, "run", "--data", data.FullName);
                (second.Code, second.Errors).ShouldBe((2, second.Errors));
                second.Errors.ShouldContain("Another process uses the database");
                (await HostProcess.RunAsync(Nothing, "db", "reset", "--data", data.FullName)).Code.ShouldBe(2);
                var check = await HostProcess.RunAsync(Nothing, "db", "check", "--audit", "--data", data.FullName);
                check.ShouldBe((0, string.Empty, string.Empty)); // beside the running host
                await first.KillAsync();
            }

            await using var again = await HostProcess.ServeAsync(Nothing, "--data", data.FullName);
            (await again.StopAsync()).Code.ShouldBe(0);
            (await HostProcess.RunAsync(Nothing, "db", "migrate", "--data", data.FullName)).Output.ShouldContain("up to date");
            (await HostProcess.RunAsync(Nothing, "db", "reset", "--data", data.FullName)).Output.ShouldContain("applied 0001_kernel");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Every_wrong_setting_is_told_at_once()
    {
        var (code, _, errors) = await HostProcess.RunAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Platform__Audit__SealEvery"] = "soon",
                ["Platform__Events__KeepDays"] = "0",
                ["Platform__Database__MigrateOnStrat"] = "true",
                ["ConnectionStrings__Platform"] = "Hots=nowhere",
            },
            "run");

        code.ShouldBe(2);
        errors.ShouldContain("Platform__Audit__SealEvery is 'soon', which is no time span");
        errors.ShouldContain("Platform__Events__KeepDays is 0, it must lie between");
        errors.ShouldContain("Platform__Database__MigrateOnStrat is not a setting");
        errors.ShouldContain("ConnectionStrings__Platform: ");
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("run", "--urrls", "x")]
    [InlineData("run", "--seed", "whatever")]
    [InlineData("db")]
    [InlineData("db", "restore")]
    public async Task A_wrong_call_ends_with_2_and_says_why(params string[] arguments)
    {
        var (code, _, errors) = await HostProcess.RunAsync(Nothing, arguments);

        code.ShouldBe(2);
        errors.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Without_PostgreSQL_the_three_ways_to_get_one_are_told()
    {
        var empty = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(empty.FullName, "postgres"), "#!/bin/sh\nexit 1\n");
        try
        {
            var (code, _, errors) = await HostProcess.RunAsync(
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["Platform__Postgres__Bin"] = empty.FullName }, "run", "--ephemeral");

            code.ShouldBe(2);
            errors.ShouldContain("apt-get install postgresql");
            errors.ShouldContain("Platform__Postgres__Bin");
            errors.ShouldContain("ConnectionStrings__Platform");
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_configuration_is_shown_with_its_sources_and_without_its_secrets()
    {
        var (code, output, _) = await HostProcess.RunAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ConnectionStrings__Platform"] = "Host=db;Username=app;Password=canary-7431",
                ["Platform__Audit__SealEvery"] = "00:00:02",
            },
            "config", "show");

        code.ShouldBe(0);
        output.ShouldContain("Platform__Audit__SealEvery = 00:00:02  (Environment");
        output.ShouldContain("Password=***");
        output.ShouldNotContain("canary-7431");
    }

    [Fact]
    public async Task The_doctor_finds_this_machine_fit()
    {
        var (code, output, _) = await HostProcess.RunAsync(Nothing, "doctor");

        code.ShouldBe(0, output);
        output.ShouldContain("✓ PostgreSQL 15 or newer");
    }

    [Fact]
    public async Task An_external_database_is_migrated_only_when_told_and_logs_are_JSON_in_production()
    {
        var cluster = await TestCluster.SharedAsync();
        var name = await cluster.CreateEmptyAsync();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Platform"] = cluster.ConnectionStringFor(name),
        };
        var refused = await HostProcess.RunAsync(environment, "run");
        (refused.Code, refused.Output).ShouldBe((2, string.Empty));
        refused.Errors.ShouldContain("from 0001_kernel on");
        refused.Errors.ShouldContain("platform db migrate");

        await using var host = await HostProcess.ServeAsync(
            new Dictionary<string, string?>(environment, StringComparer.Ordinal)
            {
                ["Platform__Database__MigrateOnStart"] = "true",
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
            });
        ServersOf(host.Id).ShouldBeEmpty(); // nothing private beside an external database
        using var client = new HttpClient { BaseAddress = new Uri(host.Url) };
        (await client.GetStringAsync("/health/ready")).ShouldContain("\"status\":\"HEALTHY\"");
        await cluster.DropAsync(name);
        await Task.Delay(300); // The publisher notices and logs.
        var (code, _, log) = await host.StopAsync();

        code.ShouldBe(0);
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldNotBeEmpty();
        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("LogLevel").GetString()).ShouldAllBe(level => level != null);
    }

    /// <summary>The processes of PostgreSQL that descend from this host.</summary>
    private static List<int> ServersOf(int host)
    {
        var parents = Process.GetProcesses().Select(process => process.Id)
            .Select(id => (Id: id, Stat: ReadStat(id)))
            .Where(process => process.Stat is not null)
            .ToDictionary(process => process.Id, process => int.Parse(process.Stat![(process.Stat!.LastIndexOf(')') + 4)..].Split(' ')[0]));
        bool Descends(int id) => parents.TryGetValue(id, out var parent) && (parent == host || Descends(parent));
        return parents.Keys.Where(Descends).Where(id => ReadStat(id)?.Contains("(postgres)", StringComparison.Ordinal) is true).ToList();
    }

    private static bool IsAlive(int id) => ReadStat(id)?.Contains("(postgres)", StringComparison.Ordinal) is true;

    private static string? ReadStat(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
