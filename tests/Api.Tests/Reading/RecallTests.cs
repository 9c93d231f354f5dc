using System.Text.Json.Nodes;
using Platform.Api.Access;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Reading;

/// <summary>INV-10, INV-11: a lot backward to its receipts and forward to its customers, by anybody who may, as far as their rows go.</summary>
public sealed class RecallTests(ReadWorld world) : IClassFixture<ReadWorld>, IAsyncLifetime
{
    private const string Trace = """
        {
          suppliers { quantity partner { id } documents { posting { documentKind movements { totalCount } } } }
          customers { quantity firstAt lastAt partner { id } documents { posting { id } } }
          holdings { quantity condition isInTransit bin { id } warehouse { id } }
        }
        """;

    private LotId _lot;
    private ItemId _item;
    private Guid _supplier;
    private Guid _customer;

    private Principal Keeper => ReadWorld.Everyone with
    {
        Rows = RowScope.Everything with { Warehouses = new HashSet<Guid> { world.OtherWarehouse.Value } },
    };

    // given: 100 came from a supplier; 10 went to a customer and 4 of them came back; 20 lie in the other warehouse
    public async Task InitializeAsync()
    {
        _item = await world.ItemAsync(new ItemTraits { Tracking = "LOT" });
        _lot = await world.LotAsync(_item, new DateOnly(2027, 1, 1));
        (_supplier, _customer) = ((await world.SupplierAsync()).Value, (await world.PartnerAsync()).Value);
        await world.PostedAsync(
            world.Receipt(_item, world.Reserve, 80, 2) with { Lot = _lot, Partner = new(_supplier) },
            world.Receipt(_item, world.OtherReserve, 20, 2) with { Lot = _lot, Partner = new(_supplier) });
        var shipped = await world.PostedAsync(world.Shipment(_item, world.Reserve, 10) with { Lot = _lot, Partner = new(_customer) });
        await world.PostedAsync(
            world.Line(MovementType.CustomerReturn, _item, Place.Customer, Place.In(world.Returns, StockCondition.ReturnReview), 4)
                with { Lot = _lot, Returns = shipped.Movements[0].Movement });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_lot_is_traced_to_every_receipt_and_to_every_customer()
    {
        var trace = (await AskAsync(ReadWorld.Everyone, _lot.Value))!;

        Ends(trace, "suppliers").ShouldBe([(100m, ReadWorld.Id("Partner", _supplier))]);
        Ends(trace, "customers").ShouldBe([(6m, ReadWorld.Id("Partner", _customer))]);
        trace["suppliers"]![0]!["documents"]![0]!["posting"]!["movements"]!["totalCount"]!.GetValue<int>().ShouldBe(2);
        trace["customers"]![0]!["documents"]!.AsArray().Count.ShouldBe(1);
        trace["holdings"]!.AsArray().Sum(holding => holding!["quantity"]!.GetValue<decimal>()).ShouldBe(94m);
    }

    [Fact]
    public async Task Somebody_of_one_warehouse_traces_what_came_to_it_and_lies_there()
    {
        var trace = (await AskAsync(Keeper, _lot.Value))!;

        Ends(trace, "suppliers").ShouldBe([(20m, ReadWorld.Id("Partner", _supplier))]);
        trace["customers"]!.AsArray().ShouldBeEmpty();
        trace["holdings"]!.AsArray().ShouldHaveSingleItem()!["warehouse"]!["id"]!.ToString().ShouldBe(ReadWorld.Id("Warehouse", world.OtherWarehouse.Value));
    }

    [Fact]
    public async Task A_lot_that_is_not_there_and_one_of_another_supplier_have_the_same_trace_of_none()
    {
        var portal = ReadWorld.Everyone with { Rows = RowScope.Everything with { Suppliers = new HashSet<Guid> { Guid.CreateVersion7() } } };

        (await AskAsync(ReadWorld.Everyone, Guid.CreateVersion7())).ShouldBeNull();
        (await AskAsync(portal, _lot.Value)).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_may_not_read_stock_traces_nothing_and_who_may_not_read_partners_sees_no_company()
    {
        var query = $"{{ lotTrace(id: \"{ReadWorld.Id("Lot", _lot.Value)}\") {{ suppliers {{ quantity partner {{ id }} }} }} }}";

        (await world.AskAsync(ReadWorld.Who(RowScope.Everything, "catalog.read"), query, variables: null)).Code.ShouldBe("AUTH_NOT_AUTHORIZED");
        var answer = await world.AskAsync(ReadWorld.Who(RowScope.Everything, "stock.read"), query, variables: null);
        answer["lotTrace"]!["suppliers"]![0]!.ToJsonString().ShouldBe("""{"quantity":100,"partner":null}""");
    }

    [Fact]
    public async Task What_lay_where_at_an_instant_is_told_to_each_of_their_own_bins()
    {
        var before = world.Clock.GetUtcNow();
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.PostedAsync(world.Shipment(_item, world.Reserve, 30) with { Lot = _lot });
        var query = $"{{ stockAsOf(itemId: \"{ReadWorld.Id("Item", _item.Value)}\", at: \"{before:O}\") {{ quantity condition bin {{ id }} }} }}";

        var all = (await world.AskAsync(query))["stockAsOf"]!.AsArray();
        var own = (await world.AskAsync(Keeper, query, variables: null))["stockAsOf"]!.AsArray();

        all.Sum(held => held!["quantity"]!.GetValue<decimal>()).ShouldBe(94m);
        own.ShouldHaveSingleItem()!["bin"]!["id"]!.ToString().ShouldBe(ReadWorld.Id("Bin", world.OtherReserve.Value));
    }

    private async Task<JsonNode?> AskAsync(Principal reader, Guid lot)
    {
        var answer = await world.AskAsync(reader, $"{{ lotTrace(id: \"{ReadWorld.Id("Lot", lot)}\") {Trace} }}", variables: null);
        answer.Json["errors"].ShouldBeNull(answer.Text);
        return answer["lotTrace"];
    }

    private static IEnumerable<(decimal, string)> Ends(JsonNode trace, string side) =>
        trace[side]!.AsArray().Select(end => (end!["quantity"]!.GetValue<decimal>(), end["partner"]!["id"]!.ToString()));
}
