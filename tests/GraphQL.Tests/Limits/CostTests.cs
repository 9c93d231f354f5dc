using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.Tests.GraphQL.Execution;

namespace Platform.Tests.GraphQL.Limits;

/// <summary>Cost as the IBM specification and HotChocolate count it, from the values variables really have.</summary>
public sealed class CostTests
{
    private const string Sdl = """
        directive @cost(weight: String!) on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM | INPUT_FIELD_DEFINITION
        directive @listSize(assumedSize: Int, slicingArguments: [String!], slicingArgumentDefaultValue: Int,
          sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
        type Query {
          book: Book
          books(first: Int, last: Int, where: BookFilter @cost(weight: "10")): Books
            @listSize(assumedSize: 100, slicingArguments: ["first", "last"], slicingArgumentDefaultValue: 25, sizedFields: ["nodes", "edges"])
          strict(first: Int, last: Int): [Book] @listSize(slicingArguments: ["first", "last"])
          assumed: [Book] @listSize(assumedSize: 7)
          any: Any
        }
        union Any = Book | Author
        type Books { nodes: [Book] edges: [Edge] total: Int @cost(weight: "20") }
        type Edge { node: Book }
        type Book { title: String author: Author similar: Book isbn: String @cost(weight: "3") }
        type Author { name: String books: [Book] @listSize(assumedSize: 5) }
        input BookFilter { and: [BookFilter!] title: StringFilter @cost(weight: "10") }
        input StringFilter { contains: String @cost(weight: "20") eq: String @cost(weight: "10") }
        """;

    private static TestServer NewServer()
    {
        var server = new TestServer(Sdl).ResolveAsync("Query.book", (_, _, _) => ValueTask.FromResult<object?>(null));
        foreach (var field in new[] { "books", "strict", "assumed", "any" })
        {
            server.Read<object?, object?>($"Query.{field}", _ => null);
        }

        return server;
    }

    [Theory]
    //          document                                                           variables        field  type
    [InlineData("{ book { title author { name } } }",                              null,            11,    3)]
    [InlineData("{ books(first: 10) { nodes { title } } }",                        null,            2,     12)]
    [InlineData("{ books(first: 10) { nodes { isbn author { name } } total } }",   null,            62,    22)]
    [InlineData("query($n: Int) { books(first: $n) { nodes { author { name } } } }", """{"n":10}""", 12,   22)]
    [InlineData("query($n: Int) { books(last: $n) { nodes { author { name } } } }", """{"n":3}""",  5,     8)]
    [InlineData("query($n: Int = 4) { books(first: $n) { edges { node { title } } } }", null,       6,     10)]
    [InlineData("{ books { nodes { title } } }",                                   null,            2,     27)]
    [InlineData("{ assumed { author { books { title } } } }",                      null,            15,    50)]
    [InlineData("""{ books(first: 1, where: { title: { contains: "a" } }) { nodes { title } } }""", null, 42, 3)]
    [InlineData("query($w: BookFilter) { books(first: 1, where: $w) { nodes { title } } }", """{"w":{"and":[{"title":{"eq":"a"}},{"title":{"eq":"b"}}]}}""", 52, 3)]
    [InlineData("{ any { ... on Book { isbn } ... on Author { books { title } } __typename } }", null, 4,  7)]
    [InlineData("query($s: Boolean = true) { book @skip(if: $s) { title } }",      null,            10,    2)]
    public async Task Fields_and_objects_have_their_weights(string document, string? variables, double field, double type)
    {
        var request = TestServer.Request(document, variables) with { CostReporting = CostReporting.Validate };

        var answer = JsonDocument.Parse(await NewServer().Run(request)).RootElement;

        answer.TryGetProperty("data", out _).ShouldBeFalse();
        var cost = answer.GetProperty("extensions").GetProperty("operationCost");
        (cost.GetProperty("fieldCost").GetDouble(), cost.GetProperty("typeCost").GetDouble()).ShouldBe((field, type));
    }

    [Fact]
    public async Task The_cost_is_reported_with_the_answer_when_asked_for() =>
        (await NewServer().Run(TestServer.Request("{ book { title } }") with { CostReporting = CostReporting.Report }))
        .ShouldBe("""{"data":{"book":null},"extensions":{"operationCost":{"fieldCost":10,"typeCost":2}}}""");

    // G-17, G-18: a literal, a variable, a default and `last` cost the same.
    [Theory]
    [InlineData("{ books(first: 99999999) { nodes { title } } }", null)]
    [InlineData("query($n: Int) { books(first: $n) { nodes { title } } }", """{"n":99999999}""")]
    [InlineData("query($n: Int = 99999999) { books(last: $n) { nodes { title } } }", null)]
    [InlineData("query($n: Int!) { ...F } fragment F on Query { books(first: $n) { nodes { title } } }", """{"n":99999999}""")]
    public async Task An_operation_that_is_too_dear_does_not_run(string document, string? variables)
    {
        await using var result = (OperationResult)await NewServer().Execute(TestServer.Request(document, variables));

        result.RequestError.ShouldBe(RequestErrorKind.Cost);
        TestServer.Text(result).ShouldBe("""{"errors":[{"message":"The maximum allowed type cost was exceeded.","extensions":{"code":"HC0047","typeCost":100000001,"maxTypeCost":1000}}]}""");
    }

    [Theory]
    [InlineData("{ strict { title } }")]
    [InlineData("{ strict(first: 1, last: 1) { title } }")]
    public async Task A_list_that_requires_one_slicing_argument_gets_exactly_one(string document)
    {
        var answer = await NewServer().Run(document);

        answer.ShouldBe("""{"errors":[{"message":"Exactly one slicing argument must be defined.","locations":[{"line":1,"column":3}],"extensions":{"code":"HC0082"}}]}""");
    }

    [Fact]
    public async Task Nested_lists_multiply() =>
        (await NewServer().Run("{ books(first: 100) { nodes { author { books { author { books { title } } } } } } }"))
        .ShouldContain("HC0047");

    [Fact]
    public async Task A_batch_resolver_weighs_what_a_single_one_does()
    {
        var server = NewServer().Resolve("Author.name", BatchResolver.From((_, _, _) => ValueTask.CompletedTask));

        (await server.Run(TestServer.Request("{ book { author { name } } }") with { CostReporting = CostReporting.Validate }))
            .ShouldContain("\"fieldCost\":21");
    }
}
