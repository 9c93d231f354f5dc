using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Catalog;

/// <summary>Imports answer line by line, by one of three policies.</summary>
public sealed class ImportItemsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Wrong_lines_do_not_land_and_the_others_do()
    {
        var lines = await LinesAsync();

        var imported = (await database.RunAsync(new ImportItems(lines, ImportPolicy.RejectFailedRows))).Value;

        (imported.Landed, imported.Refused).ShouldBe((1, 5));
        imported.Lines.Select(line => line.Problems.Count == 0 ? "-" : line.Problems[0].Code + " " + line.Problems[0].Field).ShouldBe(
            ["-", "INVALID_FIELD brand", "INVALID_FIELD code", "ITEM_CODE_TAKEN ", "UNIT_UNKNOWN ", "ITEM_CODE_TAKEN "]);
        (await CountAsync(lines)).ShouldBe(1);
        (await database.ScalarAsync<string>($"select code from item where id = '{imported.Lines[0].Id}'")).ShouldBe(lines[0].Code);
    }

    [Fact]
    public async Task Wrong_optional_fields_are_left_out_and_named()
    {
        var lines = await LinesAsync();

        var imported = (await database.RunAsync(new ImportItems(lines, ImportPolicy.IgnoreFailed))).Value;

        (imported.Landed, imported.Refused).ShouldBe((2, 4));
        imported.Lines[1].Problems.Select(problem => problem.Field).ShouldBe(["brand", "gtin"]);
        (await database.ScalarAsync<long>(
            $"select count(*) from item where code = '{lines[1].Code}' and gtin is null and brand is null")).ShouldBe(1);
    }

    [Fact]
    public async Task One_wrong_line_keeps_all_from_landing()
    {
        var lines = await LinesAsync();
        var before = await database.TracesAsync();

        var result = await database.RunAsync(new ImportItems(lines, ImportPolicy.RejectEverything));

        result.Error.ShouldBeOfType<ImportRejected>().Wrong.Select(line => line.Line).ShouldBe([1, 2, 3, 4, 5]);
        (await database.TracesAsync()).ShouldBe(before);
        (await database.RunAsync(new ImportItems([lines[0]], ImportPolicy.RejectEverything))).Value.Landed.ShouldBe(1);
    }

    [Fact]
    public async Task An_import_has_lines_and_not_too_many()
    {
        (await database.RunAsync(new ImportItems([], ImportPolicy.IgnoreFailed))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("lines");
        var many = Enumerable.Repeat(MasterData.NewItem(), 5001).ToList();
        (await database.RunAsync(new ImportItems(many, ImportPolicy.IgnoreFailed))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("lines");
    }

    [Fact]
    public async Task Four_imports_of_the_same_lines_land_each_line_once()
    {
        var lines = Enumerable.Range(0, 20).Select(_ => MasterData.NewItem()).ToList();

        var hammered = await Hammer.FireAsync(4, _ => database.RunAsync(new ImportItems(lines, ImportPolicy.RejectFailedRows)));

        hammered.Faults.ShouldBeEmpty();
        hammered.Results.Sum(result => result.Value.Landed).ShouldBe(20);
    }

    /// <summary>One good line and five that are wrong, each in its way.</summary>
    private async Task<List<CreateItem>> LinesAsync()
    {
        var taken = MasterData.NewItem();
        await database.DraftItemAsync(taken);
        var good = MasterData.NewItem();
        return
        [
            good,
            MasterData.NewItem() with { Identity = new ItemIdentity("Half good", null, " x", null, "1") },
            MasterData.NewItem() with { Code = "no code" },
            MasterData.NewItem() with { Code = taken.Code },
            MasterData.NewItem() with { BaseUnit = "CRATE" },
            MasterData.NewItem() with { Code = good.Code }, // twice in one import
        ];
    }

    private Task<long> CountAsync(List<CreateItem> lines) =>
        database.ScalarAsync<long>($"select count(*) from item where code in ('{lines[0].Code}', '{lines[1].Code}', '{lines[4].Code}')");
}
