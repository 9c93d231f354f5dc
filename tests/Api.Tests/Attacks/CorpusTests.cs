using System.Text;
using System.Text.Json;
using Platform.Domain.Access;
using Platform.Tests.Wire;

namespace Platform.Tests.Api.Attacks;

/// <summary>The corpus of our checklist over every road of the real application: identical codes, and it lives on.</summary>
public sealed class CorpusTests(AttackedHost host) : IClassFixture<AttackedHost>, IAsyncLifetime
{
    private WireClient _client = null!;
    private AttackRoads _roads = null!;

    public async Task InitializeAsync()
    {
        _client = await host.BuyerAsync();
        _roads = new AttackRoads(_client, host.StoreAsync);
    }

    public async Task DisposeAsync()
    {
        await _roads.DisposeAsync();
        _client.Dispose();
    }

    /// <summary>By name: the documents hold ids that exist only once the host runs.</summary>
    public static TheoryData<string> Names => [.. Checks];

    internal static IEnumerable<string> Checks =>
        AttackCorpus.Of(new AttackWords("a", text => text, "", "a", "{ a }", "a", Nul: null)).Select(one => one.Name);

    [Theory, MemberData(nameof(Names))]
    public async Task Every_road_meets_the_same_gate_G_36(string name)
    {
        var (_, document, code) = AttackCorpus.Of(host.Words).Single(one => one.Name == name);

        await MeetAsync(document, null, code);
        await MeetAsync("{ __typename }", null, code: null);
    }

    [Theory]
    [InlineData(65)]
    [InlineData(5_000)]
    public Task Deep_variables_are_refused_G_04(int levels) => MeetAsync(
        Echo, "{\"v\":" + new string('[', levels) + new string(']', levels) + "}", "VARIABLES_DEPTH");

    [Theory]
    [InlineData("{\"v\":\"\\ud800\"}")]
    [InlineData("{\"v\":1e400}")]
    [InlineData("{\"v\":{}}")]
    public async Task Strange_variables_are_coercion_errors_and_never_faults_G_06(string variables)
    {
        var codes = await TravelAsync(Echo, variables);

        codes.Values.Distinct().Count().ShouldBe(1, string.Join(", ", codes));
        codes.Values.ShouldAllBe(code => code != null && code != "UNEXPECTED", string.Join(", ", codes));
    }

    [Theory]
    [InlineData("\"\\u202e\"")]
    [InlineData("\"\\r\\n\\u001b[2J\"")]
    public Task Texts_that_no_column_can_hold_are_found_nowhere_G_06(string text) => MeetAsync(Echo, $$"""{"v":{{text}}}""", code: null);

    // The column's own encoding would refuse it, with a fault; and the connection would remember.
    [Theory]
    [InlineData("items(first: 1, where: { code: { eq: $v } }) { totalCount }")]
    [InlineData("items(first: 1, where: { code: { in: [\"a\", $v] } }) { totalCount }")]
    [InlineData("items(first: 1, where: { name: { icontains: $v } }) { totalCount }")]
    [InlineData("itemByCode(code: $v) { id }")]
    public Task A_text_with_a_NUL_is_no_text_G_06(string field) =>
        MeetAsync($"query($v: String!) {{ {field} }}", """{"v":"a\u0000b"}""", "HC0016");

    [Fact]
    public async Task A_mutation_takes_no_NUL_G_06()
    {
        using var client = await host.ClientAsync(Role.InventoryController);

        var answer = await client.PostAsync(
            AttackRoads.Body("mutation($n: String!) { defineUnit(input: { unit: \"U1\", name: $n, kind: COUNT, decimals: 0 }) { errors { __typename } } }", """{"n":"a\u0000b"}"""), "application/json");

        answer.Body.ShouldContain("U+0000");
    }

