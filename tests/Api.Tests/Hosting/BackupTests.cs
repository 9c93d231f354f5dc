using Platform.Api.Hosting.Postgres;
using Platform.Domain.Kernel.Audit;
using Platform.Domain.Kernel.Events;
using Platform.Domain.Kernel.Storage;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Hosting;

/// <summary>A backup restored into another server, whose transaction ids start anew, goes on where it stopped .</summary>
[Trait("Category", "Slow")]
public sealed class BackupTests(TurnstileDatabase database) : IClassFixture<TurnstileDatabase>
{
    [Fact]
    public async Task A_restored_database_keeps_its_order_its_chain_and_its_unpublished_events()
    {
        var turnstile = await database.TurnstileAsync(free: 1_000);
        await PassAsync(turnstile, times: 20);
        while (await EventPublisher.PublishAsync(database.Application, CancellationToken.None) == 0)
        {
            await Task.Delay(10); // Another test's transaction holds the server's horizon.
        }

        await new AuditSealer(database.Application, TimeProvider.System, key: null).SealAsync(CancellationToken.None);
        await PassAsync(turnstile, times: 5); // neither published nor sealed
        var data = Directory.CreateTempSubdirectory("platform-restore-");
        using (var open = System.Diagnostics.Process.Start("chmod", ["755", data.FullName]))
        {
            await open.WaitForExitAsync();
        }

        try
        {
            var file = Path.Combine(data.FullName, "backup.dump");
            var from = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Platform"] = database.ConnectionString };
            (await HostProcess.RunAsync(from, "db", "backup", file)).Code.ShouldBe(0);
            var here = new Dictionary<string, string?>(StringComparer.Ordinal);
            (await HostProcess.RunAsync(here, "db", "migrate", "--data", data.FullName)).Code.ShouldBe(0);
            var restored = await HostProcess.RunAsync(here, "db", "restore", file, "--data", data.FullName);
            restored.Code.ShouldBe(0, restored.Errors);
            (await HostProcess.RunAsync(here, "db", "check", "--audit", "--data", data.FullName)).ShouldBe((0, string.Empty, string.Empty));
            var again = await HostProcess.RunAsync(here, "db", "restore", file, "--data", data.FullName);
            (again.Code, again.Errors.Contains("--yes", StringComparison.Ordinal)).ShouldBe((2, true));

            await ShouldContinueAsync(data.FullName);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task ShouldContinueAsync(string data)
    {
        await using var cluster = await PrivateCluster.StartPersistentAsync(PostgresBinaries.Find(null)!, data, CancellationToken.None);
        await using var application = DatabaseAccess.AsApplication(cluster.ConnectionString);
        var reader = new EventReader(application);
        var before = await reader.HeadAsync(CancellationToken.None);
        (await EventPublisher.PublishAsync(application, CancellationToken.None)).ShouldBe(5);
        var page = (EventPage.Events)await reader.ReadAsync(before - 1, limit: 100, CancellationToken.None);
        page.Items.Select(one => one.Version).ShouldBe([20, 21, 22, 23, 24, 25]);
        page.Items.Select(one => one.Position).ShouldBe(Enumerable.Range(0, 6).Select(i => before + i));

        (await new AuditSealer(application, TimeProvider.System, key: null).SealAsync(CancellationToken.None)).ShouldBe(5);
        await using var owner = DatabaseAccess.AsOwner(cluster.ConnectionString);
        (await new AuditVerification(owner, key: null, exported: null).RunAsync(CancellationToken.None)).Fault.ShouldBeNull();
        (await InvariantCheck.RunAsync(owner, CancellationToken.None)).ShouldBeEmpty();
    }

    private async Task PassAsync(Guid turnstile, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await database.RunAsync(Pass.Through(turnstile, people: 1))).Error.ShouldBeNull();
        }
    }
}
