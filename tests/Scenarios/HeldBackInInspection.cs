using System.Text.Json.Nodes;
using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>
/// SCN-22: goods that nobody inspects look like a shortage. Alone with its distributor, since nine days go by, and no token of the others
/// would live through them.
/// </summary>
public sealed class HeldBackInInspection(Distributor distributor) : IClassFixture<Distributor>
{
    [Fact]
    public async Task Goods_stranded_in_inspection_have_an_owner_and_the_false_shortage_is_explained_SCN_22()
    {
        // given: forty came, all of them to be inspected
        var supplier = await distributor.SupplierAsync("Langsam");
        var item = await distributor.ItemAsync("Valve");
        await distributor.PublishedAsync(
            Role.Quality, "draftInspectionRules",
            new
            {
                inspection = new
                {
                    rules = new[]
                    {
                        new
                        {
                            name = "valves", itemIds = new[] { item }, categories = Array.Empty<string>(), supplierIds = Array.Empty<string>(),
                            warehouseIds = Array.Empty<string>(), mode = "EVERY_LOT", samples = Array.Empty<object>(), dueHours = 24,
                            characteristics = new[] { new { code = "TIGHT", name = "Is tight", isCritical = true } },
                        },
                    },
                },
                note = "valves leak",
            });
        var line = await distributor.OrderedLineAsync(supplier, item, 40m, 9m);
        await (await distributor.AnotherAsync(Role.WarehouseSupervisor)).DoAsync(
            "postReceipt",
            new
            {
                warehouseId = distributor.Warehouse, binId = distributor.Bins["DOCK"],
                lines = new[] { new { orderLineId = line, unit = "EA", quantity = 40, condition = "GOOD", serials = Array.Empty<string>() } },
            },
            "__typename");
        (await distributor.ConditionsAsync(item)).ShouldBe(new Dictionary<string, decimal>(StringComparer.Ordinal) { ["INSPECTION"] = 40m });

        // when nobody looks for nine days
        distributor.Clock.Advance(TimeSpan.FromDays(9));
        var quality = await distributor.AnotherAsync(Role.Quality);
        var found = await WaitForCaseAsync(quality, item);

        // then
        ((string)found["queue"]!, (string)found["category"]!["code"]!).ShouldBe(("quality", "STRANDED_INSPECTION"));
        var explained = (await quality.AskAsync(
            "query($item: ID!, $site: ID!) { stockExplanation(itemId: $item, warehouseId: $site) { onHand available isFalseShortage sentence buckets { bucket quantity isUsable why references } } }",
            new { item, site = distributor.Warehouse }))["stockExplanation"]!;
        ((bool)explained["isFalseShortage"]!).ShouldBeTrue();
        explained["buckets"]!.AsArray().Count.ShouldBe(1);
        ((string)explained["buckets"]![0]!["bucket"]!).ShouldBe("INSPECTION");
        ((string)explained["sentence"]!).ShouldContain("The shortage is not one of goods");
        explained["buckets"]![0]!["references"]!.AsArray().Count.ShouldBe(1);
    }

    private static async Task<JsonNode> WaitForCaseAsync(Person person, string item)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var answer = await person.AskAsync(
                "query($item: ID!) { exceptionCases(where: { item: { id: { eq: $item } } }) { nodes { queue dueAt category { code } } } }", new { item });
            if (answer["exceptionCases"]!["nodes"]!.AsArray() is [{ } found, ..])
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        throw new InvalidOperationException("Nobody was told of the stranded goods.");
    }
}
