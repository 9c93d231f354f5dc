using System.Diagnostics;
using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Limits;
using Platform.Tests.GraphQL.Execution;

namespace Platform.Tests.GraphQL.Limits;

/// <summary>The sizes of documents as executed, with every spread expanded.</summary>
public sealed class DocumentLimitTests
{
    private const string Sdl = """
        type Query { a: A x: Int y: Int }
        type Mutation { m: Int login: Int }
        type A { a: A b: A c: A d: A e: A x: Int parent: A }
        """;

    private static TestServer NewServer() => new TestServer(Sdl).Resolve("Query.a", new Dictionary<string, object?>());

    // G-07, G-08, G-09, G-11, G-15, G-21
    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_exceeds_a_limit_is_refused_with_its_code(string document, string code)
    {
        await using var result = (OperationResult)await NewServer().Execute(TestServer.Request(document));

        JsonDocument.Parse(TestServer.Text(result)).RootElement.GetProperty("errors")[0]
            .GetProperty("extensions").GetProperty("code").GetString().ShouldBe(code);
        result.RequestError.ShouldBe(RequestErrorKind.DocumentLimit);
    }

    public static TheoryData<string, string> Refused() => new()
    {
        { Repeat(101, i => $"t{i}: __typename"), ErrorCodes.MaxAliases },
        { Repeat(31, i => $"x{i}: x"), ErrorCodes.MaxAliases },
        { Repeat(11, i => $"x{i}: x"), ErrorCodes.MaxAliases },
        { $"{Repeat(20, _ => "a { ...F }")} fragment F on A {Repeat(5, i => $"x{i}: x")}", ErrorCodes.MaxAliases },
        { Deep("a", "b", "c", "d", "e").Take(13), ErrorCodes.MaxDepth },
        { "{ a { parent { parent { parent { parent { x } } } } } }", ErrorCodes.FieldCycle },
        { $"mutation {Repeat(11, i => i == 0 ? "m" : $"m{i}: m")}", ErrorCodes.MaxAliases },
        { Fragments(30, 2), ErrorCodes.MaxFragmentVisits },
        { Fragments(6, 4), ErrorCodes.MaxFragmentVisits },
        { Repeat(1001, _ => "x"), ErrorCodes.SyntaxFields },
        { Nested(3000), ErrorCodes.SyntaxDepth },
    };

    [Theory]
    [InlineData("{ a { parent { parent { parent { x } } } } }")]
    [InlineData("{ a { b { c { d { e { a { b { c { d { e { x } } } } } } } } } } }")]
    [InlineData("mutation { a: m b: m c: m d: m e: m f: m g: m h: m i: m j: m }")]
    public async Task What_is_just_within_the_limits_runs(string document) =>
        (await NewServer().Run(document)).ShouldStartWith("{\"data\":");

    [Fact]
    public async Task A_mutation_of_some_kinds_comes_alone() =>
        (await NewServer().Limit(limits => limits with { SingleRootMutations = new HashSet<string> { "login" } })
            .Run("mutation { login again: login }")).ShouldContain(ErrorCodes.MaxRootMutations);

    [Fact]
    public async Task A_coordinate_may_have_its_own_number_of_returns() =>
        (await NewServer().Limit(limits => limits with { CoordinateCycles = new Dictionary<string, int> { ["A.parent"] = 8 } })
            .Run("{ a { parent { parent { parent { parent { parent { x } } } } } } }")).ShouldStartWith("{\"data\":");

    [Fact]
    public async Task Expanded_fields_are_counted() =>
        (await NewServer().Limit(limits => limits with { MaxExpandedFields = 99 })
            .Run($"{Repeat(10, _ => "a { ...F }")} fragment F on A {Repeat(9, _ => "x")}")).ShouldContain(ErrorCodes.MaxFields);

    // G-11: the count of thirty doublings takes as long as that of ten.
    [Fact]
    public void Measuring_a_fan_out_takes_no_longer_than_its_text()
    {
        var schema = NewServer().Executor.Schema;
        var document = Platform.GraphQL.Language.GraphQLDocument.Parse(Fragments(200, 2));
        var prepared = new PreparedDocument(schema, document, "h");
        var watch = Stopwatch.StartNew();

        prepared.Measure(GraphQLLimits.Default).ShouldNotBeNull();

        watch.ElapsedMilliseconds.ShouldBeLessThan(200);
    }

    private static string Repeat(int count, Func<int, string> write) =>
        $"{{ {string.Join(' ', Enumerable.Range(0, count).Select(write))} }}";

    private static string Nested(int depth) =>
        $"{{ {string.Concat(Enumerable.Repeat("a { ", depth))} x {string.Concat(Enumerable.Repeat("}", depth))} }}";

    private static DeepDocument Deep(params string[] names) => new(names);

    private static string Fragments(int count, int fanOut) =>
        "{ a { ...F0 } } " + string.Join(' ', Enumerable.Range(0, count).Select(i => i == count - 1
            ? $"fragment F{i} on A {{ x }}"
            : $"fragment F{i} on A {{ {string.Concat(Enumerable.Repeat($"...F{i + 1} ", fanOut))} }}"));

    private sealed record DeepDocument(string[] Names)
    {
        public string Take(int depth) =>
            $"{{ a {{ {string.Concat(Enumerable.Range(0, depth - 2).Select(i => $"{Names[(i + 1) % Names.Length]} {{ "))} x " +
            $"{string.Concat(Enumerable.Repeat("}", depth - 2))} }} }}";
    }
}
