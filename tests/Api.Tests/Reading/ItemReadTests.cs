using Platform.Tests.Support;

namespace Platform.Tests.Api.Reading;

public sealed class ItemReadTests(ReadWorld world) : IClassFixture<ReadWorld>
{
    [Fact]
    public async Task One_item_is_one_statement_with_the_selected_columns_only()
    {
        var item = await world.ItemAsync(new ItemTraits());

        var answer = await world.AskAsync($$$"""{ itemById(id: "{{{ReadWorld.Id("Item", item.Value)}}}") { __typename id status baseUnit { code kind } } }""");

        answer.Data.ShouldBe($$$$"""{"itemById":{"__typename":"Item","id":"{{{{ReadWorld.Id("Item", item.Value)}}}}","status":"ACTIVE","baseUnit":{"code":"EA","kind":"COUNT"}}}""");
        answer.Sql.ShouldHaveSingleItem().ShouldBe(
            "select p.last_position, t.id, t.status, t.base_unit, t1.code, t1.kind from event_publisher p left join item t on t.id = $1"
            + " left join unit t1 on t1.code = t.base_unit");
    }

    [Fact]
    public async Task A_node_is_found_by_its_id_and_a_list_of_nodes_by_theirs()
    {
        var item = ReadWorld.Id("Item", (await world.ItemAsync(new ItemTraits())).Value);
        var gone = ReadWorld.Id("Item", Guid.CreateVersion7());

        (await world.AskAsync($$$"""{ node(id: "{{{item}}}") { id ... on Item { tracking } } }""")).Data
            .ShouldBe($$$"""{"node":{"id":"{{{item}}}","tracking":"NONE"}}""");
        var many = await world.AskAsync($$"""{ nodes(ids: ["{{gone}}", "{{item}}", "VW5pdDpFQQ==", "nonsense!"]) { __typename id } }""");
        many.Data.ShouldBe($$$"""{"nodes":[null,{"__typename":"Item","id":"{{{item}}}"},{"__typename":"Unit","id":"VW5pdDpFQQ=="},null]}""");
        many.Json["errors"]!.AsArray().Select(error => error!["extensions"]!["code"]!.ToString()).ShouldBe(["NOT_FOUND", "BAD_ID"]);
    }

    [Fact]
    public async Task A_page_filtered_and_sorted_is_one_statement()
    {
        for (var i = 0; i < 3; i++)
        {
            await world.ItemAsync(new ItemTraits { HazardClass = "CORROSIVE" });
        }

        var page = await world.AskAsync(
            "{ items(first: 2, where: { hazardClass: { eq: CORROSIVE } }, order: [{ code: DESC }]) { nodes { code } pageInfo { hasNextPage endCursor } } }");

        page.Sql.Count.ShouldBe(1);
        page.Nodes("items", "code").Length.ShouldBe(2);
        var cursor = page["items"]!["pageInfo"]!["endCursor"]!.ToString();
        var next = await world.AskAsync(
            $$"""{ items(first: 2, after: "{{cursor}}", where: { hazardClass: { eq: CORROSIVE } }, order: [{ code: DESC }]) { nodes { code } edges { cursor node { code } } totalCount pageInfo { hasNextPage hasPreviousPage } } }""");
        next.Nodes("items", "code").Length.ShouldBe(1);
        next["items"]!["totalCount"]!.GetValue<int>().ShouldBe(3);
        next["items"]!["pageInfo"]!.ToJsonString().ShouldBe("""{"hasNextPage":false,"hasPreviousPage":true}""");
        next.Json["extensions"]!["live"]!["position"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Lists_in_lists_are_one_statement_a_level_in_one_snapshot()
    {
        await world.ItemAsync(new ItemTraits());

        var answer = await world.AskAsync("{ units(first: 5) { nodes { code items(first: 2) { nodes { code baseUnit { code } } } } } }");

        answer.Json["errors"].ShouldBeNull(answer.Text);
        answer.Sql.Count.ShouldBe(2);
        var each = answer["units"]!["nodes"]!.AsArray().Single(unit => unit!["code"]!.ToString() == "EA")!["items"]!["nodes"]!.AsArray();
        each.Count.ShouldBeGreaterThan(0);
        each.ShouldAllBe(item => item!["baseUnit"]!["code"]!.ToString() == "EA");
    }

    [Fact]
    public async Task Fields_beside_each_other_read_one_snapshot()
    {
        var answer = await world.AskAsync("{ units(first: 2) { nodes { code } } items(first: 1) { nodes { code } } }");

        answer.Json["errors"].ShouldBeNull(answer.Text);
        answer.Sql.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_code_computes_is_asked_once_for_all_rows_with_the_columns_it_needs()
    {
        var item = await world.ItemAsync(new ItemTraits { Tracking = "LOT" });
        await world.LotAsync(item, DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime).AddDays(9));
        await world.LotAsync(item, expires: null);

        var answer = await world.AskAsync($$"""{ itemById(id: "{{ReadWorld.Id("Item", item.Value)}}") { lots(order: [{ expiresOn: ASC }]) { nodes { daysToExpiry id } edges { node { left: daysToExpiry } } } } }""");

        answer.Json["errors"].ShouldBeNull(answer.Text);
        answer.Sql.Count.ShouldBe(2);
        answer.Sql[1].ShouldContain("t.expires_on");
        answer["itemById"]!["lots"]!["nodes"]!.AsArray().Select(lot => lot!["daysToExpiry"]?.GetValue<int>()).ShouldBe([9, null]);
        answer["itemById"]!["lots"]!["edges"]!.ToJsonString().ShouldBe("""[{"node":{"left":9}},{"node":{"left":null}}]""");
    }
}
