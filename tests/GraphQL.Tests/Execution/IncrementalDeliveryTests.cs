using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Tests.GraphQL.Execution;

/// <summary>@defer and @stream in both wire formats.</summary>
public sealed class IncrementalDeliveryTests
{
    private const string Sdl = """
        type Query { item: Item items: [Item!] numbers: [Int] }
        type Item { id: Int name: String slow: String hard: Int! items: [Item!] }
        """;

    private readonly List<string> _calls = [];

    private TestServer NewServer() => new TestServer(Sdl)
        .Resolve("Query.item", new Item(1)).Resolve("Query.items", new[] { new Item(1), new Item(2), new Item(3) })
        .Resolve("Query.numbers", new object?[] { 1, null, 3 })
        .Read<Item, int>("Item.id", item => item.Id).Read<Item, string>("Item.name", item => $"n{item.Id}")
        .Read<Item, Item[]>("Item.items", item => [new Item(item.Id * 10)])
        .Resolve("Item.hard", (_, _) => throw new GraphQLException("hard"))
        .Resolve("Item.slow", BatchResolver.From(async (batch, _, ct) =>
        {
            _calls.Add($"slow of {batch.Count}");
            await Task.Delay(1, ct);
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Set(i, $"s{batch.Parent<Item>(i).Id}");
            }
        }));

    [Fact]
    public async Task A_deferred_fragment_is_announced_delivered_and_completed() =>
        (await Messages("{ item { id ... @defer(label: \"L\") { name slow } } }", IncrementalFormat.PendingById)).ShouldBe([
            """{"data":{"item":{"id":1}},"pending":[{"id":"0","path":["item"],"label":"L"}],"hasNext":true}""",
            """{"incremental":[{"id":"0","data":{"name":"n1","slow":"s1"}}],"completed":[{"id":"0"}],"hasNext":false}""",
        ]);

    [Fact]
    public async Task The_older_format_repeats_path_and_label() =>
        (await Messages("{ item { id ...F @defer(label: \"L\") } } fragment F on Item { name }", IncrementalFormat.PathAndLabel))
        .ShouldBe([
            """{"data":{"item":{"id":1}},"hasNext":true}""",
            """{"incremental":[{"data":{"name":"n1"},"path":["item"],"label":"L"}],"hasNext":false}""",
        ]);

    [Fact]
    public async Task The_same_fragment_of_many_objects_is_resolved_once()
    {
        (await Messages("{ items { id ... @defer { slow } } }", IncrementalFormat.PendingById)).ShouldBe([
            """{"data":{"items":[{"id":1},{"id":2},{"id":3}]},"pending":[{"id":"0","path":["items",0]},{"id":"1","path":["items",1]},{"id":"2","path":["items",2]}],"hasNext":true}""",
            """{"incremental":[{"id":"0","data":{"slow":"s1"}},{"id":"1","data":{"slow":"s2"}},{"id":"2","data":{"slow":"s3"}}],"completed":[{"id":"0"},{"id":"1"},{"id":"2"}],"hasNext":false}""",
        ]);
        _calls.ShouldBe(["slow of 3"]);
    }

    [Fact]
    public async Task Fragments_within_deferred_fragments_follow_them() =>
        (await Messages("{ item { ... @defer { name items { id ... @defer { slow } } } } }", IncrementalFormat.PendingById)).ShouldBe([
            """{"data":{"item":{}},"pending":[{"id":"0","path":["item"]}],"hasNext":true}""",
            """{"pending":[{"id":"1","path":["item","items",0]}],"incremental":[{"id":"0","data":{"name":"n1","items":[{"id":10}]}}],"completed":[{"id":"0"}],"hasNext":true}""",
            """{"incremental":[{"id":"1","data":{"slow":"s10"}}],"completed":[{"id":"1"}],"hasNext":false}""",
        ]);

    [Fact]
    public async Task A_null_that_reaches_the_fragments_root_completes_it_with_errors()
    {
        (await Messages("{ item { id ... @defer { hard } } }", IncrementalFormat.PendingById))[1]
            .ShouldBe("""{"completed":[{"id":"0","errors":[{"message":"hard","locations":[{"line":1,"column":26}],"path":["item","hard"]}]}],"hasNext":false}""");
        (await Messages("{ item { id ... @defer { hard } } }", IncrementalFormat.PathAndLabel))[1]
            .ShouldBe("""{"incremental":[{"data":null,"path":["item"],"errors":[{"message":"hard","locations":[{"line":1,"column":26}],"path":["item","hard"]}]}],"hasNext":false}""");
    }

    [Fact]
    public async Task A_streamed_list_sends_its_first_elements_at_once()
    {
        (await Messages("query($n: Int!) { items @stream(initialCount: $n, label: \"S\") { id slow } }", IncrementalFormat.PendingById, """{"n":1}""")).ShouldBe([
            """{"data":{"items":[{"id":1,"slow":"s1"}]},"pending":[{"id":"0","path":["items"],"label":"S"}],"hasNext":true}""",
            """{"incremental":[{"id":"0","items":[{"id":2,"slow":"s2"},{"id":3,"slow":"s3"}]}],"completed":[{"id":"0"}],"hasNext":false}""",
        ]);
        _calls.ShouldBe(["slow of 1", "slow of 2"]);
    }

    [Fact]
    public async Task A_streamed_list_of_leaves_keeps_its_indexes() =>
        (await Messages("{ numbers @stream(initialCount: 2) }", IncrementalFormat.PathAndLabel)).ShouldBe([
            """{"data":{"numbers":[1,null]},"hasNext":true}""",
            """{"incremental":[{"items":[3],"path":["numbers",2]}],"hasNext":false}""",
        ]);

    [Theory]
    [InlineData("{ item { id ... @defer(if: false) { name } } }", IncrementalFormat.PendingById)]
    [InlineData("{ item { id ... @defer { name } } }", IncrementalFormat.None)]
    [InlineData("{ item { id name ... @defer { name id } } }", IncrementalFormat.PendingById)]
    public async Task Nothing_left_for_later_is_a_single_answer(string document, IncrementalFormat format) =>
        (await NewServer().Run(TestServer.Request(document) with { IncrementalFormat = format }))
        .ShouldBe("""{"data":{"item":{"id":1,"name":"n1"}}}""");

    [Fact]
    public async Task A_part_of_what_became_null_is_never_sent() =>
        (await NewServer().Run(TestServer.Request("{ items { ... @defer { name } hard } }") with
        {
            IncrementalFormat = IncrementalFormat.PendingById,
        })).ShouldStartWith("""{"errors":[{"message":"hard""");

    [Fact]
    public async Task A_part_below_an_object_that_became_null_is_never_sent() =>
        (await NewServer().Run(TestServer.Request("{ item { items { id ... @defer { name } } hard } items { id } }") with
        {
            IncrementalFormat = IncrementalFormat.PendingById,
        })).ShouldEndWith("""data":{"item":null,"items":[{"id":1},{"id":2},{"id":3}]}}""");

    [Fact]
    public async Task A_part_that_takes_too_long_is_completed_with_an_error()
    {
        var server = NewServer().Limit(limits => limits with { QueryTimeout = TimeSpan.FromMilliseconds(60) })
            .ResolveAsync("Item.slow", async (_, _, ct) =>
            {
                await Task.Delay(Timeout.Infinite, ct);
                return "never";
            });

        var messages = await server.Stream(Incremental("{ item { id ... @defer { slow } } }", IncrementalFormat.PendingById, null));

        messages[1].ShouldBe("""{"completed":[{"id":"0","errors":[{"message":"The operation took too long.","path":["item"],"extensions":{"code":"HC0045"}}]}],"hasNext":false}""");
    }

    private Task<List<string>> Messages(string document, IncrementalFormat format) => Messages(document, format, variables: null);

    private Task<List<string>> Messages(string document, IncrementalFormat format, string? variables) =>
        NewServer().Stream(Incremental(document, format, variables));

    private static OperationRequest Incremental(string document, IncrementalFormat format, string? variables) =>
        TestServer.Request(document, variables) with { IncrementalFormat = format };

    private sealed record Item(int Id);
}
