using System.Diagnostics;
using Platform.Api.Seeding;
using Platform.Tests.Support;
using Xunit.Abstractions;

namespace Platform.Tests.Api.Seeding;

public sealed class DemoDistributorTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_demo_is_complete_and_keeps_every_rule()
    {
        var clock = Stopwatch.StartNew();
        var demo = await DemoDistributor.BuildAsync(database.Runner, MasterData.Steward, new DateOnly(2026, 1, 1), 1);
        output.WriteLine($"built in {clock.ElapsedMilliseconds} ms");

        (demo.Entities.Count, demo.Warehouses.Count, demo.Suppliers.Count, demo.Customers.Count).ShouldBe((2, 6, 12, 18));
        demo.Items.Count.ShouldBe(210);
        (await database.ScalarAsync<long>("select count(*) from warehouse where status = 'ACTIVE'")).ShouldBe(6);
        (await database.ScalarAsync<long>("select count(*) from bin")).ShouldBe(6 * 43);
        (await database.ScalarAsync<long>("select count(distinct (tracking, serial_scope, is_catch_weight, costing_method)) from item where status = 'ACTIVE'"))
            .ShouldBeGreaterThanOrEqualTo(12);
        (await database.BrokenInvariantsAsync()).ShouldBeEmpty();
    }
}
