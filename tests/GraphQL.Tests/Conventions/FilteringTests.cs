using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class FilteringTests
{
    [Theory]
    //           where                                             ids
    [InlineData("{}",                                             "1,2,3,4")]
    [InlineData("null",                                           "1,2,3,4")]
    [InlineData("{ name: { eq: \"Bolt\" } }",                     "1")]
    [InlineData("{ name: { neq: \"Bolt\" } }",                    "2,3,4")]
    [InlineData("{ name: { contains: \"ut\" } }",                 "2,3")]
    [InlineData("{ name: { ncontains: \"ut\" } }",                "1,4")]
    [InlineData("{ name: { startsWith: \"B\" } }",                "1")]
    [InlineData("{ name: { nstartsWith: \"B\" } }",               "2,3,4")]
    [InlineData("{ name: { endsWith: \"t\" } }",                  "1,2,3")]
    [InlineData("{ name: { nendsWith: \"t\" } }",                 "4")]
    [InlineData("{ name: { in: [\"Bolt\", \"Nut\"] } }",          "1,2")]
    [InlineData("{ name: { nin: [\"Bolt\", \"Nut\"] } }",         "3,4")]
    [InlineData("{ name: { ieq: \"bolt\" } }",                    "1")]
    [InlineData("{ name: { icontains: \"UT\" } }",                "2,3")]
    [InlineData("{ name: { istartsWith: \"b\" } }",               "1")]
    [InlineData("{ name: { iendsWith: \"T\" } }",                 "1,2,3")]
    [InlineData("{ name: { contains: \"%\" } }",                  "")]       // G-46: a text, not a pattern
    [InlineData("{ name: { eq: \"'; DROP TABLE item; --\" } }",   "")]
    [InlineData("{ name: { startsWith: \"B\", endsWith: \"x\" } }", "")]     // siblings are joined by and
    [InlineData("{ name: { or: [{ eq: \"Bolt\" }, { eq: \"Nut\" }] } }", "1,2")]
    [InlineData("{ note: { eq: null } }",                         "1,3")]
    [InlineData("{ note: { neq: null } }",                        "2,4")]
    [InlineData("{ note: { isNull: true } }",                     "1,3")]
    [InlineData("{ note: { isNull: false } }",                    "2,4")]
    [InlineData("{ note: { contains: \"o\" } }",                  "2")]      // null contains nothing
    [InlineData("{ note: { in: [null, \"light\"] } }",            "1,3,4")]
    [InlineData("{ price: { gt: 2.5 } }",                         "3,4")]
    [InlineData("{ price: { ngt: 2.5 } }",                        "1,2")]
    [InlineData("{ price: { gte: 2.5 } }",                        "2,3,4")]
    [InlineData("{ price: { ngte: 2.5 } }",                       "1")]
    [InlineData("{ price: { lt: 2.5 } }",                         "1")]
    [InlineData("{ price: { nlt: 2.5 } }",                        "2,3,4")]
    [InlineData("{ price: { lte: 2.5 } }",                        "1,2")]
    [InlineData("{ price: { nlte: 2.5 } }",                       "3,4")]
    [InlineData("{ price: { gt: 1, lt: 3 } }",                    "2")]
    [InlineData("{ weight: { gt: 1 } }",                          "2")]      // null is not more than anything
    [InlineData("{ active: { eq: false } }",                      "3")]
    [InlineData("{ kind: { eq: HEAVY } }",                        "2,4")]
    [InlineData("{ kind: { in: [LIGHT] } }",                      "1,3")]
    [InlineData("{ otherKind: { eq: null } }",                    "1,2,3")]
    [InlineData("{ made: { gte: \"2026-02-01\" } }",              "2,3,4")]
    [InlineData("{ key: { eq: \"00000000-0000-0000-0000-000000000002\" } }", "2")]
    [InlineData("{ maker: { city: { eq: \"Bonn\" } } }",          "1,2")]
    [InlineData("{ maker: { city: { neq: \"Bonn\" } } }",         "3,4")]    // 4 has no maker, whose city is not Bonn
    [InlineData("{ maker: { home: { code: { eq: \"FR\" } } } }",  "3")]
    [InlineData("{ parts: { any: true } }",                       "1,2,3")]
    [InlineData("{ parts: { any: false } }",                      "4")]
    [InlineData("{ parts: { some: { size: { eq: 1 } } } }",       "1,2")]
    [InlineData("{ parts: { none: { size: { eq: 1 } } } }",       "3,4")]
    [InlineData("{ parts: { all: { size: { eq: 1 } } } }",        "1,4")]    // all of nothing is true
    [InlineData("{ tags: { some: { eq: \"new\" } } }",            "1")]
    [InlineData("{ tags: { none: { startsWith: \"n\" } } }",      "2,3,4")]
    [InlineData("{ numbers: { some: { in: [7, 8] } } }",          "2")]
    [InlineData("{ or: [{ id: { eq: 1 } }, { id: { eq: 4 } }] }", "1,4")]
    [InlineData("{ and: [{ id: { gt: 1 } }, { id: { lt: 4 } }] }", "2,3")]
    [InlineData("{ id: { gt: 1 }, or: [{ id: { eq: 1 } }, { id: { eq: 2 } }] }", "2")]
    [InlineData("{ or: [] }",                                     "1,2,3,4")]
    public async Task A_filter_keeps_what_matches(string where, string ids)
    {
        await using var server = Server();
        Ids(await server.Data($"{{ items(where: {where}) {{ id }} }}")).ShouldBe(ids);
    }

    [Theory]
    //           where                                                          code
    [InlineData("{ name: { contains: null } }",                                "HC0026")]
    [InlineData("{ name: { in: null } }",                                      "HC0026")]
    [InlineData("{ price: { gt: null } }",                                     "HC0026")]
    [InlineData("{ name: null }",                                              "HC0026")] // a forgotten variable is not all
    [InlineData("{ parts: { any: null } }",                                    "HC0026")]
    [InlineData("{ parts: { some: null } }",                                   "HC0026")]
    [InlineData("{ and: [{ and: [{ and: [{ and: [{ and: [{ id: { eq: 1 } }] }] }] }] }] }", "FILTER_LIMIT")] // G-46
    public async Task What_has_no_meaning_is_refused(string where, string code)
    {
        await using var server = Server();
        (await server.CodeOf($"{{ items(where: {where}) {{ id }} }}")).ShouldBe(code);
    }

    [Fact]
    public async Task A_filter_has_no_more_comparisons_than_allowed() // G-46
    {
        await using var server = Server();
        string Or(int count) => $"{{ items(where: {{ or: [{string.Join(',', Enumerable.Repeat("{ id: { eq: 1 } }", count))}] }}) {{ id }} }}";
        Ids(await server.Data(Or(50))).ShouldBe("1");
        (await server.CodeOf(Or(51))).ShouldBe("FILTER_LIMIT");
        var values = string.Join(',', Enumerable.Range(1, 501));
        (await server.CodeOf($"{{ items(where: {{ id: {{ in: [{values}] }} }}) {{ id }} }}")).ShouldBe("FILTER_LIMIT");
    }

    [Fact]
    public async Task The_inputs_have_the_shapes_clients_know()
    {
        await using var server = Server();
        Snapshot.Matches(server.Schema.ToString(), "Filtering.graphql");
    }

    [Fact]
    public async Task A_filter_is_a_tree_that_data_layers_can_read()
    {
        await using var server = Server();
        await server.Data("""{ described(where: { or: [{ maker: { city: { eq: "Bonn" } } }, { parts: { some: { size: { in: [1] } } } }] }) }""");
        Described!.Canonical.ShouldBe("or(Maker.City Equal 4:Bonn,Parts Some(Size In [1 1:1]))");
        var or = Described.ShouldBeOfType<FilterOr>();
        var compare = or.Nodes[0].ShouldBeOfType<FilterCompare>();
        compare.Path.Properties.Select(property => property.Name).ShouldBe(["Maker", "City"]);
        or.Nodes[1].ShouldBeOfType<FilterList>().Element.ShouldBeOfType<FilterCompare>().Value.ShouldBe(new object[] { 1 });
    }

    /// <summary>Negation by name is negation: for every value, one of each pair of operations holds and never both.</summary>
    [Fact]
    public void Every_operation_and_its_negation_divide_the_items()
    {
        (FilterOperation, FilterOperation)[] pairs =
        [
            (FilterOperation.Equal, FilterOperation.NotEqual),
            (FilterOperation.GreaterThan, FilterOperation.NotGreaterThan),
            (FilterOperation.GreaterThanOrEqual, FilterOperation.NotGreaterThanOrEqual),
            (FilterOperation.LowerThan, FilterOperation.NotLowerThan),
            (FilterOperation.LowerThanOrEqual, FilterOperation.NotLowerThanOrEqual),
        ];
        var path = FieldPath.Self.To(typeof(Sample).GetProperty(nameof(Sample.Value))!);
        Prop.ForAll<int?, int>((given, compared) => pairs.All(pair =>
        {
            var items = new[] { new Sample(given) }.AsQueryable();
            var holds = new QueryContext<Sample>(new FilterCompare(path, pair.Item1, compared), []).ApplyTo(items).Any();
            var fails = new QueryContext<Sample>(new FilterCompare(path, pair.Item2, compared), []).ApplyTo(items).Any();
            return holds != fails;
        })).QuickCheckThrowOnFailure();
    }

    private static FilterNode? Described { get; set; }

    private static string Ids(JsonElement data) =>
        string.Join(',', data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()));

    private static ConventionServer Server() => new(graph => graph
        .AddQueryType<Query>()
        .AddFiltering(options => options with { CaseInsensitiveOperations = true, NullOperation = true }));

    internal sealed record Sample(int? Value);

    internal enum Kind
    {
        Light,
        Heavy,
    }

    internal sealed record Item(int Id, string Name, string? Note, decimal Price, double? Weight, bool Active, Kind Kind)
    {
        public Kind? OtherKind => Id == 4 ? FilteringTests.Kind.Heavy : null;

        public DateOnly Made => new(2026, Id, 1);

        public Guid Key => Guid.Parse($"00000000-0000-0000-0000-{Id:D12}");

        public Maker? Maker => Id switch
        {
            1 or 2 => new("Bonn", null),
            3 => new("Lyon", new Country("FR")),
            _ => null,
        };

        public IReadOnlyList<Part>? Parts => Id switch
        {
            1 => [new(1)],
            2 => [new(1), new(2)],
            3 => [new(2)],
            _ => null,
        };

        public string[] Tags => Id == 1 ? ["new", "x"] : [];

        public List<int> Numbers => Id == 2 ? [7] : [];

        [FilterIgnore]
        public int Hidden => 1;
    }

    internal sealed record Maker(string City, Country? Home);

    internal sealed record Country(string Code);

    internal sealed record Part(int Size);

    internal sealed class Query
    {
        [UseFiltering]
        public static IEnumerable<Item> GetItems() =>
        [
            new(1, "Bolt", null, 1, null, true, Kind.Light),
            new(2, "Nut", "round", 2.5m, 1.5, true, Kind.Heavy),
            new(3, "Rebut", null, 3, 0.5, false, Kind.Light),
            new(4, "Gear", "light", 10, null, true, Kind.Heavy),
        ];

        [UseFiltering<Item>]
        public static int GetDescribed(QueryContext<Item> query)
        {
            Described = query.Filter;
            return 1;
        }
    }
}