    // Fields of one name in nested fragments: what has to be compared grows with the square of the document.
    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    public async Task Merging_is_linear_or_has_a_budget_G_10(int fields)
    {
        var document = new StringBuilder("{ items(first: 1) { nodes {");
        for (var i = 0; i < fields; i++)
        {
            document.Append(" ... { ... on Item { lots(first: 1) { nodes { id } } } }");
        }

        var started = TimeProvider.System.GetTimestamp();
        var codes = await TravelAsync(document.Append(" } } }").ToString(), null);

        codes.Values.Distinct().Count().ShouldBe(1, string.Join(", ", codes));
        codes.Values.First().ShouldBeOneOf(null, "HC0107", "SYNTAX_FIELDS", "MAX_FIELDS", "SYNTAX_DIRECTIVES");
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    //          document                                                                                        code
    [InlineData("{ items(first: 99999999) { nodes { id } } }",                                                  "HC0051")]
    [InlineData("{ items(first: -1) { nodes { id } } }",                                                        "HC0079")]
    [InlineData("{ items(first: 100) { nodes { units(first: 100) { nodes { item { units(first: 100) { nodes { id } } } } } } } }", "HC0047")]
    [InlineData("query($n: Int = 99999999) { items(first: $n) { nodes { id } } }",                              "HC0051")]
    [InlineData("{ items(last: 99999999) { nodes { id } } }",                                                   "HC0051")]
    [InlineData("{ ...f } fragment f on Query { items(first: 100) { nodes { ...g } } } fragment g on Item { units(first: 100) { nodes { id } } }", "HC0047")]
    [InlineData("query($s: Boolean = true) { items(first: 100) @skip(if: $s) { nodes { units(first: 100) { nodes { id } } } } }", "HC0047")] // G-19: the worst case counts
    public async Task Lists_without_end_and_their_disguises_are_refused_G_17_G_18_G_19(string document, string code)
    {
        var codes = await TravelAsync(document, null);

        // Cost is judged before the size of a page is.
        codes.Values.Distinct().Count().ShouldBe(1, string.Join(", ", codes));
        codes.Values.First().ShouldBeOneOf(code, "HC0047");
    }

    [Fact]
    public Task More_nodes_than_fifty_are_refused_G_18() => MeetAsync(
        $"{{ nodes(ids: [{string.Join(',', Enumerable.Repeat($"\"{host.Item}\"", 51))}]) {{ id }} }}", null, "HC0076");

    [Theory]
    [InlineData("{ items(first: 1, where: { nam: { eq: \"x\" } }) { totalCount } }")]
    [InlineData("{ items(first: 1, order: [{ nam: ASC }]) { totalCount } }")]
    [InlineData("{ itemz(first: 1) { totalCount } }")]
    [InlineData("query($v: Itm) { __typename }")]
    [InlineData("{ items(frist: 1) { totalCount } }")]
    [InlineData("{ items(first: 1, where: { status: { eq: ACTIVF } }) { totalCount } }")]
    public async Task A_misspelt_name_teaches_nothing_G_23(string document)
    {
        await MeetAsync(document, null, "VALIDATION");
        (await _client.PostAsync(WireClient.Query(document), "application/json")).Body.ShouldNotContain("Did you mean");
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("'; drop table item; --")]
    [InlineData("$.x")]
    [InlineData("(select code from item)")]
    public async Task What_is_searched_for_is_text_and_nothing_else_G_46(string text)
    {
        const string Search = "query($v: String) { items(first: 5, where: { code: { contains: $v } }) { totalCount } }";
        var body = AttackRoads.Body(Search, JsonSerializer.Serialize(new { v = text }));

        (await _client.PostAsync(body, "application/json")).Body.ShouldContain("\"totalCount\":0");
        (await host.ScalarAsync<long>("select count(*) from item")).ShouldBeGreaterThan(0);
        await MeetAsync(Search, JsonSerializer.Serialize(new { v = text }), code: null);
    }

    [Fact]
    public async Task Filters_are_bounded_in_depth_and_leaves_G_46_G_47()
    {
        var deep = string.Concat(Enumerable.Repeat("and: [{ ", 7)) + "code: { eq: \"x\" }" + string.Concat(Enumerable.Repeat(" }]", 7));
        var wide = "or: [" + string.Join(", ", Enumerable.Repeat("{ code: { contains: \"x\" } }", 60)) + "]";
        foreach (var filter in new[] { deep, wide })
        {
            var codes = await TravelAsync($"{{ items(first: 1, where: {{ {filter} }}) {{ totalCount }} }}", null);

            codes.Values.Distinct().Count().ShouldBe(1, string.Join(", ", codes));
            codes.Values.First().ShouldBeOneOf("FILTER_LIMIT", "HC0047");
        }
    }

    // A field that no input has: neither one that the record has by itself, nor one of another tenant.
    [Theory]
    [InlineData("approvedBy: \"x\"")]
    [InlineData("tenantId: \"x\"")]
    [InlineData("status: ACTIVE")]
    [InlineData("version: 7")]
    [InlineData("id: \"x\"")]
    public Task An_input_takes_no_field_that_it_does_not_have_G_44(string field) => MeetAsync(
        $"mutation {{ defineUnit(input: {{ unit: \"U1\", name: \"Unit\", kind: COUNT, decimals: 0, {field} }}) {{ errors {{ __typename }} }} }}", null, "VALIDATION");

    [Fact]
    public async Task A_variable_of_an_input_takes_no_field_that_it_does_not_have_G_44()
    {
        var codes = await TravelAsync(
            "mutation($i: DefineUnitInput!) { defineUnit(input: $i) { errors { __typename } } }",
            """{"i":{"unit":"U1","name":"Unit","kind":"COUNT","decimals":0,"approvedBy":"x"}}""");

        codes.Remove("get"); // It carries no mutation at all.
        codes.Values.Distinct().Count().ShouldBe(1, string.Join(", ", codes));
        codes.Values.First().ShouldBe("HC0016");
    }

    [Theory]
    [InlineData("SpecialItem:1")]
    [InlineData("Item:1")]
    [InlineData("Item:")]
    [InlineData("Query:00000000-0000-0000-0000-000000000000")]
    [InlineData("__Type:1")]
    [InlineData("not base 64")]
    [InlineData("")]
    public async Task An_id_of_another_type_is_no_id_G_41(string text)
    {
        var id = text.Contains(' ', StringComparison.Ordinal) ? text : Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        foreach (var field in new[] { "node(id: $id) { id }", "nodes(ids: [$id]) { id }", "itemById(id: $id) { id }", "items(where: { id: { eq: $id } }) { totalCount }" })
        {
            var codes = await TravelAsync($"query($id: ID!) {{ {field} }}", JsonSerializer.Serialize(new { id }));

            codes.Values.Distinct().Count().ShouldBe(1, string.Join(", ", codes));
            codes.Values.First().ShouldBeOneOf("BAD_ID", "NOT_FOUND", "HC0016");
        }
    }

    [Fact]
    public async Task An_id_of_ten_thousand_letters_is_no_id_G_41()
    {
        var codes = await TravelAsync("query($id: ID!) { node(id: $id) { id } }", JsonSerializer.Serialize(new { id = new string('A', 10_000) }));

        codes.Values.Distinct().ShouldBe(["BAD_ID"]);
    }

    [Theory]
    [InlineData("{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }")]
    [InlineData("{ __type(name: \"Item\") { fields { type { fields { type { name } } } } } }")]
    public async Task Circular_introspection_is_refused_even_where_introspection_is_allowed_G_16(string document)
    {
        using var integrator = await host.ClientAsync(Role.Integrator);
        await using var roads = new AttackRoads(integrator, host.StoreAsync);

        (await roads.TravelAsync(document, null)).Where(road => road.Key != "batch").ShouldAllBe(road => road.Value == "HC0086");
    }

    private const string Echo = "query($v: String) { items(first: 1, where: { code: { eq: $v } }) { totalCount } }";

    private async Task MeetAsync(string document, string? variables, string? code) =>
        (await TravelAsync(document, variables)).ShouldAllBe(road => road.Value == code);

    /// <summary>G-20: a batch is refused whatever it holds, because one request would do what the limits give to ten.</summary>
    private async Task<Dictionary<string, string?>> TravelAsync(string document, string? variables)
    {
        var codes = new Dictionary<string, string?>(await _roads.TravelAsync(document, variables), StringComparer.Ordinal);
        codes.Remove("batch", out var batch);
        batch.ShouldBeOneOf("BATCH_NOT_ALLOWED", "VARIABLES_DEPTH");
        return codes;
    }
}
