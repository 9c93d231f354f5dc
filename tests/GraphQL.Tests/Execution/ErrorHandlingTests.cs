using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Tests.GraphQL.Execution;

/// <summary>§6.4.4 Handling Execution Errors, and the onError modes.</summary>
public sealed class ErrorHandlingTests
{
    private const string Sdl = """
        type Query { a: A aa: A! list: [A] strict: [A!] grid: [[A!]!] ok: Int fail: Int numbers: [Int!] colour: Colour }
        type A { ok: Int nothing: Int! fail: Int failHard: Int! next: A! batch: Int batchHard: Int! b: A }
        enum Colour { RED }
        """;

    private static TestServer NewServer() => new TestServer(Sdl)
        .Read<object?, int>("Query.ok", _ => 1)
        .Resolve("Query.a", new Node(1)).Resolve("Query.aa", new Node(1))
        .Resolve("Query.list", new[] { new Node(1), new Node(2) })
        .Resolve("Query.strict", new[] { new Node(1), new Node(2) })
        .Resolve("Query.grid", new[] { new[] { new Node(2), new Node(1), new Node(2) }, [new Node(2), new Node(2)] })
        .Resolve("Query.fail", (_, _) => throw new GraphQLException("no"))
        .Resolve("Query.numbers", new object?[] { 1, null })
        .Resolve("Query.colour", "BLUE")
        .Read<Node, int>("A.ok", node => node.Id)
        .Read<Node, int?>("A.nothing", node => node.Id == 1 ? null : node.Id)
        .Read<Node, int>("A.fail", _ => throw new GraphQLException("bad"))
        .Resolve("A.failHard", (_, _) => throw new GraphQLException("worse"))
        .Read<Node, Node>("A.next", node => node)
        .Read<Node, Node>("A.b", node => node)
        .Resolve("A.batch", Failing).Resolve("A.batchHard", Failing);

