using System.Net;
using System.Text.Json.Nodes;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Hosting;

public sealed class HealthTests(TestHost host) : IClassFixture<TestHost>
{
    [Fact]
    public async Task A_host_that_can_work_is_ready_and_says_what_it_looked_at()
    {
        var response = await host.Client.GetAsync("/health/ready");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var health = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        health["status"]!.GetValue<string>().ShouldBe("HEALTHY");
        health["checks"]!.AsArray().Select(check => check!["name"]!.GetValue<string>()).ShouldBe(["database", "events", "redis"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_host_whose_schema_is_not_its_own_is_alive_but_not_ready()
    {
        await host.ExecuteAsync("update schema_migration set checksum = 'x' where number = 1");
        try
        {
            var ready = await host.Client.GetAsync("/health/ready");

            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await ready.Content.ReadAsStringAsync()).ShouldContain("0001_kernel was changed after it was applied");
            (await host.Client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await host.ExecuteAsync(
                $"update schema_migration set checksum = decode('{Convert.ToHexString(Platform.Domain.Kernel.Storage.Migrations.All[0].Checksum)}', 'hex') where number = 1");
        }
    }

    [Fact]
    public async Task The_running_host_publishes_and_seals_what_commands_leave_R_58()
    {
        var committed = System.Diagnostics.Stopwatch.StartNew();
        await host.ExecuteAsync(
            """
            insert into event (event_id, aggregate, aggregate_id, version, type, payload, actor_kind, actor_id, correlation_id, occurred_at)
            values (gen_random_uuid(), 'Turnstile', gen_random_uuid(), 1, 'Passed', '{}', 'HUMAN', gen_random_uuid(), gen_random_uuid(), now());
            insert into audit (at, correlation_id, actor_kind, actor_id, person_id, actor_name, action, outcome, body)
            values (now(), gen_random_uuid(), 'HUMAN', gen_random_uuid(), gen_random_uuid(), 'Ada', 'Pass', 'DONE', '{}');
            """);

        while (await host.ScalarAsync<long>("select (select count(*) from event_position) + (select count(*) from audit_link)") < 2)
        {
            committed.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            await Task.Delay(20);
        }

        (await host.BrokenInvariantsAsync()).ShouldBeEmpty();
    }
}
