using Platform.Domain.Approvals;
using Platform.Domain.Finance;
using Platform.Domain.Payables;
using Platform.Domain.Payables.Posting;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Payables;

/// <summary>FIN-07, I-20: a month is closed when its books agree, and opened again only when others agree.</summary>
public sealed class PeriodCloseTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task A_month_closes_in_one_run_with_no_difference_and_not_before_SCN_28()
    {
        // given: one receipt invoiced, one not, and an invoice that waits
        var item = await world.ItemAsync(new ItemTraits());
        var bought = await world.BoughtAsync(item, 10, 10m, 10);
        (await world.PostAsync(world.Shipment(item, world.Dock, 4))).Error.ShouldBeNull();
        var invoice = await world.EnteredAsync(bought, 10, 12m);
        var open = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 5, 2m, 5);
        var (year, month) = (world.Clock.GetUtcNow().Year, world.Clock.GetUtcNow().Month);
        (await world.RunAsync(new ClosePeriod(world.Entity, year, month, ForGood: false), Bills.Clerk)).Error.ShouldBeOfType<MonthNotOver>();
        world.Clock.Advance(TimeSpan.FromDays(30));
        world.Clock.GetUtcNow().Month.ShouldNotBe(month);

        // when: somebody tries to close it
        var refused = (await world.RunAsync(new ClosePeriod(world.Entity, year, month, ForGood: false), Bills.Clerk)).Error
            .ShouldBeOfType<PeriodNotReconciled>();

        // then: the hold is named, and nothing else
        refused.Differing.Select(one => one.Check).ShouldBe(["OPEN_HOLD"]);
        refused.Differing[0].What.ShouldContain("PRICE");
        refused.Differing[0].Found.ShouldBe(120m);
        (await world.ScalarAsync<long>("select count(*) from accounting_period")).ShouldBe(0);
        (await world.ScalarAsync<long>("select count(*) from period_reconciliation")).ShouldBe(0);

        // when: it is settled
        await world.AcceptAsync(invoice.Invoice, Platform.Domain.Payables.Matching.InvoiceHoldReason.Price);
        await world.PostedAsync(invoice.Invoice);
        var report = (await world.RunAsync(new ReconcilePeriod(world.Entity, year, month), Bills.Clerk)).Value;
        (await world.RunAsync(new ClosePeriod(world.Entity, year, month, ForGood: false), Bills.Clerk)).Error.ShouldBeNull();

        // then: what came and was not invoiced stands as such: 100 and 10 at the end of the month
        (report.Differences, report.Figures).ShouldBe((0, 5));
        (await world.ScalarAsync<decimal>(
            $"select expected from period_reconciliation_line where reconciliation_id = '{report.Reconciliation}' and check_name = 'GOODS_RECEIVED_NOT_INVOICED'"))
            .ShouldBe(-110m);
        (await world.ScalarAsync<decimal>(
            $"select found from period_reconciliation_line where reconciliation_id = '{report.Reconciliation}' and check_name = 'INVENTORY'")).ShouldBe(70m);
        (await world.ScalarAsync<long>("select count(*) from period_reconciliation where differences = 0")).ShouldBe(2);
        (await world.RunAsync(new ReconcilePeriod(world.Entity, 1900, 1), Bills.Clerk)).Error.ShouldBe(new MonthUnknown(1900, 1));

        // and a softly closed month is opened by the word of another only
        (await world.RunAsync(new ReopenPeriod(world.Entity, year, month), Bills.Controller)).Error.ShouldBeOfType<NeedsApproval>();
        var asked = (await world.RunAsync(new AskToReopenPeriod(world.Entity, year, month, "a late invoice"), Bills.Clerk)).Value;
        (await world.AgreeAsync(asked.Request)).Error.ShouldBeNull();
        (await world.ScalarAsync<string>("select status from accounting_period")).ShouldBe("OPEN");
        (await world.RunAsync(new AskToReopenPeriod(world.Entity, year, month, "again"), Bills.Clerk)).Error.ShouldBe(new PeriodNotSoftClosed(year, month));
        open.Item.ShouldNotBe(item);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_ledger_that_somebody_tampered_with_is_found_and_nothing_closes()
    {
        var (year, month) = (world.Clock.GetUtcNow().Year, world.Clock.GetUtcNow().Month);
        await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 5, 2m, 5);
        var account = await world.ScalarAsync<int>($"select id from account where legal_entity_id = '{world.Entity}' and role = 'GOODS_RECEIVED_NOT_INVOICED'");
        var other = await world.ScalarAsync<int>($"select id from account where legal_entity_id = '{world.Entity}' and role = 'ADJUSTMENT'");
        await world.ExecuteAsync($"insert into journal_line values (nextval('stock_ledger_id'), 1, {account}, {other}, 7, '{world.Clock.GetUtcNow():yyyy-MM-dd}', now())");

        var report = (await world.RunAsync(new ReconcilePeriod(world.Entity, year, month), Bills.Clerk)).Value;

        var found = report.Differing.ShouldHaveSingleItem();
        (found.Check, found.Found - found.Expected).ShouldBe(("GOODS_RECEIVED_NOT_INVOICED", 7m));
    }

    [Fact]
    public async Task The_books_of_an_open_month_are_booked_and_of_a_closed_one_not_I_20()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 1, 1m, 1);
        var approved = await world.ApprovedAsync((await world.EnteredAsync(bought, 1, 1m)).Invoice);
        var month = new DateOnly(world.Clock.GetUtcNow().Year, world.Clock.GetUtcNow().Month, 1);
        await world.ExecuteAsync(
            $"insert into accounting_period (id, legal_entity_id, first_day, status, closed_at, closed_by, version, created_at, updated_at) values (gen_random_uuid(), '{world.Entity}', '{month:O}', 'CLOSED', now() + interval '10 years', gen_random_uuid(), 1, now(), now())");

        (await world.RunAsync(new PostInvoice(approved.Id, approved.Version), Bills.Clerk)).Error.ShouldBeOfType<PeriodClosed>();

        (await world.InvoiceAsync(approved.Id)).Status.ShouldBe(InvoiceStatus.Approved);
    }
}
