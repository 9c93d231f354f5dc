using Platform.Api.Seeding.History;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Seeding;

public sealed class HistoryTests(TestDatabase one, HistoryTests.Second two) : IClassFixture<TestDatabase>, IClassFixture<HistoryTests.Second>
{
    /// <summary>What was bought, charged and sold, what lies where and what it is worth, by the names that people use; ids are made anew.</summary>
    private const string Content =
        """
        select concat_ws(E'\n',
            (select string_agg(concat_ws(' ', o.number, w.code, o.status, o.total, o.created_at), E'\n' order by o.number)
             from purchase_order o join warehouse w on w.id = o.warehouse_id),
            (select string_agg(concat_ws(' ', r.number, w.code, r.delivery_note, r.posted_at), E'\n' order by r.number)
             from receipt r join warehouse w on w.id = r.warehouse_id),
            (select string_agg(concat_ws(' ', i.number, i.supplier_number, i.status, i.gross, i.payable), E'\n' order by i.number) from supplier_invoice i),
            (select string_agg(concat_ws(' ', c.category, c.status, regexp_replace(c.title, '[0-9a-f]{8}-[0-9a-f-]{27}', 'id', 'g'), c.created_at), E'\n'
                order by regexp_replace(c.title, '[0-9a-f]{8}-[0-9a-f-]{27}', 'id', 'g'), c.created_at, c.value_at_stake) from exception_case c),
            (select string_agg(concat_ws(' ', a.kind, a.status, regexp_replace(a.title, '[0-9a-f]{8}-[0-9a-f-]{27}', 'id', 'g')), E'\n' order by regexp_replace(a.title, '[0-9a-f]{8}-[0-9a-f-]{27}', 'id', 'g'), a.kind, a.status) from approval_request a),
            (select string_agg(concat_ws(' ', w.code, bin.code, i.code, b.condition, b.on_hand), E'\n' order by w.code, bin.code, i.code, b.condition)
             from stock_balance b join bin on bin.id = b.bin_id join warehouse w on w.id = b.warehouse_id join item i on i.id = b.item_id),
            (select string_agg(concat_ws(' ', i.code, p.quantity, p.value), E'\n' order by i.code, p.quantity, p.value)
             from cost_pool p join item i on i.id = p.item_id))
        """;

    private static readonly HistoryPlan _sixWeeks = new(
        new SeedScale("six weeks", SizesFactor: 1, Days: 45, new Rhythm(SaleDays: 1, LinesPerSale: 6, ReviewWeeks: 3, WatchedReviewWeeks: 2, LinesPerOrder: 2)),
        Seed: 7, new DateOnly(2026, 4, 3));

    [Fact]
    public async Task The_same_number_gives_the_same_history_and_every_rule_holds_in_it()
    {
        var told = new List<string>();
        var played = await TradingHistory.PlayAsync(one.ConnectionString, _sixWeeks, told.Add, CancellationToken.None);
        var again = await TradingHistory.PlayAsync(two.ConnectionString, _sixWeeks, _ => { }, CancellationToken.None);

        played.Orders.ShouldBeGreaterThan(0);
        played.Receipts.ShouldBeGreaterThan(0);
        played.Invoices.ShouldBeGreaterThan(0);
        played.SalesLines.ShouldBeGreaterThan(0);
        told.ShouldNotBeEmpty();
        again.Truth.Select(KnownTruth.Line).ShouldBe(played.Truth.Select(KnownTruth.Line));
        (await two.ScalarAsync<string>(Content)).ShouldBe(await one.ScalarAsync<string>(Content));
        (await one.BrokenInvariantsAsync()).ShouldBeEmpty();

        // and what is told as true agrees with the books
        foreach (var late in played.Truth.Where(truth => truth.Kind == TruthKind.OrderLate))
        {
            var came = await one.ScalarAsync<DateTime>(
                $"select min(l.received_at) from lead_time_observation l join purchase_order o on o.id = l.order_id where o.number = '{late.Subject}'");
            (DateOnly.FromDateTime(came).DayNumber - late.At.DayNumber).ShouldBe((int)late.Size);
        }
    }

    /// <summary>Another database.</summary>
    public sealed class Second : TestDatabase;
}
