using Platform.Domain.Access;

namespace Platform.Tests.Scenarios;

/// <summary>The stage that every scenario is played on.</summary>
public sealed class OpenForBusiness(Distributor distributor) : IClassFixture<Distributor>
{
    [Fact]
    public async Task A_new_distributor_can_buy_from_a_supplier()
    {
        var supplier = await distributor.SupplierAsync("Fasteners Works");
        var item = await distributor.ItemAsync("Hex bolt M8");
        var buyer = await distributor.AsPersonAsync(Role.Buyer);

        var drafted = await buyer.DoAsync(
            "draftOrder",
            new
            {
                legalEntityId = distributor.Entity,
                warehouseId = distributor.Warehouse,
                supplierId = supplier,
                kind = "STANDARD",
                currency = "EUR",
                lines = new[]
                {
                    new { itemId = item, unit = "EA", quantity = 1000m, unitPrice = 0.25m, expectedOn = "2026-03-16", overPercent = 0m, underPercent = 0m },
                },
            },
            "order { status lines { nodes { item { id } quantity unitPrice } } }");

        ((string)drafted["order"]!["status"]!).ShouldBe("DRAFT");
        ((string)drafted["order"]!["lines"]!["nodes"]![0]!["item"]!["id"]!).ShouldBe(item);
        (await (await distributor.AsPersonAsync(Role.Executive)).TurnedAwayAsync("createItem", new
        {
            code = "X", baseUnit = "EA", identity = new { name = "X" }, tracking = new { tracking = "NONE" }, weighing = new { },
            storage = new { temperature = "AMBIENT", hazard = "NONE", size = "SMALL", handling = "STANDARD" },
            costing = new { method = "MOVING_AVERAGE" }, origin = new { isRegulated = false, isImported = false },
        })).ShouldBe("AUTH_NOT_AUTHORIZED");
    }
}
