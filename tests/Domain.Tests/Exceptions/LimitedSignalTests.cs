using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Exceptions;

/// <summary>Trouble is heard of from whoever finds it, whatever rows they see (EXC-12, R-44).</summary>
public sealed class LimitedSignalTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task Whoever_is_limited_to_a_site_reports_what_is_about_none_and_never_opens_a_second_case()
    {
        var about = Guid.CreateVersion7();
        var clerk = Limited(world.Warehouse.Value);

        (await world.RunAsync(Cases.Report(about), clerk)).Value.IsNew.ShouldBeTrue();

        (await world.RunAsync(Cases.Report(about), Limited(world.OtherWarehouse.Value))).Error.ShouldBeOfType<AnotherCaseIsOpen>();
        (await world.ScalarAsync<long>($"select count(*) from exception_case where source_id = '{about}'")).ShouldBe(1);
        (await world.RunAsync(Cases.Report(about))).Value.IsNew.ShouldBeFalse(); // who sees every row joins it
        (await world.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task At_their_own_site_they_join_the_case_like_everybody()
    {
        var report = Cases.Report(Guid.CreateVersion7());
        report = report with { Report = report.Report with { LegalEntity = world.Entity, Warehouse = world.Warehouse } };

        var opened = (await world.RunAsync(report, Limited(world.Warehouse.Value))).Value;

        (await world.RunAsync(report, Limited(world.Warehouse.Value))).Value.ShouldBe(opened with { IsNew = false });
    }

    private static Caller Limited(Guid warehouse) =>
        Callers.Supervisor with { Rows = RowScope.Everything with { Warehouses = new HashSet<Guid> { warehouse } } };
}
