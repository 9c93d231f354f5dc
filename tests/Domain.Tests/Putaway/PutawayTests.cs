using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Policies;
using Platform.Domain.Putaway;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Reserving;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Putaway;

/// <summary>PUT-01…06, RCV-11: goods go where rules send them, by whoever takes the task, confirmed by scan.</summary>
public sealed class PutawayTests(StockWorld world) : IClassFixture<StockWorld>
{
    private static readonly string[] Works = ["putaway.direct", "putaway.work", "stock.move"];

    private static readonly Caller Worker = Callers.Of(ActorKind.Human, "Will Worker", Works);

    private static readonly Caller Colleague = Callers.Of(ActorKind.Human, "Cora Colleague", Works);

    private static readonly Caller Lead = Callers.Of(ActorKind.Human, "Lea Lead", [.. Works, "putaway.override"]);

    public static TheoryData<WarehouseTaskStatus, WarehouseTaskStep> Ways()
    {
        var ways = new TheoryData<WarehouseTaskStatus, WarehouseTaskStep>();
        foreach (var status in Enum.GetValues<WarehouseTaskStatus>())
        {
            foreach (var step in Enum.GetValues<WarehouseTaskStep>())
            {
                ways.Add(status, step);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_task_goes_one_way_I_12(WarehouseTaskStatus from, WarehouseTaskStep step)
    {
        WarehouseTaskStatus? to = (from, step) switch
        {
            (WarehouseTaskStatus.Offered, WarehouseTaskStep.Claim) => WarehouseTaskStatus.Claimed,
            (WarehouseTaskStatus.Offered, WarehouseTaskStep.Redirect) => WarehouseTaskStatus.Offered,
            (WarehouseTaskStatus.Claimed, WarehouseTaskStep.GiveBack) => WarehouseTaskStatus.Offered,
            (WarehouseTaskStatus.Claimed, WarehouseTaskStep.Redirect) => WarehouseTaskStatus.Claimed,
            (WarehouseTaskStatus.Claimed, WarehouseTaskStep.Confirm) => WarehouseTaskStatus.Done,
            (WarehouseTaskStatus.Exception, WarehouseTaskStep.Redirect) => WarehouseTaskStatus.Offered,
            (WarehouseTaskStatus.Offered or WarehouseTaskStatus.Claimed or WarehouseTaskStatus.Exception, WarehouseTaskStep.Fail) => WarehouseTaskStatus.Exception,
            (WarehouseTaskStatus.Offered or WarehouseTaskStatus.Claimed or WarehouseTaskStatus.Exception, WarehouseTaskStep.Cancel) => WarehouseTaskStatus.Cancelled,
            _ => null,
        };

        (WarehouseTaskSteps.Table.TryGetValue((from, step), out var next) ? next : (WarehouseTaskStatus?)null).ShouldBe(to);
    }

    [Fact]
    public async Task Goods_fill_the_bins_that_take_them_and_the_rest_is_a_case_never_a_default_PUT_03()
    {
        // given: two small bins of its own for the item, in a rule that names no others
        var item = await world.ItemAsync(new ItemTraits());
        var other = await world.ItemAsync(new ItemTraits());
        var first = await world.BinAsync(new BinTraits { Role = "FORWARD_PICK", CapacityUnits = 10m, DedicatedTo = item });
        var second = await world.BinAsync(new BinTraits { Role = "FORWARD_PICK", CapacityUnits = 5m, DedicatedTo = item });
        var foreign = await world.BinAsync(new BinTraits { Role = "FORWARD_PICK", DedicatedTo = other });
        var policy = await RulesAsync(scan: false, Rule(item, new PutawayTarget(BinRole.ForwardPick, [], UpTo: 8m)));
        await BlockAllButAsync("FORWARD_PICK", first, second, foreign);
        await world.PostedAsync(world.Receipt(item, world.Dock, 20m, 2m));

        // when
        var directed = (await world.RunAsync(new DirectPutaway(world.Entity, Spot(item), null), Worker)).Value;

        // then: 8 by the rule's limit, 5 by the bin's, 7 nowhere
        (directed.Directed, directed.Rest).ShouldBe((13m, 7m));
        var tasks = await TasksAsync(item);
        tasks.Select(task => (task.ToBinId, task.Quantity, task.Status)).ShouldBe(
            [(first, 8m, WarehouseTaskStatus.Offered), (second, 5m, WarehouseTaskStatus.Offered), (null, 7m, WarehouseTaskStatus.Exception)]);
        tasks[0].Explanation.ShouldContain("dedicated to the item");
        tasks[2].Explanation.ShouldContain("dedicated to another item");
        (await world.LookAsync(db => Task.FromResult(db.Set<ExceptionCase>().Single(one => one.SourceId == tasks[2].Id.Value))))
            .Category.ShouldBe("PUTAWAY_BLOCKED");
        (await world.RunAsync(new DirectPutaway(world.Entity, Spot(item), null), Worker)).Error
            .ShouldBe(new NothingToPutAway(world.Dock, item, StockCondition.Usable, 20m, 20m));
        await world.RunAsync(new WithdrawPolicy(policy.Policy, 3, "end"));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Only_the_directed_bin_is_right_unless_somebody_who_may_says_why_PUT_02()
    {
        // given
        var (item, task, bin) = await ClaimedAsync(10m, Lead);
        var elsewhere = await world.BinAsync(new BinTraits());
        var full = await world.BinAsync(new BinTraits { CapacityUnits = 3m });
        var (itemCode, binCode, elseCode) = (await CodeAsync("item", item.Value), await CodeAsync("bin", bin.Value), await CodeAsync("bin", elsewhere.Value));

        // when
        var confirm = new ConfirmTask(task, 2, itemCode, binCode, 10m, null, null);
        (await world.RunAsync(confirm, Worker)).Error.ShouldBeOfType<TaskOfAnother>();
        (await world.RunAsync(confirm with { ScannedItem = "X" }, Lead)).Error.ShouldBe(new WrongItemScanned(task, itemCode, "X"));
        (await world.RunAsync(confirm with { ScannedBin = "NOWHERE" }, Lead)).Error.ShouldBe(new ScannedBinUnknown(world.Warehouse, "NOWHERE"));
        (await world.RunAsync(confirm with { ScannedBin = elseCode }, Lead)).Error.ShouldBe(new BinDiffers(task, binCode, elseCode, MayOverride: true));
        (await world.RunAsync(confirm with { ScannedBin = await CodeAsync("bin", full.Value), OverrideReason = "near" }, Lead)).Error.ShouldBeOfType<BinRefusesGoods>();
        (await world.RunAsync(confirm with { Quantity = 11m }, Lead)).Error.ShouldBe(new MoreThanTheTask(task, 10m, 11m));
        (await world.OnHandAsync(item, world.Dock)).ShouldBe(10m);
        var done = (await world.RunAsync(confirm with { ScannedBin = elseCode, OverrideReason = "aisle blocked" }, Lead)).Value;

        // then
        (done.To, done.ActualBin, done.Reason).ShouldBe((WarehouseTaskStatus.Done, elsewhere, "aisle blocked"));
        (await world.OnHandAsync(item, elsewhere)).ShouldBe(10m);
        (await world.LookAsync(db => Task.FromResult(db.Set<ExceptionCase>().Single(one => one.SourceId == task.Value))))
            .Category.ShouldBe("LOCATION_MISMATCH");
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_worker_without_the_right_puts_goods_nowhere_else()
    {
        var (item, task, bin) = await ClaimedAsync(4m, Worker);
        var elsewhere = await CodeAsync("bin", (await world.BinAsync(new BinTraits())).Value);
        var confirm = new ConfirmTask(task, 2, await CodeAsync("item", item.Value), elsewhere, 4m, null, "I like it");

        (await world.RunAsync(confirm, Worker)).Error.ShouldBeOfType<BinDiffers>().MayOverride.ShouldBeFalse();
        (await world.OnHandAsync(item, bin)).ShouldBe(0m);
    }

    [Fact]
    public async Task Of_sixteen_who_take_a_task_one_gets_it_and_the_next_take_others()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, 10m, 2m));
        var task = (await world.RunAsync(new DirectPutaway(world.Entity, Spot(item), null), Worker)).Value.Tasks[0];

        var hammered = await Hammer.FireAsync(
            Hammer.Width, at => world.RunAsync(new ClaimTask(task, 1), at % 2 == 0 ? Worker : Colleague));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.Distinct().ShouldBe(["STALE_VERSION"]);
    }

    [Fact]
    public async Task A_bin_that_fills_meanwhile_refuses_and_the_task_goes_elsewhere()
    {
        // given: a task to a bin of ten, and somebody who fills it
        var item = await world.ItemAsync(new ItemTraits());
        var small = await world.BinAsync(new BinTraits { CapacityUnits = 10m, DedicatedTo = item });
        await world.PostedAsync(world.Receipt(item, world.Dock, 10m, 2m));
        var task = (await world.RunAsync(new DirectPutaway(world.Entity, Spot(item), null), Worker)).Value.Tasks.Single();
        (await world.RunAsync(new ClaimTask(task, 1), Worker)).Value.ToBin.ShouldBe(small);
        await world.PostedAsync(world.Receipt(item, small, 7m, 2m));
        var confirm = new ConfirmTask(task, 2, await CodeAsync("item", item.Value), await CodeAsync("bin", small.Value), 10m, null, null);

        // when
        (await world.RunAsync(confirm, Worker)).Error.ShouldBeOfType<CapacityExceeded>();
        var partly = (await world.RunAsync(confirm with { Quantity = 3m }, Worker)).Value;

        // then: three fit, and seven have a new task to another bin
        partly.Confirmed.ShouldBe(3m);
        (await world.OnHandAsync(item, small)).ShouldBe(10m);
        var rest = (await TasksAsync(item)).Single(one => one.SplitFromId == task);
        (rest.Quantity, rest.Status).ShouldBe((7m, WarehouseTaskStatus.Offered));
        rest.ToBinId.ShouldNotBe(small);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task What_somebody_waits_for_goes_straight_to_staging_and_is_scanned_there_RCV_11()
    {
        // given: six promised, none left
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 6m, 2m));
        var promised = (await world.RunAsync(
            new ReserveStock(item, world.Warehouse, 6m, new Demand("SALES_ORDER", Guid.CreateVersion7()), null))).Value;
        var spot = new StockSpot(world.Reserve, item, StockCondition.Usable, null, null, null, null);
        (await world.RunAsync(new ChangeCondition(world.Entity, spot, StockCondition.Damaged, 6m, null, "fell"))).Error.ShouldBeNull();
        await world.PostedAsync(world.Receipt(item, world.Dock, 10m, 2m));

        // when
        await world.RunAsync(new DirectPutaway(world.Entity, Spot(item), null), Worker);

        // then
        var tasks = await TasksAsync(item);
        tasks.Select(task => (task.Kind, task.Quantity)).ShouldBe([(WarehouseTaskKind.CrossDock, 6m), (WarehouseTaskKind.Putaway, 4m)]);
        tasks[0].ReservationId.ShouldBe(promised.Reservation);
        await world.RunAsync(new ClaimTask(tasks[0].Id, 1), Worker);
        var staging = await CodeAsync("bin", tasks[0].ToBinId!.Value.Value);
        (await world.RunAsync(new ConfirmTask(tasks[0].Id, 2, await CodeAsync("item", item.Value), staging, 6m, null, null), Worker)).Error.ShouldBeNull();
        (await world.LookAsync(db => Task.FromResult(db.Set<CrossDockMove>().Single(move => move.ItemId == item)))).IsConfirmed.ShouldBeTrue();
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_unconfirmed_cross_dock_is_counted_and_refused_once_the_rules_ask_for_scans_SCN_02()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, 10m, 2m));
        var move = new MoveStock(world.Entity, Spot(item), world.Staging, 2m, null, null, null);
        (await world.RunAsync(move, Worker)).Error.ShouldBeNull();

