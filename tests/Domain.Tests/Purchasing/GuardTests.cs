using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Purchasing;

/// <summary>PRC-12, PRC-15, CAT-15, CAT-16: what keeps orders within budgets and agreements, and what is known of suppliers afterwards.</summary>
public sealed class GuardTests(RecordingWorld world) : IClassFixture<RecordingWorld>
{
    private static readonly DateOnly March = new(2026, 3, 1);

    [Fact]
    public async Task Of_sixteen_orders_at_once_as_many_go_on_as_the_budget_pays_for_PRC_12()
    {
        // given: 450 for fasteners in March, and sixteen orders of 100 of it
        var orders = new List<PurchaseOrderId>();
        for (var at = 0; at < Hammer.Width; at++)
        {
            orders.Add((await world.DraftedAsync(Line(await ItemAsync("FASTENERS"), 100m))).Order);
        }

        var budget = (await world.RunAsync(new SetBudget(world.Entity, "FASTENERS", March, 0, 450m))).Value;

        // when
        var hammered = await Hammer.FireAsync(Hammer.Width, at => world.RunAsync(new SubmitOrder(orders[at], 1, null), Buying.Buyer));

        // then
        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(4);
        hammered.Codes.Distinct().ShouldBe(["BUDGET_EXCEEDED"]);
        var refused = orders[hammered.Results.ToList().FindIndex(result => result.Error is not null)];
        (await world.RunAsync(new SubmitOrder(refused, 1, null), Buying.Buyer)).Error
            .ShouldBe(new BudgetExceeded(refused, [new Overrun("FASTENERS", March, 450m, 400m, 100m)]));

        // whoever answers for the budget may let it go beyond, and changing the order takes that back
        (await world.RunAsync(new AllowOverrun(refused, 1, "a fair"), Buying.Buyer)).Error.ShouldBeOfType<NotPermitted>();
        (await world.RunAsync(new AllowOverrun(refused, 1, "a fair"))).Value.Version.ShouldBe(2);
        (await world.RunAsync(new ChangeOrder(refused, 2, [Line(await ItemAsync("FASTENERS"), 60m)], "less"), Buying.Buyer)).Error.ShouldBeNull();
        (await world.RunAsync(new SubmitOrder(refused, 3, null), Buying.Buyer)).Error.ShouldBeOfType<BudgetExceeded>();
        (await world.RunAsync(new AllowOverrun(refused, 3, "a fair"))).Error.ShouldBeNull();
        var submitted = (await world.RunAsync(new SubmitOrder(refused, 4, null), Buying.Buyer)).Value;
        (await world.ScalarAsync<string>($"select exception_type from approval_request where id = '{submitted.Request}'")).ShouldBe("OVER_BUDGET");

        // another category, another month and a cancelled order take nothing of it
        var other = await world.DraftedAsync(Line(await ItemAsync("TOOLS"), 5000m));
        (await world.RunAsync(new SubmitOrder(other.Order, 1, null), Buying.Buyer)).Error.ShouldBeNull();
        (await world.RunAsync(new SetBudget(world.Entity, "FASTENERS", March, 0, 1m))).Error.ShouldBeOfType<StaleVersion>();
        (await world.RunAsync(new SetBudget(world.Entity, "FASTENERS", March, budget.Version, 10_000m))).Value.Version.ShouldBe(2);
    }

    [Fact]
    public async Task A_budget_that_shrank_meanwhile_stops_the_release()
    {
        var drafted = await world.DraftedAsync(Line(await ItemAsync("PUMPS"), 100m));
        var budget = (await world.RunAsync(new SetBudget(world.Entity, "PUMPS", March, 0, 100m))).Value;
        var submitted = await world.SubmittedAsync(drafted.Order, 1);
        (await world.ApproveAsync(submitted.Request)).Error.ShouldBeNull();
        (await world.RunAsync(new SetBudget(world.Entity, "PUMPS", March, budget.Version, 99m))).Error.ShouldBeNull();

        (await world.RunAsync(new ReleaseOrder(drafted.Order, 3), Buying.Buyer)).Error.ShouldBeOfType<BudgetExceeded>();
        (await world.ScalarAsync<string>($"select status from purchase_order where id = '{drafted.Order}'")).ShouldBe("APPROVED");
    }

