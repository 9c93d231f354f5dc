using System.Net.Http.Json;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access;

/// <summary>R-50: what opens a door is found in no log, whichever way it came in.</summary>
public sealed class SecretsInLogsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Canary_secrets_through_every_input_reach_no_log_and_no_row()
    {
        const string Canary = "canary-4711-do-not-keep";
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Platform"] = database.ConnectionString,
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Logging__LogLevel__Default"] = "Debug",
            ["Logging__LogLevel__Microsoft.AspNetCore"] = "Debug",
        };
        await using var host = await HostProcess.ServeAsync(environment);
        using var client = new HttpClient { BaseAddress = new Uri(host.Url) };
        var answers = new List<string>();

        foreach (var (path, body) in new (string, object)[]
                 {
                     ("/auth/login", new { login = Canary, password = Canary }),
                     ("/auth/login", new { login = "a", password = Canary, more = Canary }),
                     ("/auth/password", new { login = "someone", password = Canary, newPassword = Canary + Canary }),
                     ("/auth/refresh", new { refreshToken = "prt_" + Canary }),
                     ("/graphql", new { query = "query($p: String) { service { name @include(if: $p) } }", variables = new { p = Canary } }),
                 })
        {
            answers.Add(await (await client.PostAsJsonAsync(path, body)).Content.ReadAsStringAsync());
        }

        foreach (var authorization in new[] { $"Bearer {Canary}", $"Bearer pak_aaaaaaaa_{Canary}", $"Bearer a.{Canary}.c", $"Basic {Canary}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = "{ __typename }" }) };
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            answers.Add(await (await client.SendAsync(request)).Content.ReadAsStringAsync());
        }

        var (_, _, log) = await host.StopAsync();

        log.ShouldNotContain(Canary);
        answers.ShouldAllBe(answer => !answer.Contains(Canary, StringComparison.Ordinal));
        (await database.ScalarAsync<long>(
            $"select (select count(*) from audit where body like '%{Canary}%') + (select count(*) from event where payload::text like '%{Canary}%')"))
            .ShouldBe(0);
    }
}
