using System.Net.Http.Json;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>R-19: after a backup was restored, nobody goes on silently from events that are undone.</summary>
public sealed class RestoreTests(TestHost host) : IClassFixture<TestHost>
{
    [Fact, Trait("Category", "Slow")]
    public async Task A_position_given_after_the_backup_is_refused_and_one_given_before_it_goes_on()
    {
        // given: a database with events, a backup, and events after it
        var folder = Directory.CreateTempSubdirectory("platform-restore-");
        try
        {
            var token = await host.TokenOfAsync(await host.UserAsync([Role.Operations], RowLimits.None));
            await host.CalendarAsync();
            var kept = await host.SettledHeadAsync();
            var file = Path.Combine(folder.FullName, "backup");
            await RunAsync(host.ConnectionString, "db", "backup", file);
            for (var i = 0; i < 3; i++)
            {
                await host.CalendarAsync();
            }

            var lost = await host.SettledHeadAsync();

            // when: it is restored elsewhere and more happens there than was lost
            var cluster = await TestCluster.SharedAsync();
            var restored = cluster.ConnectionStringFor(await cluster.CreateEmptyAsync());
            await RunAsync(restored, "db", "restore", file, "--yes");
            await using var node = await HostProcess.ServeAsync(Environment(restored));
            using var client = Nodes.Client(node, token);
            var codes = Enumerable.Range(0, 6).Select(i => $"AFTER-{i}").ToList();
            foreach (var code in codes)
            {
                await CreateCalendarAsync(client, code);
            }

            // then
            foreach (var transport in Listening.All)
            {
                await using var stream = await Listening.OpenAsync(transport, node.Url, token, "CalendarCreated", kept, CancellationToken.None);
                foreach (var code in codes)
                {
                    (await stream.NextEventAsync()).GetProperty("code").GetString().ShouldBe(code, transport);
                }

                (await RefusalAsync(transport, node.Url, token, lost)).ShouldContain("CURSOR_EXPIRED", Case.Sensitive, transport);
                (await RefusalAsync(transport, host.Url, token, stream.Position!)).ShouldContain("CURSOR_EXPIRED", Case.Sensitive, transport);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RefusalAsync(string transport, string url, string token, string after)
    {
        try
        {
            await using var stream = await Listening.OpenAsync(transport, url, token, "CalendarCreated", after, CancellationToken.None);
            var heard = await stream.NextAsync();
            return heard.Word + heard.Body;
        }
        catch (HttpRequestException refused)
        {
            return refused.Message;
        }
    }

    private static async Task CreateCalendarAsync(HttpClient client, string code)
    {
        var answer = await client.PostAsJsonAsync("/graphql", new
        {
            query = """
                mutation ($code: String!) {
                  createCalendar(input: { code: $code, week: { name: "Five", workingDays: [MONDAY] } }) { calendarCreated { code } }
                }
                """,
            variables = new { code },
        });
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"code\":\"{code}\"");
    }

    private static async Task RunAsync(string connection, params string[] arguments)
    {
        var (code, output, errors) = await HostProcess.RunAsync(Environment(connection), arguments);
        code.ShouldBe(0, output + errors);
    }

    private static Dictionary<string, string?> Environment(string connection) => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Platform"] = connection,
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
    };
}
