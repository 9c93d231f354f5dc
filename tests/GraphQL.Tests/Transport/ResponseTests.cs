using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>GraphQL-over-HTTP, the response's side: status and label of every outcome, in both modes.</summary>
public class ResponseTests
{
    private const string Strict = "application/graphql-response+json";
    private const string Legacy = "application/json";

    private readonly ScriptedExecutor _executor = new();

    [Theory]
    //           kind                                    compat  legacy  draft
    [InlineData(RequestErrorKind.Malformed,              400,    400,    422)]
    [InlineData(RequestErrorKind.Syntax,                 400,    200,    400)]
    [InlineData(RequestErrorKind.Validation,             400,    200,    422)]
    [InlineData(RequestErrorKind.OperationSelection,     400,    200,    422)]
    [InlineData(RequestErrorKind.OperationNotAllowed,    405,    405,    405)]
    [InlineData(RequestErrorKind.Variables,              400,    200,    422)]
    [InlineData(RequestErrorKind.PersistedDocument,      400,    200,    400)]
    [InlineData(RequestErrorKind.DocumentLimit,          400,    200,    422)]
    [InlineData(RequestErrorKind.Cost,                   400,    200,    422)]
    [InlineData(RequestErrorKind.Introspection,          400,    200,    422)]
    [InlineData(RequestErrorKind.Overloaded,             503,    503,    503)]
    [InlineData(RequestErrorKind.Forbidden,              403,    200,    403)]
    [InlineData(RequestErrorKind.Timeout,                504,    200,    504)]
    [InlineData(RequestErrorKind.ResponseTooLarge,       400,    200,    422)]
    [InlineData(RequestErrorKind.Subscription,           400,    200,    422)]
    [InlineData(RequestErrorKind.Internal,               500,    200,    500)]
    public async Task Every_way_to_fail_has_its_status(RequestErrorKind kind, int compat, int legacy, int draft)
    {
        _executor.On("{ fails }", () => ScriptedExecutor.Failure(kind, "CODE", "It failed."));
        await using var inCompat = await TransportServer.StartAsync(_executor);
        await using var inDraft = await TransportServer.StartAsync(_executor, options => options.Mode = HttpMode.Draft2026);

        var answers = new[]
        {
            await inCompat.PostAsync(WireClient.Query("{ fails }"), Strict),
            await inCompat.PostAsync(WireClient.Query("{ fails }"), Legacy),
            await inDraft.PostAsync(WireClient.Query("{ fails }"), Strict),
            await inDraft.PostAsync(WireClient.Query("{ fails }"), Legacy),
        };

        answers.Select(answer => answer.Code).ShouldBe([compat, legacy, draft, draft]);
        answers.ShouldAllBe(answer => answer.ErrorCode == "CODE");
        // The draft keeps application/json for success.
        answers[3].ContentType.ShouldStartWith(Strict);
    }

    [Theory]
    //           body                                           compat  draft, strict  draft, legacy
    [InlineData("""{"data":{"a":1}}""",                         200,    200,           200)]
    [InlineData("""{"errors":[{"message":"x"}],"data":{"a":null}}""", 200, 294,        200)]
    [InlineData("""{"errors":[{"message":"x"}],"data":null}""", 200,    294,           200)]
    public async Task Partial_success_has_a_status_of_its_own_in_the_draft(string body, int compat, int strict, int legacy)
    {
        _executor.On("{ a }", body);
        await using var inCompat = await TransportServer.StartAsync(_executor);
        await using var inDraft = await TransportServer.StartAsync(_executor, options => options.Mode = HttpMode.Draft2026);

        (await inCompat.PostAsync(WireClient.Query("{ a }"), Strict)).Code.ShouldBe(compat);
        (await inDraft.PostAsync(WireClient.Query("{ a }"), Strict)).Code.ShouldBe(strict);
        (await inDraft.PostAsync(WireClient.Query("{ a }"), Legacy)).Code.ShouldBe(legacy);
        (await inDraft.PostAsync(WireClient.Query("{ a }"), Legacy)).ContentType.ShouldStartWith(Legacy);
    }

