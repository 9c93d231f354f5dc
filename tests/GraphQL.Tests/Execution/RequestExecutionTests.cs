using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Tests.GraphQL.Execution;

/// <summary>§6.1 Executing Requests, and the gates before it.</summary>
public sealed class RequestExecutionTests
{
    private static TestServer NewServer() => new TestServer("""
        type Query { a: Int wait: Int big: [String] }
        type Mutation { wait: Int }
        type Subscription { s: Int }
        """)
        .Read<object?, int>("Query.a", _ => 1)
        .ResolveAsync("Query.wait", Wait).ResolveAsync("Mutation.wait", Wait)
        .Resolve("Query.big", Enumerable.Repeat(new string('x', 1000), 1000).ToArray());

    [Theory]
    [InlineData("", null, RequestErrorKind.Malformed, "HC0013")]
    [InlineData("{ a", null, RequestErrorKind.Syntax, "HC0014")]
    [InlineData("query A { a } query B { a }", null, RequestErrorKind.OperationSelection, "OPERATION_NOT_FOUND")]
    [InlineData("query A { a } query B { a }", "C", RequestErrorKind.OperationSelection, "OPERATION_NOT_FOUND")]
    [InlineData("fragment F on Query { a }", null, RequestErrorKind.Validation, "VALIDATION")]
    [InlineData("query A { a } mutation B { wait }", "B", RequestErrorKind.OperationNotAllowed, "OPERATION_NOT_ALLOWED")]
    public async Task A_request_that_cannot_run_says_why(string document, string? name, RequestErrorKind kind, string code)
    {
        var request = TestServer.Request(document) with { OperationName = name, Allowed = OperationKinds.Query };

        await using var result = (OperationResult)await NewServer().Execute(request);

        (result.RequestError, result.HasData).ShouldBe((kind, false));
        CodeOf(result).ShouldBe(code);
    }

    [Theory]
    [InlineData("A", """{"data":{"a":1}}""")]
    [InlineData("B", """{"data":{"b":1}}""")]
    public async Task The_named_operation_runs(string name, string expected) =>
        (await NewServer().Run(TestServer.Request("query A { a } query B { b: a }") with { OperationName = name }))
        .ShouldBe(expected);

    [Fact]
    public async Task An_operation_that_takes_too_long_is_stopped_even_if_its_resolver_is_not()
    {
        var server = NewServer().Limit(limits => limits with { QueryTimeout = TimeSpan.FromMilliseconds(50) })
            .ResolveAsync("Query.wait", async (_, _, _) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None);
                return 1;
            });

        await using var result = (OperationResult)await server.Execute(TestServer.Request("{ wait }"));

        (result.RequestError, CodeOf(result)).ShouldBe((RequestErrorKind.Timeout, ErrorCodes.Timeout));
    }

    [Fact]
    public async Task The_mutations_timeout_reaches_the_resolver()
    {
        var isCancelled = false;
        var server = NewServer().Limit(limits => limits with { MutationTimeout = TimeSpan.FromMilliseconds(50) })
            .ResolveAsync("Mutation.wait", async (_, _, ct) =>
            {
                ct.Register(() => isCancelled = true);
                await Task.Delay(Timeout.Infinite, ct);
                return 1;
            });

        await using var result = (OperationResult)await server.Execute(TestServer.Request("mutation { wait }"));

        result.RequestError.ShouldBe(RequestErrorKind.Timeout);
        isCancelled.ShouldBeTrue();
    }

    // G-53
    [Fact]
    public async Task A_client_that_left_ends_its_operation()
    {
        using var aborted = new CancellationTokenSource();
        var running = NewServer().Execute(TestServer.Request("{ wait }"), aborted.Token);

        await aborted.CancelAsync();
        await using var result = (OperationResult)await running;

        (result.RequestError, CodeOf(result)).ShouldBe((RequestErrorKind.Cancelled, ErrorCodes.Cancelled));
    }

    [Fact]
    public async Task More_operations_than_may_run_and_wait_are_refused_at_once()
    {
        var release = new TaskCompletionSource();
        var server = NewServer().Limit(limits => limits with { MaxRunning = 2, MaxWaiting = 3 })
            .ResolveAsync("Query.wait", async (_, _, ct) =>
            {
                await release.Task.WaitAsync(ct);
                return 1;
            });
        var inside = Enumerable.Range(0, 5).Select(_ => server.Run("{ wait }")).ToArray();

        await using var refused = (OperationResult)await server.Execute(TestServer.Request("{ wait }"));
        release.SetResult();

        (refused.RequestError, refused.RetryAfter).ShouldBe((RequestErrorKind.Overloaded, TimeSpan.FromSeconds(1)));
        (await Task.WhenAll(inside)).ShouldAllBe(answer => answer == """{"data":{"wait":1}}""");
        (await server.Run("{ wait }")).ShouldBe("""{"data":{"wait":1}}""");
    }

    // G-55
    [Fact]
    public async Task A_response_beyond_its_limit_is_refused()
    {
        var server = NewServer().Limit(limits => limits with { MaxResponseBytes = 500_000 });

        await using var result = (OperationResult)await server.Execute(TestServer.Request("{ big }"));

        (result.RequestError, CodeOf(result)).ShouldBe((RequestErrorKind.ResponseTooLarge, ErrorCodes.ResponseTooLarge));
        result.Length.ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task Resolvers_and_the_application_add_extensions()
    {
        var server = NewServer();
        server.Options = server.Options with { OnResponse = (_, extensions) => extensions["live"] = 42 };
        server.Resolve("Query.a", (_, field) =>
        {
            field.SetExtension("trace", new Dictionary<string, object?> { ["id"] = "t" });
            return 1;
        });

        (await server.Run("{ a }")).ShouldBe("""{"data":{"a":1},"extensions":{"trace":{"id":"t"},"live":42}}""");
    }

    [Fact]
    public async Task What_the_schema_alone_answers_has_no_extensions_of_a_request()
    {
        var server = NewServer();
        server.Options = server.Options with { OnResponse = (_, extensions) => extensions["live"] = 42 };

        for (var i = 0; i < 2; i++)
        {
            (await server.Run("{ __typename }")).ShouldBe("""{"data":{"__typename":"Query"}}""");
        }
    }

    [Fact]
    public async Task A_gate_of_the_application_sees_every_field_and_keeps_the_operation_out()
    {
        var gate = new NoWaiting();
        var server = NewServer();
        server.Options = server.Options with { Gates = [gate] };

        await using var result = (OperationResult)await server.Execute(
            TestServer.Request("query($s: Boolean = true) { ...F } fragment F on Query { wait @skip(if: $s) }"));

        (result.RequestError, CodeOf(result)).ShouldBe((RequestErrorKind.Forbidden, ErrorCodes.Forbidden));
        (await server.Run("{ a }")).ShouldBe("""{"data":{"a":1}}""");
    }

    private static async ValueTask<object?> Wait(object? parent, FieldContext field, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500), ct);
        return 1;
    }

    private static string? CodeOf(OperationResult result) =>
        JsonDocument.Parse(TestServer.Text(result)).RootElement.GetProperty("errors")[0]
            .GetProperty("extensions").GetProperty("code").GetString();

    private sealed class NoWaiting : IOperationGate
    {
        public GraphQLError? Check(OperationFacts operation, RequestContext context) =>
            operation.Fields.Any(field => field.Name == "wait") ? new GraphQLError("No.") { Code = ErrorCodes.Forbidden } : null;
    }
}
