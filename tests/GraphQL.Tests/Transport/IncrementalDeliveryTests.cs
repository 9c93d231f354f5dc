using System.Text.Json;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>@defer and @stream from a real executor, in both dialects over every streaming media type.</summary>
public class IncrementalDeliveryTests
{
    private const string Deferred = """{ item(id: "i1") { id ... @defer(label: "late") { stock } } }""";

    [Theory]
    [InlineData("multipart/mixed")]
    [InlineData("multipart/mixed;incrementalSpec=v0.2")]
    [InlineData("text/event-stream")]
    [InlineData("application/jsonl")]
    [InlineData("application/graphql-response+jsonl")]
    public async Task The_newer_dialect_names_what_is_pending(string accept)
    {
        var parts = await PartsAsync(Deferred, accept);

        parts.Count.ShouldBeGreaterThanOrEqualTo(2);
        parts[0].GetProperty("data").GetRawText().ShouldBe("""{"item":{"id":"i1"}}""");
        parts[0].GetProperty("hasNext").GetBoolean().ShouldBeTrue();
        var pending = parts[0].GetProperty("pending")[0];
        pending.GetProperty("path").GetRawText().ShouldBe("""["item"]""");
        pending.GetProperty("label").GetString().ShouldBe("late");
        var incremental = parts.Single(part => part.TryGetProperty("incremental", out _)).GetProperty("incremental")[0];
        incremental.GetProperty("id").GetString().ShouldBe(pending.GetProperty("id").GetString());
        incremental.GetProperty("data").GetRawText().ShouldBe("""{"stock":7}""");
        parts[^1].GetProperty("hasNext").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("multipart/mixed;deferSpec=20220824")]
    [InlineData("multipart/mixed;incrementalSpec=v0.1")]
    [InlineData("text/event-stream;incrementalSpec=v0.1")]
    [InlineData("application/jsonl;incrementalSpec=v0.1")]
    public async Task The_older_dialect_tells_path_and_label_with_every_part(string accept)
    {
        var parts = await PartsAsync(Deferred, accept);

        parts[0].TryGetProperty("pending", out _).ShouldBeFalse();
        var incremental = parts.Single(part => part.TryGetProperty("incremental", out _)).GetProperty("incremental")[0];
        incremental.GetProperty("path").GetRawText().ShouldBe("""["item"]""");
        incremental.GetProperty("label").GetString().ShouldBe("late");
        parts[^1].GetProperty("hasNext").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/graphql-response+json")]
    public async Task A_client_that_reads_no_streams_gets_everything_at_once(string accept)
    {
        await using var executor = Shop.Executor();
        await using var server = await TransportServer.StartAsync(executor);

        (await server.PostAsync(WireClient.Query(Deferred), accept)).Body.ShouldBe("""{"data":{"item":{"id":"i1","stock":7}}}""");
    }

    private static async Task<List<JsonElement>> PartsAsync(string document, string accept)
    {
        await using var executor = Shop.Executor();
        await using var server = await TransportServer.StartAsync(executor);
        var answer = await server.PostAsync(WireClient.Query(document), accept);
        answer.Code.ShouldBe(200);
        return [.. answer.Body.Split('\n')
            .Select(line => line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : line)
            .Where(line => line.StartsWith('{'))
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
