using Platform.Api.Seeding.History;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Seeding;

public sealed class HistoryTests(TestDatabase one, HistoryTests.Second two) : IClassFixture<TestDatabase>, IClassFixture<HistoryTests.Second>
{
    /// <summary>What was bought, what was sold and what lies where, by the names that people use.</summary>
    private const string Content =
        """
        select concat_ws(E'\n',
            (select string_agg(concat_ws(' ', o.number, w.code, o.status, o.total, o.created_at), E'\n' order by o.number)
             from purchase_order o join warehouse w on w.id = o.warehouse_id),
            (select string_agg(concat_ws(' ', w.code, bin.code, i.code, b.condition, b.on_hand), E'\n' order by w.code, bin.code, i.code, b.condition)
             from stock_balance b join bin on bin.id = b.bin_id join warehouse w on w.id = b.warehouse_id join item i on i.id = b.item_id),
            (select string_agg(concat_ws(' ', i.code, p.quantity, p.value), E'\n' order by i.code, p.quantity, p.value)
             from cost_pool p join item i on i.id = p.item_id))
        """;

    private static readonly HistoryPlan _threeWeeks = new(new SeedScale("three weeks", SizesFactor: 1, Days: 24, SalesPerDay: 6), Seed: 7, new DateOnly(2026, 3, 15));

    [Fact]
    public async Task The_same_number_gives_the_same_history_and_every_rule_holds_in_it()
    {
        var told = new List<string>();
        var played = await TradingHistory.PlayAsync(one.ConnectionString, _threeWeeks, told.Add, CancellationToken.None);
        var again = await TradingHistory.PlayAsync(two.ConnectionString, _threeWeeks, _ => { }, CancellationToken.None);

        played.Orders.ShouldBeGreaterThan(0);
        played.Receipts.ShouldBeGreaterThan(0);
        played.SalesLines.ShouldBeGreaterThan(0);
        told.ShouldNotBeEmpty();
        again.ShouldBe(played);
        (await two.ScalarAsync<string>(Content)).ShouldBe(await one.ScalarAsync<string>(Content));
        (await one.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    /// <summary>Another database.</summary>
    public sealed class Second : TestDatabase;
}