    [Theory]
    [InlineData("text/plain", 406, "HC0063")]
    [InlineData("image/png, audio/*", 406, "HC0063")]
    [InlineData("application/json;q=0", 406, "HC0063")]
    [InlineData("garbage", 400, "HC0064")]
    public async Task What_cannot_be_accepted_is_not_executed(string accept, int status, string code)
    {
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await server.PostAsync(WireClient.Query("{ a }"), accept);

        answer.Code.ShouldBe(status);
        answer.ErrorCode.ShouldBe(code);
        _executor.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(HttpMode.Compat, null, "application/json; charset=utf-8")]
    [InlineData(HttpMode.Compat, "*/*", "application/json; charset=utf-8")]
    [InlineData(HttpMode.Draft2026, null, "application/graphql-response+json; charset=utf-8")]
    [InlineData(HttpMode.Draft2026, "*/*", "application/graphql-response+json; charset=utf-8")]
    public async Task A_client_without_a_wish_gets_the_label_of_the_mode(HttpMode mode, string? accept, string label)
    {
        _executor.On("{ a }", """{"data":{"a":1}}""");
        await using var server = await TransportServer.StartAsync(_executor, options => options.Mode = mode);

        (await server.PostAsync(WireClient.Query("{ a }"), accept)).ContentType.ShouldBe(label);
    }

    [Fact]
    public async Task A_saturated_server_says_when_to_come_back()
    {
        _executor.On("{ a }", () => new OperationResult("""{"errors":[{"message":"busy","extensions":{"code":"OVERLOADED"}}]}"""u8.ToArray())
        {
            HasErrors = true,
            RequestError = RequestErrorKind.Overloaded,
            RetryAfter = TimeSpan.FromSeconds(2.5),
        });
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await server.PostAsync(WireClient.Query("{ a }"), Legacy);

        answer.Code.ShouldBe(503);
        answer.Response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_mutation_over_get_is_405_and_names_post_G_26()
    {
        _executor.On("mutation { m }", (request, _) => ValueTask.FromResult<ExecutionResult>(
            request.Allowed.HasFlag(OperationKinds.Mutation)
                ? ScriptedExecutor.Result("""{"data":{"m":1}}""")
                : ScriptedExecutor.Failure(RequestErrorKind.OperationNotAllowed, "OPERATION_NOT_ALLOWED", "No.")));
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await server.GetAsync("?query=mutation+{+m+}", Strict);

        answer.Code.ShouldBe(405);
        answer.Response.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task A_subscription_needs_a_client_that_accepts_a_stream()
    {
        var stream = new ScriptedStream(ResponseStreamKind.Subscription);
        _executor.On("subscription { s }", () => stream);
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await server.PostAsync(WireClient.Query("subscription { s }"), Legacy);

        answer.Code.ShouldBe(406);
        await stream.Disposed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task An_executor_that_throws_is_500_without_its_words_G_25()
    {
        _executor.On("{ bug }", (_, _) => throw new InvalidOperationException("secret path /etc/x"));
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await server.PostAsync(WireClient.Query("{ bug }"), Strict);

        answer.Code.ShouldBe(500);
        answer.Body.ShouldNotContain("secret");
        answer.ErrorCode.ShouldBe("UNEXPECTED");
    }

    [Theory]
    [InlineData("report", CostReporting.Report)]
    [InlineData("validate", CostReporting.Validate)]
    [InlineData("nonsense", CostReporting.None)]
    public async Task The_cost_header_reaches_the_executor(string header, CostReporting expected)
    {
        var seen = CostReporting.None;
        _executor.On("{ a }", (request, _) =>
        {
            seen = request.CostReporting;
            return ValueTask.FromResult<ExecutionResult>(ScriptedExecutor.Result("""{"data":{"a":1}}"""));
        });
        await using var server = await TransportServer.StartAsync(_executor);
        using var request = server.Request(HttpMethod.Post, string.Empty, Strict, new StringContent(WireClient.Query("{ a }"), System.Text.Encoding.UTF8, "application/json"));
        request.Headers.Add("GraphQL-Cost", header);

        await server.SendAsync(request);

        seen.ShouldBe(expected);
    }
}
