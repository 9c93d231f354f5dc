using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Catalog;

public sealed class UnitAndSearchTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_unit_is_defined_once_and_then_items_may_be_kept_in_it()
    {
        (await database.RunAsync(new DefineUnit("ROLL", "Roll", UnitKind.Count, Decimals: 0))).Error.ShouldBeNull();
        (await database.RunAsync(new DefineUnit("ROLL", "Roll", UnitKind.Count, Decimals: 0))).Error.ShouldBe(new UnitCodeTaken("ROLL"));
        (await database.RunAsync(new DefineUnit("roll", "Roll", UnitKind.Count, Decimals: 0))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("unit");
        (await database.RunAsync(new DefineUnit("OZ", "Ounce", UnitKind.Weight, Decimals: 7))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("decimals");
        (await database.RunAsync(MasterData.NewItem() with { BaseUnit = "ROLL" })).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Sixteen_at_once_define_one_unit()
    {
        var hammered = await Hammer.FireAsync(
            Hammer.Width, _ => database.RunAsync(new DefineUnit("YD", "Yard", UnitKind.Length, Decimals: 3)));

        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.ShouldAllBe(code => code == "UNIT_CODE_TAKEN");
    }

    [Fact]
    public async Task Items_are_found_by_code_and_by_all_words_in_pages_without_gap_or_repeat()
    {
        // given
        var codes = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var item = MasterData.NewItem() with { Identity = new ItemIdentity($"Purple Lamp size {i}", null, null, null, null) };
            await database.DraftItemAsync(item);
            codes.Add(item.Code);
        }

        // when
        var first = await FindAsync("lamp, PURPLE", after: null);
        var second = await FindAsync("lamp, PURPLE", first[^1]);
        var third = await FindAsync("lamp, PURPLE", second[^1]);

        // then
        first.Concat(second).Concat(third).ShouldBe(codes.Order(StringComparer.Ordinal));
        (await FindAsync("purple window", after: null)).ShouldBeEmpty();
        (await database.LookAsync(db => new ItemSearch(db).ByCodeAsync(codes[0], default)))!.Code.ShouldBe(codes[0]);
    }

    private async Task<List<string>> FindAsync(string words, string? after) =>
        (await database.LookAsync(db => new ItemSearch(db).ByWordsAsync(words, after, items: 2, default))).ConvertAll(item => item.Code);
}
