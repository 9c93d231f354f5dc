using System.Text.Json;
using Platform.Api.Access;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stock.Reserving;
using Platform.GraphQL.Conventions;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

public sealed class StockStreamTests(LiveStock world) : IClassFixture<LiveStock>
{
    private static readonly Principal _controller = LiveStock.Listener(
        RowScope.Everything, "stock.read", "stock.value.read", "catalog.read", "network.read", "events.read");

    [Fact]
    public async Task A_movement_is_told_with_its_typed_facts_to_those_who_follow_the_item()
    {
        // given
        var (item, other) = (await world.ItemAsync(new ItemTraits()), await world.ItemAsync(new ItemTraits()));
        await using var stream = await world.SubscribeAsync(
            _controller,
            $$"""subscription { stockMoved(item: "{{Id("Item", item.Value)}}") { position posted { movements { itemId quantity value } } } }""");

        // when
        await world.PostedAsync(world.Receipt(other, world.Reserve, 3m, 1m));
        await world.PostedAsync(world.Receipt(item, world.Reserve, 5m, 2m), world.Receipt(other, world.Reserve, 1m, 1m));

        // then
        var movement = (await stream.NextAsync()).GetProperty("posted").GetProperty("movements").EnumerateArray().Single();
        movement.GetProperty("itemId").GetString().ShouldBe(Id("Item", item.Value));
        movement.GetProperty("quantity").GetDecimal().ShouldBe(5m);
        movement.GetProperty("value").GetDecimal().ShouldBe(10m);
    }

    /// <summary>R-42: a posting over two warehouses is told to each without the other's part, and without values.</summary>
    [Fact]
    public async Task Whoever_sees_one_warehouse_hears_of_its_movements_only_and_of_no_values()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        var worker = LiveStock.Listener(
            new RowScope(null, new HashSet<Guid> { world.Warehouse.Value }, null), "stock.read", "events.read");
        await using var stream = await world.SubscribeAsync(
            worker, """subscription { events(types: ["StockPosted"]) { data happened { ... on StockPosted { movementCount } } } }""");

        // when
        await world.PostedAsync(world.Receipt(item, world.OtherReserve, 4m, 1m));
        await world.PostedAsync(world.Receipt(item, world.Reserve, 5m, 2m), world.Receipt(item, world.OtherReserve, 7m, 2m));

        // then
        var told = await stream.NextAsync();
        var movement = told.GetProperty("data").GetProperty("movements").EnumerateArray().Single();
        movement.GetProperty("quantity").GetDecimal().ShouldBe(5m);
        movement.TryGetProperty("value", out var value).ShouldBe(value.ValueKind == JsonValueKind.Null);
        told.GetProperty("happened").GetProperty("movementCount").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_balance_is_told_as_it_is_after_every_kind_of_change()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        await using var stream = await world.SubscribeAsync(
            _controller,
            $$"""
            subscription { balanceChanged(item: "{{Id("Item", item.Value)}}") {
                item { code } warehouseId onHand usable promised } }
            """);

        // when
        await world.PostedAsync(world.Receipt(item, world.Reserve, 5m, 2m));
        var received = await stream.NextAsync();
        await world.RunAsync(new ReserveStock(item, world.Warehouse, 2m, new Demand("Order", Guid.CreateVersion7()), null));
        var reserved = await stream.NextAsync();

        // then
        received.GetProperty("onHand").GetDecimal().ShouldBe(5m);
        received.GetProperty("warehouseId").GetString().ShouldBe(Id("Warehouse", world.Warehouse.Value));
        received.GetProperty("item").GetProperty("code").GetString().ShouldNotBeNull();
        reserved.GetProperty("usable").GetDecimal().ShouldBe(5m);
        reserved.GetProperty("promised").GetDecimal().ShouldBe(2m);
    }

    /// <summary>A dashboard asks for the last state of each key, once in a while.</summary>
    [Fact]
    public async Task A_slowed_stream_tells_the_last_of_each_key_and_resumes_without_loss()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        await using var stream = await world.SubscribeAsync(
            _controller,
            $$"""subscription { balanceChanged(item: "{{Id("Item", item.Value)}}", throttle: 800) { onHand position } }""");

        // when
        for (var i = 0; i < 10; i++)
        {
            await world.PostedAsync(world.Receipt(item, world.Reserve, 1m, 2m));
        }

        // then
        var messages = 0;
        decimal onHand;
        do
        {
            onHand = (await stream.NextAsync()).GetProperty("onHand").GetDecimal();
            messages++;
        }
        while (onHand < 10m);

        messages.ShouldBeLessThan(10);
        onHand.ShouldBe(10m);
    }

    [Fact]
    public async Task An_item_is_told_with_the_row_as_it_is_now()
    {
        // given
        var item = await world.DraftItemAsync(MasterData.NewItem());
        await using var stream = await world.SubscribeAsync(
            _controller,
            $$"""
            subscription { itemChanged(ids: ["{{Id("Item", item.Value)}}"], types: ["ItemActivated"]) {
                item { id status } event { type happened { __typename ... on ItemActivated { version } } } } }
            """);

        // when
        await world.DraftItemAsync(MasterData.NewItem());
        await world.RunAsync(new ActivateItem(item, Version: 1), MasterData.Steward);

        // then
        var told = await stream.NextAsync();
        told.GetProperty("item").GetProperty("status").GetString().ShouldBe("ACTIVE");
        told.GetProperty("event").GetProperty("happened").GetProperty("__typename").GetString().ShouldBe("ItemActivated");
        told.GetProperty("event").GetProperty("happened").GetProperty("version").GetInt32().ShouldBe(2);
    }

    /// <summary>Nothing lies between a query and the subscription from its position.</summary>
    [Fact]
    public async Task A_query_gives_the_position_from_which_its_tail_is_followed()
    {
        // given
        var item = await world.DraftItemAsync(MasterData.NewItem());
        var snapshot = await world.AskAsync(_controller, """{ items(first: 1) { nodes { code } } }""");
        var position = snapshot.GetProperty("extensions").GetProperty("live").GetProperty("position").ToString();
        await world.RunAsync(new ActivateItem(item, Version: 1), MasterData.Steward);

        // when
        await using var stream = await world.SubscribeAsync(
            _controller,
            $$"""subscription { itemChanged(ids: ["{{Id("Item", item.Value)}}"], types: ["ItemActivated"], after: "{{position}}") { event { type } } }""");

        // then
        (await stream.NextAsync()).GetProperty("event").GetProperty("type").GetString().ShouldBe("ItemActivated");
    }

    private static string Id(string type, Guid id) => NodeIdFormat.Write(type, id);
}
