using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Platform.Domain.Access;
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

    [Fact]
    public async Task From_elsewhere_they_are_read_with_the_permission_only()
    {
        (await FromElsewhereAsync(host.Client)).ShouldBe(HttpStatusCode.Unauthorized);
        (await FromElsewhereAsync(await host.AsAsync(Role.WarehouseWorker))).ShouldBe(HttpStatusCode.Forbidden);
        (await FromElsewhereAsync(await host.AsAsync(Role.Operations))).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> FromElsewhereAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "X-Forwarded-For", "203.0.113.7" } } };
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* ?.*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_]\w*="(\\.|[^"\\])*"(,[a-zA-Z_]\w*="(\\.|[^"\\])*")*\})? [-+.0-9eEIinfNa]+)$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Sample();
}
