using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access;

public sealed class ThriftyHost : TestHost
{
    protected override IReadOnlyDictionary<string, string?> Configuration { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Platform:Access:PointsPerMinute"] = "1000",
        ["Platform:Access:AnonymousPointsPerMinute"] = "100",
    };
}

/// <summary>G-52: budgets are of people and addresses, in what operations cost.</summary>
public sealed class BudgetTests(ThriftyHost host) : IClassFixture<ThriftyHost>
{
    private const string Dear = "{ a: service { name } b: service { name } c: service { name } d: service { name } e: service { name } }";

    [Fact]
    public async Task Whoever_spent_their_minute_waits_whatever_session_they_use()
    {
        var user = await host.UserAsync([Role.Planner], RowLimits.None);
        using var first = host.ClientWith(await host.TokenOfAsync(user));
        var answers = new List<HttpResponseMessage>();
        for (var at = 0; at < 60 && answers.TrueForAll(answer => answer.StatusCode == HttpStatusCode.OK); at++)
        {
            answers.Add(await first.PostAsJsonAsync("/graphql", new { query = Dear }));
        }

        answers[0].Headers.GetValues("RateLimit-Limit").ShouldBe(["1000"]);
        answers[^1].StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answers[^1].Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        JsonNode.Parse(await answers[^1].Content.ReadAsStringAsync())!["errors"]![0]!["extensions"]!["code"]!.GetValue<string>().ShouldBe("RATE_LIMITED");

        using var second = host.ClientWith(await host.TokenOfAsync(user));
        (await second.PostAsJsonAsync("/graphql", new { query = Dear })).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var somebodyElse = await host.AsAsync(Role.Planner);
        (await somebodyElse.PostAsJsonAsync("/graphql", new { query = Dear })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Those_who_did_not_sign_in_share_the_budget_of_their_address()
    {
        var codes = new List<string?>();
        for (var at = 0; at < 30; at++)
        {
            var answer = JsonNode.Parse(await (await host.Client.PostAsJsonAsync("/graphql", new { query = Dear })).Content.ReadAsStringAsync())!;
            codes.Add(answer["errors"]?[0]?["extensions"]?["code"]?.GetValue<string>());
        }

        codes[0].ShouldBeNull();
        codes[^1].ShouldBe("RATE_LIMITED");
    }
}