    private static BatchResolver Failing { get; } = BatchResolver.From((batch, _, _) =>
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch.Parent<Node>(i).Id == 1)
            {
                batch.Fail(i, new GraphQLError("one") { Code = "ONE" });
            }
            else
            {
                batch.Set(i, batch.Parent<Node>(i).Id);
            }
        }

        return ValueTask.CompletedTask;
    });

    [Theory]
    [InlineData("{ ok fail }",
        """{"errors":[{"message":"no","locations":[{"line":1,"column":6}],"path":["fail"]}],"data":{"ok":1,"fail":null}}""")]
    [InlineData("{ a { ok fail } ok }",
        """{"errors":[{"message":"bad","locations":[{"line":1,"column":10}],"path":["a","fail"]}],"data":{"a":{"ok":1,"fail":null},"ok":1}}""")]
    [InlineData("{ a { ok x: nothing } ok }",
        """{"errors":[{"message":"Cannot return null for non-nullable field A.nothing.","locations":[{"line":1,"column":10}],"path":["a","x"],"extensions":{"code":"HC0018"}}],"data":{"a":null,"ok":1}}""")]
    [InlineData("{ ok aa { next { next { failHard } } } }",
        """{"errors":[{"message":"worse","locations":[{"line":1,"column":25}],"path":["aa","next","next","failHard"]}],"data":null}""")]
    [InlineData("{ a { b { next { failHard } } ok } }",
        """{"errors":[{"message":"worse","locations":[{"line":1,"column":18}],"path":["a","b","next","failHard"]}],"data":{"a":{"b":null,"ok":1}}}""")]
    [InlineData("{ list { nothing } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field A.nothing.","locations":[{"line":1,"column":10}],"path":["list",0,"nothing"],"extensions":{"code":"HC0018"}}],"data":{"list":[null,{"nothing":2}]}}""")]
    [InlineData("{ strict { nothing } ok }",
        """{"errors":[{"message":"Cannot return null for non-nullable field A.nothing.","locations":[{"line":1,"column":12}],"path":["strict",0,"nothing"],"extensions":{"code":"HC0018"}}],"data":{"strict":null,"ok":1}}""")]
    [InlineData("{ grid { batchHard } ok }",
        """{"errors":[{"message":"one","locations":[{"line":1,"column":10}],"path":["grid",0,1,"batchHard"],"extensions":{"code":"ONE"}}],"data":{"grid":null,"ok":1}}""")]
    [InlineData("{ list { batch } }",
        """{"errors":[{"message":"one","locations":[{"line":1,"column":10}],"path":["list",0,"batch"],"extensions":{"code":"ONE"}}],"data":{"list":[{"batch":null},{"batch":2}]}}""")]
    [InlineData("{ numbers }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Query.numbers.","locations":[{"line":1,"column":3}],"path":["numbers",1],"extensions":{"code":"HC0018"}}],"data":{"numbers":null}}""")]
    [InlineData("{ colour }",
        """{"errors":[{"message":"Enum \"Colour\" cannot represent value: \"BLUE\"","locations":[{"line":1,"column":3}],"path":["colour"]}],"data":{"colour":null}}""")]
    public async Task A_null_goes_up_to_the_nearest_place_that_may_be_null(string document, string expected) =>
        (await NewServer().Run(document)).ShouldBe(expected);

    [Fact]
    public async Task Errors_come_in_the_order_of_the_response()
    {
        var server = NewServer().ResolveAsync("A.failHard", async (_, _, ct) =>
        {
            await Task.Delay(5, ct);
            throw new GraphQLException("late");
        });

        var answer = await server.Run("{ a { failHard } list { batch fail } fail }");

        Messages(answer).ShouldBe(["late", "one", "bad", "bad", "no"]);
    }

    [Fact]
    public async Task Rows_after_a_lost_inner_list_keep_their_own_values() =>
        (await new TestServer("type Query { grid: [[A!]] } type A { id: Int n: Int! }")
            .Resolve("Query.grid", new[] { new[] { new Node(5), new Node(1), new Node(6) }, [new Node(7), new Node(8)] })
            .Read<Node, int>("A.id", node => node.Id)
            .Resolve("A.n", Failing)
            .Run("{ grid { id n } }"))
        .ShouldBe("""{"errors":[{"message":"one","locations":[{"line":1,"column":13}],"path":["grid",0,1,"n"],"extensions":{"code":"ONE"}}],"data":{"grid":[null,[{"id":7,"n":7},{"id":8,"n":8}]]}}""");

    [Theory]
    [InlineData(ErrorHandling.Null, """{"a":{"nothing":null,"fail":null,"ok":1},"ok":1}""", 2)]
    [InlineData(ErrorHandling.Propagate, """{"a":null,"ok":1}""", 1)]
    [InlineData(ErrorHandling.Halt, "null", 1)]
    public async Task The_request_chooses_what_an_error_does(ErrorHandling mode, string data, int errors)
    {
        var request = new OperationRequest { Document = "{ a { nothing fail ok } ok }"u8.ToArray(), OnError = mode };

        var answer = await NewServer().Run(request);

        answer.ShouldEndWith($"\"data\":{data}}}");
        Messages(answer).Count.ShouldBe(errors);
    }

    // G-25: what went wrong inside is for the log, not for the client.
    [Fact]
    public async Task An_exception_nobody_meant_for_the_client_is_masked_and_told_to_the_hook()
    {
        var server = NewServer().Resolve("Query.fail", (_, _) => throw new InvalidOperationException("password=1"));

        var answer = await server.Run("{ fail }");

        answer.ShouldBe("""{"errors":[{"message":"Unexpected Execution Error","locations":[{"line":1,"column":3}],"path":["fail"],"extensions":{"code":"UNEXPECTED","correlationId":"c-1"}}],"data":{"fail":null}}""");
        var fault = server.Faults.Single();
        (fault.Exception.Message, fault.Coordinate, fault.CorrelationId).ShouldBe(("password=1", "Query.fail", "c-1"));
    }

    [Fact]
    public async Task A_value_may_come_with_errors() =>
        (await NewServer()
            .Resolve("Query.fail", new PartialValue(7, [new GraphQLError("but")])).Run("{ fail }"))
        .ShouldBe("""{"errors":[{"message":"but","locations":[{"line":1,"column":3}],"path":["fail"]}],"data":{"fail":7}}""");

    [Fact]
    public async Task A_list_that_is_none_and_a_type_that_is_unknown_are_the_fields_errors()
    {
        var server = new TestServer("type Query { list: [Int] any: U } union U = A type A { b: Int }")
            .Resolve("Query.list", 5).Resolve("Query.any", new Node(1));

        var answer = await server.Run("{ list any { __typename } }");

        answer.ShouldEndWith("""data":{"list":null,"any":null}}""");
        Messages(answer)[0].ShouldBe("Expected Iterable, but did not find one for field \"Query.list\".");
        Messages(answer)[1].ShouldStartWith("Abstract type \"U\" must resolve to an Object type at runtime.");
    }

    [Fact]
    public async Task A_type_that_cannot_be_told_is_the_fields_error_and_the_hook_learns_why()
    {
        var server = new TestServer("type Query { any: [U] } union U = A type A { b: Int }")
            .TypeOf("U", value => value is Node { Id: 1 } ? "A" : throw new InvalidOperationException("who?"))
            .Resolve("Query.any", new[] { new Node(1), new Node(2) })
            .ResolveAsync("A.b", (parent, _, _) => ValueTask.FromResult<object?>(((Node)parent!).Id));

        var answer = await server.Run("{ any { ... on A { b } } }");

        answer.ShouldEndWith("""data":{"any":[{"b":1},null]}}""");
        Messages(answer).ShouldBe(["Unexpected Execution Error"]);
        server.Faults.Single().Exception.Message.ShouldBe("who?");
    }

    [Fact]
    public async Task The_list_of_errors_is_bounded()
    {
        var server = NewServer().Resolve("Query.list", Enumerable.Repeat(new Node(1), 1000).ToArray());

        Messages(await server.Run("{ list { fail } }")).Count.ShouldBe(100);
    }

    private static List<string> Messages(string answer) =>
        [.. System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("message").GetString()!)];

    private sealed record Node(int Id);
}
