using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Payables;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Payables.Posting;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Payables;

/// <summary>FIN-04, FIN-05, FIN-10, R-51, R-52: what agrees passes, what differs waits for somebody else.</summary>
public sealed class InvoiceMatchingTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task The_life_of_an_invoice_is_its_table()
    {
        var allowed = new HashSet<(InvoiceStatus, InvoiceStep, InvoiceStatus)>
        {
            (InvoiceStatus.Entered, InvoiceStep.Match, InvoiceStatus.Matched), (InvoiceStatus.Entered, InvoiceStep.Hold, InvoiceStatus.OnHold),
            (InvoiceStatus.Entered, InvoiceStep.Cancel, InvoiceStatus.Cancelled), (InvoiceStatus.OnHold, InvoiceStep.Match, InvoiceStatus.Matched),
            (InvoiceStatus.OnHold, InvoiceStep.Hold, InvoiceStatus.OnHold), (InvoiceStatus.OnHold, InvoiceStep.Cancel, InvoiceStatus.Cancelled),
            (InvoiceStatus.Matched, InvoiceStep.Match, InvoiceStatus.Matched), (InvoiceStatus.Matched, InvoiceStep.Hold, InvoiceStatus.OnHold),
            (InvoiceStatus.Matched, InvoiceStep.Submit, InvoiceStatus.PendingApproval), (InvoiceStatus.Matched, InvoiceStep.Cancel, InvoiceStatus.Cancelled),
            (InvoiceStatus.PendingApproval, InvoiceStep.Approve, InvoiceStatus.Approved), (InvoiceStatus.PendingApproval, InvoiceStep.Return, InvoiceStatus.Matched),
            (InvoiceStatus.Approved, InvoiceStep.Match, InvoiceStatus.Matched), (InvoiceStatus.Approved, InvoiceStep.Hold, InvoiceStatus.OnHold),
            (InvoiceStatus.Approved, InvoiceStep.Post, InvoiceStatus.Posted), (InvoiceStatus.Approved, InvoiceStep.Cancel, InvoiceStatus.Cancelled),
            (InvoiceStatus.Posted, InvoiceStep.Pay, InvoiceStatus.Paid), (InvoiceStatus.Posted, InvoiceStep.Reverse, InvoiceStatus.Reversed),
        };
        InvoiceSteps.Table.Select(row => (row.Key.From, row.Key.Step, row.Value)).ToHashSet().SetEquals(allowed).ShouldBeTrue();

        // and what is not in it is refused by name, and leaves no trace
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 1, 1m, 1);
        var entered = await world.EnteredAsync(bought, 1, 1m);
        var before = await world.TracesAsync();
        (await world.RunAsync(new PostInvoice(entered.Invoice, entered.Version), Bills.Clerk)).Error
            .ShouldBe(new WrongInvoiceStatus(entered.Invoice, InvoiceStatus.Matched, InvoiceStep.Post));
        (await world.RunAsync(new PayInvoice(entered.Invoice, entered.Version, new DateOnly(2026, 3, 2), "x", null, []), Bills.Clerk)).Error
            .ShouldBe(new WrongInvoiceStatus(entered.Invoice, InvoiceStatus.Matched, InvoiceStep.Pay));
        (await world.RunAsync(new MatchInvoice(entered.Invoice, entered.Version - 1), Bills.Clerk)).Error.ShouldBeOfType<StaleVersion>();
        (await world.TracesAsync()).ShouldBe(before);
    }

    // A policy of 2 % and at most 5.00: both must hold.
    [Theory]
    //          quantity price  passes
    [InlineData(10,      10,    true)]  // exact
    [InlineData(10,      10.2,  true)]  // 2.00 is 2 %
    [InlineData(10,      10.21, false)] // 2.10 is over 2 %
    [InlineData(10,      9.8,   true)]  // less is a difference too
    [InlineData(10,      9.7,   false)]
    [InlineData(40,      10.12, true)]  // 4.80 is 1.2 %
    [InlineData(40,      10.13, false)] // 5.20 is 1.3 %, and over 5.00
    public async Task A_price_may_differ_within_the_percentage_and_the_amount(decimal quantity, decimal price, bool passes)
    {
        await world.PublishAsync(Bills.Rule("all", percent: 2m, amount: 5m));
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), quantity, 10m, quantity);

        var entered = await world.EnteredAsync(bought, quantity, price);

        entered.To.ShouldBe(passes ? InvoiceStatus.Matched : InvoiceStatus.OnHold);
        (await world.HoldsAsync(entered.Invoice)).Select(hold => hold.Reason).ShouldBe(passes ? [] : [InvoiceHoldReason.Price]);
        await world.PublishAsync(Bills.Rule("exact", percent: null, amount: null));
    }

    [Fact]
    public async Task A_rule_for_an_item_goes_before_one_for_a_supplier_and_that_before_one_for_a_company()
    {
        var first = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 100, 10m, 100);
        var second = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 100, 10m, 100);
        var third = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 100, 10m, 100);
        await world.PublishAsync(
            Bills.Rule("company", 1m, null) with { LegalEntity = world.Entity },
            Bills.Rule("supplier", 5m, null) with { Supplier = second.Supplier },
            Bills.Rule("item", 10m, null) with { Item = first.Item });

        async Task<InvoiceStatus> AtAsync(Bought bought, decimal price) => (await world.EnteredAsync(bought, 10, price)).To;
        (await AtAsync(first, 11m)).ShouldBe(InvoiceStatus.Matched);
        (await AtAsync(first, 11.1m)).ShouldBe(InvoiceStatus.OnHold);
        (await AtAsync(second, 10.5m)).ShouldBe(InvoiceStatus.Matched);
        (await AtAsync(second, 10.6m)).ShouldBe(InvoiceStatus.OnHold);
        (await AtAsync(third, 10.1m)).ShouldBe(InvoiceStatus.Matched);
        (await AtAsync(third, 10.2m)).ShouldBe(InvoiceStatus.OnHold);
        await world.PublishAsync(Bills.Rule("exact", percent: null, amount: null));
    }

    [Fact]
    public async Task An_invoice_before_its_goods_waits_and_goes_on_by_itself_when_they_come()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m);
        var entered = await world.EnteredAsync(bought, 10, 10m);
        entered.To.ShouldBe(InvoiceStatus.OnHold);
        (await world.HoldsAsync(entered.Invoice)).Select(hold => hold.Reason).ShouldBe([InvoiceHoldReason.AwaitingReceipt]);

        await world.ComesAsync(bought, 6);
        (await world.RunAsync(new MatchWaitingInvoices(50))).Value.Invoices.ShouldBe([entered.Invoice]);
        (await world.InvoiceAsync(entered.Invoice)).Status.ShouldBe(InvoiceStatus.OnHold);
        await world.ComesAsync(bought, 4);
        (await world.RunAsync(new MatchWaitingInvoices(50))).Value.Invoices.ShouldBe([entered.Invoice]);

        (await world.InvoiceAsync(entered.Invoice)).Status.ShouldBe(InvoiceStatus.Matched);
        (await world.RunAsync(new MatchWaitingInvoices(50))).Value.Invoices.ShouldBeEmpty();
        await world.PostedAsync(entered.Invoice);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task After_a_short_receipt_the_invoice_waits_for_the_case_and_then_what_came_is_payable_SCN_01()
    {
        // given: 1000 ordered, 920 come, a case is opened
        var before = await world.BooksAsync();
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 1000, 1m, 920);
        var found = await world.ShortAsync(bought);

        // when: 1000 are charged
        var entered = await world.EnteredAsync(bought, 1000, 1m);

        // then: it waits for the case, finance reviews it, and nobody can decide the case away
        entered.To.ShouldBe(InvoiceStatus.OnHold);
        var holds = await world.HoldsAsync(entered.Invoice);
        holds.Select(hold => hold.Reason).ShouldBe([InvoiceHoldReason.AwaitingReceipt, InvoiceHoldReason.ReceiptCase], ignoreOrder: true);
        holds.Single(hold => hold.Reason == InvoiceHoldReason.ReceiptCase).ReceiptCaseId.ShouldBe(found);
        (await world.LookAsync(db => db.Set<ExceptionCase>().CountAsync(one => one.SourceId == entered.Invoice.Value && one.Queue == "finance"))).ShouldBe(1);
        (await world.ResolveAsync(entered.Invoice, InvoiceHoldReason.ReceiptCase, InvoiceHoldResolution.PayAsReceived, Bills.Controller)).Error
            .ShouldBeOfType<HoldNotResolvedSo>();
        (await world.RunAsync(new SubmitInvoice(entered.Invoice, entered.Version), Bills.Clerk)).Error.ShouldBeOfType<WrongInvoiceStatus>();

        // when: the case is closed
        (await world.RunAsync(new ResolveCase(found, 1, CaseOutcome.Credited, null, "a credit will come"))).Error.ShouldBeNull();

        // then: 920 are payable, 80 wait for a credit
        var invoice = await world.InvoiceAsync(entered.Invoice);
        (invoice.Status, invoice.Payable).ShouldBe((InvoiceStatus.Matched, 920m));
        (await world.InvoiceLinesAsync(entered.Invoice))[0].Disputed.ShouldBe(80m);
        await world.PostedAsync(entered.Invoice);
        (await world.BooksAsync()).Since(before).ShouldBe(new Books(0m, 0m, 920m, -920m, 0m));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_case_that_opens_after_the_approval_stops_the_booking_and_one_that_opens_before_stops_the_approval_FIN_05()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 20, 1m, 20);
        var approved = await world.ApprovedAsync((await world.EnteredAsync(bought, 10, 1m)).Invoice);
        var second = await world.EnteredAsync(bought, 10, 1m);
        var submitted = (await world.RunAsync(new SubmitInvoice(second.Invoice, second.Version), Bills.Clerk)).Value;

        var found = await world.ShortAsync(bought);

        (await world.AgreeAsync(submitted.Request)).Error.ShouldBeOfType<PreconditionsChanged>().Changes.Select(one => one.Fact).ShouldBe(["openCases"]);
        (await world.RunAsync(new PostInvoice(approved.Id, approved.Version), Bills.Clerk)).Error.ShouldBeOfType<InvoiceChangedSinceApproval>();
        (await world.RunAsync(new MatchInvoice(approved.Id, approved.Version), Bills.Clerk)).Value.To.ShouldBe(InvoiceStatus.OnHold);
        (await world.RunAsync(new ResolveCase(found, 1, CaseOutcome.FalseAlarm, null, null))).Error.ShouldBeNull();
        (await world.InvoiceAsync(approved.Id)).Status.ShouldBe(InvoiceStatus.Matched);
        (await world.AgreeAsync(submitted.Request)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Of_sixteen_invoices_for_one_receipt_one_matches()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m, 10);

        var hammered = await Hammer.FireAsync(Hammer.Width, _ => world.EnterAsync(bought, 10, 10m));

        hammered.Faults.ShouldBeEmpty();
        hammered.Results.Count(result => result.Value.To == InvoiceStatus.Matched).ShouldBe(1);
        hammered.Results.Count(result => result.Value.To == InvoiceStatus.OnHold).ShouldBe(15);
        (await world.InvoicingAsync(bought)).ShouldHaveSingleItem().Matched.ShouldBe(10m);
        await Should.ThrowAsync<Npgsql.PostgresException>(world.ExecuteAsync(
            $"update receipt_line_invoicing set matched = 11 where order_line_id = '{bought.Line}'"));

        // and one given up frees what it had taken
        var kept = hammered.Results.Single(result => result.Value.To == InvoiceStatus.Matched).Value;
        (await world.RunAsync(new CancelInvoice(kept.Invoice, kept.Version, "double"), Bills.Clerk)).Value.To.ShouldBe(InvoiceStatus.Cancelled);
        (await world.EnteredAsync(bought, 10, 10m)).To.ShouldBe(InvoiceStatus.Matched);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task The_same_invoice_is_entered_once_however_it_is_typed()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m, 10);
        var invoice = world.Invoice(bought.Supplier, bought.Goods(1, 10m)) with { SupplierNumber = "R-2026/0017" };

        var hammered = await Hammer.FireAsync(8, at => world.RunAsync(
            invoice with { SupplierNumber = at % 2 == 0 ? "R-2026/0017" : "r 2026 0017" }, Bills.Clerk));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.Distinct().ShouldBe(["INVOICE_NUMBER_TAKEN"]);
    }

    [Fact]
    public async Task Whoever_entered_it_never_decides_about_it_R_51()
    {
        await world.PublishAsync(Bills.Rule("all", 0m, null) with { AcceptUpTo = 5m });
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 20, 10m, 20);
        var small = (await world.EnteredAsync(bought, 10, 10.4m)).Invoice;
        var large = (await world.EnteredAsync(bought, 10, 10.6m)).Invoice;
        var secondAccount = Bills.Controller with { Actor = Bills.Controller.Actor with { Person = Bills.Clerk.Actor.Person } };

        (await world.ResolveAsync(small, InvoiceHoldReason.Price, InvoiceHoldResolution.PayAsInvoiced, Bills.Clerk)).Error.ShouldBeOfType<OwnInvoice>();
        (await world.ResolveAsync(small, InvoiceHoldReason.Price, InvoiceHoldResolution.PayAsInvoiced, secondAccount)).Error.ShouldBeOfType<OwnInvoice>();
        (await world.ResolveAsync(large, InvoiceHoldReason.Price, InvoiceHoldResolution.PayAsInvoiced, Bills.Controller)).Error
            .ShouldBeOfType<DifferenceNeedsApproval>().Limit.ShouldBe(5m);
        (await world.ResolveAsync(small, InvoiceHoldReason.Price, InvoiceHoldResolution.PayAsInvoiced, Bills.Controller)).Value.Payable.ShouldBe(104m);
        (await world.ResolveAsync(large, InvoiceHoldReason.Price, InvoiceHoldResolution.PayAsOrdered, Bills.Controller)).Value.Payable.ShouldBe(100m);

        // somebody submits for them: the clerk's word still is not the approval
        (await world.RunAsync(new AuthoriseInvoice(small, 104m), Bills.Controller)).Error.ShouldBe(new InvoiceNeedsApproval(small, "Approval"));
        var submitted = (await world.RunAsync(new SubmitInvoice(small, (await world.InvoiceAsync(small)).Version), Bills.Controller)).Value;
        var hash = await world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{submitted.Request}'");
        (await world.RunAsync(new ApproveRequest(submitted.Request, hash, null), Bills.Clerk)).Error.ShouldBeOfType<ActionRefused>()
            .RefusalCode.ShouldBe("OWN_INVOICE");
        (await world.InvoiceAsync(small)).Status.ShouldBe(InvoiceStatus.PendingApproval);
        await world.PublishAsync(Bills.Rule("exact", percent: null, amount: null));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Approved_is_what_was_shown_and_executed_once_R_52_R_53()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m, 10);
        var entered = await world.EnteredAsync(bought, 10, 10m);
        var submitted = (await world.RunAsync(new SubmitInvoice(entered.Invoice, entered.Version), Bills.Clerk)).Value;
        (await world.RunAsync(new CancelInvoice(entered.Invoice, submitted.Version, "no"), Bills.Clerk)).Error.ShouldBeOfType<WrongInvoiceStatus>();
        await world.ExecuteAsync($"update supplier_invoice set payable = 99, payable_net = 99 where id = '{entered.Invoice}'");
        (await world.AgreeAsync(submitted.Request)).Error.ShouldBeOfType<PreconditionsChanged>();
        await world.ExecuteAsync($"update supplier_invoice set payable = 100, payable_net = 100 where id = '{entered.Invoice}'");

        var approvals = await Hammer.FireAsync(8, _ => world.AgreeAsync(submitted.Request));
        var version = (await world.InvoiceAsync(entered.Invoice)).Version;
        var bookings = await Hammer.FireAsync(8, _ => world.RunAsync(new PostInvoice(entered.Invoice, version), Bills.Clerk));

        approvals.Faults.Concat(bookings.Faults).ShouldBeEmpty();
        (approvals.Succeeded, bookings.Succeeded).ShouldBe((1, 1));
        (await world.InvoicingAsync(bought)).ShouldHaveSingleItem().Cleared.ShouldBe(100m);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Incomplete_or_impossible_invoices_are_refused_and_leave_no_trace()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m, 10);
        var other = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m, 10);
        var line = bought.Goods(10, 10m);
        var good = world.Invoice(bought.Supplier, line);
        var stranger = await world.SupplierAsync();
        var before = await world.TracesAsync();
        async Task<DomainError?> RefusalAsync(EnterInvoice invoice) => (await world.RunAsync(invoice, Bills.Clerk)).Error;

        (await RefusalAsync(good with { Totals = new InvoiceTotals(100m, 0m, 101m) })).ShouldBe(new TotalsDoNotAddUp("totals.gross", 101m, 100m));
        (await RefusalAsync(good with { Totals = new InvoiceTotals(99m, 0m, 99m) })).ShouldBe(new TotalsDoNotAddUp("totals.net", 99m, 100m));
        (await RefusalAsync(good with { Lines = [line with { Net = 90m }] })).ShouldBe(new TotalsDoNotAddUp("lines.0.net", 90m, 100m));
        (await RefusalAsync(good with { Lines = [line with { Net = 100.001m }] })).ShouldBeOfType<InvalidField>().Field.ShouldBe("lines.0.net");
        (await RefusalAsync(good with { Lines = [] })).ShouldBeOfType<InvalidField>().Field.ShouldBe("lines");
        (await RefusalAsync(good with { Lines = [line with { OrderLine = null }] })).ShouldBeOfType<InvalidField>().Field.ShouldBe("lines.0.orderLineId");
        (await RefusalAsync(good with { Lines = [line with { Unit = "PAL" }] })).ShouldBeOfType<Platform.Domain.Purchasing.UnitNotOrderable>();
        (await RefusalAsync(good with { Supplier = stranger })).ShouldBe(new OrderLineOfAnother(bought.Line, "supplier"));
        (await RefusalAsync(good with { Currency = "JPY", Rate = 0.006m })).ShouldBe(new OrderLineOfAnother(bought.Line, "currency"));
        (await RefusalAsync(good with { Currency = "XXX" })).ShouldBeOfType<Platform.Domain.Partners.CurrencyUnknown>();
        (await RefusalAsync(good with { InvoiceDate = good.InvoiceDate.AddDays(5) })).ShouldBeOfType<InvalidField>().Field.ShouldBe("invoiceDate");
        var receipt = (await world.InvoicingAsync(other)).FirstOrDefault()?.ReceiptLineId
            ?? new Platform.Domain.Receiving.ReceiptLineId(await world.ScalarAsync<Guid>($"select id from receipt_line where order_line_id = '{other.Line}'"));
        (await RefusalAsync(good with { Lines = [line with { ReceiptLine = receipt }] })).ShouldBeOfType<ReceiptLineOfAnotherOrder>();

        (await world.TracesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_policy_is_tried_on_what_was_really_charged()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m, 10);
        (await world.EnteredAsync(bought, 10, 10.5m)).To.ShouldBe(InvoiceStatus.OnHold);
        (await world.RunAsync(new DraftMatchPolicy(new MatchRules("EUR", []), "none"), Bills.Clerk)).Error.ShouldBeOfType<InvalidField>();
        (await world.RunAsync(new DraftMatchPolicy(new MatchRules("XXX", [Bills.Rule("a", 1m, 1m)]), "none"), Bills.Clerk)).Error
            .ShouldBeOfType<Platform.Domain.Partners.CurrencyUnknown>();
        var drafted = (await world.RunAsync(new DraftMatchPolicy(new MatchRules("EUR", [Bills.Rule("all", 6m, null)]), "wider"), Bills.Clerk)).Value;

        var simulated = (await world.RunAsync(new Platform.Domain.Policies.SimulatePolicy(drafted.Policy, 1))).Value;

        simulated.Lines.ShouldContain(change => change.From == "Price held" && change.To == "Price passed");
    }

    [Fact]
    public async Task Somebody_may_stop_an_invoice_and_somebody_else_lets_it_go()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m, 10);
        var entered = await world.EnteredAsync(bought, 10, 10m);

        var held = (await world.RunAsync(new HoldInvoice(entered.Invoice, entered.Version, "bank details changed"), Bills.Clerk)).Value;
        (await world.RunAsync(new MatchInvoice(entered.Invoice, held.Version), Bills.Clerk)).Value.To.ShouldBe(InvoiceStatus.OnHold);

        (await world.ResolveAsync(entered.Invoice, InvoiceHoldReason.Manual, InvoiceHoldResolution.PayAsInvoiced, Bills.Controller)).Error.ShouldBeOfType<HoldNotResolvedSo>();
        (await world.ResolveAsync(entered.Invoice, InvoiceHoldReason.Manual, InvoiceHoldResolution.Released, Bills.Controller)).Value.To.ShouldBe(InvoiceStatus.Matched);
        await world.ShouldHoldAsync();
    }
}
