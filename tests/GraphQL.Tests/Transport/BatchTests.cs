using System.Text.Json;
using Platform.GraphQL.Transport;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>Batches of requests, operations and variables: off, then bounded (G-20).</summary>
public class BatchTests
{
    private const string Strict = "application/graphql-response+json";

    private readonly ScriptedExecutor _executor = new();

    public BatchTests()
    {
        _executor.On("{ a }", """{"data":{"a":1}}""");
        _executor.On("{ b }", """{"data":{"b":1}}""");
    }

    [Fact]
    public async Task A_batch_of_requests_is_answered_in_order_and_each_failure_stands_alone()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Batching.Allowed = BatchingKinds.Requests);

        var answer = await server.PostAsync("""[{"query":"{ a }"},{"query":"{ unknown }"},{"query":"{ b }"}]""", Strict);

        answer.Code.ShouldBe(200);
        answer.Body.ShouldBe(
            """[{"requestIndex":0,"data":{"a":1}},{"requestIndex":1,"errors":[{"message":"Unknown field.","extensions":{"code":"VALIDATION"}}]},{"requestIndex":2,"data":{"b":1}}]""");
    }

    [Fact]
    public async Task Operations_of_one_document_run_by_name()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Batching.Allowed = BatchingKinds.Operations);
        using var request = server.Request(HttpMethod.Post, "?batchOperations=[A,B]", Strict,
            new StringContent(WireClient.Query("{ a }"), System.Text.Encoding.UTF8, "application/json"));

        var answer = await server.SendAsync(request);

        JsonDocument.Parse(answer.Body).RootElement.GetArrayLength().ShouldBe(2);
        _executor.Requests.Select(asked => asked.OperationName).ShouldBe(["A", "B"]);
    }

    [Fact]
    public async Task Sets_of_variables_run_one_by_one()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Batching.Allowed = BatchingKinds.Variables);

        var answer = await server.PostAsync("""{"query":"{ a }","variables":[{"v":1},{"v":2}]}""", Strict);

        answer.Body.ShouldBe("""[{"variableIndex":0,"data":{"a":1}},{"variableIndex":1,"data":{"a":1}}]""");
        _executor.Requests.Select(asked => asked.Variables).ShouldBe(["""{"v":1}""", """{"v":2}"""]);
    }

    [Fact]
    public async Task A_batch_may_be_a_stream()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Batching.Allowed = BatchingKinds.All);

        var answer = await server.PostAsync("""[{"query":"{ a }"},{"query":"{ b }"}]""", "application/jsonl");

        answer.Body.ShouldBe("{\"requestIndex\":0,\"data\":{\"a\":1}}\n{\"requestIndex\":1,\"data\":{\"b\":1}}\n");
    }

    [Theory]
    [InlineData("[]", "HC0009")]
    [InlineData("[1]", "HC0009")]
    [InlineData("[{\"query\":\"{ a }\"}", "HC0009")]
    public async Task A_batch_that_is_none_is_refused(string body, string code)
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Batching.Allowed = BatchingKinds.All);

        var answer = await server.PostAsync(body, Strict);

        answer.Code.ShouldBe(400);
        answer.ErrorCode.ShouldBe(code);
    }

    [Fact]
    public async Task The_operations_of_a_batch_share_one_budget_G_20()
    {
        // given: each costs about three hundred of a thousand
        await using var executor = Shop.Executor();
        await using var server = await TransportServer.StartAsync(executor, options => options.Batching.Allowed = BatchingKinds.All);
        var related = string.Concat(Enumerable.Range(0, 8).Select(i => $"a{i}: item(id: \"i1\") {{ related {{ stock related {{ stock }} }} }} "));
        var one = WireClient.Query($"{{ {related} }}");

        // when
        var alone = await server.PostAsync(one, Strict);
        var together = await server.PostAsync($"[{string.Join(',', Enumerable.Repeat(one, 10))}]", Strict);

        // then: one runs, ten do not
        alone.Body.ShouldStartWith("{\"data\"");
        var results = JsonDocument.Parse(together.Body).RootElement.EnumerateArray().ToList();
        results[0].TryGetProperty("errors", out _).ShouldBeFalse();
        results[^1].GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString().ShouldBe("HC0047");
    }

    [Fact]
    public async Task Ten_are_enough_whichever_way_they_are_counted_G_20()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Batching.Allowed = BatchingKinds.All);
        var one = """{"query":"{ a }"}""";
        var five = """{"query":"{ a }","variables":[{},{},{},{},{}]}""";

        (await server.PostAsync($"[{string.Join(',', Enumerable.Repeat(one, 10))}]", Strict)).Code.ShouldBe(200);
        foreach (var body in new[] { $"[{string.Join(',', Enumerable.Repeat(one, 11))}]", $"[{five},{five},{one}]" })
        {
            (await server.PostAsync(body, Strict)).ErrorCode.ShouldBe("BATCH_TOO_LARGE");
        }

        _executor.Requests.Count.ShouldBe(10);
    }
}
