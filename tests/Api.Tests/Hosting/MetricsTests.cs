using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Hosting;

public sealed partial class MetricsTests(TestHost host) : IClassFixture<TestHost>
{
    [Fact]
    public async Task A_scraper_on_this_machine_reads_what_the_node_does()
    {
        // given
        await host.Client.PostAsJsonAsync("/graphql", new { query = "{ service { name } }" });

        // when
        var page = await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        // then
        page.ShouldContain("graphql_server_operation_duration_seconds_count{graphql_operation_type=\"query\"}");
        page.ShouldContain("graphql_server_operation_cost_bucket");
        page.ShouldContain("# TYPE platform_events_lag_seconds gauge");
        page.ShouldContain("platform_feed_streams 0");
        page.ShouldContain("http_server_request_duration_seconds_bucket");
        page.ShouldContain("dotnet_gc_collections_total");
        page.ShouldContain("db_client_");
        page.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !Sample().IsMatch(line))
            .ShouldBeEmpty("each line is a comment or a sample");
        page.Split('\n').Count(line => line.StartsWith("# TYPE", StringComparison.Ordinal))
            .ShouldBe(page.Split('\n').Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Distinct().Count());
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* ?.*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_]\w*="(\\.|[^"\\])*"(,[a-zA-Z_]\w*="(\\.|[^"\\])*")*\})? [-+.0-9eEIinfNa]+)$""")]
    private static partial Regex Sample();
}

public sealed class GuardedMetricsTests(GuardedMetricsTests.GuardedHost host) : IClassFixture<GuardedMetricsTests.GuardedHost>
{
    public const string Token = "a-token-of-more-than-16";

    [Fact]
    public async Task With_a_token_only_its_holder_reads_them()
    {
        var without = await host.Client.GetAsync(new Uri("/metrics", UriKind.Relative));
        without.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "Authorization", $"Bearer {Token}" } } };
        (await host.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public sealed class GuardedHost : TestHost
    {
        protected override IReadOnlyDictionary<string, string?> Configuration { get; } =
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Platform:Telemetry:MetricsToken"] = Token };
    }
}
