using Microsoft.EntityFrameworkCore;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Domain.Quality;
using Platform.Domain.Receiving;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Receiving;

/// <summary>RCV-02, RCV-07, RCV-16, RCV-17: scans, release points, clocks, and taking a mistake back.</summary>
public sealed class ReceiptLifeTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task A_receipt_is_taken_back_only_while_nobody_used_what_came_RCV_17()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        var (order, lines) = await world.OnItsWayAsync(Buying.Line(item, 100, 2));
        var owed = await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED");
        var mistaken = (await world.ReceiveAsync(
            Docks.Good(lines[0], 30), Docks.Good(lines[0], 5) with { Condition = ReceivedCondition.Damaged, Evidence = Docks.Photo })).Value;
        var damage = (await world.DiscrepanciesAsync(lines[0])).ShouldHaveSingleItem();

        // when
        (await world.RunAsync(new ReverseReceipt(mistaken.Receipt!.Value, 2, "wrong pallet"), Docks.Lead)).Error.ShouldBeNull();

        // then
        (await world.OnHandAsync(item, world.Dock)).ShouldBe(0m);
        (await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED")).ShouldBe(owed);
        (await world.OrderAsync(order)).Status.ShouldBe(OrderStatus.Released);
        (await world.CaseAsync(damage.CaseId!.Value)).Outcome.ShouldBe(CaseOutcome.FalseAlarm);
        (await world.RunAsync(new ReverseReceipt(mistaken.Receipt.Value, 3, "again"), Docks.Lead)).Error
            .ShouldBe(new WrongReceiptStatus(mistaken.Receipt.Value, ReceiptStatus.Reversed));

        // when: somebody carried a piece away
        var used = (await world.ReceiveAsync(Docks.Good(lines[0], 10))).Value;
        await world.PostedAsync(world.Move(item, world.Dock, world.Reserve, 1));
        var before = await world.FootprintAsync();

        // then
        (await world.RunAsync(new ReverseReceipt(used.Receipt!.Value, 2, "wrong pallet"), Docks.Lead)).Error.ShouldBeOfType<ReceiptConsumed>();
        (await world.FootprintAsync()).ShouldBe(before);
        await world.ShouldHoldAsync();
    }

    [Theory]
    [InlineData(ReleasePoint.AtReceipt, 10, "USABLE", ReceiptLineState.PutawayPending)]
    [InlineData(ReleasePoint.AfterInspection, 0, "INSPECTION", ReceiptLineState.Inspection)]
    [InlineData(ReleasePoint.AfterPutaway, 0, "RECEIVING", ReceiptLineState.PutawayPending)]
    public async Task The_release_point_says_from_when_on_goods_may_be_taken_RCV_07(
        ReleasePoint release, int available, string condition, ReceiptLineState state)
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.RulesAsync(Docks.Rule with { Item = item, Release = release });
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 10, 1));

        var received = (await world.ReceiveAsync(Docks.Good(lines[0], 10))).Value;

        received.Lines[0].State.ShouldBe(state);
        (await world.AvailableAsync(item)).ShouldBe(available);
        (await world.ScalarAsync<string>($"select condition from stock_balance where item_id = '{item}' and on_hand > 0")).ShouldBe(condition);
        (await world.ScalarAsync<bool>($"select available_at is not null from receipt_line where id = '{received.Lines[0].ReceiptLine}'")).ShouldBe(available > 0);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_inspection_splits_a_line_into_what_may_be_taken_and_what_may_not_RCV_08()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.RulesAsync(Docks.Rule with { Item = item, Release = ReleasePoint.AfterInspection });
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 10, 1));
        var line = (await world.ReceiveAsync(Docks.Good(lines[0], 10))).Value.Lines[0].ReceiptLine;
        var inspection = await world.LookAsync(db => db.Set<Inspection>().SingleAsync(one => one.SourceId == line.Value));
        var inspector = Callers.Of(ActorKind.Human, "Ines Pector", "quality.inspect");

        var started = (await world.RunAsync(new StartInspection(inspection.Id, inspection.Version), inspector)).Value;

        var rejected = (await world.RunAsync(new DecideInspection(inspection.Id, started.Version, [], "all wet"), inspector)).Value;

        rejected.Rejected.ShouldBe(10m);
        (await world.AvailableAsync(item)).ShouldBe(0m);
        (await LineAsync(line)).State.ShouldBe(ReceiptLineState.Held);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task What_is_posted_long_after_the_count_is_told_to_whoever_misses_the_goods_RCV_16()
    {
        // given: a stock-out that is none
        var item = await world.ItemAsync(new ItemTraits());
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 10, 1));
        var planner = Callers.Of(ActorKind.Human, "Paul Planner", "exceptions.raise");
        var shortage = (await world.RunAsync(
            new RaiseCase(
                new CaseReport("STOCKOUT", "Nothing left", null, ServiceImpact.Delay, null, null, world.Entity, world.Warehouse, null, null, item), "Item", item.Value, []),
            planner)).Value;

        // when
        var counted = world.Clock.GetUtcNow();
        world.Clock.Advance(TimeSpan.FromHours(26));
        var received = (await world.RunAsync(world.Receipt(Docks.Good(lines[0], 10)) with { HappenedAt = counted }, Docks.Receiver)).Value;

        // then
        var line = await LineAsync(received.Lines[0].ReceiptLine);
        (line.PostingDelaySeconds, line.DockToStockSeconds).ShouldBe((26 * 3600, 26 * 3600));
        (await world.ScalarAsync<long>($"select count(*) from exception_case where category = 'LATE_POSTING' and source_id = '{received.Receipt}'")).ShouldBe(1);
        (await world.ScalarAsync<int>($"select signals from exception_case where id = '{shortage.Case}'")).ShouldBe(2);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task How_much_a_person_takes_in_for_an_hour_of_labour_is_known_RCV_18()
    {
        // given: half an hour from the first lorry's arrival to its last line, and another half for the second, which had waited
        var item = await world.ItemAsync(new ItemTraits());
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 100, 1));
        var fast = Callers.Of(ActorKind.Human, "Fay Fast", "receiving.receive");
        var shipment = await world.AtTheDockAsync((lines[0], 100));
        world.Clock.Advance(TimeSpan.FromMinutes(30));
        (await world.RunAsync(world.Receipt(Docks.Good(lines[0], 40), Docks.Good(lines[0], 20)) with { Shipment = shipment }, fast)).Error.ShouldBeNull();
        world.Clock.Advance(TimeSpan.FromMinutes(30));
        (await world.RunAsync(world.Receipt(Docks.Good(lines[0], 40)) with { Shipment = shipment }, fast)).Error.ShouldBeNull();

        var day = await world.LookAsync(db => db.Set<ReceiverDay>().SingleAsync(one => one.ReceivedBy == fast.Actor.Id));

        (day.Receipts, day.Lines, day.Units, day.LabourSeconds).ShouldBe((2, 3, 100m, 3600));
        (day.LinesPerHour, day.UnitsPerHour).ShouldBe((3m, 100m));
    }

    [Fact]
    public async Task A_scan_finds_the_line_that_its_code_is_expected_on_RCV_02()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var code = await world.ScalarAsync<string>($"select code from item where id = '{item}'");
        var stranger = await world.ScalarAsync<string>($"select code from item where id = '{await world.ItemAsync(new ItemTraits())}'");
        var (order, lines) = await world.OnItsWayAsync(
            Buying.Line(item, 10, 1) with { ExpectedOn = new DateOnly(2026, 5, 1) }, Buying.Line(item, 10, 1));
        var scan = new ScanGoods(
            world.Warehouse, world.Dock, Shipment: null, order, code, HappenedAt: null, new HeldLabel("EA", 4, null, ReceivedCondition.Good, null, [], null));

        (await world.RunAsync(scan, Docks.Receiver)).Value.Lines[0].OrderLine.ShouldBe(lines[1]); // due first
        (await world.RunAsync(scan with { Barcode = "0000" }, Docks.Receiver)).Error.ShouldBe(new BarcodeUnknown("0000"));
        (await world.RunAsync(scan with { Barcode = stranger }, Docks.Receiver)).Error.ShouldBeOfType<NothingExpected>();
        (await world.RunAsync(scan with { Order = null }, Docks.Receiver)).Error.ShouldBeOfType<InvalidField>();
        (await world.OnHandAsync(item, world.Dock)).ShouldBe(4m);
    }

    private Task<ReceiptLine> LineAsync(ReceiptLineId id) => world.LookAsync(db => db.Set<ReceiptLine>().SingleAsync(one => one.Id == id));
}
