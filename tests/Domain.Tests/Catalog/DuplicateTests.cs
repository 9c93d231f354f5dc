using Platform.Domain.Catalog;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Catalog;

/// <summary>CAT-06: an item that may be another one is not activated until the doubt is resolved or overridden.</summary>
public sealed class DuplicateTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_same_trade_number_on_an_item_or_a_pack_refuses_activation()
    {
        // given
        var first = await database.ActiveItemAsync(Named("Alpha drill", gtin: "4006381333931"));
        var second = await database.DraftItemAsync(Named("Beta saw", gtin: "4006381333931"));
        var third = await database.DraftItemAsync(Named("Gamma lamp"));
        await database.RunAsync(
            new DefinePack(third, Version: 1, new PackDefinition("BOX", "Box", 6, 1, 0, "4006381333931", null, null)),
            MasterData.Steward);
        await database.RunAsync(new RetireItem(second, Version: 1, "not the one of this test"));

        // when
        var result = await database.RunAsync(new ActivateItem(third, Version: 2));

        // then: the retired one does not count
        result.Error.ShouldBe(new DuplicateItem(third, [new DuplicateSuspect(first, await CodeAsync(first), DuplicateCause.Gtin)]));
    }

    [Fact]
    public async Task The_same_part_of_one_supplier_refuses_activation_and_another_suppliers_does_not()
    {
        var (acme, other) = (await database.SupplierAsync(), await database.SupplierAsync());
        var first = await database.ActiveItemAsync(Named("Delta pump"));
        var second = await database.DraftItemAsync(Named("Epsilon valve"));
        (await database.RunAsync(new AddSupplierPart(first, acme, "P-100"))).Error.ShouldBeNull();
        (await database.RunAsync(new AddSupplierPart(second, other, "P-100"))).Error.ShouldBeNull();
        (await database.RunAsync(new AddSupplierPart(second, other, "P-100"))).Error.ShouldBe(new SupplierPartTaken(second, other, "P-100"));
        (await database.RunAsync(new AddSupplierPart(second, acme, "P-100"))).Error.ShouldBeNull();

        (await database.RunAsync(new ActivateItem(second, Version: 1))).Error
            .ShouldBe(new DuplicateItem(second, [new DuplicateSuspect(first, await CodeAsync(first), DuplicateCause.SupplierPart)]));

        // resolved by mending the data
        (await database.RunAsync(new RemoveSupplierPart(second, acme, "P-100"))).Error.ShouldBeNull();
        (await database.RunAsync(new RemoveSupplierPart(second, acme, "P-100"))).Error.ShouldBe(new SupplierPartNotFound(second, acme, "P-100"));
        (await database.RunAsync(new ActivateItem(second, Version: 1))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_near_equal_name_refuses_activation_until_overridden_with_a_reason()
    {
        // given
        var first = await database.ActiveItemAsync(Named("Zeta gasket blue rubber"));
        var second = await database.DraftItemAsync(Named("Rubber gaskets, blue (zeta)"));
        var suspect = new DuplicateSuspect(first, await CodeAsync(first), DuplicateCause.Description);
        var before = await database.TracesAsync();

        // when, then
        (await database.RunAsync(new ActivateItem(second, Version: 1))).Error.ShouldBe(new DuplicateItem(second, [suspect]));
        (await database.RunAsync(new OverrideDuplicate(second, first, DuplicateCause.Gtin, "no"))).Error
            .ShouldBe(new NotSuspected(second, first, DuplicateCause.Gtin));
        (await database.TracesAsync()).ShouldBe(before);

        (await database.RunAsync(new OverrideDuplicate(second, first, DuplicateCause.Description, "sold by the metre"))).Error.ShouldBeNull();
        (await database.RunAsync(new ActivateItem(second, Version: 1))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_name_without_any_letter_that_trigrams_know_is_compared_too()
    {
        var first = await database.DraftItemAsync(Named("★"));

        (await database.RunAsync(new ActivateItem(first, Version: 1))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_large_item_needs_its_measures_before_it_is_opened_CAT_04()
    {
        var command = Named("Eta wardrobe") with
        {
            Storage = new ItemStorage(Temperature.Ambient, HazardClass.None, SizeClass.Oversize, HandlingClass.TwoPerson),
        };
        var item = await database.DraftItemAsync(command);
        (await database.RunAsync(new ActivateItem(item, Version: 1))).Error.ShouldBe(new MeasuresMissing(item, "EA"));

        var measured = new PackDefinition("EA", "Each", 1, 1, 0, null, new PackSize(2000, 600, 1800), 85m);
        (await database.RunAsync(new ChangePack(item, Version: 1, measured, null), MasterData.Steward)).Error.ShouldBeNull();

        (await database.RunAsync(new ActivateItem(item, Version: 2))).Error.ShouldBeNull();
    }

    private static CreateItem Named(string name, string? gtin = null) =>
        MasterData.NewItem() with { Identity = new ItemIdentity(name, null, null, null, gtin) };

    private async Task<string> CodeAsync(ItemId id) => (await database.LookAsync(db => new ItemSearch(db).FindAsync(id, default)))!.Code;
}