    [Fact]
    public async Task Call_offs_stay_within_what_was_agreed_however_many_call_at_once_CAT_16()
    {
        // given: 100 pieces of an item at 2.50, no more than 300 in money
        var (item, other) = (await ItemAsync("A"), await ItemAsync("A"));
        var supplier = await world.SupplierAsync();
        var made = (await world.RunAsync(new MakeAgreement(
            world.Entity, supplier, "EUR", March, new(2026, 12, 31), 300m, [new(item, 2.5m, 50m, 100m), new(other, 30m, null, null)]))).Value;
        CallOff Call(ItemId what, decimal quantity, int days) => new(made.PurchaseAgreement, world.Warehouse, [new(what, quantity, March.AddDays(30 + days))]);
        (await world.RunAsync(Call(await ItemAsync("A"), 1m, 0), Buying.Buyer)).Error.ShouldBeOfType<NotInAgreement>();
        (await world.RunAsync(Call(item, 101m, 0), Buying.Buyer)).Error.ShouldBe(new AgreementExhausted(made.PurchaseAgreement, item, 100m, 0m, 101m));
        var drafts = new List<OrderDrafted>();
        for (var at = 0; at < Hammer.Width; at++)
        {
            drafts.Add((await world.RunAsync(Call(item, 30m, at * 20), Buying.Buyer)).Value);
        }

        drafts[0].Total.ShouldBe(75m);

        // when
        var hammered = await Hammer.FireAsync(Hammer.Width, at => world.RunAsync(new SubmitOrder(drafts[at].Order, 1, null), Buying.Buyer));

        // then: three times 30 pieces, and 225 of 300 in money
        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(3);
        hammered.Codes.Distinct().ShouldBe(["AGREEMENT_EXHAUSTED"]);
        (await world.RunAsync(Call(other, 3m, 0), Buying.Buyer)).Error.ShouldBe(new AgreementExhausted(made.PurchaseAgreement, null, 300m, 225m, 90m));

        // a price that was changed is none of the agreement's
        var left = drafts[hammered.Results.ToList().FindIndex(result => result.Error is not null)];
        (await world.RunAsync(new ChangeOrder(left.Order, 1, [Buying.Line(item, 5m, 2.6m)], "dearer"), Buying.Buyer)).Error.ShouldBeNull();
        (await world.RunAsync(new SubmitOrder(left.Order, 2, "as agreed"), Buying.Buyer)).Error
            .ShouldBe(new AgreementPriceDiffers(made.PurchaseAgreement, item, 2.5m, 2.6m));

        // buying it beside the agreement is flagged to whoever approves
        var beside = await world.DraftedAsync(Buying.Line(item, 5m, 2.4m) with { ExpectedOn = new(2027, 12, 1) });
        var submitted = await world.SubmittedAsync(beside.Order, 1);
        (await world.ScalarAsync<bool>($"select is_off_contract from approval_request where id = '{submitted.Request}'")).ShouldBeTrue();

        // and an agreement that was ended is called off by nobody
        (await world.RunAsync(new EndAgreement(made.PurchaseAgreement, 1, "bankrupt"))).Error.ShouldBeNull();
        (await world.RunAsync(Call(item, 1m, 0), Buying.Buyer)).Error.ShouldBeOfType<AgreementNotInForce>();
        (await world.RunAsync(new EndAgreement(made.PurchaseAgreement, 2, "again"))).Error.ShouldBeOfType<AgreementNotInForce>();
    }

