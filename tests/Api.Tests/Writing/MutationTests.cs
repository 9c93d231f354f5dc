using System.Text.Json.Nodes;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Writing;

/// <summary>Commands as clients see them: through HTTP, into PostgreSQL, and back as payloads and typed refusals.</summary>
public sealed class MutationTests(GraphWorld world) : IClassFixture<GraphWorld>
{
    private static readonly Caller _steward = MasterData.Steward;

    [Fact]
    public async Task An_item_is_created_with_everything_the_command_knows()
    {
        var input = NewItem(MasterData.Code("NEW"));

        var payload = await world.RunAsync(
            _steward, "createItem", "itemCreated { itemId code identity { name brand } tracking { tracking shelfLife { days } } at } errors { __typename }", input);

        payload["errors"].ShouldBeNull();
        var created = payload["itemCreated"]!;
        created["code"].Text().ShouldBe(input["code"].Text());
        created["tracking"].Shown().ShouldBe("""{"tracking":"LOT","shelfLife":{"days":90}}""");
        (await world.ScalarAsync<string>($"select brand from item where code = '{input["code"]}'")).ShouldBe("Acme");
        created["itemId"].Text().ShouldBe(GraphWorld.Id(
            "Item", await world.ScalarAsync<Guid>($"select id from item where code = '{input["code"]}'")));
    }

    [Fact]
    public async Task A_refusal_is_a_typed_value_with_its_facts()
    {
        var code = MasterData.Code("TWICE");
        await world.RunAsync(_steward, "createItem", "errors { __typename }", NewItem(code));

        var payload = await world.RunAsync(
            _steward, "createItem", "itemCreated { code } errors { __typename ... on Error { message code } ... on ItemCodeTakenError { item: code } }",
            NewItem(code));

        payload["itemCreated"].ShouldBeNull();
        payload.Refusal()["__typename"].Text().ShouldBe("ItemCodeTakenError");
    }

    [Fact]
    public async Task A_text_that_no_database_holds_is_refused_before_it_is_looked_up()
    {
        foreach (var (mutation, input, path) in new (string, object, string)[]
        {
            ("registerLot", new { itemId = GraphWorld.Id("Item", Guid.CreateVersion7()), code = "A\0B" }, """["input","code"]"""),
            ("askToLetRulesDecide", new { kind = "K\0", reason = "why" }, """["input","kind"]"""),
        })
        {
            var answer = await world.SendAsync(_steward, mutation, "errors { __typename }", input);

            answer.Code().ShouldBe("HC0016");
            answer["errors"]![0]!["extensions"]!["inputPath"].Shown().ShouldBe(path);
        }
    }

    [Fact]
    public async Task What_hangs_at_a_payload_and_at_the_event_in_it_is_read_at_the_same_time()
    {
        // Three places with several reads each: they ran on one connection and fell over one another.
        const string Places = "warehouse { id legalEntity { code } } replenishmentRun { id warehouse { code } }";
        var warehouse = GraphWorld.Id("Warehouse", await world.ScalarAsync<Guid>("select id from warehouse where status = 'ACTIVE' limit 1"));
        for (var i = 0; i < 10; i++)
        {
            var answer = await world.SendAsync(
                _steward with { Permissions = With("planning.read", "network.read", "partners.read") }, "proposeReorders", $"reordersProposed {{ {Places} }} {Places} errors {{ __typename }}",
                new { warehouseId = warehouse, itemIds = Array.Empty<string>() });

            answer["errors"].ShouldBeNull(answer.ToJsonString());
            answer["data"]!["proposeReorders"]!["reordersProposed"]!["warehouse"]!["id"].Text().ShouldBe(warehouse);
        }
    }

