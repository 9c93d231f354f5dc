using Platform.Tests.Support;

namespace Platform.Tests.Api.Reading;

public sealed class AggregateTests(ReadWorld world) : IClassFixture<ReadWorld>
{
    [Fact]
    public async Task Rows_are_counted_and_summed_by_one_statement_and_groups_show_what_they_have_in_common()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var other = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, 10, 2.5m), world.Receipt(other, world.Dock, 3, 1m));
        await world.PostedAsync(world.Move(item, world.Dock, world.Reserve, 4));
        var ids = $"\"{ReadWorld.Id("Item", item.Value)}\", \"{ReadWorld.Id("Item", other.Value)}\"";

        var all = await world.AskAsync($$"""{ stockBalancesAggregate(where: { item: { id: { in: [{{ids}}] } } }) { count sum { onHand } avg { onHand } min { onHand } max { onHand lastMovedAt } } }""");
        var byItem = await world.AskAsync($$"""{ stockBalancesAggregate(where: { item: { id: { in: [{{ids}}] } } }, groupBy: [ITEM]) { key { condition item { id baseUnit { code } } } count sum { onHand } } }""");

        var only = all["stockBalancesAggregate"]!.AsArray().ShouldHaveSingleItem()!;
        (only["count"]!.GetValue<int>(), only["sum"]!["onHand"]!.GetValue<decimal>(), only["min"]!["onHand"]!.GetValue<decimal>())
            .ShouldBe((3, 13m, 3m));
        only["avg"]!["onHand"]!.GetValue<decimal>().ShouldBe(4.3333333333m);
        all.Sql.Count.ShouldBe(1);
        byItem.Sql.Count.ShouldBe(1);
        var first = byItem["stockBalancesAggregate"]!.AsArray().Single(group => group!["key"]!["item"]!["id"]!.ToString() == ReadWorld.Id("Item", item.Value))!;
        (first["count"]!.GetValue<int>(), first["sum"]!["onHand"]!.GetValue<decimal>(), first["key"]!["condition"], first["key"]!["item"]!["baseUnit"]!["code"]!.ToString())
            .ShouldBe((2, 10m, null, "EA"));
    }

    [Fact]
    public async Task Rows_below_a_row_are_summed_for_all_rows_of_a_page_together()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var empty = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, 7, 2m));

        var answer = await world.AskAsync(
            $$"""{ items(where: { id: { in: ["{{ReadWorld.Id("Item", item.Value)}}", "{{ReadWorld.Id("Item", empty.Value)}}"] } }, order: [{ createdAt: ASC }]) { nodes { id stockBalancesAggregate(groupBy: [WAREHOUSE]) { key { warehouse { id } } sum { onHand available } } whole: stockBalancesAggregate { count sum { onHand } } } } }""");

        answer.Json["errors"].ShouldBeNull(answer.Text);
        answer.Sql.Count.ShouldBe(3);
        var rows = answer["items"]!["nodes"]!.AsArray().ToDictionary(node => node!["id"]!.ToString(), node => node!);
        rows[ReadWorld.Id("Item", item.Value)]["stockBalancesAggregate"]!.ToJsonString().ShouldContain("\"sum\":{\"onHand\":7,\"available\":7}");
        rows[ReadWorld.Id("Item", empty.Value)]["stockBalancesAggregate"]!.AsArray().ShouldBeEmpty();
        rows[ReadWorld.Id("Item", empty.Value)]["whole"]!.ToJsonString().ShouldBe("""[{"count":0,"sum":{"onHand":null}}]""");
    }

    [Fact]
    public async Task The_largest_groups_come_first_page_by_page_and_equal_ones_by_their_keys()
    {
        // given: 1, 2 … 7 pieces of seven items, the last two alike
        var items = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            var item = await world.ItemAsync(new ItemTraits());
            await world.PostedAsync(world.Receipt(item, world.Dock, Math.Min(i + 1, 6), 1m), world.Receipt(item, world.Reserve, 10, 1m));
            items.Add(ReadWorld.Id("Item", item.Value));
        }

        var ids = string.Join(", ", items.Select(id => $"\"{id}\""));
        var pages = new List<string>();
        for (var skip = 0; skip < 8; skip += 3)
        {
            var page = await world.AskAsync(
                $$"""{ stockBalancesAggregate(where: { item: { id: { in: [{{ids}}] } } }, groupBy: [ITEM], order: [{ by: SUM_ON_HAND }], first: 3, skip: {{skip}}) { key { item { id } } sum { onHand } } }""");
            page.Sql.Count.ShouldBe(1);
            pages.AddRange(page["stockBalancesAggregate"]!.AsArray().Select(group => group!["key"]!["item"]!["id"]!.ToString()));
        }

        // then: the two alike in the order of their ids, which is that of their making
        pages.ShouldBe([items[5], items[6], items[4], items[3], items[2], items[1], items[0]]);

        var least = await world.AskAsync(
            $$"""{ stockBalancesAggregate(where: { item: { id: { in: [{{ids}}] } } }, groupBy: [ITEM], order: [{ by: COUNT, direction: ASC }, { by: MIN_ON_HAND, direction: ASC }], first: 2) { key { item { id } } } }""");
        least["stockBalancesAggregate"]!.AsArray().Select(group => group!["key"]!["item"]!["id"]!.ToString()).ShouldBe([items[0], items[1]]);
    }

    [Fact]
    public async Task The_top_below_each_row_of_a_page_is_its_own()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, 3, 1m), world.Receipt(item, world.Reserve, 9, 1m), world.Receipt(item, world.OtherReserve, 5, 1m));

        var answer = await world.AskAsync(
            $$"""{ items(where: { id: { eq: "{{ReadWorld.Id("Item", item.Value)}}" } }) { nodes { stockBalancesAggregate(groupBy: [WAREHOUSE], order: [{ by: SUM_ON_HAND }], first: 1) { sum { onHand } } } } }""");

        answer["items"]!.ToJsonString().ShouldBe("""{"nodes":[{"stockBalancesAggregate":[{"sum":{"onHand":12}}]}]}""");
    }

    [Fact]
    public async Task Whoever_may_not_read_a_value_may_not_order_by_it()
    {
        var worker = ReadWorld.Who(Platform.Domain.Kernel.RowScope.Everything, "stock.read");

        (await world.AskAsync(worker, "{ stockPoliciesAggregate(groupBy: [ITEM], order: [{ by: SUM_ADJUST_WITHOUT_APPROVAL }]) { count } }", variables: null))
            .Code.ShouldBe("AUTH_NOT_AUTHORIZED");
    }

    [Theory]
    [InlineData(-1, "HC0079")]
    [InlineData(10_001, "HC0051")]
    public async Task The_number_of_groups_left_out_is_limited(int skip, string code) =>
        (await world.AskAsync($"{{ itemsAggregate(skip: {skip}, groupBy: [STATUS]) {{ count }} }}")).Code.ShouldBe(code);

    [Theory]
    [InlineData(0, "HC0079")]
    [InlineData(501, "HC0051")]
    public async Task The_number_of_groups_is_limited(int first, string code) =>
        (await world.AskAsync($"{{ itemsAggregate(first: {first}, groupBy: [STATUS]) {{ count }} }}")).Code.ShouldBe(code);
}
