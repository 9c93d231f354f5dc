using Platform.Api.Seeding;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Seeding;

public sealed class DemoSeedTests(TestHost host) : IClassFixture<TestHost>
{
    [Fact]
    public async Task An_empty_database_is_filled_once_with_a_distributor_whose_books_are_right()
    {
        var seed = new DemoSeed();

        await seed.PlantAsync(host.HostServices, CancellationToken.None);
        await seed.PlantAsync(host.HostServices, CancellationToken.None);

        (await host.ScalarAsync<long>("select count(*) from warehouse")).ShouldBe(6);
        (await host.ScalarAsync<long>("select count(*) from stock_posting")).ShouldBe(4);
        (await host.ScalarAsync<decimal>("select sum(on_hand) from stock_balance")).ShouldBeGreaterThan(0m);
        (await host.BrokenInvariantsAsync()).ShouldBeEmpty();
    }
}