    [Fact]
    public async Task An_edit_against_an_old_version_is_told_the_current_one()
    {
        var item = await world.DraftItemAsync(MasterData.NewItem());
        var edit = new { itemId = GraphWorld.Id("Item", item.Value), version = 1, change = new { costing = new { method = "FIFO" } } };
        (await world.RunAsync(_steward, "changeItem", "itemChangeRecorded { version state }", edit))["itemChangeRecorded"]
            .Shown().ShouldBe("""{"version":2,"state":"APPLIED"}""");

        var payload = await world.RunAsync(
            _steward, "changeItem", "errors { ... on StaleVersionError { record recordId: id expected current } }", edit);

        payload.Refusal().Shown().ShouldBe(
            $$"""{"record":"Item","recordId":"{{GraphWorld.Id("Item", item.Value)}}","expected":1,"current":2}""");
    }

    [Fact]
    public async Task Stock_moves_and_a_short_one_is_refused_with_what_is_there()
    {
        var item = await world.ItemAsync(new ItemTraits());

        var received = await world.RunAsync(
            _steward with { Permissions = With("stock.value.read") }, "postMovements",
            "stockPosted { movementCount movements { type quantity value to { kind binId condition } } }", Receipt(item, 5m));
        var refused = await world.RunAsync(
            _steward, "postMovements", "stockPosted { postingId } errors { __typename ... on InsufficientStockError { message } }", Shipment(item, 6m));

        received["stockPosted"].Shown().ShouldBe(
            $$$"""
            {"movementCount":1,"movements":[{"type":"RECEIPT","quantity":5,"value":10,"to":{"kind":"BIN","binId":"{{{GraphWorld.Id("Bin", world.Dock.Value)}}}","condition":"USABLE"}}]}
            """.Trim());
        refused.Refusal()["__typename"].Text().ShouldBe("InsufficientStockError");
        (await world.OnHandAsync(item, world.Dock)).ShouldBe(5m);
    }

    [Fact]
    public async Task What_goods_are_worth_is_told_to_those_who_may_see_it()
    {
        var item = await world.ItemAsync(new ItemTraits());

        var answer = await world.SendAsync(
            _steward, "postMovements", "stockPosted { movements { quantity value } }", Receipt(item, 1m));

        answer["data"]!["postMovements"]!["stockPosted"]!["movements"].Shown().ShouldBe("""[{"quantity":1,"value":null}]""");
        answer.Code().ShouldBe("AUTH_NOT_AUTHORIZED");
    }

    private static JsonNode NewItem(string code) => JsonNode.Parse(
        $$"""
        {
          "code": "{{code}}", "baseUnit": "EA",
          "identity": { "name": "Thing {{code}}", "brand": "Acme" },
          "tracking": { "tracking": "LOT", "shelfLife": { "days": 90, "from": "PRODUCTION", "useByDays": 1, "removalDays": 2, "alertDays": 3, "minimumDaysAtReceipt": 30 } },
          "weighing": {},
          "storage": { "temperature": "AMBIENT", "hazard": "NONE", "size": "SMALL", "handling": "STANDARD" },
          "costing": { "method": "MOVING_AVERAGE" },
          "origin": { "isRegulated": false, "isImported": false }
        }
        """)!;

    private object Receipt(ItemId item, decimal quantity) => Posting(
        item, "RECEIPT", new { kind = "SUPPLIER" }, In(), quantity, unitCost: 2m);

    private object Shipment(ItemId item, decimal quantity) => Posting(
        item, "SHIP", In(), new { kind = "CUSTOMER" }, quantity, unitCost: null);

    private object In() => new { kind = "BIN", binId = GraphWorld.Id("Bin", world.Dock.Value), condition = "USABLE" };

    private object Posting(ItemId item, string type, object from, object to, decimal quantity, decimal? unitCost) => new
    {
        legalEntityId = GraphWorld.Id("LegalEntity", world.Entity.Value),
        document = new { kind = "Test" },
        lines = new[]
        {
            new
            {
                type, itemId = GraphWorld.Id("Item", item.Value), from, to, quantity, unitCost,
                ownerId = GraphWorld.Id("Owner", world.Own.Value),
            },
        },
    };

    private static HashSet<string> With(params ReadOnlySpan<string> permissions) => [.. _steward.Permissions, .. permissions];
}
