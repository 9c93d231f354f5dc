using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Receiving;

/// <summary>RCV-03, RCV-12, RCV-14: what was announced, what came, and what becomes of the difference.</summary>
public sealed class ShipmentTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task A_short_line_is_a_case_of_its_own_and_the_others_go_on_RCV_12()
    {
        // given
        var (item, other) = (await world.ItemAsync(new ItemTraits()), await world.ItemAsync(new ItemTraits()));
        var (order, lines) = await world.OnItsWayAsync(Buying.Line(item, 1000, 1), Buying.Line(other, 50, 1));
        var shipment = await world.AtTheDockAsync((lines[0], 1000), (lines[1], 50));

        // when
        (await world.ReceiveOfAsync(shipment, Docks.Good(lines[0], 900))).Error.ShouldBeNull();
        (await world.ReceiveOfAsync(shipment, Docks.Good(lines[0], 20), Docks.Good(lines[1], 50))).Error.ShouldBeNull();
        await world.FinishAsync(shipment);

        // then: only what was confirmed is stock
        (await world.AvailableAsync(item)).ShouldBe(920m);
        (await world.AvailableAsync(other)).ShouldBe(50m);
        var found = (await world.DiscrepanciesAsync(lines[0])).ShouldHaveSingleItem();
        (found.Kind, found.Status, found.Expected, found.Actual, found.Percent).ShouldBe((DiscrepancyKind.Short, DiscrepancyStatus.Open, 1000m, 920m, 8m));
        (await world.DiscrepanciesAsync(lines[1])).ShouldBeEmpty();
        var opened = await world.CaseAsync(found.CaseId!.Value);
        (opened.Category, opened.Queue, opened.ValueAtStake).ShouldBe(("SHORT_RECEIPT", "procurement", 80m));
        (await world.ScalarAsync<long>($"select count(*) from exception_case where category = 'ASN_MISMATCH' and source_id = '{shipment}'")).ShouldBe(1);
        var received = await world.ShipmentAsync(shipment);
        (await world.RunAsync(new CloseShipment(shipment, received.Version), Docks.Lead)).Error.ShouldBe(new DiscrepanciesOpen(shipment, 1));

        // when: the rest is no longer wanted
        var day = DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime).AddDays(3);
        (await world.RunAsync(new SettleDiscrepancy(found.Id, 1, Settlement.Returned, null, null), Docks.Lead)).Error
            .ShouldBe(new SettlementDoesNotFit(found.Id, DiscrepancyKind.Short, Settlement.Returned));
        (await world.RunAsync(new SettleDiscrepancy(found.Id, 1, Settlement.CancelRest, day, null), Docks.Lead)).Error.ShouldBeOfType<InvalidField>();
        (await world.RunAsync(new SettleDiscrepancy(found.Id, 1, Settlement.CancelRest, null, "supplier is out"), Docks.Lead)).Error.ShouldBeNull();

        // then
        (await world.OrderAsync(order)).Status.ShouldBe(OrderStatus.Received);
        (await world.OrderLineAsync(lines[0])).Status.ShouldBe(OrderLineStatus.Closed);
        (await world.CaseAsync(opened.Id)).Outcome.ShouldBe(CaseOutcome.Corrected);
        (await world.RunAsync(new CloseShipment(shipment, received.Version), Docks.Lead)).Value.To.ShouldBe(ShipmentStatus.Closed);
        (await world.RunAsync(new SettleDiscrepancy(found.Id, 2, Settlement.CancelRest, null, null), Docks.Lead)).Error
            .ShouldBe(new DiscrepancyNotOpen(found.Id, DiscrepancyStatus.Settled));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_small_shortage_is_kept_and_holds_nothing_and_the_rest_of_a_large_one_may_be_awaited()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var (order, lines) = await world.OnItsWayAsync(Buying.Line(item, 1000, 1), Buying.Line(item, 100, 1));
        var shipment = await world.AtTheDockAsync((lines[0], 1000), (lines[1], 100));

        await world.ReceiveOfAsync(shipment, Docks.Good(lines[0], 960), Docks.Good(lines[1], 10));
        await world.FinishAsync(shipment);

        var small = (await world.DiscrepanciesAsync(lines[0])).ShouldHaveSingleItem();
        (small.Status, small.CaseId).ShouldBe((DiscrepancyStatus.Tolerated, null));
        var large = (await world.DiscrepanciesAsync(lines[1])).ShouldHaveSingleItem();
        var day = DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime).AddDays(9);
        (await world.RunAsync(new SettleDiscrepancy(large.Id, 1, Settlement.AwaitRest, day, null), Docks.Lead)).Error.ShouldBeNull();
        (await world.OrderLineAsync(lines[1])).ConfirmedOn.ShouldBe(day);
        (await world.OrderAsync(order)).Status.ShouldBe(OrderStatus.PartiallyReceived);
        await world.ShouldHoldAsync();
    }

    [Theory]
    //          risk   threshold  verified
    [InlineData(0.83,  null,      true)]  // above what is usual
    [InlineData(0.69,  null,      false)]
    [InlineData(0.69,  0.5,       true)]
    [InlineData(0.5,   0.5,       true)]  // at the threshold
    public async Task A_risky_shipment_is_counted_twice_before_stock_and_money_hear_of_it_RCV_14(double risk, double? threshold, bool verified)
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        await world.RulesAsync(Docks.Rule with { Warehouse = world.Warehouse, RiskThreshold = (decimal?)threshold });
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 100, 1));
        var shipment = await world.AnnouncedAsync((lines[0], 100));
        var flagged = (await world.RunAsync(new FlagShipment(shipment, 1, (decimal)risk, ["new factory", "two late deliveries"]), Docks.Lead)).Value;
        flagged.IsHighRisk.ShouldBe(verified);
        (await world.RunAsync(new ArriveShipment(shipment, 2, null), Docks.Receiver)).Error.ShouldBeNull();
        var owed = await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED");

        // when
        var counted = (await world.ReceiveOfAsync(shipment, Docks.Good(lines[0], 100))).Value;

        // then
        counted.Status.ShouldBe(verified ? ReceiptStatus.Counted : ReceiptStatus.Posted);
        (await world.AvailableAsync(item)).ShouldBe(verified ? 0m : 100m);
        if (!verified)
        {
            return;
        }

        (await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED")).ShouldBe(owed);
        (await world.OrderLineAsync(lines[0])).Received.ShouldBe(0m);
        (await world.ScalarAsync<string>($"select queue from exception_case where category = 'HIGH_RISK_INBOUND' and source_id = '{shipment}'")).ShouldBe("supervisor");
        (await world.RunAsync(new FinishShipment(shipment, 4), Docks.Receiver)).Error.ShouldBe(new VerificationRequired(shipment, 1));
        var validate = new ValidateReceipt(counted.Receipt!.Value, 1, [new ValidatedLine(1, 97m)], "three cartons are empty");
        var self = Callers.Of(ActorKind.Human, "Rita Receiver", "receiving.validate");
        self = self with { Actor = self.Actor with { Person = Docks.Receiver.Actor.Person } };
        (await world.RunAsync(validate, self)).Error.ShouldBe(new OwnCount(counted.Receipt.Value, Docks.Receiver.Actor.Person));

        // when: somebody else counts
        var posted = (await world.RunAsync(validate, Docks.Lead)).Value;

        // then: the second count is what counts
        (posted.Status, posted.Lines[0].Quantity, posted.Lines[0].Accrued).ShouldBe((ReceiptStatus.Posted, 97m, 97m));
        (await world.AvailableAsync(item)).ShouldBe(97m);
        (await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED")).ShouldBe(owed - 97m);
        await world.FinishAsync(shipment);
        (await world.DiscrepanciesAsync(lines[0])).ShouldHaveSingleItem().Actual.ShouldBe(97m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task More_than_is_open_may_be_announced_and_is_a_case()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 10, 1));
        var first = await world.AnnouncedAsync((lines[0], 6));
        (await world.ScalarAsync<long>($"select count(*) from exception_case where source_id = '{first}'")).ShouldBe(0);

        var second = await world.AnnouncedAsync((lines[0], 5));

        (await world.ScalarAsync<string>($"select category from exception_case where source_id = '{second}'")).ShouldBe("ASN_MISMATCH");
        (await world.RunAsync(new CancelShipment(first, 1, "lorry broke down"), Docks.Lead)).Value.To.ShouldBe(ShipmentStatus.Cancelled);
        (await world.RunAsync(new ArriveShipment(first, 2, null), Docks.Receiver)).Error
            .ShouldBe(new WrongShipmentStatus(first, ShipmentStatus.Cancelled, ShipmentStep.Arrive));
        (await world.ReceiveOfAsync(second, Docks.Good(lines[0], 1))).Error
            .ShouldBe(new WrongShipmentStatus(second, ShipmentStatus.Announced, ShipmentStep.Receive));
    }

    [Fact]
    public void The_tables_are_whole()
    {
        Rows(ShipmentSteps.Table, key => (key.From, key.Step)).ShouldBe(
        [
            "Schedule:Scheduled Arrive:Arrived Cancel:Cancelled", "Unschedule:Announced Arrive:Arrived Cancel:Cancelled",
            "Receive:Receiving Finish:Received", "Receive:Receiving Finish:Received", "Close:Closed", "", "",
        ]);
        Rows(ReceiptLineSteps.Table, key => (key.From, key.Step)).ShouldBe(
        [
            "Hold:Held Inspect:Inspection Accept:PutawayPending Reverse:Reversed",
            "Inspect:Inspection Accept:PutawayPending Stock:Stocked Return:Returned Scrap:Scrapped Reverse:Reversed",
            "Hold:Held Accept:PutawayPending Return:Returned Scrap:Scrapped Reverse:Reversed",
            "Hold:Held Inspect:Inspection Stock:Stocked Return:Returned Scrap:Scrapped Reverse:Reversed",
            "", "", "", "",
        ]);
        Rows(HoldSteps.Table, key => (key.From, key.Step)).ShouldBe(
            ["Order:Ordered Match:Matched Return:Returned Refuse:Refused", "Match:Matched Return:Returned Refuse:Refused", "", "", ""]);
    }

    private static IEnumerable<string> Rows<TKey, TStatus, TStep>(
        IReadOnlyDictionary<TKey, TStatus> table, Func<TKey, (TStatus From, TStep Step)> parts)
        where TKey : notnull
        where TStatus : struct, Enum
        where TStep : struct, Enum =>
        Enum.GetValues<TStatus>().Select(from => string.Join(' ', Enum.GetValues<TStep>()
            .SelectMany(step => table.Where(row => parts(row.Key).Equals((from, step))).Select(row => $"{step}:{row.Value}"))));
}
