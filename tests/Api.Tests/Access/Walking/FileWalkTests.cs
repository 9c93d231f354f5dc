using Platform.Api.Reading.Declaring;
using Platform.Domain.Access;
using Platform.Domain.Bulk;
using Platform.Domain.Catalog;
using Platform.Domain.Warehouses;
using Platform.Tests.Api.Bulk;
using Platform.Tests.Api.Webhooks;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access.Walking;

/// <summary>R-42 for what leaves the house in other ways: files of exports, and messages of webhooks.</summary>
public sealed class FileWalkTests(WalkedHost host) : IClassFixture<WalkedHost>
{
    public static TheoryData<string> Limits => [.. WalkedWorld.LimitNames];

    [Theory, MemberData(nameof(Limits))]
    public async Task No_export_holds_a_foreign_row(string limit)
    {
        using var client = host.ClientWith(host.Token(limit));
        var rows = 0;

        // There is always one more that waits: who works jobs off looks for new ones only once a second.
        var most = new ParallelOptions { MaxDegreeOfParallelism = BulkJob.MostOpenPerActor - 2 };
        await Parallel.ForEachAsync(host.Model.Types, most, async (type, _) =>
        {
            var started = await BulkHost.ExportAsync(client, Everything(type), variables: null, "JSON_LINES");
            var (job, lines) = await BulkHost.EndAsync(
                client, started["exportStarted"]?["jobId"]?.GetValue<string>() ?? throw new InvalidOperationException(started.ToJsonString()));
            job["status"]!.GetValue<string>().ShouldBe("DONE", job.ToJsonString());
            lines.Where(line => host.Told(limit, line).Any()).ShouldBeEmpty(job.ToJsonString());
            Interlocked.Add(ref rows, lines.Count);
        });

        rows.ShouldBeGreaterThan(20);
    }

    /// <summary>A webhook tells what its account may see now, whatever it was allowed when it was registered.</summary>
    [Fact]
    public async Task No_webhook_tells_of_a_foreign_row()
    {
        // given: registered by somebody who saw everything, and who is then limited to one warehouse
        await using var receiver = await Receiver.StartAsync();
        var user = await host.UserAsync([Role.Integrator, Role.Operations], RowLimits.None);
        using var client = host.ClientWith(await host.TokenOfAsync(user));
        var registered = await BulkHost.AskAsync(
            client,
            "mutation($input: RegisterWebhookInput!) { registerWebhook(input: $input) { errors { __typename ... on Error { message } } } }",
            new { input = new { name = "Walk", url = receiver.Url, document = "subscription { events(types: [\"ZoneCreated\"]) { data subjectId } }" } });
        registered["data"]!["registerWebhook"]!["errors"].ShouldBeNull(registered.ToJsonString());
        var (mine, theirs) = (host.Demo.Warehouses["KAS"], host.Demo.Warehouses.First(one => one.Key != "KAS").Value);
        await Task.Delay(1_500); // The deliverer looks twice a second, and begins where the log ends.
        (await host.RunAsync(new ChangeRowScope(user, Version: 1, RowLimits.None with { Warehouses = [mine] }))).Error.ShouldBeNull();
        await Task.Delay(2_500); // A change of rows is known everywhere within two seconds.

        // when
        await ZoneAsync(theirs);
        await ZoneAsync(mine);
        await ZoneAsync(theirs);
        await ZoneAsync(mine);

        // then
        var all = await receiver.WaitForAsync(2);
        await Task.Delay(500);
        receiver.All.Count.ShouldBe(2);
        all.ShouldAllBe(one => !one.Body.Contains(theirs.ToString()));
    }

    private static string Everything(ReadType type) =>
        $"{{ {type.Declared.Plural} {{ nodes {{ {string.Join(' ', type.Columns.Select(column => column.Name))} "
        + string.Join(' ', type.Ones.Select(edge => $"{edge.Name} {{ {(edge.Target.IsNode ? "id" : "__typename")} }}")) + " } } }";

    private async Task ZoneAsync(WarehouseId warehouse) =>
        (await host.RunAsync(new CreateZone(warehouse, MasterData.Code("Z"), new ZoneSetup("Walked", Temperature.Ambient, [], 1)), MasterData.Steward)).Error.ShouldBeNull();
}
