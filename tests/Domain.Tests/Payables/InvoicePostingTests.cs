using Platform.Domain.Partners;
using Platform.Domain.Payables;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Payables.Posting;
using Platform.Domain.Purchasing;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Domain.Receiving;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Payables;

/// <summary>FIN-01, FIN-08, I-09: what an invoice does to the books, by figures worked out by hand.</summary>
public sealed class InvoicePostingTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task Several_receipts_accrue_each_and_two_invoices_clear_them_to_nothing_SCN_09()
    {
        // given: 100 ordered at 10, come as 40, 35 and 25
        var before = await world.BooksAsync();
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 100, 10m, 40, 35, 25);
        (await world.BooksAsync()).Since(before).ShouldBe(new Books(-1000m, 1000m, 0m, 0m, 0m));

        // when: an invoice for 75 comes
        var first = await world.EnteredAsync(bought, 75, 10m);

        // then: it matches the first two receipts
        (first.To, first.Payable).ShouldBe((InvoiceStatus.Matched, 750m));
        (await world.InvoicingAsync(bought)).Select(row => (row.Quantity, row.Matched)).ShouldBe([(40m, 40m), (35m, 35m), (25m, 0m)]);
        (await world.InvoiceLinesAsync(first.Invoice))[0].Explanation.ShouldContain("RECEIPT");

        // when
        await world.PostedAsync(first.Invoice);

        // then: 750 cleared, 250 wait
        (await world.BooksAsync()).Since(before).ShouldBe(new Books(-250m, 250m, 750m, -750m, 0m));
        (await world.InvoicingAsync(bought)).Select(row => row.Cleared).ShouldBe([400m, 350m, 0m]);

        // when
        await world.PostedAsync((await world.EnteredAsync(bought, 25, 10m)).Invoice);

        // then: interim accounts are nothing when all is invoiced, and the order is settled
        (await world.BooksAsync()).Since(before).ShouldBe(new Books(0m, 0m, 1000m, -1000m, 0m));
        (await world.OrderAsync(bought.Order)).Status.ShouldBe(OrderStatus.Closed);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Odd_prices_and_quantities_leave_no_residue()
    {
        // given: 3 at 0.3333 come one by one: 0.33 each, together 1.00 on the order
        var before = await world.BooksAsync();
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 7, 0.3333m, 3, 4);
        (await world.BooksAsync()).Since(before).Grni.ShouldBe(-2.33m); // 1.00 + 1.33

        // when: invoices for 1, 5 and 1
        foreach (var quantity in new[] { 1m, 5m, 1m })
        {
            var line = bought.Goods(quantity, 0.3333m) with { Net = decimal.Round(quantity * 0.3333m, 2) };
            await world.PostedAsync((await world.RunAsync(world.Invoice(bought.Supplier, line), Bills.Clerk)).Value.Invoice);
        }

        // then: 0.33 + 1.67 + 0.33 are owed, the accrual of 2.33 is gone, the coin stayed with the goods
        (await world.BooksAsync()).Since(before).ShouldBe(new Books(0m, 0m, 2.33m, -2.33m, 0m));
        (await world.InvoicingAsync(bought)).ShouldAllBe(row => row.Cleared == row.Accrued && row.Invoiced == row.Quantity);
        await world.ShouldHoldAsync();
    }

    // 10 received at 10, 4 sold. Charged at 11: the 10 more belong to 6 that are here and 4 that left.
    [Theory]
    //          costing           price  inventory cogs
    [InlineData("MOVING_AVERAGE", 11,    66,       44)]
    [InlineData("FIFO",           11,    66,       44)]
    [InlineData("MOVING_AVERAGE", 9.5,   57,       38)]
    public async Task A_price_variance_is_split_between_what_is_here_and_what_was_sold(string costing, decimal price, decimal inventory, decimal sold)
    {
        var before = await world.BooksAsync();
        var item = await world.ItemAsync(new ItemTraits { Costing = costing });
        var bought = await world.BoughtAsync(item, 10, 10m, 10);
        (await world.PostAsync(world.Shipment(item, world.Dock, 4))).Error.ShouldBeNull();

        var invoice = await world.EnteredAsync(bought, 10, price);
        invoice.To.ShouldBe(InvoiceStatus.OnHold);
        (await world.AcceptAsync(invoice.Invoice, InvoiceHoldReason.Price)).To.ShouldBe(InvoiceStatus.Matched);
        await world.PostedAsync(invoice.Invoice);

        (await world.BooksAsync()).Since(before).ShouldBe(new Books(0m, 0m, inventory, -10 * price, sold));
        (await world.PoolAsync(item)).ShouldBe((6m, inventory));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task At_standard_cost_the_whole_difference_is_a_variance()
    {
        // given: a standard of 8, bought at 10: 2 for each are a variance at receipt
        var item = await world.ItemAsync(new ItemTraits { Costing = "STANDARD" });
        (await world.RunAsync(new Platform.Domain.Stock.Costing.ChangeStandardCost(world.Entity, item, 8m, "yearly"))).Error.ShouldBeNull();
        var before = await world.BooksAsync();
        var variance = await world.AccountAsync("PURCHASE_VARIANCE");
        var bought = await world.BoughtAsync(item, 10, 10m, 10);

        var invoice = await world.EnteredAsync(bought, 10, 10.5m);
        await world.AcceptAsync(invoice.Invoice, InvoiceHoldReason.Price);
        await world.PostedAsync(invoice.Invoice);

        (await world.BooksAsync()).Since(before).ShouldBe(new Books(0m, 0m, 80m, -105m, 0m));
        (await world.AccountAsync("PURCHASE_VARIANCE") - variance).ShouldBe(25m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_rate_that_moved_is_an_exchange_difference_and_a_price_is_a_variance_FIN_08()
    {
        // given: 100 at 2.00 dollars, received at 0.90: 180 euro are accrued
        var item = await world.ItemAsync(new ItemTraits());
        await world.ExecuteAsync("insert into currency (code, name, digits, status, version, created_at, updated_at) values ('USD', 'US dollar', 2, 'ACTIVE', 1, now(), now()) on conflict do nothing");
        await world.ExecuteAsync("delete from exchange_rate where from_currency = 'USD'");
        var today = DateOnly.FromDateTime(world.Clock.GetUtcNow().Date);
        (await world.RunAsync(new RecordExchangeRate("USD", "EUR", today, 0.90m, "bank"))).Error.ShouldBeNull();
        var draft = await world.DraftAsync(Buying.Line(item, 100, 2m) with { OverPercent = 0m });
        var drafted = (await world.RunAsync(draft with { Currency = "USD" }, Buying.Buyer)).Value;
        var submitted = await world.SubmittedAsync(drafted.Order, 1);
        (await world.ApproveAsync(submitted.Request)).Error.ShouldBeNull();
        (await world.RunAsync(new ReleaseOrder(drafted.Order, 3), Buying.Buyer)).Error.ShouldBeNull();
        var line = await world.ScalarAsync<Guid>($"select id from purchase_order_line where order_id = '{drafted.Order}'");
        var bought = new Bought(draft.Supplier, drafted.Order, new PurchaseOrderLineId(line), item);
        var before = await world.BooksAsync();
        var (exchange, tax) = (await world.AccountAsync("EXCHANGE_DIFFERENCE"), await world.AccountAsync("INPUT_TAX"));
        await world.ComesAsync(bought, 100);
        (await world.BooksAsync()).Since(before).Grni.ShouldBe(-180m);

        // when: charged 2.10 at a rate of 0.95, with 19 % tax
        var entry = bought.Goods(100, 2.10m) with { TaxCode = "V19", TaxRate = 19m, Tax = 39.90m };
        var invoice = (await world.RunAsync(
            world.Invoice(bought.Supplier, entry) with { Currency = "USD", Rate = 0.95m }, Bills.Clerk)).Value;
        await world.AcceptAsync(invoice.Invoice, InvoiceHoldReason.Price);
        var posted = await world.PostedAsync(invoice.Invoice);

        // then: 249.90 dollars are 237.41 (237.405, half up); tax 37.91 (37.905); goods 199.50: 180 accrued,
        // 10 by the rate (200 x 0.05), 9.50 by the price (10 x 0.95)
        posted.PayableBook.ShouldBe(237.41m);
        (await world.BooksAsync()).Since(before).ShouldBe(new Books(0m, 0m, 189.50m, -237.41m, 0m));
        (await world.AccountAsync("EXCHANGE_DIFFERENCE") - exchange).ShouldBe(10m);
        (await world.AccountAsync("INPUT_TAX") - tax).ShouldBe(37.91m);

        // when: paid at 0.97: 242.40 leave the bank (242.403)
        var paid = (await world.RunAsync(
            new PayInvoice(invoice.Invoice, posted.Version, DateOnly.FromDateTime(world.Clock.GetUtcNow().Date), "SEPA 1", 0.97m, []), Bills.Clerk)).Value;

        // then
        paid.To.ShouldBe(InvoiceStatus.Paid);
        (await world.BooksAsync()).Since(before).Payables.ShouldBe(0m);
        (await world.AccountAsync("EXCHANGE_DIFFERENCE") - exchange).ShouldBe(10m + 4.99m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_reversal_is_the_exact_mirror_and_the_receipts_wait_again()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var bought = await world.BoughtAsync(item, 10, 10m, 10);
        (await world.PostAsync(world.Shipment(item, world.Dock, 4))).Error.ShouldBeNull();
        var before = await world.BooksAsync();
        var invoice = await world.EnteredAsync(bought, 10, 12m);
        await world.AcceptAsync(invoice.Invoice, InvoiceHoldReason.Price);
        var posted = await world.PostedAsync(invoice.Invoice);
        (await world.RunAsync(new ReverseInvoice(invoice.Invoice, "wrong"), Bills.Controller)).Error
            .ShouldBe(new InvoiceNeedsApproval(invoice.Invoice, "Reversal"));

        // when
        var asked = (await world.RunAsync(new AskToReverseInvoice(invoice.Invoice, posted.Version, "wrong supplier"), Bills.Clerk)).Value;
        (await world.AgreeAsync(asked.Request)).Error.ShouldBeNull();

        // then
        (await world.InvoiceAsync(invoice.Invoice)).Status.ShouldBe(InvoiceStatus.Reversed);
        (await world.BooksAsync()).Since(before).ShouldBe(new Books(0m, 0m, 0m, 0m, 0m));
        (await world.InvoicingAsync(bought)).ShouldAllBe(row => row.Matched == 0m && row.Cleared == 0m);
        (await world.OrderLineAsync(bought.Line)).Invoiced.ShouldBe(0m);

        // and the right one may come under the same number
        var again = await world.EnteredAsync(bought, 10, 10m);
        again.To.ShouldBe(InvoiceStatus.Matched);
        await world.PostedAsync(again.Invoice);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Services_and_charges_have_accounts_of_their_own()
    {
        var supplier = await world.SupplierAsync();
        var (services, landed, tax) = (await world.AccountAsync("PURCHASED_SERVICES"), await world.AccountAsync("LANDED_COST_ACCRUAL"), await world.AccountAsync("INPUT_TAX"));
        var cleaning = new InvoiceLineEntry(InvoiceLineKind.Service, null, null, "Cleaning", null, 1, 200m, 200m, "V19", 19m, 38m);
        var freight = cleaning with { Kind = InvoiceLineKind.Charge, Description = "Freight", UnitPrice = 100m, Net = 100m, Tax = 19m };

        var invoice = (await world.RunAsync(world.Invoice(supplier, cleaning, freight), Bills.Clerk)).Value;
        await world.PostedAsync(invoice.Invoice);

        (invoice.To, invoice.Payable).ShouldBe((InvoiceStatus.Matched, 357m));
        (await world.AccountAsync("PURCHASED_SERVICES") - services).ShouldBe(200m);
        (await world.AccountAsync("LANDED_COST_ACCRUAL") - landed).ShouldBe(100m);
        (await world.AccountAsync("INPUT_TAX") - tax).ShouldBe(57m);
        await world.ShouldHoldAsync();
    }
}

internal static class Acceptance
{
    /// <summary>Nobody published a rule, so others must agree to any difference.</summary>
    public static async Task<InvoiceMoved> AcceptAsync(this StockWorld world, SupplierInvoiceId invoice, InvoiceHoldReason reason)
    {
        var hold = (await world.HoldsAsync(invoice)).Single(one => one.Reason == reason);
        var version = (await world.InvoiceAsync(invoice)).Version;
        var asked = (await world.RunAsync(
            new AskToResolveHold(invoice, version, hold.Id, InvoiceHoldResolution.PayAsInvoiced, "agreed by telephone"), Bills.Clerk)).Value;
        (await world.AgreeAsync(asked.Request)).Error.ShouldBeNull();
        var after = await world.InvoiceAsync(invoice);
        return new InvoiceMoved(
            invoice, after.Number, InvoiceStep.Match, InvoiceStatus.OnHold, after.Status, after.SupplierNumber, after.Gross, after.Payable,
            after.CurrencyCode, after.LegalEntityId, after.SupplierId, after.Version, null);
    }
}