        var policy = await RulesAsync(scan: true, Rule(item, new PutawayTarget(BinRole.Reserve, [], null)));
        (await world.RunAsync(move, Worker)).Error.ShouldBe(new ScanRequired(world.Dock, world.Staging, item));
        (await world.RunAsync(move with { To = world.Reserve }, Worker)).Error.ShouldBeNull();
        await world.RunAsync(new WithdrawPolicy(policy.Policy, 3, "end"));

        var counted = await world.LookAsync(db => Task.FromResult(db.Set<CrossDockMove>().Where(one => one.ItemId == item).ToList()));
        counted.ShouldHaveSingleItem().IsConfirmed.ShouldBeFalse();
        (await world.OnHandAsync(item, world.Staging)).ShouldBe(2m);
    }

    [Fact]
    public async Task A_task_is_given_back_sent_elsewhere_found_impossible_or_called_off()
    {
        // given
        var (item, task, bin) = await ClaimedAsync(6m, Worker);

        // then: nobody else gives it back, and whoever has it gets another bin
        (await world.RunAsync(new GiveTaskBack(task, 2, "break"), Colleague)).Error.ShouldBeOfType<TaskOfAnother>();
        (await world.RunAsync(new GiveTaskBack(task, 2, "break"), Worker)).Value.To.ShouldBe(WarehouseTaskStatus.Offered);
        (await world.RunAsync(new ClaimTask(task, 3), Colleague)).Value.Worker.ShouldBe(Colleague.Actor.Name);
        var spare = await world.BinAsync(new BinTraits());
        var redirected = (await world.RunAsync(new RedirectTask(task, 4, "aisle blocked"), Colleague)).Value;
        redirected.ToBin.ShouldNotBe(bin);
        redirected.ToBin.ShouldNotBeNull();
        (await world.RunAsync(new FailTask(task, 5, "cannot be lifted"), Colleague)).Value.To.ShouldBe(WarehouseTaskStatus.Exception);
        (await world.RunAsync(new CancelTask(task, 5, "late"), Worker)).Error.ShouldBe(new StaleVersion("WarehouseTask", task.Value, 5, 6));
        (await world.RunAsync(new CancelTask(task, 6, "wrong goods"), Worker)).Value.To.ShouldBe(WarehouseTaskStatus.Cancelled);
        (await world.OnHandAsync(item, world.Dock)).ShouldBe(6m);
        (await world.OnHandAsync(item, spare)).ShouldBe(0m);

        // and its goods may be directed again: all but what the other bin could not take, which has had a task of its own since
        var again = (await world.RunAsync(new DirectPutaway(world.Entity, Spot(item), null), Worker)).Value;
        again.Directed.ShouldBeGreaterThan(0m);
        (await TasksAsync(item)).Where(one => one.Status == WarehouseTaskStatus.Offered).Sum(one => one.Quantity).ShouldBe(6m);
        var line = new Platform.Domain.Receiving.ReceiptLineId(Guid.CreateVersion7());
        (await world.RunAsync(new DirectReceiptLine(line), Worker)).Error.ShouldBe(new ReceiptLineNotFound(line));
    }

    [Fact]
    public async Task Who_asks_for_the_next_task_gets_one_that_nobody_else_is_taking_PUT_05()
    {
        var item = await world.ItemAsync(new ItemTraits());
        for (var bin = 0; bin < 4; bin++)
        {
            await world.BinAsync(new BinTraits { CapacityUnits = 1m, DedicatedTo = item });
        }

        await world.PostedAsync(world.Receipt(item, world.Dock, 4m, 2m));
        (await world.RunAsync(new DirectPutaway(world.Entity, Spot(item), null), Worker)).Value.Tasks.Count.ShouldBe(4);

        var hammered = await Hammer.FireAsync(4, _ => world.RunAsync(new ClaimNextTask(world.Warehouse, world.Dock), Worker));

        hammered.Faults.ShouldBeEmpty();
        hammered.Results.Where(result => result.Error is null).Select(result => result.Value.Task).Distinct().Count().ShouldBe(4);
        (await world.RunAsync(new ClaimNextTask(world.OtherWarehouse, null), Worker)).Error.ShouldBe(new NoTaskOffered(world.OtherWarehouse));
    }

    [Fact]
    public async Task A_task_that_nobody_does_in_time_is_one_case_PUT_04()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, 3m, 2m));
        var task = (await world.RunAsync(new DirectPutaway(world.Entity, Spot(item), null), Worker)).Value.Tasks.Single();

        world.Clock.Advance(TimeSpan.FromHours(5));
        (await world.RunAsync(new RunPutawayClocks(500))).Value.Late.ShouldContain(task);
        (await world.RunAsync(new RunPutawayClocks(500))).Value.Late.ShouldBeEmpty();

        (await world.LookAsync(db => Task.FromResult(db.Set<ExceptionCase>().Single(one => one.SourceId == task.Value))))
            .Category.ShouldBe("LATE_PUTAWAY");
    }

    [Theory]
    //          temperature  hazard              mixing     refusal
    [InlineData("FROZEN",    "NONE",             "ANY",     "its zone is Ambient")]
    [InlineData("AMBIENT",   "FLAMMABLE_LIQUID", "ANY",     "its zone takes no FlammableLiquid")]
    [InlineData("AMBIENT",   "NONE",             "ONE_ITEM", "it holds another item")]
    public async Task A_bin_that_the_ledger_would_refuse_is_never_directed_to_I_14(string temperature, string hazard, string mixing, string refusal)
    {
        var item = await world.ItemAsync(new ItemTraits { Temperature = temperature, HazardClass = hazard });
        var other = await world.ItemAsync(new ItemTraits());
        var bin = await world.BinAsync(new BinTraits { Role = "RETURNS", Mixing = mixing });
        await world.PostedAsync(world.Receipt(other, bin, 1m, 1m));
        await BlockAllButAsync("RETURNS", bin);
        var policy = await RulesAsync(scan: false, Rule(item, new PutawayTarget(BinRole.Returns, [], null)));
        await StandAtDockAsync(item);

        var task = (await world.RunAsync(new DirectPutaway(world.Entity, Spot(item), null), Worker)).Value;

        (task.Directed, task.Rest).ShouldBe((0m, 2m));
        (await TasksAsync(item)).Single().Explanation.ShouldContain(refusal);
        await world.RunAsync(new WithdrawPolicy(policy.Policy, 3, "end"));
    }

    private static PutawayRule Rule(ItemId item, params IReadOnlyList<PutawayTarget> targets) => new("test", [], [item], [], [], [], [], targets);

    /// <summary>The dock itself takes no such goods by the rules; there they lie because they came so.</summary>
    private async Task StandAtDockAsync(ItemId item)
    {
        var (temperature, hazard) = (
            await world.ScalarAsync<string>($"select temperature from item where id = '{item}'"),
            await world.ScalarAsync<string>($"select hazard_class from item where id = '{item}'"));
        await world.ExecuteAsync($"update item set temperature = 'AMBIENT', hazard_class = 'NONE' where id = '{item}'");
        await world.PostedAsync(world.Receipt(item, world.Dock, 2m, 2m));
        await world.ExecuteAsync($"update item set temperature = '{temperature}', hazard_class = '{hazard}' where id = '{item}'");
    }

    private StockSpot Spot(ItemId item) => new(world.Dock, item, StockCondition.Usable, null, null, null, null);

    private Task<string> CodeAsync(string table, Guid id) => world.ScalarAsync<string>($"select code from {table} where id = '{id}'");

    private Task<List<WarehouseTask>> TasksAsync(ItemId item) => world.LookAsync(db => Task.FromResult(
        db.Set<WarehouseTask>().Where(task => task.ItemId == item).OrderBy(task => task.Number).ToList()));

    private Task<int> BlockAllButAsync(string role, params IReadOnlyList<BinId> bins) => world.ExecuteAsync(
        $"update bin set is_blocked_in = true, block_reason = 'test' where role = '{role}' and id not in ({string.Join(", ", bins.Select(bin => $"'{bin}'"))})");

    private async Task<(ItemId Item, WarehouseTaskId Task, BinId Bin)> ClaimedAsync(decimal quantity, Caller by)
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, quantity, 2m));
        var task = (await world.RunAsync(new DirectPutaway(world.Entity, Spot(item), null), by)).Value.Tasks.Single();
        var claimed = (await world.RunAsync(new ClaimTask(task, 1), by)).Value;
        return (item, task, claimed.ToBin!.Value);
    }

    private async Task<PolicyDrafted> RulesAsync(bool scan, params IReadOnlyList<PutawayRule> rules)
    {
        var author = Callers.Of(ActorKind.Human, "Rita Rules", "putaway.rules", "policies.simulate");
        var publisher = Callers.Of(ActorKind.Human, "Paul Publisher", "policies.publish");
        var drafted = (await world.RunAsync(new DraftPutawayRules(new PutawayRules(rules, scan, 240, ByHand: null), "for a test"), author)).Value;
        (await world.RunAsync(new SimulatePolicy(drafted.Policy, 1), author)).Error.ShouldBeNull();
        (await world.RunAsync(new PublishPolicy(drafted.Policy, 2, null), publisher)).Error.ShouldBeNull();
        return drafted;
    }
}
