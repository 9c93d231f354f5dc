using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Payables;
using Platform.Domain.Putaway;
using Platform.Domain.Quality;
using Platform.Domain.Quality.Disposing;
using Platform.Domain.Quality.Holding;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Posting;
using Platform.Tests.Domain.Payables;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Receiving;

/// <summary>RCV-05, RCV-07, RCV-08, RCV-17, QLT-03, QLT-04, PUT-04: a receipt line says of every unit what became of it.</summary>
public sealed class LineFateTests(StockWorld world) : IClassFixture<StockWorld>
{
    private static readonly Caller Inspector = Callers.Of(ActorKind.Human, "Ines Pector", "quality.inspect", "quality.dispose", "approvals.request");

    private static readonly Caller Supervisor = Callers.Of(
        ActorKind.Human, "Sue Pervisor", "approvals.decide", "approver.supervisor", "quality.carry_out", "stock.adjust", "stock.write-off");

    private static readonly Caller Worker = Callers.Of(ActorKind.Human, "Will Worker", "putaway.direct", "putaway.work");

    [Fact]
    public async Task Damage_that_went_back_and_was_scrapped_leaves_a_line_that_says_so_and_no_open_case_RCV_05()
    {
        // given: six of a hundred came damaged
        var item = await world.ItemAsync(new ItemTraits());
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 100, 2));
        var received = (await world.ReceiveAsync(
            Docks.Good(lines[0], 94), Docks.Good(lines[0], 6) with { Condition = ReceivedCondition.Damaged, Evidence = Docks.Photo })).Value;
        var damaged = received.Lines[1].ReceiptLine;
        var damage = (await world.DiscrepanciesAsync(lines[0])).ShouldHaveSingleItem();

        // when: four go back, for the line that was named; the wrong line and too many are refused
        var back = Propose(item, DispositionKind.ReturnToSupplier, 4m, StockCondition.Damaged) with { Supplier = await world.SupplierAsync(), Source = damaged.Value };
        (await world.RunAsync(back with { Source = received.Lines[0].ReceiptLine.Value }, Inspector)).Error
            .ShouldBe(new SourceDoesNotFit(received.Lines[0].ReceiptLine.Value, 0m, 4m));
        (await world.RunAsync(back with { Quantity = 7m }, Inspector)).Error.ShouldBe(new SourceDoesNotFit(damaged.Value, 6m, 7m));
        await CarriedOutAsync(back);

        // then
        var line = await LineAsync(damaged);
        (line.State, line.Returned, line.Undecided).ShouldBe((ReceiptLineState.Held, 4m, 2m));
        (await world.CaseAsync(damage.CaseId!.Value)).Status.ShouldNotBe(CaseStatus.Resolved);

        // when: the last two are scrapped, and nobody says which line they are of
        await CarriedOutAsync(Propose(item, DispositionKind.Scrap, 2m, StockCondition.Damaged) with { Evidence = "s3://photo" });

        // then
        line = await LineAsync(damaged);
        (line.State, line.Returned, line.Scrapped, line.Rejected, line.Undecided, line.Available).ShouldBe((ReceiptLineState.Returned, 4m, 2m, 6m, 0m, 0m));
        (await world.CaseAsync(damage.CaseId.Value)).Outcome.ShouldBe(CaseOutcome.Returned);
        (await world.DiscrepanciesAsync(lines[0])).Single().Settlement.ShouldBe(Settlement.Returned);
        (await LineAsync(received.Lines[0].ReceiptLine)).State.ShouldBe(ReceiptLineState.PutawayPending);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_split_line_is_stocked_when_its_good_part_is_put_away_and_its_bad_part_is_gone_QLT_02()
    {
        // given: six of ten are good
        var item = await world.ItemAsync(new ItemTraits());
        await world.RulesAsync(Docks.Rule with { Item = item, Release = ReleasePoint.AfterInspection });
        var (line, inspection) = await InspectedAsync(item, 10, failed: 4);
        (await StateAsync(line)).ShouldBe((ReceiptLineState.PutawayPending, 6m, 4m));

        // when: one is used all the same, the other good ones are put away
        var spot = Propose(item, DispositionKind.UseAsIs, 1m, StockCondition.Quarantined) with { Inspection = inspection };
        await CarriedOutAsync(spot);
        (await StateAsync(line)).ShouldBe((ReceiptLineState.PutawayPending, 7m, 3m));
        await PutAwayAsync(line, item);
        (await StateAsync(line)).ShouldBe((ReceiptLineState.Held, 7m, 3m));

        // and of the rest one is repaired and found good, one is repaired and found bad again, one goes back
        await CarriedOutAsync(spot with { Kind = DispositionKind.Rework, Quantity = 2m });
        (await LineAsync(line)).State.ShouldBe(ReceiptLineState.Inspection);
        await DecideAsync(await OpenInspectionAsync(item), quantity: 2, failed: 1);
        (await StateAsync(line)).ShouldBe((ReceiptLineState.PutawayPending, 8m, 2m));
        await PutAwayAsync(line, item);
        var supplier = await world.SupplierAsync();
        await CarriedOutAsync(spot with { Kind = DispositionKind.ReturnToSupplier, Supplier = supplier });
        await CarriedOutAsync(spot with
        {
            Kind = DispositionKind.ReturnToSupplier, Supplier = supplier, Inspection = await DecidedInspectionAsync(item),
        });

        // then
        var done = await LineAsync(line);
        (done.State, done.Accepted, done.PutAway, done.Returned, done.Undecided, done.Available).ShouldBe((ReceiptLineState.Stocked, 8m, 8m, 2m, 0m, 8m));
        (await world.AvailableAsync(item)).ShouldBe(8m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task What_is_inspected_and_released_by_putaway_may_be_taken_only_when_both_are_done_RCV_07()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        await world.RulesAsync(Docks.Rule with { Item = item, Release = ReleasePoint.AfterPutaway });
        var placed = (await world.RunAsync(
            new PlaceHold(HoldKind.Quality, new HoldScope(world.Entity, null, null, item, null, null), "recall", null),
            Callers.Of(ActorKind.Human, "Hilda Holder", "quality.hold"))).Value;

        // when: found good, while a hold stands
        var (line, _) = await InspectedAsync(item, 10, failed: 0);

        // then: neither the verdict nor the end of the hold frees them
        (await LineAsync(line)).Withheld.ShouldBe(10m);
        (await ConditionAsync(item)).ShouldBe("QUARANTINED");
        (await world.RunAsync(new DirectReceiptLine(line), Worker)).Error.ShouldBeOfType<NothingToPutAway>();
        (await world.RunAsync(new ReleaseHold(placed.Hold, 1, "false alarm"), Callers.Of(ActorKind.Human, "Rea Leaser", "quality.release"))).Error.ShouldBeNull();
        var accepted = await LineAsync(line);
        (accepted.Withheld, accepted.Accepted, accepted.Available, accepted.AvailableAt).ShouldBe((0m, 10m, 0m, null));
        (await ConditionAsync(item)).ShouldBe("RECEIVING");
        (await world.AvailableAsync(item)).ShouldBe(0m);

        // when: the service looks for bins by itself, and somebody carries them
        await PutAwayAsync(line, item);

        // then
        var stocked = await LineAsync(line);
        (stocked.State, stocked.Available).ShouldBe((ReceiptLineState.Stocked, 10m));
        stocked.AvailableAt.ShouldNotBeNull();
        (await world.AvailableAsync(item)).ShouldBe(10m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Nobody_frees_what_is_held_by_posting_or_by_taking_the_hold_s_posting_back_QLT_04()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, 5m, 2m));
        var spot = new StockSpot(world.Dock, item, StockCondition.Usable, null, null, null, null);
        (await world.RunAsync(new ChangeCondition(world.Entity, spot, StockCondition.Quarantined, 5m, null, "smells"))).Error.ShouldBeNull();
        var movement = await world.ScalarAsync<long>($"select max(id) from stock_movement where item_id = '{item}'");
        var before = await world.FootprintAsync();

        (await world.PostAsync(world.Line(
            MovementType.Condition, item, Place.In(world.Dock, StockCondition.Quarantined), Place.In(world.Dock, StockCondition.Usable), 5m))).Error
            .ShouldBe(new ReleaseIsDecided(1, world.Dock, item, StockCondition.Quarantined));
        (await world.PostAsync(MovementLine.Reversing(movement))).Error
            .ShouldBe(new ReleaseIsDecided(1, world.Dock, item, StockCondition.Quarantined));

        (await world.FootprintAsync()).ShouldBe(before);
        (await ConditionAsync(item)).ShouldBe("QUARANTINED");
    }

    [Fact]
    public async Task A_receipt_that_an_invoice_or_a_worker_has_in_hand_is_not_taken_back_RCV_17()
    {
        // given: an invoice that is only matched
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 2m);
        var line = await world.ComesAsync(bought, 10);
        var receipt = (await LineAsync(line.ReceiptLine)).ReceiptId;
        var invoice = await world.EnteredAsync(bought, 10, 2m);
        var reverse = new ReverseReceipt(receipt, 2, "wrong pallet");

        // then
        (await world.RunAsync(reverse, Docks.Lead)).Error.ShouldBe(new ReceiptInvoiced(receipt, 1, invoice.Number, IsPosted: false, 10m));
        (await world.RunAsync(new CancelInvoice(invoice.Invoice, invoice.Version, "wrong"), Bills.Clerk)).Error.ShouldBeNull();

        // when: somebody carries the goods
        var task = (await world.RunAsync(new DirectReceiptLine(line.ReceiptLine), Worker)).Value.Tasks[0];
        (await world.RunAsync(new DirectReceiptLine(line.ReceiptLine), Worker)).Value.Tasks.ShouldBe([task]); // once
        (await world.RunAsync(new ClaimTask(task, 1), Worker)).Error.ShouldBeNull();
        var number = await world.ScalarAsync<string>($"select number from warehouse_task where id = '{task}'");
        (await world.RunAsync(reverse, Docks.Lead)).Error.ShouldBe(new ReceiptConsumed(receipt, 1, ReceiptUse.Carried, number, 10m));

        // when: they give it back; what was only offered is called off with the receipt
        (await world.RunAsync(new GiveTaskBack(task, 2, "stop"), Worker)).Error.ShouldBeNull();
        (await world.RunAsync(reverse, Docks.Lead)).Error.ShouldBeNull();
        (await world.ScalarAsync<string>($"select status from warehouse_task where id = '{task}'")).ShouldBe("CANCELLED");
        (await world.OnHandAsync(bought.Item, world.Dock)).ShouldBe(0m);
        await world.ShouldHoldAsync();
    }

    private async Task<(ReceiptLineId Line, InspectionId Inspection)> InspectedAsync(ItemId item, decimal quantity, decimal failed)
    {
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, quantity, 1));
        var line = (await world.ReceiveAsync(Docks.Good(lines[0], quantity))).Value.Lines[0];
        line.State.ShouldBe(ReceiptLineState.Inspection);
        var inspection = await OpenInspectionAsync(item);
        await DecideAsync(inspection, quantity, failed);
        return (line.ReceiptLine, inspection.Id);
    }

    private Task<Inspection> OpenInspectionAsync(ItemId item) =>
        world.LookAsync(db => db.Set<Inspection>().SingleAsync(one => one.ItemId == item && one.Status == InspectionStatus.Waiting));

    private Task<InspectionId> DecidedInspectionAsync(ItemId item) => world.LookAsync(db => db.Set<Inspection>()
        .Where(one => one.ItemId == item && one.Status == InspectionStatus.Decided).Select(one => one.Id).SingleAsync());

    private async Task DecideAsync(Inspection inspection, decimal quantity, decimal failed)
    {
        var started = (await world.RunAsync(new StartInspection(inspection.Id, inspection.Version), Inspector)).Value;
        var results = inspection.ReadCharacteristics().Select(one => new FoundResult(one.Code, quantity, failed, null, null, null)).ToList();
        var recorded = await world.RunAsync(new RecordResults(inspection.Id, started.Version, results), Inspector);
        recorded.Error.ShouldBeNull();
        (await world.RunAsync(new DecideInspection(inspection.Id, started.Version + 1, [new(1, quantity - failed)], "as found"), Inspector))
            .Error.ShouldBeNull();
    }

    /// <summary>As the service and a worker do it.</summary>
    private async Task PutAwayAsync(ReceiptLineId line, ItemId item)
    {
        (await world.RunAsync(new DirectArrivals(500))).Error.ShouldBeNull();
        (await world.RunAsync(new DirectArrivals(500))).Value.Tasks.ShouldBeEmpty();
        var code = await world.ScalarAsync<string>($"select code from item where id = '{item}'");
        var tasks = await world.LookAsync(db => db.Set<WarehouseTask>()
            .Where(task => task.ReceiptLineId == line && task.Status == WarehouseTaskStatus.Offered).ToListAsync());
        tasks.ShouldNotBeEmpty();
        foreach (var task in tasks)
        {
            var bin = await world.ScalarAsync<string>($"select code from bin where id = '{task.ToBinId}'");
            (await world.RunAsync(new ClaimTask(task.Id, 1), Worker)).Error.ShouldBeNull();
            (await world.RunAsync(new ConfirmTask(task.Id, 2, code, bin, task.Quantity, null, null), Worker)).Error.ShouldBeNull();
        }
    }

    private async Task CarriedOutAsync(ProposeDisposition command)
    {
        var proposed = (await world.RunAsync(command, Inspector)).Value;
        var hash = await world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{proposed.Request}'");
        (await world.RunAsync(new ApproveRequest(proposed.Request, hash, null), Supervisor)).Value.To.ShouldBe(ApprovalStatus.Executed);
    }

    private ProposeDisposition Propose(ItemId item, DispositionKind kind, decimal quantity, StockCondition condition) => new(
        world.Entity, kind, new StockSpot(world.Dock, item, condition, null, null, null, null), quantity, Weight: null, Inspection: null,
        Source: null, Supplier: null, "as seen", Evidence: null);

    private async Task<(ReceiptLineState State, decimal Accepted, decimal Undecided)> StateAsync(ReceiptLineId id)
    {
        var line = await LineAsync(id);
        return (line.State, line.Accepted, line.Undecided);
    }

    private Task<string> ConditionAsync(ItemId item) =>
        world.ScalarAsync<string>($"select string_agg(distinct condition, ',') from stock_balance where item_id = '{item}' and on_hand > 0");

    private Task<ReceiptLine> LineAsync(ReceiptLineId id) => world.LookAsync(db => db.Set<ReceiptLine>().SingleAsync(one => one.Id == id));
}