    [Fact]
    public async Task Terms_have_versions_that_nobody_changes_CAT_15()
    {
        var item = await ItemAsync("A");
        var supplier = await world.SupplierAsync();
        var terms = new ItemTerms(10m, 3m, LeadTimeSource.Agreed, "EUR", 2m, [new(100m, 1.5m)], 10m, 5m, 5m, 5m, 98m);
        var hammered = await Hammer.FireAsync(4, _ => world.RunAsync(new AgreeItemTerms(supplier, item, 0, March, terms)));
        (hammered.Succeeded, hammered.Faults.Count).ShouldBe((1, 0));
        hammered.Codes.Distinct().ShouldBe(["STALE_VERSION"]);
        (await world.RunAsync(new AgreeItemTerms(supplier, item, 1, March.AddMonths(1), terms with { UnitPrice = 3m }))).Error.ShouldBeNull();

        async Task<SupplierItemTerms> InForceAsync(DateOnly day) =>
            (await world.LookAsync(db => db.TermsInForceAsync(supplier, [item], day, CancellationToken.None)))[item];
        (await InForceAsync(March.AddDays(30))).Number.ShouldBe(1);
        var april = await InForceAsync(March.AddDays(31));
        (april.Number, april.PriceOf(99m), april.PriceOf(100m)).ShouldBe((2, 3m, 1.5m));
        (await world.RunAsync(new AgreeItemTerms(supplier, item, 2, March, terms with { PriceBreaks = [new(5m, 1m), new(5m, 2m)] }))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("terms.priceBreaks.1.from");
        (await world.RunAsync(new AgreeItemTerms(supplier, item, 2, March, terms with { Currency = "QQQ" }))).Error.ShouldBe(new CurrencyUnknown("QQQ"));
    }

    [Fact]
    public async Task A_scorecard_is_what_really_happened_and_every_figure_can_be_looked_up_PRC_15()
    {
        // given: two orders due in April at 2.00, bought at 2.20; one comes in full a day early, one half and a week late
        var item = await ItemAsync("A");
        var supplier = await world.SupplierAsync();
        var terms = new ItemTerms(10m, 3m, LeadTimeSource.Agreed, "EUR", 2m, [], null, null, 5m, 5m, 98m);
        (await world.RunAsync(new AgreeItemTerms(supplier, item, 0, March, terms))).Error.ShouldBeNull();
        var due = new DateOnly(2026, 4, 1);
        var (first, second) = (await ReleasedAsync(supplier, item, due), await ReleasedAsync(supplier, item, due.AddDays(20)));
        world.Clock.Advance(TimeSpan.FromHours(6));
        (await world.RunAsync(new AcknowledgeOrder(first.Order, first.Version, "AB", [new(1, 100m, due)]), Buying.Buyer)).Error.ShouldBeNull();
        await ReceiveAsync(first.Order, 100m, due.AddDays(-1));
        await ReceiveAsync(second.Order, 50m, due.AddDays(27));

        // when
        (await world.RunAsync(new ComputeScorecards(due, due))).Value.Scorecards.ShouldBeGreaterThan(0);
        (await world.RunAsync(new ComputeScorecards(due, due))).Error.ShouldBeNull();

        // then
        var card = await world.LookAsync(db => db.Set<SupplierScorecard>().SingleAsync(one => one.SupplierId == supplier));
        (card.Period, card.LinesDue, card.LinesOnTime, card.LinesInFull).ShouldBe((due, 2, 1, 1));
        (card.OnTimePercent, card.InFullPercent, card.FillRatePercent, card.AcceptancePercent).ShouldBe((50m, 50m, 75m, 100m));
        (card.ConfirmedPercent, card.ResponseHours, card.PriceVariancePercent).ShouldBe((50m, 6m, 10m));
        var seen = await world.LookAsync(db => db.Set<LeadTimeObservation>().Where(one => one.SupplierId == supplier).OrderBy(one => one.ReceivedAt).ToListAsync());
        seen.Select(one => (one.Quantity, one.IsComplete, one.PromisedOn)).ShouldBe([(100m, true, due), (50m, false, null)]);
        seen[0].RecordedAt.ShouldBe(world.Clock.GetUtcNow()); // recorded later than it came
        (await world.RunAsync(new ComputeScorecards(due.AddDays(1), due))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("from");
    }

    private static OrderLine Line(ItemId item, decimal price) => Buying.Line(item, 1m, price) with { ExpectedOn = new(2026, 3, 20) };

    private async Task<ItemId> ItemAsync(string category)
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.ExecuteAsync($"update item set category = '{category}' where id = '{item}'");
        return item;
    }

    private async Task<(PurchaseOrderId Order, int Version)> ReleasedAsync(SupplierId supplier, ItemId item, DateOnly due)
    {
        var draft = new DraftOrder(
            world.Entity, world.Warehouse, supplier, OrderKind.Standard, "EUR", [Buying.Line(item, 100m, 2.2m) with { ExpectedOn = due }], null);
        var drafted = (await world.RunAsync(draft, Buying.Buyer)).Value;
        (await world.ApproveAsync((await world.SubmittedAsync(drafted.Order, 1)).Request)).Error.ShouldBeNull();
        return (drafted.Order, (await world.RunAsync(new ReleaseOrder(drafted.Order, 3), Buying.Buyer)).Value.Version);
    }

    private async Task ReceiveAsync(PurchaseOrderId order, decimal quantity, DateOnly on)
    {
        var line = await world.LookAsync(db => db.Set<PurchaseOrderLine>().SingleAsync(one => one.OrderId == order));
        var came = new LineRecord(line.Id, LineDeed.Receive, quantity, UpTo: null) { HappenedAt = new DateTimeOffset(on, new TimeOnly(9, 0), TimeSpan.Zero) };
        (await world.RunAsync(new RecordLines([came]))).Error.ShouldBeNull();
    }
}
