using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Graph;

public sealed class GraphTests(TestHost host) : IClassFixture<TestHost>
{
    [Fact]
    public async Task The_graph_says_who_answers_and_up_to_which_event()
    {
        var answer = await AskAsync("{ service { name serverTime eventPosition } }");

        var service = answer["data"]!["service"]!;
        service["name"]!.GetValue<string>().ShouldBe("Platform");
        service["serverTime"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        service["eventPosition"]!.GetValue<long>().ShouldBe(await host.ScalarAsync<long>("select last_position from event_publisher"));
    }

    [Fact]
    public async Task A_subscriber_hears_the_clock_tick()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = "subscription { serverTime }" }),
            Headers = { { "Accept", "text/event-stream" } },
        };
        using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        var ticks = new List<string>();
        while (ticks.Count < 2)
        {
            if (await reader.ReadLineAsync() is { } line && line.StartsWith("data: {", StringComparison.Ordinal))
            {
                ticks.Add(line);
            }
        }

        ticks.ShouldAllBe(tick => tick.Contains("\"serverTime\":", StringComparison.Ordinal));
        ticks.ShouldBeUnique();
    }

    [Fact]
    public async Task Every_field_and_type_of_the_graph_is_described()
    {
        var answer = await AskAsync("{ __schema { types { name description fields { name description } } } }");

        var bare = answer["data"]!["__schema"]!["types"]!.AsArray()
            .Where(type => !type!["name"]!.GetValue<string>().StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type!["fields"]?.AsArray() ?? [])
            .Where(field => field!["description"] is null)
            .Select(field => field!["name"]!.GetValue<string>());
        bare.ShouldBeEmpty();
    }

    private async Task<JsonNode> AskAsync(string query)
    {
        var response = await host.Client.PostAsJsonAsync("/graphql", new { query });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
