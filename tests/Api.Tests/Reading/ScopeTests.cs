using Platform.Api.Access;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Reading;

/// <summary>R-44, G-40 … G-43: whatever the way, nobody reads rows of others, and "not yours" looks like "not there".</summary>
public sealed class ScopeTests(ReadWorld world) : IClassFixture<ReadWorld>, IAsyncLifetime
{
    private ItemId _item;

    private static RowScope Only(Guid? entity, Guid? warehouse) => new(
        entity is null ? null : new HashSet<Guid> { entity.Value }, warehouse is null ? null : new HashSet<Guid> { warehouse.Value }, null);

    private Principal Euro => ReadWorld.Everyone with { Rows = Only(world.Entity.Value, warehouse: null) };

    private Principal Keeper => ReadWorld.Everyone with { Rows = Only(entity: null, world.OtherWarehouse.Value) };

    public async Task InitializeAsync()
    {
        _item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(_item, world.Dock, 10, 2.5m));
        await world.PostedAsync(world.Receipt(_item, world.OtherReserve, 3, 2.5m));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_list_its_count_and_its_sums_have_only_the_callers_rows()
    {
        var filter = $"where: {{ item: {{ id: {{ eq: \"{ReadWorld.Id("Item", _item.Value)}\" }} }} }}";

        var answer = await world.AskAsync(
            Keeper,
            $"{{ stockBalances({filter}) {{ totalCount nodes {{ warehouse {{ id }} }} }} stockBalancesAggregate({filter}) {{ count sum {{ onHand }} }} stockMovements({filter}) {{ totalCount }} }}",
            variables: null);

        answer["stockBalances"]!["totalCount"]!.GetValue<int>().ShouldBe(1);
        answer["stockBalances"]!["nodes"]![0]!["warehouse"]!["id"]!.ToString().ShouldBe(ReadWorld.Id("Warehouse", world.OtherWarehouse.Value));
        answer["stockBalancesAggregate"]!.ToJsonString().ShouldBe("""[{"count":1,"sum":{"onHand":3}}]""");
        answer["stockMovements"]!["totalCount"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Lists_and_sums_below_shared_rows_have_only_the_callers_rows()
    {
        var answer = await world.AskAsync(
            Keeper,
            $"{{ itemById(id: \"{ReadWorld.Id("Item", _item.Value)}\") {{ stockBalances {{ totalCount nodes {{ onHand }} }} stockBalancesAggregate {{ sum {{ onHand }} }} stockMovements {{ nodes {{ quantity }} }} }} }}",
            variables: null);

        answer["itemById"]!.ToJsonString().ShouldBe(
            """{"stockBalances":{"totalCount":1,"nodes":[{"onHand":3}]},"stockBalancesAggregate":[{"sum":{"onHand":3}}],"stockMovements":{"nodes":[{"quantity":3}]}}""");
    }

    // Decision 0066: cursors are bound to list, filter and order, and not signed.
    [Theory]
    [InlineData("before everything")]
    [InlineData("behind everything")]
    [InlineData("at a row of others")]
    [InlineData("some pages further")]
    public async Task A_cursor_that_somebody_made_up_moves_within_their_own_rows(string where)
    {
        const string Field = "bins";
        var foreign = world.Reserve.Value;
        var own = (await world.AskAsync(Keeper, $"{{ {Field}(first: 100) {{ nodes {{ id }} }} }}", variables: null)).Nodes(Field, "id");
        var forge = new Platform.GraphQL.Conventions.CursorFormat(
            key: null, Platform.Api.Reading.Statements.CanonicalText.Of($"Query.{Field}", where: null, order: null), [typeof(Guid)]);
        var (at, pages) = where switch
        {
            "before everything" => (Guid.Empty, 0),
            "behind everything" => (Guid.AllBitsSet, 0),
            "at a row of others" => (foreign, 0),
            _ => (Guid.Empty, 3),
        };

        foreach (var arguments in new[] { "first: 100, after", "last: 100, before" })
        {
            var answer = await world.AskAsync(Keeper, $"{{ {Field}({arguments}: \"{forge.Write([at], pages)}\") {{ totalCount nodes {{ id }} }} }}", variables: null);

            answer.Code.ShouldBeNull(answer.Text);
            answer.Nodes(Field, "id").ShouldBeSubsetOf(own);
            answer[Field]!["totalCount"]!.GetValue<int>().ShouldBe(own.Length);
        }
    }

    [Fact]
    public async Task A_cursor_that_leads_nowhere_near_is_refused()
    {
        var forge = new Platform.GraphQL.Conventions.CursorFormat(
            key: null, Platform.Api.Reading.Statements.CanonicalText.Of("Query.items", where: null, order: null), [typeof(Guid)]);

        (await world.AskAsync($"{{ items(first: 100, after: \"{forge.Write([Guid.Empty], int.MaxValue)}\") {{ nodes {{ id }} }} }}")).Code.ShouldBe("HC0078");
    }

    [Fact]
    public async Task A_document_and_its_values_are_seen_where_its_goods_moved()
    {
        var query = $"{{ stockPostings(where: {{ movements: {{ some: {{ item: {{ id: {{ eq: \"{ReadWorld.Id("Item", _item.Value)}\" }} }} }} }} }}) {{ totalCount nodes {{ valueEntries {{ totalCount }} }} }} "
            + $"valueEntries(where: {{ movement: {{ item: {{ id: {{ eq: \"{ReadWorld.Id("Item", _item.Value)}\" }} }} }} }}) {{ nodes {{ quantity }} }} }}";

        (await world.AskAsync(Keeper, query, variables: null)).Data.ShouldBe(
            """{"stockPostings":{"totalCount":1,"nodes":[{"valueEntries":{"totalCount":1}}]},"valueEntries":{"nodes":[{"quantity":3}]}}""");
        (await world.AskAsync(Euro, query, variables: null))["stockPostings"]!["totalCount"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task What_the_company_decided_for_all_its_warehouses_is_seen_in_each()
    {
        foreach (var warehouse in new[] { world.Warehouse, world.OtherWarehouse })
        {
            (await world.RunAsync(new Platform.Domain.Stock.Adjusting.SetStockPolicy(_item, warehouse, 0, 50, NeedsEvidence: false))).Error.ShouldBeNull();
        }

        (await world.RunAsync(new Platform.Domain.Stock.Adjusting.SetStockPolicy(_item, Warehouse: null, 0, 70, NeedsEvidence: true))).Error.ShouldBeNull();

        var seen = await world.AskAsync(
            Keeper, $"{{ stockPolicies(where: {{ item: {{ id: {{ eq: \"{ReadWorld.Id("Item", _item.Value)}\" }} }} }}, order: [{{ adjustWithoutApproval: ASC }}]) {{ nodes {{ adjustWithoutApproval warehouse {{ id }} }} }} }}", variables: null);

        seen["stockPolicies"]!["nodes"]!.AsArray().Select(node => (node!["adjustWithoutApproval"]!.GetValue<decimal>(), node["warehouse"]?["id"]?.ToString()))
            .ShouldBe([(50m, ReadWorld.Id("Warehouse", world.OtherWarehouse.Value)), (70m, null)]);
    }

    [Fact]
    public async Task A_relation_in_a_filter_or_an_order_tells_nothing_of_others_rows()
    {
        var code = await world.ScalarAsync<string>($"select code from warehouse where id = '{world.Warehouse}'");
        var found = await world.AskAsync(
            Keeper, $"{{ items(where: {{ stockBalances: {{ some: {{ warehouse: {{ code: {{ eq: \"{code}\" }} }} }} }} }}) {{ totalCount }} }}", variables: null);
        var none = await world.AskAsync(
            Keeper, $"{{ items(where: {{ id: {{ eq: \"{ReadWorld.Id("Item", _item.Value)}\" }}, stockBalances: {{ all: {{ onHand: {{ eq: 3 }} }} }} }}) {{ totalCount }} }}", variables: null);

        found["items"]!["totalCount"]!.GetValue<int>().ShouldBe(0);
        none["items"]!["totalCount"]!.GetValue<int>().ShouldBe(1, "the balance of 10 is not there for this caller");
    }

    [Fact]
    public async Task A_row_of_others_cannot_be_told_from_one_that_is_not_there()
    {
        var foreign = ReadWorld.Id("Warehouse", world.YenWarehouse.Value);
        var absent = ReadWorld.Id("Warehouse", Guid.CreateVersion7());
        static string Query(string id) => $"{{ warehouseById(id: \"{id}\") {{ code }} node(id: \"{id}\") {{ id }} warehouses(where: {{ id: {{ eq: \"{id}\" }} }}) {{ nodes {{ code }} }} }}";

        var theirs = await world.AskAsync(Euro, Query(foreign), variables: null);
        var nobodys = await world.AskAsync(Euro, Query(absent), variables: null);

        (theirs.Data, theirs.Json["errors"]!.ToJsonString()).ShouldBe((nobodys.Data, nobodys.Json["errors"]!.ToJsonString()));
        theirs["warehouseById"].ShouldBeNull();
    }

    [Fact]
    public async Task A_caller_without_the_permission_of_a_field_gets_null_there_and_the_rest_of_the_row()
    {
        var clerk = ReadWorld.Who(RowScope.Everything, "catalog.read", "stock.read");
        var query = $"{{ itemById(id: \"{ReadWorld.Id("Item", _item.Value)}\") {{ code values {{ nodes {{ value }} }} stockBalances(first: 1) {{ nodes {{ onHand legalEntity {{ code }} }} }} }} }}";

        var answer = await world.AskAsync(clerk, query, variables: null);

        answer["itemById"]!["values"].ShouldBeNull();
        answer["itemById"]!["code"].ShouldNotBeNull();
        answer["itemById"]!["stockBalances"]!["nodes"]![0]!["legalEntity"].ShouldBeNull();
        answer.Json["errors"]!.AsArray().Select(error => (error!["extensions"]!["code"]!.ToString(), error["path"]!.ToJsonString())).ShouldBe(
        [
            ("AUTH_NOT_AUTHORIZED", """["itemById","values"]"""),
            ("AUTH_NOT_AUTHORIZED", """["itemById","stockBalances","nodes",0,"legalEntity"]"""),
        ]);
        answer.Sql.ShouldNotContain(sql => sql.Contains("cost_pool", StringComparison.Ordinal) || sql.Contains("legal_entity ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ items(where: { values: { some: { value: { gt: 5 } } } }) { totalCount } }")]
    [InlineData("{ stockPolicies(order: [{ adjustWithoutApproval: ASC }]) { nodes { id } } }")]
    [InlineData("{ stockPolicies(where: { adjustWithoutApproval: { gt: 5 } }) { nodes { id } } }")]
    [InlineData("{ stockBalances(order: [{ owner: { kind: ASC } }]) { nodes { id } } }")]
    [InlineData("{ stockBalancesAggregate(groupBy: [OWNER]) { count } }")]
    public async Task What_may_not_be_read_may_not_be_searched_sorted_or_grouped_by(string query) =>
        (await world.AskAsync(ReadWorld.Who(RowScope.Everything, "catalog.read", "stock.read"), query, variables: null)).Code.ShouldBe("AUTH_NOT_AUTHORIZED");

    [Theory]
    [InlineData("{ items { totalCount } }")]
    [InlineData("{ itemsAggregate { count } }")]
    [InlineData("{ itemByCode(code: \"X\") { id } }")]
    public async Task Who_holds_nothing_reads_nothing(string query) =>
        (await world.AskAsync(ReadWorld.Who(RowScope.Everything), query, variables: null)).Code.ShouldBe("AUTH_NOT_AUTHORIZED");
}
