using System.Text.Json;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class PagingTests
{
    [Theory]
    //           arguments                    sizes shown    previous next
    [InlineData("first: 2",                  "1,2",          false,   true)]
    [InlineData("first: 5",                  "1,2,3,4,5",    false,   false)]
    [InlineData("first: 0",                  "",             false,   true)]
    [InlineData("last: 2",                   "4,5",          true,    false)]
    [InlineData("first: 2, after: $2",       "3,4",          true,    true)]
    [InlineData("first: 5, after: $4",       "5",            true,    false)]
    [InlineData("first: 5, after: $5",       "",             true,    false)]
    [InlineData("last: 2, before: $4",       "2,3",          true,    true)]
    [InlineData("last: 5, before: $2",       "1",            false,   true)]
    [InlineData("first: 1, after: $1, before: $4", "2",      true,    true)]
    [InlineData("last: 1, after: $1, before: $4",  "3",      true,    true)]
    public async Task Arguments_cut_a_page(string arguments, string shown, bool previous, bool next)
    {
        await using var server = Server();
        var page = await Page(server, "boxes", await Filled(server, "boxes", arguments));
        Sizes(page).ShouldBe(shown);
        page.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean().ShouldBe(previous);
        page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean().ShouldBe(next);
    }

    [Theory]
    //           field             arguments                 code
    [InlineData("boxes",          "first: 6",               "HC0051")]
    [InlineData("boxes",          "last: 6",                "HC0051")]
    [InlineData("boxes",          "first: -1",              "HC0079")]
    [InlineData("boxes",          "first: 1, last: 1",      "HC0082")]
    [InlineData("boxes",          "first: 1, after: \"x\"", "HC0078")]
    [InlineData("boxes",          "first: 1, after: \"\"",  "HC0078")]
    [InlineData("bounded",        "",                       "HC0052")]
    [InlineData("forward",        "",                       "HC0090")]
    public async Task Bad_arguments_are_refused(string field, string arguments, string code)
    {
        await using var server = Server();
        (await server.CodeOf($"{{ {field}{Parenthesised(arguments)} {{ nodes {{ size }} }} }}")).ShouldBe(code);
    }

    [Fact]
    public async Task A_cursor_of_another_list_filter_or_order_is_refused()
    {
        await using var server = Server();
        var plain = await Cursor(server, "boxes(first: 1)");
        var sorted = await Cursor(server, "boxes(first: 1, order: [{ size: DESC }])");
        var filtered = await Cursor(server, "boxes(first: 1, where: { size: { gt: 1 } })");
        foreach (var (cursor, arguments) in new[]
        {
            (plain, "order: [{ size: DESC }]"), (sorted, "order: [{ size: ASC }]"), (sorted, "where: { size: { gt: 1 } }"),
            (filtered, "where: { size: { gt: 2 } }"), (filtered, "where: { size: { gte: 1 } }"),
        })
        {
            (await server.CodeOf($$"""{ boxes(first: 1, after: "{{cursor}}", {{arguments}}) { nodes { size } } }""")).ShouldBe("HC0078");
        }

        (await server.CodeOf($$"""{ bounded(first: 1, after: "{{plain}}") { nodes { size } } }""")).ShouldBe("HC0078");
    }

    [Fact]
    public async Task Pages_in_an_order_stay_put_when_items_come_and_go()
    {
        await using var server = Server();
        const string Order = "order: [{ size: DESC }]";
        var cursor = await Cursor(server, $"changing(first: 2, {Order})"); // sizes 5 and 4
        Changing.Add(new Box(9, 9, null)); // in front of the page
        Changing.RemoveAll(box => box.Size == 4); // the cursor's own item
        try
        {
            var page = (await server.Data($$"""{ changing(first: 2, after: "{{cursor}}", {{Order}}) { nodes { size } } }"""))
                .GetProperty("changing");
            Sizes(page).ShouldBe("3,2");
        }
        finally
        {
            Changing.Clear();
            Changing.AddRange(Boxes);
        }
    }

    [Fact]
    public async Task Equal_keys_are_told_apart_by_the_id_and_nulls_lose_nothing()
    {
        await using var server = Server();
        foreach (var direction in new[] { "ASC", "DESC" })
        {
            var seen = new List<string>();
            var after = "";
            for (var more = true; more;)
            {
                var page = (await server.Data(
                    $$"""{ boxes(first: 1{{after}}, order: [{ label: {{direction}} }]) { nodes { size } pageInfo { hasNextPage endCursor } } }"""))
                    .GetProperty("boxes");
                seen.Add(Sizes(page));
                more = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
                after = $", after: \"{page.GetProperty("pageInfo").GetProperty("endCursor").GetString()}\"";
            }

            seen.Count.ShouldBe(5);
            seen.Distinct().Count().ShouldBe(5);
        }
    }

    [Fact]
    public async Task A_signed_cursor_cannot_be_made_up()
    {
        var key = new byte[] { 1, 2, 3 };
        var signed = new CursorFormat(key, "boxes", null, [], [typeof(int)]);
        var cursor = signed.Write([7], pages: 0);
        signed.Read(cursor, "after", out _).ShouldBe([7]);

        var unsigned = new CursorFormat(null, "boxes", null, [], [typeof(int)]);
        Should.Throw<Platform.GraphQL.Execution.GraphQLException>(() => signed.Read(unsigned.Write([7], 0), "after", out _));
        var changed = (cursor[^1] == 'A' ? 'B' : 'A') + cursor[1..];
        Should.Throw<Platform.GraphQL.Execution.GraphQLException>(() => signed.Read(changed, "after", out _));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Relative_cursors_lead_to_pages_nearby()
    {
        await using var server = Server();
        var first = (await server.Data("{ relative(first: 1) { totalCount pageInfo { forwardCursors { page cursor } backwardCursors { page } } } }"))
            .GetProperty("relative");
        first.GetProperty("totalCount").GetInt32().ShouldBe(5);
        var forward = first.GetProperty("pageInfo").GetProperty("forwardCursors").EnumerateArray().ToList();
        forward.Select(cursor => cursor.GetProperty("page").GetInt32()).ShouldBe([2, 3, 4, 5]);
        first.GetProperty("pageInfo").GetProperty("backwardCursors").GetArrayLength().ShouldBe(0);

        foreach (var cursor in forward)
        {
            var page = await Page(server, "relative", $"first: 1, after: \"{cursor.GetProperty("cursor").GetString()}\"");
            Sizes(page).ShouldBe($"{cursor.GetProperty("page").GetInt32()}");
        }
    }

    [Theory]
    //           arguments            sizes     previous next
    [InlineData("",                  "1,2",    false,   true)]
    [InlineData("(skip: 1)",         "2,3",    true,    true)]
    [InlineData("(skip: 4, take: 3)", "5",     true,    false)]
    [InlineData("(skip: 99)",        "",       true,    false)]
    public async Task Segments_skip_and_take(string arguments, string shown, bool previous, bool next)
    {
        await using var server = Server();
        var segment = (await server.Data($"{{ segments{arguments} {{ items {{ size }} totalCount pageInfo {{ hasPreviousPage hasNextPage }} }} }}"))
            .GetProperty("segments");
        string.Join(',', segment.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("size").GetInt32())).ShouldBe(shown);
        segment.GetProperty("totalCount").GetInt32().ShouldBe(5);
        segment.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean().ShouldBe(previous);
        segment.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean().ShouldBe(next);
    }

    [Fact]
    public async Task Connections_and_segments_have_the_shapes_clients_know()
    {
        await using var server = Server();
        Snapshot.Matches(server.Schema.ToString(), "Paging.graphql");
        (await server.CodeOf("{ segments(take: 6) { items { size } } }")).ShouldBe("HC0051");
        (await server.CodeOf("{ segments(skip: -1) { items { size } } }")).ShouldBe("HC0079");
    }

    [Fact]
    public async Task A_resolver_may_fetch_its_page_itself()
    {
        await using var server = Server();
        var page = await Page(server, "fetched", "first: 3");
        Sizes(page).ShouldBe("3");
        page.GetProperty("edges")[0].GetProperty("cursor").GetString().ShouldBe("cursor of 3");
    }

    private static async Task<string> Filled(ConventionServer server, string field, string arguments)
    {
        var page = await Page(server, field, "first: 5");
        var edges = page.GetProperty("edges").EnumerateArray().ToList();
        for (var i = 0; i < edges.Count; i++)
        {
            arguments = arguments.Replace($"${i + 1}", $"\"{edges[i].GetProperty("cursor").GetString()}\"", StringComparison.Ordinal);
        }

        return arguments;
    }

    private static async Task<JsonElement> Page(ConventionServer server, string field, string arguments) =>
        (await server.Data($"{{ {field}({arguments}) {{ edges {{ cursor node {{ size }} }} nodes {{ size }} pageInfo {{ hasPreviousPage hasNextPage startCursor endCursor }} }} }}"))
        .GetProperty(field);

    private static async Task<string> Cursor(ConventionServer server, string field) =>
        (await server.Data($"{{ it: {field} {{ pageInfo {{ endCursor }} }} }}"))
        .GetProperty("it").GetProperty("pageInfo").GetProperty("endCursor").GetString()!;

    private static string Sizes(JsonElement page) =>
        string.Join(',', page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("size").GetInt32()));

    private static string Parenthesised(string arguments) => arguments.Length == 0 ? "" : $"({arguments})";

    private static ConventionServer Server() => new(graph => graph
        .AddQueryType<Query>()
        .ModifyPagingOptions(_ => new PagingOptions { DefaultPageSize = 2, MaxPageSize = 5, RequirePagingBoundaries = false }));

    private static Box[] Boxes =>
        [new(11, 1, "b"), new(12, 2, null), new(13, 3, "a"), new(14, 4, null), new(15, 5, "a")];

    private static List<Box> Changing { get; } = [.. Boxes];

    internal sealed record Box(int Id, int Size, string? Label);

    internal sealed class Query
    {
        [UsePaging, UseFiltering, UseSorting]
        public static IEnumerable<Box> GetBoxes() => Boxes;

        [UsePaging, UseSorting]
        public static IQueryable<Box> GetChanging() => Changing.AsQueryable();

        [UsePaging(RequirePagingBoundaries = true)]
        public static IEnumerable<Box> GetBounded() => Boxes;

        [UsePaging(RequirePagingBoundaries = true, AllowBackwardPagination = false, ConnectionName = "Forward")]
        public static IEnumerable<Box> GetForward() => Boxes;

        [UsePaging(EnableRelativeCursors = true, IncludeTotalCount = true)]
        public static IEnumerable<Box> GetRelative() => Boxes;

        [UseOffsetPaging(IncludeTotalCount = true)]
        public static IEnumerable<Box> GetSegments() => Boxes;

        [UseConnection(Name = "Fetched", IncludeTotalCount = false, EnableRelativeCursors = false)]
        public static Task<PageConnection<Box>> GetFetchedAsync(PagingArguments paging)
        {
            var size = paging.First ?? 0;
            return Task.FromResult(new PageConnection<Box>(new Page<Box>([new Box(1, size, null)], (box, _) => $"cursor of {box.Size}")));
        }
    }
}
