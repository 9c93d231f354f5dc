using Platform.Domain.Kernel;
using Platform.Domain.Quality;
using Platform.Domain.Quality.Holding;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Reserving;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Quality;

/// <summary>QLT-04, QLT-06, RCV-13: what is held back is nobody's to take, until somebody else sets it free.</summary>
public sealed class HoldTests(QualityWorld world) : IClassFixture<QualityWorld>
{
    private static readonly Caller Placer = Callers.Of(ActorKind.Human, "Pia Placer", "quality.hold", "quality.release", "quality.compliance");

    private static readonly Caller Releaser = Callers.Of(ActorKind.Human, "Rolf Releaser", "quality.hold", "quality.release", "quality.compliance");

    [Fact]
    public async Task Both_holds_must_go_before_goods_are_free_and_never_by_whoever_placed_them()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 10m, 2m));
        var scope = new HoldScope(world.Entity, null, null, item, null, null);

        // when
        var quality = (await world.RunAsync(new PlaceHold(HoldKind.Quality, scope, "smells", null), Placer)).Value;
        var compliance = (await world.RunAsync(new PlaceHold(HoldKind.Compliance, scope, "no certificate", "CE-1"), Placer)).Value;

        // then
        (quality.Quantity, compliance.Quantity).ShouldBe((10m, 0m));
        (await world.QuantityAsync(item, StockCondition.Quarantined)).ShouldBe(10m);
        (await world.RunAsync(new PlaceHold(HoldKind.Quality, scope, "again", null), Releaser)).Error
            .ShouldBe(new AlreadyHeld(quality.Hold, quality.Number));
        (await world.RunAsync(new ReleaseHold(quality.Hold, 1, "fine"), Placer)).Error
            .ShouldBe(new PlacerMayNotRelease(quality.Hold, Placer.Actor.Person));
        var secondAccount = Releaser with { Actor = Releaser.Actor with { Person = Placer.Actor.Person } };
        (await world.RunAsync(new ReleaseHold(quality.Hold, 1, "fine"), secondAccount)).Error.ShouldBeOfType<PlacerMayNotRelease>();

        // when one goes, the other still keeps the goods
        var first = (await world.RunAsync(new ReleaseHold(quality.Hold, 1, "fine"), Releaser)).Value;
        (first.Freed, first.StillHeld).ShouldBe((0m, 10m));
        (await world.QuantityAsync(item, StockCondition.Usable)).ShouldBe(0m);
        (await world.RunAsync(new ReleaseHold(quality.Hold, 2, "fine"), Releaser)).Error.ShouldBe(new HoldReleasedAlready(quality.Hold));
        var last = (await world.RunAsync(new ReleaseHold(compliance.Hold, 1, "certificate came"), Releaser)).Value;
        (last.Freed, last.StillHeld).ShouldBe((10m, 0m));
        (await world.QuantityAsync(item, StockCondition.Usable)).ShouldBe(10m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Compliance_is_for_those_who_answer_for_it()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var scope = new HoldScope(world.Entity, null, null, item, null, null);
        var mere = Callers.Of(ActorKind.Human, "Mere Quality", "quality.hold", "quality.release");

        (await world.RunAsync(new PlaceHold(HoldKind.Compliance, scope, "no certificate", null), mere)).Error
            .ShouldBe(new ComplianceNotYours(HoldKind.Compliance));
        var placed = (await world.RunAsync(new PlaceHold(HoldKind.Compliance, scope, "no certificate", null), Placer)).Value;
        (await world.RunAsync(new ReleaseHold(placed.Hold, 1, "x"), mere)).Error.ShouldBe(new ComplianceNotYours(HoldKind.Compliance));
    }

    [Fact]
    public async Task Nothing_in_the_scope_becomes_usable_while_it_stands_whatever_the_road()
    {
        // given: goods of a lot, some of them allocated
        var item = await world.ItemAsync(new ItemTraits { Tracking = "LOT" });
        var lot = await world.LotAsync(item, expires: null);
        var other = await world.LotAsync(item, expires: null);
        await world.PostedAsync(world.Receipt(item, world.Reserve, 10m, 2m) with { Lot = lot });
        var reserved = (await world.RunAsync(
            new ReserveStock(item, world.Warehouse, 4m, new Demand("SALES_ORDER", Guid.CreateVersion7()), null))).Value;
        (await world.RunAsync(new AllocateStock(reserved.Reservation, [new AllocationLine(world.Reserve, lot, null, null, 4m)]))).Error.ShouldBeNull();

        // when
        var placed = (await world.RunAsync(
            new PlaceHold(HoldKind.Quality, new HoldScope(world.Entity, null, null, item, lot, null), "recall", null), Placer)).Value;

        // then: the reservation gave its goods back, and every road is closed
        placed.ReservationsReleased.ShouldBe([reserved.Reservation]);
        var receipt = await world.PostAsync(world.Receipt(item, world.Reserve, 1m, 2m) with { Lot = lot });
        receipt.Error.ShouldBeOfType<StockIsHeld>().Hold.ShouldBe(placed.Number);
        var free = world.Line(
            MovementType.Condition, item, Place.In(world.Reserve, StockCondition.Quarantined), Place.In(world.Reserve, StockCondition.Usable), 1m);
        (await world.PostAsync(free with { Lot = lot })).Error.ShouldBeOfType<ReleaseIsDecided>();
        var spot = new StockSpot(world.Reserve, item, StockCondition.Quarantined, lot, null, null, null);
        (await world.RunAsync(new ChangeCondition(world.Entity, spot, StockCondition.Usable, 1m, null, "looks fine"))).Error
            .ShouldBe(new ReleaseIsDecided(1, world.Reserve, item, StockCondition.Quarantined));
        (await world.PostAsync(world.Receipt(item, world.Reserve, 1m, 2m) with { Lot = other })).Error.ShouldBeNull();

        // goods of the lot that arrive are looked at, and stay the hold's when they are good
        var goods = world.Goods(item, 5m);
        var arrived = await world.ArrivedAsync(goods with { Parts = [new GoodsPart(lot, null, null, 5m)] });
        arrived.Need.Why.ShouldContain(placed.Number);
        await world.RunAsync(new StartInspection(arrived.Inspection!.Value, 1), Inspecting.Inspector);
        await world.RunAsync(new RecordResults(arrived.Inspection.Value, 2, [new("HOLD", 5m, 0m, null, null, null)]), Inspecting.Inspector);
        (await world.RunAsync(new DecideInspection(arrived.Inspection.Value, 3, [new(1, 5m)], null), Inspecting.Inspector)).Error.ShouldBeNull();
        (await world.QuantityAsync(item, StockCondition.Quarantined)).ShouldBe(15m);
        (await world.RunAsync(new ReleaseHold(placed.Hold, 1, "false alarm"), Releaser)).Value.Freed.ShouldBe(15m);
        (await world.QuantityAsync(item, StockCondition.Usable)).ShouldBe(16m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_hold_names_goods_that_belong_together()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var scope = new HoldScope(world.Entity, world.OtherWarehouse, world.Reserve, item, null, null);
        (await world.RunAsync(new PlaceHold(HoldKind.Quality, scope, "x", null), Placer)).Error.ShouldBe(new HoldScopeUnknown(scope));
        foreach (var bad in new[]
        {
            new HoldScope(world.Entity, null, null, null, null, null),
            new HoldScope(world.Entity, null, world.Reserve, null, null, null),
        })
        {
            (await world.RunAsync(new PlaceHold(HoldKind.Quality, bad, "x", null), Placer)).Error.ShouldBeOfType<InvalidField>();
        }
    }

    [Fact]
    public async Task A_hold_over_a_bin_takes_what_lies_there_and_nothing_else()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var bin = await world.BinAsync(new BinTraits());
        await world.PostedAsync(world.Receipt(item, bin, 7m, 2m), world.Receipt(item, world.Reserve, 3m, 2m));

        var placed = (await world.RunAsync(
            new PlaceHold(HoldKind.Quality, new HoldScope(world.Entity, world.Warehouse, bin, null, null, null), "wet", null), Placer)).Value;

        placed.Quantity.ShouldBe(7m);
        (await world.QuantityAsync(item, StockCondition.Usable)).ShouldBe(3m);
        (await world.PostAsync(world.Move(item, world.Reserve, bin, 1m))).Error.ShouldBeOfType<StockIsHeld>();
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Of_receipts_and_a_hold_at_once_none_leaves_usable_goods_behind()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var scope = new HoldScope(world.Entity, null, null, item, null, null);

        var hammered = await Hammer.FireAsync(Hammer.Width, async at => at == 7
            ? (await world.RunAsync(new PlaceHold(HoldKind.Quality, scope, "now", null), Placer)).Error is { } refused
                ? Result.Of<string>("refused " + refused.Code)
                : Result.Of<string>("held")
            : (await world.PostAsync(world.Receipt(item, world.Reserve, 1m, 2m))).Error is { } late ? Result.Of<string>(late.Code) : Result.Of<string>("posted"));

        hammered.Faults.ShouldBeEmpty();
        (await world.QuantityAsync(item, StockCondition.Usable)).ShouldBe(0m);
        await world.ShouldHoldAsync();
    }
}
