using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Tests.GraphQL.Execution;

/// <summary>§6.3 Executing Selection Sets, §6.4.3 Value Completion.</summary>
public sealed class SelectionExecutionTests
{
    private const string Sdl = """
        type Query { item(sku: String = "A"): Item items: [Item!]! grid: [[Item]] any: [Thing!] node: Named count: Int! }
        interface Named { name: String }
        type Item implements Named { name: String size: Int tags: [String!] parent: Item stock: Int slow: String }
        type Bin implements Named { name: String code: String! items: [Item!]! }
        union Thing = Item | Bin
        """;

    private static readonly Item Anvil = new("anvil", 3, ["heavy", "iron"], null);
    private static readonly Item Bolt = new("bolt", null, [], Anvil);

    private readonly List<string> _calls = [];

    private TestServer Server => NewServer();

    private TestServer NewServer() => new TestServer(Sdl)
        .Runtime<Item>("Item").Runtime<Bin>("Bin")
        .Read<Item, string?>("Item.name", item => item.Name)
        .Read<Item, int?>("Item.size", item => item.Size)
        .Read<Item, string[]>("Item.tags", item => item.Tags)
        .Read<Item, Item?>("Item.parent", item => item.Parent)
        .Resolve("Item.stock", BatchResolver.From((batch, _, _) =>
        {
            _calls.Add($"stock of {batch.Count}");
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Set(i, batch.Parent<Item>(i).Name.Length);
            }

            return ValueTask.CompletedTask;
        }))
        .ResolveAsync("Item.slow", async (parent, _, ct) =>
        {
            await Task.Delay(1, ct);
            return ((Item)parent!).Name.ToUpperInvariant();
        })
        .Read<Bin, string?>("Bin.name", bin => bin.Code)
        .Read<Bin, string>("Bin.code", bin => bin.Code)
        .Read<Bin, List<Item>>("Bin.items", bin => bin.Items)
        .Read<object?, int>("Query.count", _ => 2)
        .Resolve("Query.item", (_, field) => field.Arguments.Get<string>("sku") == "A" ? Anvil : Bolt)
        .Resolve("Query.items", new[] { Anvil, Bolt })
        .Resolve("Query.grid", new object?[] { new object?[] { Anvil, null, Bolt }, null, new object?[] { Bolt } })
        .Resolve("Query.any", new object[] { Anvil, new Bin("B1", [Bolt, Anvil]), Bolt })
        .Resolve("Query.node", new Bin("B2", []));

    [Fact]
    public async Task Fields_come_in_the_order_of_the_selection_under_their_response_names() =>
        (await Server.Run("{ second: item(sku: \"B\") { size name } first: item { name n2: name } count __typename }"))
        .ShouldBe("""{"data":{"second":{"size":null,"name":"bolt"},"first":{"name":"anvil","n2":"anvil"},"count":2,"__typename":"Query"}}""");

    [Fact]
    public async Task Selections_of_the_same_response_name_are_merged_where_the_name_first_stood() =>
        (await Server.Run("{ item { name } count item { parent { name } name size } ...F } fragment F on Query { item { tags } }"))
        .ShouldBe("""{"data":{"item":{"name":"anvil","parent":null,"size":3,"tags":["heavy","iron"]},"count":2}}""");

    [Fact]
    public async Task Lists_of_lists_keep_their_nulls() =>
        (await Server.Run("{ grid { name stock } }"))
        .ShouldBe("""{"data":{"grid":[[{"name":"anvil","stock":5},null,{"name":"bolt","stock":4}],null,[{"name":"bolt","stock":4}]]}}""");

    [Fact]
    public async Task Objects_behind_unions_and_interfaces_get_the_selections_of_their_type()
    {
        (await Server.Run("{ any { __typename ... on Named { name } ... on Item { stock } ... on Bin { items { stock name } } } }"))
            .ShouldBe("""{"data":{"any":[{"__typename":"Item","name":"anvil","stock":5},{"__typename":"Bin","name":"B1","items":[{"stock":4,"name":"bolt"},{"stock":5,"name":"anvil"}]},{"__typename":"Item","name":"bolt","stock":4}]}}""");
        (await Server.Run("{ node { name ... on Bin { code } ... on Item { size } } }"))
            .ShouldBe("""{"data":{"node":{"name":"B2","code":"B2"}}}""");
    }

    [Fact]
    public async Task A_batch_resolver_is_called_once_per_selection_over_all_parents()
    {
        (await Server.Run("{ items { stock parent { stock parent { stock } } } grid { stock } }"))
            .ShouldBe("""{"data":{"items":[{"stock":5,"parent":null},{"stock":4,"parent":{"stock":5,"parent":null}}],"grid":[[{"stock":5},null,{"stock":4}],null,[{"stock":4}]]}}""");
        _calls.ShouldBe(["stock of 2", "stock of 3", "stock of 1"]);
    }

    [Fact]
    public async Task Asynchronous_fields_mix_with_read_ones() =>
        (await Server.Run("{ items { slow name parent { slow } } }"))
        .ShouldBe("""{"data":{"items":[{"slow":"ANVIL","name":"anvil","parent":null},{"slow":"BOLT","name":"bolt","parent":{"slow":"ANVIL"}}]}}""");

    [Theory]
    [InlineData(true, """{"data":{"count":2,"item":{"name":"anvil","size":3}}}""")]
    [InlineData(false, """{"data":{"item":{"size":3,"name":"anvil"},"count":2}}""")]
    public async Task Skip_and_include_decide_presence_and_so_the_order(bool skip, string expected)
    {
        var server = Server;
        for (var repeated = 0; repeated < 2; repeated++)
        {
            (await server.Run(
                "query ($s: Boolean!) { item @skip(if: $s) { size } count item { name size @include(if: true) } }",
                $$"""{"s":{{(skip ? "true" : "false")}}}""")).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task A_lazy_sequence_is_walked_once()
    {
        var walked = 0;
        IEnumerable<Item> Items()
        {
            walked++;
            yield return Anvil;
            yield return Bolt;
        }

        (await Server.Resolve("Query.items", (_, _) => Items()).Run("{ items { name stock } }"))
            .ShouldBe("""{"data":{"items":[{"name":"anvil","stock":5},{"name":"bolt","stock":4}]}}""");
        walked.ShouldBe(1);
    }

    [Fact]
    public async Task A_field_without_resolver_is_looked_up_in_a_map() =>
        (await new TestServer("type Query { a: A } type A { b: Int c: [String] }")
            .Resolve("Query.a", new Dictionary<string, object?> { ["b"] = 1, ["c"] = new[] { "x" } })
            .Run("{ a { b c } }"))
        .ShouldBe("""{"data":{"a":{"b":1,"c":["x"]}}}""");

    [Fact]
    public async Task A_repeated_document_is_answered_from_its_compiled_form()
    {
        var server = Server;
        var first = await server.Run("{ item { name } }");

        for (var i = 0; i < 3; i++)
        {
            (await server.Run("{ item { name } }")).ShouldBe(first);
        }
    }

    private sealed record Item(string Name, int? Size, string[] Tags, Item? Parent);

    private sealed record Bin(string Code, List<Item> Items);
}
