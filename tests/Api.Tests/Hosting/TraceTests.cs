using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Hosting;

/// <summary>What leaves the process about requests: enough to find a slow statement, and no secret .</summary>
public sealed class TraceTests(TestHost database) : IClassFixture<TestHost>
{
    private const string Canary = "canary-7f3a9c";

    [Fact]
    public async Task A_collector_gets_the_operation_and_its_SQL_and_neither_it_nor_the_log_gets_what_was_said()
    {
        // given
        var received = new ConcurrentQueue<string>();
        await using var collector = await CollectAsync(received);
        await using var host = await HostProcess.ServeAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Platform"] = database.ConnectionString + $";Password={Canary}",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        using var client = new HttpClient { BaseAddress = new Uri(host.Url) };
        var token = await database.TokenOfAsync(await database.UserAsync([Role.Operations], RowLimits.None));
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");

        // when
        await client.PostAsJsonAsync("/graphql", new
        {
            query = "query FindThings($code: String!) { items(first: 1, where: { code: { eq: $code } }) { nodes { name } } }",
            variables = new { code = Canary },
        });
        await client.PostAsJsonAsync("/graphql", new { query = $$"""{ broken "{{Canary}}" """ });
        using (var wrong = new HttpRequestMessage(HttpMethod.Get, "/graphql") { Headers = { { "Authorization", $"Bearer {Canary}" } } })
        {
            await client.SendAsync(wrong);
        }

        var (code, _, log) = await host.StopAsync();

        // then
        code.ShouldBe(0);
        var traces = string.Concat(received);
        traces.ShouldContain("FindThings");
        traces.ShouldContain("from item", Case.Insensitive);
        traces.ShouldNotContain(Canary);
        traces.ShouldNotContain(token);
        log.ShouldNotContain(Canary);
        log.ShouldNotContain(token);
    }

    private static async Task<WebApplication> CollectAsync(ConcurrentQueue<string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.MapPost("/v1/{kind}", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.Enqueue(Encoding.UTF8.GetString(body.ToArray()));
        });
        await collector.StartAsync();
        return collector;
    }
}
