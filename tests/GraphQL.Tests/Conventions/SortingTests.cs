using Platform.GraphQL.Conventions;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class SortingTests
{
    [Theory]
    //           order                                          ids
    [InlineData("[]",                                          "1,2,3,4")]
    [InlineData("null",                                        "1,2,3,4")]
    [InlineData("[{ size: ASC }]",                             "4,1,3,2")]
    [InlineData("[{ size: DESC }]",                            "2,1,3,4")]  // equals by id, ascending
    [InlineData("[{ size: ASC }, { name: DESC }]",             "4,3,1,2")]
    [InlineData("{ size: ASC }",                               "4,1,3,2")]  // one stands for a list of one
    [InlineData("[{ note: ASC }]",                             "1,4,3,2")]  // in memory null is less than anything
    [InlineData("[{ note: DESC }]",                            "2,3,1,4")]
    [InlineData("[{ note: ASC_NULLS_LAST }]",                  "3,2,1,4")]
    [InlineData("[{ note: DESC_NULLS_FIRST }]",                "1,4,2,3")]
    [InlineData("[{ owner: { name: ASC } }]",                  "4,2,3,1")]
    [InlineData("[{ owner: { name: ASC_NULLS_LAST } }]",       "2,3,1,4")]
    public async Task An_order_puts_items_in_their_place(string order, string ids)
    {
        await using var server = Server();
        var items = (await server.Data($"{{ items(order: {order}) {{ id }} }}")).GetProperty("items");
        string.Join(',', items.EnumerateArray().Select(item => item.GetProperty("id").GetInt32())).ShouldBe(ids);
    }

    [Fact]
    public async Task Lists_cannot_be_sorted_by_and_unknown_fields_are_refused() // G-46
    {
        await using var server = Server();
        server.Sdl("ItemSortInput").ShouldBe(
            """
            input ItemSortInput {
              id: SortEnumType @cost(weight: "10")
              size: SortEnumType @cost(weight: "10")
              name: SortEnumType @cost(weight: "10")
              note: SortEnumType @cost(weight: "10")
              owner: OwnerSortInput @cost(weight: "10")
            }
            """);
        (await server.Run("{ items(order: [{ password: ASC }]) { id } }")).ShouldContain("errors");
        (await server.Run("{ items(order: [{ size: \"(select 1)\" }]) { id } }")).ShouldContain("errors");
    }

    [Fact]
    public async Task An_order_has_no_more_steps_than_allowed()
    {
        await using var server = Server();
        var steps = string.Join(',', Enumerable.Repeat("{ size: ASC }", 11));
        (await server.CodeOf($"{{ items(order: [{steps}]) {{ id }} }}")).ShouldBe("FILTER_LIMIT");
    }

    [Fact]
    public async Task Without_the_option_there_are_two_directions()
    {
        await using var server = new ConventionServer(graph => graph.AddQueryType<Query>());
        server.Sdl("SortEnumType").ShouldBe("enum SortEnumType {\n  ASC\n  DESC\n}");
    }

    private static ConventionServer Server() => new(graph => graph
        .AddQueryType<Query>()
        .AddSorting(options => options with { NullOrderingValues = true }));

    internal sealed record Item(int Id, int Size, string Name, string? Note, Owner? Owner)
    {
        public int[] Numbers => [];

        [SortIgnore]
        public int Secret => 1;
    }

    internal sealed record Owner(string Name);

    internal sealed class Query
    {
        [UseSorting]
        public static IEnumerable<Item> GetItems() =>
        [
            new(1, 2, "a", null, new Owner("z")),
            new(2, 3, "b", "y", new Owner("a")),
            new(3, 2, "c", "x", new Owner("m")),
            new(4, 1, "d", null, null),
        ];
    }
}
