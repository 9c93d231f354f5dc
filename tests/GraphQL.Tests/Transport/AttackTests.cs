using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;
using Platform.GraphQL.Transport.PersistedOperations;
using Platform.Tests.Wire;

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
        _roads = new AttackRoads(_server, (id, text) => _storage.SaveAsync(id, text, CancellationToken.None));
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
            foreach (var (name, document, code) in AttackCorpus.Of(Shop.Words))
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

    [Fact]
    public async Task A_resolver_that_fails_says_nothing_of_why_on_every_road_G_25() =>
        (await _roads.TravelAsync("{ fails }", null)).ShouldAllBe(road => road.Value == "UNEXPECTED");

    [Theory]
    [InlineData(65)]
    [InlineData(5_000)]
    public async Task Deep_variables_are_refused_on_every_road_G_04(int levels)
    {
        var codes = await _roads.TravelAsync(
            "query($v: String) { hello(name: $v) }", "{\"v\":" + new string('[', levels) + new string(']', levels) + "}");

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
            AttackRoads.Body("query($v: String) { hello(name: $v) }", "{\"v\":[" + string.Concat(Enumerable.Repeat("1,", 100_000)) + "1]}"), "application/json");

        answer.ErrorCode.ShouldBeOneOf("VARIABLES_TOO_LARGE", "HC0016");
    }

    [Fact]
    public async Task A_misspelt_name_teaches_nothing_G_23()
    {
        foreach (var document in new[] { "{ helo }", "{ hello(nam: 1) }", "{ item(id: \"i1\") { nam } }", "query($v: Itm) { hello }" })
        {
            var answer = await _server.PostAsync(WireClient.Query(document), "application/json");

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
        (await _server.PostAsync(WireClient.Query("{ item(id: \"i1\") { name } }"), null)).Body.ShouldContain("Item 1");
    }

    [Fact]
    public async Task A_stored_mutation_never_comes_by_get_either_G_26()
    {
        await _storage.SaveAsync("m", "mutation{renameItem(input:{itemId:\"i1\",name:\"x\"}){item{id}}}"u8.ToArray(), CancellationToken.None);

        (await _server.GetAsync("?id=m", null)).Code.ShouldBe(405);
        (await _server.GetAsync("/persisted/m", null)).Code.ShouldBe(405);
    }

    /// <summary>Nobody in particular, without the permission to read the schema.</summary>
    private sealed class Stranger : IHttpRequestInterceptor
    {
        public ValueTask<Caller> OnCreateAsync(HttpContext http, CancellationToken ct) => ValueTask.FromResult(new Caller(Caller.NoUser));
    }
}
