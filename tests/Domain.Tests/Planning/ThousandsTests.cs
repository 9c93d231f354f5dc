using System.Diagnostics;
using Platform.Tests.Support;
using Xunit.Abstractions;

namespace Platform.Tests.Domain.Planning;

/// <summary>PRC-03 at the size of a large house: one run over ten thousand items at sites.</summary>
public sealed class ThousandsTests(StockWorld world, ITestOutputHelper output) : IClassFixture<StockWorld>
{
    private const int Items = 5_000;

    [Fact]
    public async Task Ten_thousand_item_sites_are_planned_in_one_run_and_again_without_a_change()
    {
        // given: five thousand items at two sites, two suppliers each, a year of demand on every twelfth day
        var first = await world.ItemAsync(new ItemTraits());
        var cheap = await world.AgreedSupplierAsync(first, Replenishing.Terms(2m));
        await world.AgreedSupplierAsync(first, Replenishing.Terms(3m));
        (await world.SetAsync(first, world.Warehouse, Replenishing.Service(cheap, 95m))).Error.ShouldBeNull();
        (await world.SetAsync(first, world.OtherWarehouse, Replenishing.Service(cheap, 95m))).Error.ShouldBeNull();
        await world.ExecuteAsync(
            $"""
            create temporary table made as select gen_random_uuid() as id, 'BULK-' || n as code from generate_series(1, {Items - 1}) n;
            insert into item select (jsonb_populate_record(i, jsonb_build_object('id', m.id, 'code', m.code, 'name', m.code, 'name_key', m.code))).*
            from made m, item i where i.id = '{first}';
            insert into item_unit select (jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid(), 'item_id', m.id))).*
            from made m, item_unit u where u.item_id = '{first}';
            insert into supplier_item_terms select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'item_id', m.id))).*
            from made m, supplier_item_terms t where t.item_id = '{first}';
            insert into replenishment_policy select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'item_id', m.id))).*
            from made m, replenishment_policy p where p.item_id = '{first}';
            insert into demand (id, item_id, warehouse_id, day, source, quantity, status, version, recorded_at)
            select gen_random_uuid(), p.item_id, p.warehouse_id, '{world.Today():O}'::date - d, 'LEDGER', 1 + d % 5, 'COUNTED', 1, now()
            from replenishment_policy p, generate_series(1, 365, 12) d;
            analyze;
            """);

        // when
        var clock = Stopwatch.StartNew();
        var run = await world.PlannedAsync();
        var took = clock.Elapsed;
        clock.Restart();
        var again = await world.PlannedAsync();
        output.WriteLine($"first {took.TotalSeconds:0.0} s, again {clock.Elapsed.TotalSeconds:0.0} s");

        // then: every need once with its two ways
        run.ItemSites.ShouldBe(2 * Items);
        run.Proposed.ShouldBeGreaterThanOrEqualTo(2 * Items);
        (again.ItemSites, again.Proposed, again.Revised, again.Withdrawn).ShouldBe((2 * Items, 0, 0, 0));
        (await world.ScalarAsync<long>("select count(*) from sourcing_option")).ShouldBe(2L * run.Proposed);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }
}
