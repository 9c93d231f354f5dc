using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Posting;

/// <summary>Whatever is wrong with a line is refused with its facts, and nothing of the document is posted.</summary>
public sealed class RefusalTests(StockWorld world) : IClassFixture<StockWorld>
{
    private static Place Usable(BinId bin) => Place.In(bin, StockCondition.Usable);

    [Fact]
    public async Task Shapes_that_cannot_be()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 5m, 1m));
        await RefusedAsync(new NoLines());
        await RefusedAsync(new QuantityNotPositive(1, 0m), world.Receipt(item, world.Dock, 0m, 1m));
        await RefusedAsync(new QuantityNotPositive(1, -1m), world.Receipt(item, world.Dock, -1m, 1m));
        await RefusedAsync(
            new QuantityNotInBaseUnits(1, 0.5m, "EA", "EA", 0), world.Receipt(item, world.Dock, 0.5m, 1m));
        await RefusedAsync(
            new PathNotAllowed(1, MovementType.Receipt, PlaceKind.Customer, PlaceKind.Bin),
            world.Line(MovementType.Receipt, item, Place.Customer, Usable(world.Dock), 1m));
        await RefusedAsync(new PlaceIncomplete(1), world.Line(MovementType.Ship, item, new Place(PlaceKind.Bin, world.Reserve, null), Place.Customer, 1m));
        await RefusedAsync(new GoesNowhere(1), world.Move(item, world.Reserve, world.Reserve, 1m));
        await RefusedAsync(new UnitCostRequired(1, item, MovementType.Receipt), world.Receipt(item, world.Dock, 1m, 1m) with { UnitCost = null });
        await RefusedAsync(new UnitCostImpossible(1, -1m), world.Receipt(item, world.Dock, 1m, -1m));
        await RefusedAsync(new UnitNotOfItem(1, item, "BOX"), world.Receipt(item, world.Dock, 1m, 1m) with { Unit = "BOX" });
        await RefusedAsync(new WeightNotExpected(1, item), world.Receipt(item, world.Dock, 1m, 1m) with { Weight = 1m });
        await RefusedAsync(new ValueOutOfRange(1, item), world.Receipt(item, world.Dock, 999_999_999_999m, 999_999_999m));
    }

    [Fact]
    public async Task Unknown_things()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var noItem = ItemId.From(Guid.CreateVersion7());
        var noBin = BinId.From(Guid.CreateVersion7());
        var group = await world.BinAsync(new BinTraits { IsGroup = true });
        await RefusedAsync(new ItemUnknown(1, noItem), world.Receipt(noItem, world.Dock, 1m, 1m));
        await RefusedAsync(new BinUnknown(1, noBin), world.Receipt(item, noBin, 1m, 1m));
        await RefusedAsync(new BinUnknown(1, group), world.Receipt(item, group, 1m, 1m)); // NET-01
        await RefusedAsync(
            new OtherLegalEntity(1, world.YenReserve, world.YenEntity), world.Receipt(item, world.YenReserve, 1m, 1m)); // NET-05
        var stranger = Platform.Domain.Partners.OwnerId.From(Guid.CreateVersion7());
        await RefusedAsync(new OwnerUnknown(1, stranger), world.Receipt(item, world.Dock, 1m, 1m) with { Owner = stranger });
        await RefusedAsync(new MovementNotFound(1, 999_999_999), MovementLine.Reversing(999_999_999));
    }

    [Theory]
    //           status     type                 refused
    [InlineData("DRAFT",   MovementType.Receipt, true)]
    [InlineData("BLOCKED", MovementType.Receipt, true)]
    [InlineData("RETIRED", MovementType.Receipt, true)]
    [InlineData("ACTIVE",  MovementType.Receipt, false)]
    [InlineData("BLOCKED", MovementType.CustomerReturn, false)] // CAT-01: may still be returned
    [InlineData("BLOCKED", MovementType.CountAdjust, false)]    // and counted
    [InlineData("DRAFT",   MovementType.CountAdjust, true)]
    public async Task An_item_moves_as_its_life_allows(string status, MovementType type, bool refused)
    {
        var item = await world.ItemAsync(new ItemTraits { Status = status });
        var from = type switch
        {
            MovementType.Receipt => Place.Supplier,
            MovementType.CustomerReturn => Place.Customer,
            _ => Place.Adjustment,
        };
        var result = await world.PostAsync(world.Line(type, item, from, Usable(world.Dock), 1m) with { UnitCost = 1m });
        result.Error.ShouldBe(refused ? new ItemNotActive(1, item, status, type) : null);
    }

    [Fact]
    public async Task Bins_that_are_blocked_or_of_the_wrong_role()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var noEntry = await world.BinAsync(new BinTraits { IsBlockedIn = true });
        var noExit = await world.BinAsync(new BinTraits { IsBlockedOut = true });
        await world.PostedAsync(world.Receipt(item, world.Reserve, 5m, 1m), world.Receipt(item, noExit, 5m, 1m));
        await RefusedAsync(new BinIsBlocked(1, noEntry, Inwards: true, "repair"), world.Move(item, world.Reserve, noEntry, 1m));
        await RefusedAsync(new BinIsBlocked(1, noExit, Inwards: false, "repair"), world.Move(item, noExit, world.Reserve, 1m));
        await RefusedAsync(
            new BinRoleNotAllowed(1, world.Pick, "FORWARD_PICK", MovementType.Pick),
            world.Line(MovementType.Pick, item, Usable(world.Reserve), Usable(world.Pick), 1m));
        await RefusedAsync(
            new OtherWarehouse(1, MovementType.Move, world.Reserve, world.OtherReserve), world.Move(item, world.Reserve, world.OtherReserve, 1m));
        await RefusedAsync(
            new ConditionNotAllowedInBin(1, world.Reserve, "RESERVE", StockCondition.Receiving),
            world.Line(MovementType.Receipt, item, Place.Supplier, Place.In(world.Reserve, StockCondition.Receiving), 1m) with { UnitCost = 1m });
    }

    [Fact]
    public async Task Every_transition_that_is_not_in_the_table_is_refused()
    {
        // INV-06, I-12: from every condition to every other, in a dock, where all may lie.
        var item = await world.ItemAsync(new ItemTraits());
        foreach (var from in Enum.GetValues<StockCondition>())
        {
            await world.PostedAsync(
                world.Line(MovementType.Receipt, item, Place.Supplier, Place.In(world.Dock, from), 10m) with { UnitCost = 1m });
            foreach (var to in Enum.GetValues<StockCondition>().Where(to => to != from))
            {
                var result = await world.PostAsync(
                    world.Line(MovementType.Condition, item, Place.In(world.Dock, from), Place.In(world.Dock, to), 1m));
                // QLT-04: what was held back is set free by a decision, not by a posting.
                var isRelease = (from, to) is (StockCondition.Quarantined or StockCondition.Inspection, StockCondition.Usable or StockCondition.Receiving)
                    or (StockCondition.Receiving or StockCondition.Damaged, StockCondition.Usable);
                result.Error.ShouldBe(
                    isRelease ? new ReleaseIsDecided(1, world.Dock, item, from)
                    : ConditionTransitions.Allowed.Contains((from, to)) ? null
                    : new TransitionNotAllowed(1, from, to));
            }
        }

        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task The_tables_in_the_database_are_those_in_the_code()
    {
        var transitions = string.Join(',', ConditionTransitions.Allowed
            .Select(pair => $"{StockWords.Of(pair.From)}>{StockWords.Of(pair.To)}").Order(StringComparer.Ordinal));
        (await world.ScalarAsync<string>(
            "select string_agg(from_condition || '>' || to_condition, ',' order by (from_condition || '>' || to_condition) collate \"C\") from condition_transition"))
            .ShouldBe(transitions);
        var roles = string.Join(',', BinConditions.Table
            .SelectMany(role => role.Value.Select(condition => $"{role.Key}>{StockWords.Of(condition)}")).Order(StringComparer.Ordinal));
        (await world.ScalarAsync<string>(
            "select string_agg(bin_role || '>' || condition, ',' order by (bin_role || '>' || condition) collate \"C\") from role_condition"))
            .ShouldBe(roles);
    }

    [Fact]
    public async Task Several_wrong_lines_are_all_named()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Staging, 1m, 1m));
        var before = await world.FootprintAsync();
        var result = await world.PostAsync(
            world.Shipment(item, world.Staging, 2m), world.Shipment(item, world.Staging, 1m), world.Shipment(item, world.Reserve, 1m));
        var several = result.Error.ShouldBeOfType<SeveralLinesRefused>();
        several.Lines.Select(line => (line.Line, line.Code)).ShouldBe([(1, "INSUFFICIENT_STOCK"), (3, "INSUFFICIENT_STOCK")]);
        (await world.FootprintAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_stale_expected_quantity_is_refused()
    {
        // INV-15
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Staging, 5m, 1m));
        await RefusedAsync(
            new ExpectedQuantityStale(1, world.Staging, item, 4m, 5m), world.Shipment(item, world.Staging, 1m) with { ExpectedOnHand = 4m });
        (await world.PostAsync(world.Shipment(item, world.Staging, 1m) with { ExpectedOnHand = 5m })).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_document_number_is_posted_once_and_the_future_not_at_all()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var request = world.Request(world.Receipt(item, world.Dock, 1m, 1m)) with { Document = new StockDocument("Receipt", "R-1", null) };
        (await world.RunAsync(new PostMovements(request))).Error.ShouldBeNull();
        (await world.RunAsync(new PostMovements(request))).Error.ShouldBe(new DocumentAlreadyPosted("Receipt", "R-1"));
        var later = world.Clock.GetUtcNow().AddHours(1);
        var future = world.Request(world.Receipt(item, world.Dock, 1m, 1m)) with { OccurredAt = later };
        (await world.RunAsync(new PostMovements(future))).Error.ShouldBe(new OccurredInFuture(later, world.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Mixing_hazard_and_capacity_hold_after_every_move()
    {
        // I-14, NET-03
        var item = await world.ItemAsync(new ItemTraits { WeightKg = 2m });
        var other = await world.ItemAsync(new ItemTraits());
        var cold = await world.ItemAsync(new ItemTraits { Temperature = "FROZEN" });
        var toxic = await world.ItemAsync(new ItemTraits { HazardClass = "TOXIC" });
        var single = await world.BinAsync(new BinTraits { Mixing = "ONE_ITEM", CapacityUnits = 10m });
        var scale = await world.BinAsync(new BinTraits { CapacityWeightKg = 15m });
        var dedicated = await world.BinAsync(new BinTraits { DedicatedTo = item });
        await world.PostedAsync(world.Receipt(item, single, 6m, 1m));
        await RefusedAsync(new MixingViolation(1, single, other, "it holds another item, and takes one only"), world.Receipt(other, single, 1m, 1m));
        await RefusedAsync(new CapacityExceeded(1, single, "units", 10m, 11m), world.Receipt(item, single, 5m, 1m));
        await RefusedAsync(
            new CapacityExceeded(2, single, "units", 10m, 11m), world.Receipt(item, single, 3m, 1m), world.Receipt(item, single, 2m, 1m));
        await RefusedAsync(new CapacityExceeded(1, scale, "kg", 15m, 16m), world.Receipt(item, scale, 8m, 1m));
        await RefusedAsync(new DimensionsMissing(1, other, scale, "kg"), world.Receipt(other, scale, 1m, 1m)); // CAT-04
        await RefusedAsync(new MixingViolation(1, dedicated, other, $"it is dedicated to item {item}"), world.Receipt(other, dedicated, 1m, 1m));
        await RefusedAsync(
            new MixingViolation(1, world.Dock, cold, "its zone is AMBIENT and the item needs FROZEN"), world.Receipt(cold, world.Dock, 1m, 1m));
        await RefusedAsync(
            new MixingViolation(1, world.Dock, toxic, "its zone takes no goods of hazard class TOXIC"), world.Receipt(toxic, world.Dock, 1m, 1m));
        await world.ShouldHoldAsync();
    }

    private async Task RefusedAsync(DomainError expected, params IReadOnlyList<MovementLine> lines)
    {
        var before = await world.FootprintAsync();
        var result = await world.PostAsync(lines);
        result.Error.ShouldBe(expected);
        (await world.FootprintAsync()).ShouldBe(before);
    }
}
