using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Catalog;

/// <summary>Tables over the pure decisions about items.</summary>
public sealed class ItemRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, UnitOfMeasure> Units = new[]
    {
        new UnitDefined("EA", "Each", UnitKind.Count, 0, Now),
        new UnitDefined("KG", "Kilogram", UnitKind.Weight, 6, Now),
    }.ToDictionary(unit => unit.Unit, UnitOfMeasure.Create);

    private static readonly ShelfLife Life = new(100, ShelfLifeStart.Receipt, 5, 10, 20, 30);

    public static TheoryData<string, CreateItem> WrongLines
    {
        get
        {
            var good = MasterData.NewItem();
            var weighed = new CatchWeightRule("KG", 1m, 10m);
            return new TheoryData<string, CreateItem>
            {
                { "code", good with { Code = "lower" } },
                { "baseUnit", good with { BaseUnit = "each!" } },
                { "name", good with { Identity = good.Identity with { Name = " " } } },
                { "description", good with { Identity = good.Identity with { Description = new string('x', 4001) } } },
                { "brand", good with { Identity = good.Identity with { Brand = "" } } },
                { "category", good with { Identity = good.Identity with { Category = "a\0" } } },
                { "gtin", good with { Identity = good.Identity with { Gtin = "4006381333932" } } }, // wrong check digit
                { "gtin", good with { Identity = good.Identity with { Gtin = "12345" } } },
                { "tracking", good with { Tracking = new ItemTracking((Tracking)9, null, null) } },
                { "serialScope", good with { Tracking = new ItemTracking(Tracking.Serial, null, null) } },
                { "serialScope", good with { Tracking = new ItemTracking(Tracking.Lot, SerialScope.Item, null) } },
                { "shelfLife", good with { Tracking = new ItemTracking(Tracking.None, null, Life) } },
                { "shelfLife.days", Lived(good, Life with { Days = 0 }) },
                { "shelfLife.days", Lived(good, Life with { Days = 36_501 }) },
                { "shelfLife.useByDays", Lived(good, Life with { UseByDays = -1 }) },
                { "shelfLife.removalDays", Lived(good, Life with { RemovalDays = 4 }) }, // after the use-by date
                { "shelfLife.alertDays", Lived(good, Life with { AlertDays = 9 }) },     // after the removal date
                { "shelfLife.alertDays", Lived(good, Life with { AlertDays = 101 }) },
                { "shelfLife.minimumDaysAtReceipt", Lived(good, Life with { MinimumDaysAtReceipt = 101 }) },
                { "catchWeight.unit", good with { Weighing = new ItemWeighing(weighed with { Unit = "kg" }) } },
                { "catchWeight.nominalWeight", good with { Weighing = new ItemWeighing(weighed with { NominalWeight = 0m }) } },
                { "catchWeight.tolerancePercent", good with { Weighing = new ItemWeighing(weighed with { TolerancePercent = 101m }) } },
                { "temperature", good with { Storage = good.Storage with { Temperature = (Temperature)9 } } },
                { "hazard", good with { Storage = good.Storage with { Hazard = (HazardClass)99 } } },
                { "size", good with { Storage = good.Storage with { Size = (SizeClass)9 } } },
                { "handling", good with { Storage = good.Storage with { Handling = (HandlingClass)9 } } },
                { "method", good with { Costing = new ItemCosting((CostingMethod)9) } },
                { "countryOfOrigin", good with { Origin = new ItemOrigin(false, false, "Germany") } },
                { "countryOfOrigin", good with { Origin = new ItemOrigin(false, IsImported: true, null) } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(WrongLines))]
    public void A_new_item_is_refused_naming_the_field_and_the_rule(string field, CreateItem command) =>
        Decide(command).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe(field);

    [Fact]
    public void Codes_and_units_are_checked_after_the_fields_in_a_fixed_order()
    {
        var good = MasterData.NewItem();
        Decide(good with { BaseUnit = "CRATE" }, codeIsTaken: true).Error.ShouldBe(new ItemCodeTaken(good.Code));
        Decide(good with { BaseUnit = "CRATE" }).Error.ShouldBe(new UnitUnknown("CRATE"));
        Decide(good with { Weighing = new ItemWeighing(new CatchWeightRule("LB", 1m, 1m)) }).Error.ShouldBe(new UnitUnknown("LB"));
        Decide(good with { Weighing = new ItemWeighing(new CatchWeightRule("EA", 1m, 1m)) }).Error
            .ShouldBe(new UnitIsNoWeight("EA", UnitKind.Count)); // CAT-11
        Decide(good).Error.ShouldBeNull();
    }

    [Theory]
    //          status                use              may
    [InlineData(MasterStatus.Draft,   ItemUse.Order,   false)]
    [InlineData(MasterStatus.Draft,   ItemUse.Count,   false)]
    [InlineData(MasterStatus.Draft,   ItemUse.Return,  false)]
    [InlineData(MasterStatus.Active,  ItemUse.Order,   true)]
    [InlineData(MasterStatus.Active,  ItemUse.Sell,    true)]
    [InlineData(MasterStatus.Active,  ItemUse.Receive, true)]
    [InlineData(MasterStatus.Active,  ItemUse.Move,    true)]
    [InlineData(MasterStatus.Active,  ItemUse.Count,   true)]
    [InlineData(MasterStatus.Active,  ItemUse.Return,  true)]
    [InlineData(MasterStatus.Blocked, ItemUse.Order,   false)]
    [InlineData(MasterStatus.Blocked, ItemUse.Sell,    false)]
    [InlineData(MasterStatus.Blocked, ItemUse.Receive, false)]
    [InlineData(MasterStatus.Blocked, ItemUse.Move,    true)]
    [InlineData(MasterStatus.Blocked, ItemUse.Count,   true)]
    [InlineData(MasterStatus.Blocked, ItemUse.Return,  true)]
    [InlineData(MasterStatus.Retired, ItemUse.Order,   false)]
    [InlineData(MasterStatus.Retired, ItemUse.Count,   false)]
    [InlineData(MasterStatus.Retired, ItemUse.Return,  false)]
    public void The_status_says_what_may_be_done_CAT_01(MasterStatus status, ItemUse use, bool may)
    {
        var item = ItemIn(status);

        item.Refuse(use).ShouldBe(may ? null : new ItemNotUsable(item.Id, item.Code, status, use));
    }

    public static TheoryData<ItemChange, bool> ChangesUnderStock => new()
    {
        //  change of an untracked, unweighed item at moving average             refused while stock exists
        { new ItemTracking(Tracking.Lot, null, null),                            true },
        { new ItemTracking(Tracking.Serial, SerialScope.Item, null),             true },
        { ItemTracking.Untracked,                                                false }, // no change at all
        { new ItemWeighing(new CatchWeightRule("KG", 1m, 1m)),                   true },
        { ItemWeighing.NotWeighed,                                               false },
        { new ItemCosting(CostingMethod.Fifo),                                   true },  // CAT-18
        { new ItemCosting(CostingMethod.MovingAverage),                          false },
        { new ItemStorage(Temperature.Cool, HazardClass.None, SizeClass.Small, HandlingClass.Heavy), false },
        { new ItemOrigin(true, true, "CN"),                                      false },
        { new ItemIdentity("Another name", null, null, null, null),              false },
    };

    [Theory]
    [MemberData(nameof(ChangesUnderStock))]
    public void Tracking_weighing_and_costing_change_only_without_stock(ItemChange change, bool isRefused)
    {
        var item = ItemIn(MasterStatus.Active);

        ChangeItemHandler.Decide(item, change, new ItemUsage(HasMoved: true, HasStock: true), Units)
            .ShouldBe(isRefused ? new ItemHasStock(item.Id, change.Group) : null);
        ChangeItemHandler.Decide(item, change, new ItemUsage(HasMoved: true, HasStock: false), Units).ShouldBeNull();
    }

    [Fact]
    public void Shelf_life_concerns_lots_to_come_and_may_change_under_stock()
    {
        var item = ItemIn(MasterStatus.Active, MasterData.NewItem().WithTracking(Tracking.Lot, Life));

        ChangeItemHandler.Decide(
            item, new ItemTracking(Tracking.Lot, null, Life with { Days = 50 }), new ItemUsage(true, HasStock: true), Units)
            .ShouldBeNull();
    }

    [Fact]
    public void A_retired_item_changes_no_more()
    {
        var item = ItemIn(MasterStatus.Retired);

        ChangeItemHandler.Decide(item, new ItemCosting(CostingMethod.Fifo), ItemUsage.None, Units)
            .ShouldBe(new ItemIsRetired(item.Id));
    }

    [Theory]
    [InlineData("Hex Bolt, M8", "bolt (M8) HEX", true)]
    [InlineData("Hex Bolt M8", "Hex Bolts M8", true)]      // one letter more
    [InlineData("Washer steel", "Washer stele", false)]    // two letters changed places are two differences
    [InlineData("Washer grey", "Washer gray", true)]
    [InlineData("Hex Bolt M8", "Hex Bolt M6", false)]      // sizes are never near
    [InlineData("Nut M8", "Net M8", false)]                // in a short word one letter is another word
    [InlineData("Hex Bolt M8", "Hex Bolt M8 zinc", false)]
    public void Names_are_near_when_no_word_is_another(string left, string right, bool areNear) =>
        NameKey.AreNear(NameKey.Of(left), NameKey.Of(right)).ShouldBe(areNear);

    [Theory]
    //          weight of ours, of theirs   suspect
    [InlineData("1.000", "1.000", true)]
    [InlineData("1.000", "1.020", true)]  // two rulers
    [InlineData("1.000", "1.021", false)]
    [InlineData("1.000", null,    true)]  // nothing measured tells them apart
    public void Near_names_of_another_weight_are_two_things(string ours, string? theirs, bool isSuspect)
    {
        var (self, other) = (new ItemId(Guid.CreateVersion7()), new ItemId(Guid.CreateVersion7()));
        var names = new[]
        {
            new NearName(self, "A", "bolt hex", null, decimal.Parse(ours, System.Globalization.CultureInfo.InvariantCulture)),
            new NearName(other, "B", "bolt hex", null, theirs is null ? null : decimal.Parse(theirs, System.Globalization.CultureInfo.InvariantCulture)),
        };

        DuplicateSuspects.Judge(self, [], names, [])
            .ShouldBe(isSuspect ? [new DuplicateSuspect(other, "B", DuplicateCause.Description)] : []);
        DuplicateSuspects.Judge(self, [], names, [new DuplicateOverride(other, self, DuplicateCause.Description)])
            .ShouldBeEmpty(); // whoever judged it, from either side
    }

    internal static Item ItemIn(MasterStatus status, CreateItem? command = null)
    {
        var item = Item.Create(Decide(command ?? MasterData.NewItem()).Value);
        foreach (var step in status switch
                 {
                     MasterStatus.Draft => Array.Empty<MasterStep>(),
                     MasterStatus.Active => [MasterStep.Activate],
                     MasterStatus.Blocked => [MasterStep.Activate, MasterStep.Block],
                     MasterStatus.Retired => [MasterStep.Retire],
                 })
        {
            ((IGoverned)item).Apply(step, "a reason", Now);
        }

        return item;
    }

    private static Result<ItemCreated> Decide(CreateItem command, bool codeIsTaken = false) =>
        CreateItemHandler.Decide(command, new ItemId(Guid.CreateVersion7()), Units, codeIsTaken, Now);

    private static CreateItem Lived(CreateItem item, ShelfLife life) =>
        item with { Tracking = new ItemTracking(Tracking.Lot, null, life) };
}
