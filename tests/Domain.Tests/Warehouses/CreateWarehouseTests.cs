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

    [Fact]
    public async Task A_blocked_warehouse_opens_again()
    {
        var (warehouse, zone) = await database.WarehouseAsync(await database.LegalEntityAsync("EUR"));
        foreach (var role in new[] { BinRole.Receiving, BinRole.Staging, BinRole.ForwardPick })
        {
            await database.BinAsync(zone, role);
        }

        (await OpenAsync(warehouse)).ShouldBeNull();
        (await database.RunAsync(new BlockWarehouse(warehouse, Version: 2, "flood"))).Value.ShouldBe(new WarehouseBlocked(warehouse, 3, "flood"));
        (await database.RunAsync(new BlockWarehouse(warehouse, Version: 3, "flood"))).Error
            .ShouldBe(new WrongStatus(RecordKind.Warehouse, warehouse.Value, MasterStatus.Blocked, MasterStep.Block));
        (await database.RunAsync(new UnblockWarehouse(warehouse, Version: 3))).Value.ShouldBe(new WarehouseUnblocked(warehouse, Version: 4));
    }

    [Fact]
    public async Task A_cross_dock_keeps_nothing_and_opens_without_storage()
    {
        var entity = await database.LegalEntityAsync("EUR");
        var setup = MasterData.Setup(await database.CalendarAsync()) with { Role = WarehouseRole.CrossDock };
        var warehouse = (await database.RunAsync(new CreateWarehouse(entity, MasterData.Code("XD"), setup))).Value.Warehouse;
        var zone = (await database.RunAsync(new CreateZone(warehouse, "A", MasterData.AmbientZone))).Value.Zone;
        await database.BinAsync(zone, BinRole.Dock);
        await database.BinAsync(zone, BinRole.Staging);

        (await OpenAsync(warehouse)).ShouldBeNull();
    }

    [Fact]
    public async Task A_clone_needs_a_template_a_free_code_and_an_entity_in_business()
    {
        var entity = await database.LegalEntityAsync("EUR");
        var (template, _) = await database.WarehouseAsync(entity);
        var setup = MasterData.Setup(await database.CalendarAsync());
        var code = await database.ScalarAsync<string>($"select code from warehouse where id = '{template}'");
        var (nowhere, nobody) = (new WarehouseId(Guid.Empty), new Platform.Domain.Partners.LegalEntityId(Guid.Empty));

        (await database.RunAsync(new CloneWarehouse(nowhere, entity, "C1", setup))).Error.ShouldBe(new WarehouseNotFound(nowhere));
        (await database.RunAsync(new CloneWarehouse(template, entity, code, setup))).Error.ShouldBe(new WarehouseCodeTaken(code));
        (await database.RunAsync(new CloneWarehouse(template, nobody, "C1", setup))).Error
            .ShouldBe(new Platform.Domain.Partners.LegalEntityNotFound(nobody));
    }

    private async Task<object?> OpenAsync(WarehouseId warehouse) =>
        (await database.RunAsync(new ActivateWarehouse(warehouse, Version: 1))).Error;
}
