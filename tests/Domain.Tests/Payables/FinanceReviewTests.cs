using Microsoft.EntityFrameworkCore;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Payables;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Quality;
using Platform.Domain.Receiving;
using Platform.Tests.Domain.Receiving;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Payables;

/// <summary>FIN-05, FIN-10, QLT-07: what finance is asked to look at ends with what it waits for, and invoices go on by themselves.</summary>
public sealed class FinanceReviewTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Theory]
    [InlineData(InvoiceHoldResolution.PayAsInvoiced, CaseOutcome.AcceptedAsIs)]
    [InlineData(InvoiceHoldResolution.PayAsOrdered, null)] // the rest waits for its credit
    public async Task A_review_of_a_price_ends_when_nothing_of_the_line_is_left_open_FIN_10(InvoiceHoldResolution resolution, CaseOutcome? outcome)
    {
        await world.PublishAsync(Bills.Rule("alone", null, null) with { AcceptUpTo = 1000m });
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m, 10);
        var invoice = await world.EnteredAsync(bought, 10, 11m);
        var review = (await world.HoldsAsync(invoice.Invoice)).ShouldHaveSingleItem().CaseId!.Value;

        var moved = await world.ResolveAsync(invoice.Invoice, InvoiceHoldReason.Price, resolution, Bills.Controller);

        moved.Value.To.ShouldBe(InvoiceStatus.Matched);
        (await world.CaseAsync(review)).Outcome.ShouldBe(outcome);
        (await world.RunAsync(new CancelInvoice(invoice.Invoice, moved.Value.Version, "entered twice"), Bills.Clerk)).Error.ShouldBeNull();
        (await world.CaseAsync(review)).Outcome.ShouldBe(outcome ?? CaseOutcome.NoAction);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Goods_that_come_after_their_part_was_set_aside_are_paid_by_the_same_invoice_FIN_05()
    {
        // given: six of ten came, and only those are to be paid
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m, 6);
        var invoice = (await world.EnteredAsync(bought, 10, 10m)).Invoice;
        (await world.ResolveAsync(invoice, InvoiceHoldReason.AwaitingReceipt, InvoiceHoldResolution.PayAsReceived, Bills.Controller)).Value.Payable.ShouldBe(60m);
        (await world.RunAsync(new MatchWaitingInvoices(50))).Value.Invoices.ShouldNotContain(invoice);

        // when: the rest comes
        await world.ComesAsync(bought, 4);

        // then
        (await world.RunAsync(new MatchWaitingInvoices(50))).Value.Invoices.ShouldContain(invoice);
        var matched = await world.InvoiceAsync(invoice);
        (matched.Status, matched.Payable).ShouldBe((InvoiceStatus.Matched, 100m));
        (await world.InvoiceLinesAsync(invoice)).Single().Disputed.ShouldBe(0m);
        (await world.RunAsync(new MatchWaitingInvoices(50))).Value.Invoices.ShouldNotContain(invoice);
        await world.ShouldHoldAsync();
    }

    [Theory]
    [InlineData(true, InvoiceStatus.OnHold)]
    [InlineData(null, InvoiceStatus.Matched)]
    public async Task An_invoice_waits_for_goods_under_inspection_where_its_rule_says_so_QLT_07(bool? blocks, InvoiceStatus status)
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        await world.PublishAsync(Bills.Rule("quality", null, null) with { Item = item, QualityBlocks = blocks });
        await world.RulesAsync(Docks.Rule with { Item = item, Release = ReleasePoint.AfterInspection });
        var bought = await world.BoughtAsync(item, 10, 10m, 10);

        // when
        var entered = await world.EnteredAsync(bought, 10, 10m);

        // then
        entered.To.ShouldBe(status);
        (await world.HoldsAsync(entered.Invoice)).Select(hold => (hold.Reason, hold.Found, hold.Amount))
            .ShouldBe(blocks is true ? [(InvoiceHoldReason.Quality, (decimal?)10m, 100m)] : []);

        // when: they are found good
        var inspector = Callers.Of(ActorKind.Human, "Ines Pector", "quality.inspect");
        var inspection = await world.LookAsync(db => db.Set<Inspection>().SingleAsync(one => one.ItemId == item));
        var started = (await world.RunAsync(new StartInspection(inspection.Id, inspection.Version), inspector)).Value;
        var results = inspection.ReadCharacteristics().Select(one => new FoundResult(one.Code, 10m, 0m, null, null, null)).ToList();
        (await world.RunAsync(new RecordResults(inspection.Id, started.Version, results), inspector)).Error.ShouldBeNull();
        (await world.RunAsync(new DecideInspection(inspection.Id, started.Version + 1, [new(1, 10m)], null), inspector)).Error.ShouldBeNull();

        // then
        await world.RunAsync(new MatchWaitingInvoices(50));
        (await world.InvoiceAsync(entered.Invoice)).Status.ShouldBe(InvoiceStatus.Matched);
        await world.ShouldHoldAsync();
    }
}
