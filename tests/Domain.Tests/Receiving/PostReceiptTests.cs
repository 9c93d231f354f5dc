using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Receiving;

/// <summary>RCV-05, RCV-06, RCV-08, RCV-09, RCV-15: goods come in against an order.</summary>
public sealed class PostReceiptTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task Several_receipts_of_lots_serve_one_line_and_each_accrues_what_it_brought_RCV_09()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits { Tracking = "LOT" });
        await world.PackAsync(item, "BOX", 5, 1);
        var (order, lines) = await world.OnItsWayAsync(Buying.Line(item, 20, 12.5m) with { Unit = "BOX" });
        var owed = await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED");
        var goods = Docks.Good(lines[0], 40) with { Lot = new ReceivedLot("A", null, null, new DateOnly(2027, 1, 1), "DE") };

        // when
        var first = (await world.ReceiveAsync(goods)).Value;
        var second = (await world.ReceiveAsync(goods with { Quantity = 35, Lot = goods.Lot with { Code = "B" } })).Value;

        // then: 2.50 for a piece
        first.Lines[0].Accrued.ShouldBe(100m);
        second.Lines[0].Accrued.ShouldBe(87.5m);
        (await world.OrderAsync(order)).Status.ShouldBe(OrderStatus.PartiallyReceived);
        (await world.OrderLineAsync(lines[0])).Received.ShouldBe(75m);
        (await world.AvailableAsync(item)).ShouldBe(75m);
        (await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED")).ShouldBe(owed - 187.5m);

        // when: the rest comes in a box, of a lot that is known
        (await world.ReceiveAsync(goods with { Unit = "BOX", Quantity = 5 })).Value.Lines[0].Quantity.ShouldBe(25m);

        // then
        (await world.OrderAsync(order)).Status.ShouldBe(OrderStatus.Received);
        (await world.ReceiveAsync(goods with { Quantity = 6 })).Error.ShouldBe(new OverReceipt(lines[0], 100m, 100m, 6m, 105m));
        (await world.ReceiveAsync(goods with { Quantity = 1, Lot = goods.Lot with { ExpiresOn = new DateOnly(2028, 1, 1) } })).Error
            .ShouldBeOfType<Platform.Domain.Catalog.LotDatesDiffer>();
        (await world.ScalarAsync<long>($"select count(*) from lot where item_id = '{item}'")).ShouldBe(2);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Damaged_goods_come_in_with_their_photo_and_are_never_available_RCV_05()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 100, 1));
        var damaged = Docks.Good(lines[0], 6) with { Condition = ReceivedCondition.Damaged };

        (await world.ReceiveAsync(damaged)).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("lines.0.evidence");
        var posted = (await world.ReceiveAsync(Docks.Good(lines[0], 94), damaged with { Evidence = Docks.Photo })).Value;

        posted.Lines.Select(line => (line.State, line.Available)).ShouldBe([(ReceiptLineState.PutawayPending, 94m), (ReceiptLineState.Held, 0m)]);
        (await world.AvailableAsync(item)).ShouldBe(94m);
        (await world.ScalarAsync<decimal>($"select sum(on_hand) from stock_balance where item_id = '{item}' and condition = 'DAMAGED'")).ShouldBe(6m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Every_single_unit_of_a_serial_tracked_item_is_named_RCV_06()
    {
        var item = await world.ItemAsync(new ItemTraits { Tracking = "SERIAL" });
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 3, 100));
        var goods = Docks.Good(lines[0], 2) with { Serials = ["S1", "S2"] };

        (await world.ReceiveAsync(goods with { Serials = ["S1"] })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("lines.0.serials");
        var posted = (await world.ReceiveAsync(goods)).Value;

        posted.LineCount.ShouldBe(2);
        posted.Lines.ShouldAllBe(line => line.Quantity == 1m && line.Serial != null && line.Accrued == 100m);
        var before = await world.FootprintAsync();
        (await world.ReceiveAsync(goods with { Quantity = 1, Serials = ["S2"] })).Error.ShouldBeOfType<Platform.Domain.Stock.SerialAlreadyOnHand>();
        (await world.FootprintAsync()).ShouldBe(before);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Weighed_goods_are_owed_by_their_weight()
    {
        var item = await world.ItemAsync(new ItemTraits { IsCatchWeight = true });
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 10, 50));

        var posted = (await world.ReceiveAsync(Docks.Good(lines[0], 4) with { Weight = 42m })).Value;

        posted.Lines[0].Accrued.ShouldBe(210m); // 42 kg at 5, which is 50 for a piece of nominally 10 kg
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Of_sixteen_who_receive_for_one_line_none_gets_over_what_is_tolerated_RCV_04()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var (order, lines) = await world.OnItsWayAsync(Buying.Line(item, 100, 1));

        var hammered = await Hammer.FireAsync(Hammer.Width, _ => world.ReceiveAsync(Docks.Good(lines[0], 10)));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(10);
        hammered.Codes.Distinct().ShouldBe(["OVER_RECEIPT"]);
        (await world.OrderLineAsync(lines[0])).Received.ShouldBe(100m);
        (await world.OrderAsync(order)).Status.ShouldBe(OrderStatus.Received);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_scan_that_is_sent_again_posts_once()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 100, 1));
        var scan = world.Receipt(Docks.Good(lines[0], 10));
        var caller = Docks.Receiver.WithKey($"scan-{lines[0]}");

        var hammered = await Hammer.FireAsync(Hammer.Width, _ => world.RunAsync(scan, caller));

        hammered.Faults.ShouldBeEmpty();
        hammered.Results.Where(result => result.Error is null).Select(result => result.Value.Receipt).Distinct().Count().ShouldBe(1);
        (await world.OrderLineAsync(lines[0])).Received.ShouldBe(10m);
        (await world.OnHandAsync(item, world.Dock)).ShouldBe(10m);
    }

    [Fact]
    public async Task What_cannot_come_in_is_refused_and_leaves_no_trace()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var (order, lines) = await world.OnItsWayAsync(Buying.Line(item, 10, 1));
        var (_, others) = await world.OnItsWayAsync(Buying.Line(item, 10, 1) with { ExpectedOn = new DateOnly(2027, 4, 1) });
        var drafted = await world.DraftedAsync(Buying.Line(await world.ItemAsync(new ItemTraits()), 1, 1));
        var draft = await world.LookAsync(db => db.Set<PurchaseOrderLine>().Where(line => line.OrderId == drafted.Order).Select(line => line.Id).SingleAsync());
        var unknown = PurchaseOrderLineId.From(Guid.CreateVersion7());
        var before = await world.FootprintAsync();
        var goods = Docks.Good(lines[0], 1);

        (await world.ReceiveAsync(goods with { OrderLine = unknown })).Error.ShouldBe(new OrderLineNotFound(unknown));
        (await world.ReceiveAsync(goods with { OrderLine = draft })).Error.ShouldBe(new OrderNotOpenTo(drafted.Order, draft, LineDeed.Receive, OrderStatus.Draft));
        (await world.ReceiveAsync(goods, goods with { OrderLine = others[0] })).Error.ShouldBeOfType<SeveralSuppliers>();
        (await world.ReceiveAsync(goods with { Unit = "BOX" })).Error.ShouldBeOfType<Platform.Domain.Catalog.PackNotFound>();
        (await world.ReceiveAsync(goods, goods with { Quantity = 0.5m })).Error
            .ShouldBe(new InvalidField("lines.1.quantity", "must have at most 0 decimals in EA", "0.5"));
        (await world.RunAsync(world.Receipt(goods) with { Bin = world.Reserve }, Docks.Receiver)).Error
            .ShouldBe(new NotAReceivingBin(world.Reserve, Platform.Domain.Warehouses.BinRole.Reserve));
        (await world.RunAsync(world.Receipt(goods) with { Warehouse = world.OtherWarehouse, Bin = world.OtherReserve }, Docks.Receiver)).Error
            .ShouldBeOfType<NotAReceivingBin>();
        (await world.RunAsync(world.Receipt(goods) with { HappenedAt = world.Clock.GetUtcNow().AddMinutes(1) }, Docks.Receiver)).Error
            .ShouldBeOfType<InvalidField>();

        (await world.FootprintAsync()).ShouldBe(before);
        (await world.OrderAsync(order)).Status.ShouldBe(OrderStatus.Released);
    }
}
