using FsCheck;
using FsCheck.Fluent;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Catalog;

public sealed class PackTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly PackDefinition Box = new("BOX", "Box of 12", 12, 1, Decimals: 0, null, null, null);

    [Theory]
    //          pack    factor  decimals existing  moved  refusal
    [InlineData("BOX",   12, 1, 0,       null,     false, null)]
    [InlineData("BOX",   24, 2, 0,       null,     false, null)]                     // 12/1 in lowest terms
    [InlineData("BOX",    5, 2, 0,       null,     false, "PACK_HOLDS_PART_OF_UNIT")] // CAT-05: no half piece
    [InlineData("KG",     5, 2, 3,       null,     false, null)]                     // a measure may; each amount is checked
    [InlineData("BOX",   24, 1, 0,       12,       false, null)]                     // nothing moved: the typing error is mended
    [InlineData("BOX",   24, 1, 0,       12,       true,  "FACTOR_IS_FIXED")]        // CAT-03
    [InlineData("BOX",   12, 1, 3,       12,       true,  "FACTOR_IS_FIXED")]        // whole is part of the meaning
    [InlineData("BOX",   24, 2, 0,       12,       true,  null)]                     // the same factor
    [InlineData("EA",     2, 1, 0,       1,        false, "BASE_UNIT_IS_FIXED")]
    [InlineData("EA",     1, 1, 0,       1,        true,  null)]                     // its measures may change
    public void Packs_are_whole_exact_and_fixed_once_used(
        string code, long numerator, long denominator, int decimals, int? existing, bool moved, string? refusal)
    {
        var item = ItemRulesTests.ItemIn(MasterStatus.Active);
        var baseUnit = Unit(item, Box with { Code = "EA", Numerator = 1 });
        var was = existing is null ? null : Unit(item, Box with { Code = code, Numerator = existing.Value });
        var wanted = Box with { Code = code, Numerator = numerator, Denominator = denominator, Decimals = decimals };

        PackRules.Refuse(item, baseUnit, was, wanted, new ItemUsage(moved, HasStock: false))?.Code.ShouldBe(refusal);
        (PackRules.Refuse(item, baseUnit, was, wanted, new ItemUsage(moved, HasStock: false)) is null).ShouldBe(refusal is null);
    }

    [Fact]
    public void A_definition_is_refused_naming_its_field()
    {
        Check(Box with { Code = "box" }, "code");
        Check(Box with { Name = "" }, "name");
        Check(Box with { Numerator = 0 }, "numerator");
        Check(Box with { Denominator = -1 }, "denominator");
        Check(Box with { Numerator = 1_000_000_000_001 }, "numerator");
        Check(Box with { Decimals = 7 }, "decimals");
        Check(Box with { Gtin = "123" }, "gtin");
        Check(Box with { Size = new PackSize(0, 1, 1) }, "size.lengthMm");
        Check(Box with { Size = new PackSize(1, 1, 0.0001m) }, "size.heightMm");
        Check(Box with { WeightKg = -1 }, "weightKg");
        Box.Check().ShouldBeNull();
    }

    [Fact]
    public async Task A_pack_is_defined_redescribed_fixed_by_the_first_movement_and_retired()
    {
        // given
        var item = await database.ActiveItemAsync(MasterData.NewItem());
        (await RunAsync(new DefinePack(item, Version: 2, Box))).Value.Version.ShouldBe(3);

        // when, then: nothing has moved yet
        (await RunAsync(new ChangePack(item, Version: 3, Box with { Numerator = 10, Name = "Box of 10" }, null))).Error.ShouldBeNull();
        (await RunAsync(new DefinePack(item, Version: 4, Box))).Error.ShouldBe(new PackExists(item, "BOX"));
        (await RunAsync(new ChangePack(item, Version: 4, Box with { Code = "SACK" }, null))).Error.ShouldBe(new PackNotFound(item, "SACK"));

        // given a movement
        var entity = await database.LegalEntityAsync("EUR");
        var (_, zone) = await database.WarehouseAsync(entity);
        var bin = await database.BinAsync(zone, Platform.Domain.Warehouses.BinRole.Reserve);
        await database.PutStockAsync(bin.Value, item.Value, entity.Value, 5m);
        var before = await database.TracesAsync();

        // when, then
        (await RunAsync(new ChangePack(item, Version: 4, Box, null))).Error.ShouldBe(new FactorIsFixed(item, "BOX", 10, 1));
        (await RunAsync(new ChangeItem(item, Version: 4, new ItemCosting(CostingMethod.Standard), null))).Error
            .ShouldBe(new ItemHasStock(item, FieldGroup.Costing));
        (await RunAsync(new RetireItem(item, Version: 4, "no more"))).Error
            .ShouldBe(new StillInUse(RecordKind.Item, item.Value, [new RecordUse("stock rows", 1)]));
        (await database.TracesAsync()).ShouldBe(before); // refusals leave no trace

        (await RunAsync(new RetirePack(item, Version: 4, "EA", "tidy"))).Error.ShouldBe(new BaseUnitIsFixed(item, "EA"));
        (await RunAsync(new RetirePack(item, Version: 4, "BOX", "tidy"))).Error.ShouldBeNull();
        (await RunAsync(new ChangePack(item, Version: 5, Box with { Numerator = 10 }, null))).Error.ShouldBe(new PackIsRetired(item, "BOX"));
        (await RunAsync(new DefinePack(item, Version: 5, Box with { Code = "BOX12" }))).Error.ShouldBeNull(); // new pack only

        await database.TakeStockAwayAsync(item.Value);
        (await RunAsync(new ChangeItem(item, Version: 6, new ItemCosting(CostingMethod.Standard), null))).Error.ShouldBeNull();
    }

    [Fact]
    public void What_converts_at_all_converts_back_to_itself() =>
        Prop.ForAll(
            (from numerator in Gen.Choose(1, 5000)
             from denominator in Gen.Choose(1, 5000)
             from millionths in Gen.Choose(0, int.MaxValue)
             select (numerator, denominator, millionths)).ToArbitrary(),
            given =>
            {
                var item = ItemRulesTests.ItemIn(MasterStatus.Active, MasterData.NewItem());
                var packs = new ItemUnits(
                    item,
                    [
                        Unit(item, Box with { Code = "EA", Numerator = 1, Decimals = 6 }),
                        Unit(item, Box with { Numerator = given.numerator, Denominator = given.denominator, Decimals = 6 }),
                    ]);
                var amount = given.millionths / 1_000_000m;
                var inBase = packs.ToBase(amount, "BOX");
                if (inBase.Error is not null)
                {
                    return inBase.Error is Platform.Domain.Kernel.Values.QuantityNotExact
                        or Platform.Domain.Kernel.Values.QuantityOutOfRange;
                }

                var back = packs.FromBase(inBase.Value.Amount, "BOX");
                return back.Error is null && back.Value.Amount == amount
                    && inBase.Value.Amount * given.denominator == amount * given.numerator;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_pack_that_is_unknown_is_refused_by_name()
    {
        var item = ItemRulesTests.ItemIn(MasterStatus.Active);
        var packs = new ItemUnits(item, [Unit(item, Box with { Code = "EA", Numerator = 1 }), Unit(item, Box)]);

        packs.ToBase(2m, "BOX").Value.Amount.ShouldBe(24m);
        packs.FromBase(30m, "BOX").Error.ShouldBeOfType<Platform.Domain.Kernel.Values.QuantityNotExact>(); // no half box
        packs.ToBase(1.5m, "BOX").Error.ShouldBeOfType<Platform.Domain.Kernel.Values.QuantityTooFine>();
        packs.ToBase(1m, "SACK").Error.ShouldBe(new PackNotFound(item.Id, "SACK"));
    }

    private static void Check(PackDefinition definition, string field) =>
        definition.Check().ShouldNotBeNull().Field.ShouldBe(field);

    private static ItemUnit Unit(Item item, PackDefinition definition) =>
        ItemUnit.Create(new ItemUnitId(Guid.CreateVersion7()), item.Id, definition, DateTimeOffset.UnixEpoch);

    private Task<Result<TEvent>> RunAsync<TEvent>(ICommand<TEvent> command)
        where TEvent : notnull => database.RunAsync(command, MasterData.Steward);
}
