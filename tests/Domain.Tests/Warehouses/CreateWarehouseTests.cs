using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Stewardship;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Warehouses;

public sealed class CreateWarehouseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_warehouse_opens_when_goods_can_come_in_leave_and_be_kept_NET_02()
    {
        // given
        var entity = await database.LegalEntityAsync("EUR");
        var (warehouse, zone) = await database.WarehouseAsync(entity);

        // when, then
        (await OpenAsync(warehouse)).ShouldBe(new WarehouseIncomplete(warehouse, "dock or receiving bin"));
        await database.BinAsync(zone, BinRole.Dock);
        (await OpenAsync(warehouse)).ShouldBe(new WarehouseIncomplete(warehouse, "staging bin"));
        await database.BinAsync(zone, BinRole.Staging);
        (await OpenAsync(warehouse)).ShouldBe(new WarehouseIncomplete(warehouse, "reserve or forward pick bin"));
        await database.BinAsync(zone, BinRole.Reserve);
        (await OpenAsync(warehouse)).ShouldBeNull();
        (await database.LookAsync(db => db.Set<Warehouse>().SingleAsync(w => w.Id == warehouse))).Status
            .ShouldBe(MasterStatus.Active);
    }

    [Fact]
    public async Task A_clone_has_the_same_zones_groups_and_bins_and_is_a_draft_NET_09()
    {
        // given
        var entity = await database.LegalEntityAsync("EUR");
        var (template, zone) = await database.WarehouseAsync(entity);
        var cold = (await database.RunAsync(
            new CreateZone(template, "B", new ZoneSetup("Cold", Temperature.Chilled, [HazardClass.Toxic], 2)))).Value.Zone;
        var aisle = (await database.RunAsync(
            new CreateBin(cold, "B-01", Parent: null, MasterData.BinOf(BinRole.Reserve) with { IsGroup = true }))).Value.Bin;
        await database.RunAsync(new CreateBin(
            cold, "B-01-01", aisle,
            new BinSetup(BinRole.Reserve, 7, IsGroup: false, new BinCapacity(10m, 20m, 1.5m, 2), BinMixing.OneLot)));
        await database.BinAsync(zone, BinRole.Dock);
        var calendar = await database.CalendarAsync();

        // when
        var cloned = (await database.RunAsync(
            new CloneWarehouse(template, entity, MasterData.Code("CLONE"), MasterData.Setup(calendar)))).Value;

        // then
        (cloned.Zones, cloned.Bins).ShouldBe((2, 3));
        var layout =
            """
            select string_agg(z.code || z.temperature || z.hazard_classes::text || b.code || b.role || b.rank || b.mixing
                || coalesce(b.capacity_volume_m3::text, '-') || coalesce(p.code, '-'), ' ' order by b.code)
            from bin b join zone z on z.id = b.zone_id left join bin p on p.id = b.parent_id
            """;
        (await database.ScalarAsync<string>($"{layout} where b.warehouse_id = '{cloned.Warehouse}'"))
            .ShouldBe(await database.ScalarAsync<string>($"{layout} where b.warehouse_id = '{template}'"));
        (await database.LookAsync(db => db.Set<Warehouse>().SingleAsync(w => w.Id == cloned.Warehouse))).Status
            .ShouldBe(MasterStatus.Draft);
    }

    private async Task<object?> OpenAsync(WarehouseId warehouse) =>
        (await database.RunAsync(new ActivateWarehouse(warehouse, Version: 1))).Error;
}
