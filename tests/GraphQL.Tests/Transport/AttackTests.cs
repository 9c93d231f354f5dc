using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;
using Platform.GraphQL.Transport.PersistedOperations;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>The attack corpus of our checklist over every road: identical codes, in no time, and the server lives on.</summary>
public class AttackTests : IAsyncLifetime
{
    private readonly RequestExecutor _executor = Shop.Executor();
    private readonly InMemoryOperationDocumentStorage _storage = new(10_000, 100_000_000);
    private TransportServer _server = null!;
    private AttackRoads _roads = null!;

    public async Task InitializeAsync()
    {
        _server = await TransportServer.StartAsync(
            _executor,
            options => options.Batching.Allowed = BatchingKinds.All,
            builder =>
            {
                builder.Services.AddSingleton<IOperationDocumentStorage>(_storage);
                builder.Services.AddSingleton<IHttpRequestInterceptor>(new Stranger());
            });
        _roads = new AttackRoads(_server, _storage);
    }

    public async Task DisposeAsync()
    {
        await _roads.DisposeAsync();
        await _server.DisposeAsync();
        await _executor.DisposeAsync();
    }

    public static TheoryData<string, string, string?> Corpus
    {
        get
        {
            var corpus = new TheoryData<string, string, string?>();
            foreach (var (name, document, code) in Documents())
            {
                corpus.Add(name, document, code);
            }

            return corpus;
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task Every_road_meets_the_same_gate_G_36(string name, string document, string? code)
    {
        var codes = await _roads.TravelAsync(document, null);

        codes.ShouldAllBe(road => road.Value == code, $"{name}: {string.Join(", ", codes)}");
        (await _roads.TravelAsync("{ hello }", null)).ShouldAllBe(road => road.Value == null);
    }

    [Theory]
    [InlineData(65)]
    [InlineData(5_000)]
    public async Task Deep_variables_are_refused_on_every_road_G_04(int levels)
    {
        var codes = await _roads.TravelAsync(
            "query($v: String) { hello(name: $v) }", "{\"v\":" + Repeat("[", levels) + Repeat("]", levels) + "}");

        codes.ShouldAllBe(road => road.Value == "VARIABLES_DEPTH", string.Join(", ", codes));
    }

    [Theory]
    [InlineData("{\"v\":\"\\ud800\"}")]
    [InlineData("{\"v\":1e400}")]
    [InlineData("{\"v\":{}}")]
    public async Task Strange_variables_are_coercion_errors_and_never_500_G_06(string variables)
    {
        var codes = await _roads.TravelAsync("query($v: String) { hello(name: $v) }", variables);

        codes.Values.Distinct().Count().ShouldBe(1, string.Join(", ", codes));
        codes.Values.ShouldAllBe(code => code != null && code != "UNEXPECTED", string.Join(", ", codes));
    }

    [Fact]
    public async Task A_million_values_are_refused_by_size_G_59()
    {
        var answer = await _server.PostAsync(
            AttackRoads.Body("query($v: String) { hello(name: $v) }", "{\"v\":[" + Repeat("1,", 100_000) + "1]}"), "application/json");

        answer.ErrorCode.ShouldBeOneOf("VARIABLES_TOO_LARGE", "HC0016");
    }

    [Fact]
    public async Task A_misspelt_name_teaches_nothing_G_23()
    {
        foreach (var document in new[] { "{ helo }", "{ hello(nam: 1) }", "{ item(id: \"i1\") { nam } }", "query($v: Itm) { hello }" })
        {
            var answer = await _server.PostAsync(TransportServer.Query(document), "application/json");

            answer.Body.ShouldNotContain("Did you mean");
        }
    }

    [Theory]
    [InlineData("?query=mutation{renameItem(input:{itemId:\"i1\",name:\"x\"}){item{id}}}")]
    [InlineData("?query=query+A{hello}mutation+B{renameItem(input:{itemId:\"i1\",name:\"x\"}){item{id}}}&operationName=B")]
    public async Task A_mutation_never_comes_by_get_G_26(string query)
    {
        (await _server.GetAsync(query, "application/graphql-response+json")).Code.ShouldBe(405);
        (await _server.GetAsync(query, "application/json")).Code.ShouldBe(405);
        (await _server.GetAsync(query, "text/event-stream")).Body.ShouldContain("OPERATION_NOT_ALLOWED");
        (await _server.PostAsync(TransportServer.Query("{ item(id: \"i1\") { name } }"), null)).Body.ShouldContain("Item 1");
    }

    [Fact]
    public async Task A_stored_mutation_never_comes_by_get_either_G_26()
    {
        await _storage.SaveAsync("m", "mutation{renameItem(input:{itemId:\"i1\",name:\"x\"}){item{id}}}"u8.ToArray(), CancellationToken.None);

        (await _server.GetAsync("?id=m", null)).Code.ShouldBe(405);
        (await _server.GetAsync("/persisted/m", null)).Code.ShouldBe(405);
    }

    internal static IEnumerable<(string Name, string Document, string? Code)> Documents()
    {
        yield return ("G-01 unterminated", Repeat("{a", 20_000), "SYNTAX_DEPTH");
        yield return ("G-01 terminated", Repeat("{a", 10_000) + Repeat("}", 10_000), "SYNTAX_DEPTH");
        yield return ("G-01 short", Repeat("{a", 1_000), "SYNTAX_DEPTH");
        yield return ("G-02 lists", "{ hello(name: " + Repeat("[", 30_000), "SYNTAX_DEPTH");
        yield return ("G-02 objects", "{ hello(name: " + Repeat("{a:", 15_000), "SYNTAX_DEPTH");
        yield return ("G-03 types", "query($v: " + Repeat("[", 30_000) + "Int", "SYNTAX_DEPTH");
        yield return ("G-05 names", "{" + Repeat("a ", 20_000) + "}", "SYNTAX_FIELDS");
        yield return ("G-05 strings", "{ hello(name: \"\"\"" + Repeat("\\\"\"\"", 10_000) + "\"\"\") }", null);
        yield return ("G-05 comments", Repeat("#\n", 20_000) + "{ hello }", null);
        yield return ("G-05 commas", Repeat(",", 40_000) + "{ hello }", null);
        yield return ("G-05 byte order marks", Repeat("\ufeff", 10_000) + "{ hello }", null);
        yield return ("G-06 huge float", "{ items(first: 1e400) { nodes { id } } }", "VALIDATION");
        yield return ("G-06 huge integer", "{ items(first: " + Repeat("9", 400) + ") { nodes { id } } }", "VALIDATION");
        yield return ("G-06 NUL", "{ hello(name: \"\\u0000\") }", null);
        yield return ("G-06 half a pair", "{ hello(name: \"\\ud800\") }", "HC0014");
        yield return ("G-06 right to left", "{ hello(name: \"\u202e\") }", null);
        yield return ("G-07 typenames", Aliases(101, "__typename"), "MAX_ALIASES");
        yield return ("G-07 root field", Aliases(31, "hello"), "MAX_ALIASES");
        yield return ("G-08 by fragments", FragmentAliases(20), "MAX_ALIASES");
        yield return ("G-09 duplicates", "{" + Repeat("hello ", 500) + "}", null);
        yield return ("G-09 more duplicates", "{" + Repeat("hello ", 5_000) + "}", "SYNTAX_FIELDS");
        yield return ("G-11 fan-out", FanOut(30), "MAX_FRAGMENT_VISITS");
        yield return ("G-12 circle", "{ ...a } fragment a on Query { ...a }", "VALIDATION");
        yield return ("G-12 mutual circle", "{ ...a } fragment a on Query { ...b } fragment b on Query { ... { ...a } }", "VALIDATION");
        yield return ("G-12 unused circle", "{ hello } fragment a on Query { ...b } fragment b on Query { ...a }", "VALIDATION");
        yield return ("G-13 ten directives", "{ hello " + Repeat("@a ", 10) + "}", "MAX_DIRECTIVES");
        yield return ("G-13 many directives", "{ hello " + Repeat("@a ", 500) + "}", "MAX_DIRECTIVES");
        yield return ("G-13 skip twice", "{ hello @skip(if: false) @skip(if: false) }", "VALIDATION");
        yield return ("G-14 wrong argument", "query($v: String) { hello @include(if: $v) }", "VALIDATION");
        yield return ("G-14 method", "{ hello @x(method: \"System.Diagnostics.Process.Start\") }", "VALIDATION");
        yield return ("G-15 circle", "{ item(id: \"i1\") " + Repeat("{ related ", 4) + "{ id }" + Repeat("}", 4) + "}", "HC0087");
        yield return ("G-21 mutations", "mutation { renameItem(input: { itemId: \"i1\", name: \"n\" }) { item { id } }" + string.Concat(Enumerable.Range(0, 10).Select(i =>
            $" m{i}: renameItem(input: {{ itemId: \"i1\", name: \"n{i}\" }}) {{ item {{ id }} }}")) + "}", "MAX_ALIASES");
        yield return ("G-22 schema", "{ __schema { queryType { name } } }", "HC0046");
        yield return ("G-22 type", "{ __type(name: \"Item\") { name } }", "HC0046");
        yield return ("G-22 inline", "{ ... on Query { ... { x: __type(name: \"Item\") { name } } } }", "HC0046");
        yield return ("G-22 fragment", "{ ...f } fragment f on Query { __schema { queryType { name } } }", "HC0046");
        yield return ("G-22 typename", "{ __typename }", null);
        yield return ("G-23 field", "{ helo }", "VALIDATION");
        yield return ("G-25 nonsense", "qwerty cop {", "HC0014");
        yield return ("G-25 failing resolver", "{ fails }", "UNEXPECTED");
        yield return ("G-49 two without a name", "{ hello } query B { hello }", "VALIDATION");
        yield return ("G-49 no name given", "query A { hello } query B { hello }", "OPERATION_NOT_FOUND");
        yield return ("G-58 deferred a thousand times", "{" + Repeat("... @defer { hello } ", 1_000) + "}", "MAX_DIRECTIVES");
        yield return ("G-59 unused variables", "query(" + string.Concat(Enumerable.Range(0, 500).Select(i => $"$v{i}: Int ")) + ") { hello }", "VALIDATION");
        yield return ("too long", "{ hello }" + Repeat(" ", 64 * 1024), "DOCUMENT_TOO_LARGE");
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Aliases(int count, string field) =>
        "{" + string.Concat(Enumerable.Range(0, count).Select(i => $" a{i}: {field}")) + " }";

    private static string FragmentAliases(int spreads) =>
        "{" + string.Concat(Enumerable.Range(0, spreads).Select(i => $" i{i}: item(id: \"i1\") {{ ...f }}")) +
        "} fragment f on Item { a: id b: id c: id d: id e: id }";

    private static string FanOut(int levels)
    {
        var text = new StringBuilder("{ ...f0 ...f0 }");
        for (var i = 0; i < levels; i++)
        {
            text.Append($" fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }}");
        }

        return text.Append($" fragment f{levels} on Query {{ hello }}").ToString();
    }

    /// <summary>Nobody in particular, without the permission to read the schema.</summary>
    private sealed class Stranger : IHttpRequestInterceptor
    {
        public ValueTask<Caller> OnCreateAsync(HttpContext http, CancellationToken ct) => ValueTask.FromResult(new Caller(Caller.NoUser));
    }
}
