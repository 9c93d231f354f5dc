using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Payables;
using Platform.Domain.Payables.Credits;
using Platform.Domain.Payables.Posting;
using Platform.Domain.Stock;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Payables;

/// <summary>FIN-09: what suppliers owe us is booked by two people, with its proof.</summary>
public sealed class CreditTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task A_credit_for_what_never_came_settles_the_dispute_and_moves_no_money()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 1000, 1m, 920);
        var found = await world.ShortAsync(bought);
        var invoice = (await world.EnteredAsync(bought, 1000, 1m)).Invoice;
        (await world.RunAsync(new ResolveCase(found, 1, CaseOutcome.Credited, null, null))).Error.ShouldBeNull();
        await world.PostedAsync(invoice);
        var before = await world.BooksAsync();
        var line = (await world.InvoiceLinesAsync(invoice))[0];

        var credit = await PostedAsync(Note(bought, new CreditLineEntry(CreditLineKind.Invoice, line.Id, null, 80m, null, 80m, 0m)));

        (await world.BooksAsync()).Since(before).ShouldBe(new Books(0m, 0m, 0m, 0m, 0m));
        (credit.Status, credit.Gross, credit.Claim).ShouldBe((CreditStatus.Posted, 80m, 0m));
        (await world.InvoiceLinesAsync(invoice))[0].CreditedNet.ShouldBe(80m);
        (await TriedAsync(Note(bought, new CreditLineEntry(CreditLineKind.Invoice, line.Id, null, null, null, 921m, 0m)))).ShouldBe("CREDIT_BEYOND_INVOICE");
        await world.ShouldHoldAsync();
    }

    // 10 paid at 12 that cost 10: the supplier gives 20 back, 4 were sold since.
    [Fact]
    public async Task A_credit_for_a_price_that_was_paid_makes_the_goods_cheaper_and_is_deducted_from_a_payment()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var bought = await world.BoughtAsync(item, 10, 12m, 10);
        var invoice = await world.PostedAsync((await world.EnteredAsync(bought, 10, 12m)).Invoice);
        (await world.PostAsync(world.Shipment(item, world.Dock, 4))).Error.ShouldBeNull();
        var before = await world.BooksAsync();
        var line = (await world.InvoiceLinesAsync(invoice.Id))[0];

        var credit = await PostedAsync(Note(bought, new CreditLineEntry(CreditLineKind.Invoice, line.Id, null, null, null, 20m, 0m)));

        (await world.BooksAsync()).Since(before).ShouldBe(new Books(0m, 0m, -12m, 20m, -8m));
        (await world.PoolAsync(item)).ShouldBe((6m, 60m));
        var asked = await world.RunAsync(new AskToReverseInvoice(invoice.Id, invoice.Version, "x"), Bills.Clerk);
        (await world.AgreeAsync(asked.Value.Request)).Error.ShouldBeOfType<ActionRefused>().RefusalCode.ShouldBe("INVOICE_WAS_CREDITED");
        var hash = await world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{asked.Value.Request}'");
        (await world.RunAsync(new RejectRequest(asked.Value.Request, hash, "credited"), Bills.Controller)).Error.ShouldBeNull();

        // when: paid less the credit
        var payments = await world.AccountAsync("PAYMENTS");
        var paid = DateOnly.FromDateTime(world.Clock.GetUtcNow().Date);
        (await world.RunAsync(new PayInvoice(invoice.Id, invoice.Version, paid, "SEPA 7", 2m, [credit.Id]), Bills.Clerk)).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("rate");
        (await world.RunAsync(new PayInvoice(invoice.Id, invoice.Version, paid, "SEPA 7", null, [credit.Id]), Bills.Clerk)).Error.ShouldBeNull();

        (await world.AccountAsync("PAYMENTS") - payments).ShouldBe(-100m);
        (await CreditAsync(credit.Id)).SettledBy.ShouldBe(invoice.Id);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Goods_that_went_back_clear_what_was_accrued_for_them_once_SCN_10()
    {
        // given: 100 at 10 came and were paid, 6 broken ones go back
        var item = await world.ItemAsync(new ItemTraits());
        var bought = await world.BoughtAsync(item, 100, 10m, 100);
        await world.PostedAsync((await world.EnteredAsync(bought, 100, 10m)).Invoice);
        var before = await world.BooksAsync();
        var returned = await world.PostedAsync(world.Line(
            MovementType.SupplierReturn, item, Place.In(world.Dock, StockCondition.Usable), Place.Supplier, 6m));
        (await world.BooksAsync()).Since(before).ShouldBe(new Books(60m, 0m, -60m, 0m, 0m));

        // when
        var line = new CreditLineEntry(CreditLineKind.Return, null, returned.Movements[0].Movement, 6m, null, 60m, 0m);
        var credit = await PostedAsync(Charge(bought, line));

        // then
        (await world.BooksAsync()).Since(before).ShouldBe(new Books(0m, 0m, -60m, 60m, 0m));
        credit.ClaimBook.ShouldBe(60m);
        (await world.RunAsync(Charge(bought, line), Bills.Clerk)).Error.ShouldBe(new NoReturnToCredit(returned.Movements[0].Movement));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_chargeback_needs_proof_and_a_person_who_did_not_draft_it()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 1, 1m, 1);
        var charge = Charge(bought, new CreditLineEntry(CreditLineKind.Other, null, null, null, "Repacking", 50m, 0m));
        (await world.RunAsync(charge with { Evidence = null }, Bills.Clerk)).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("evidence");
        (await world.RunAsync(charge with { Lines = [] }, Bills.Clerk)).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("lines");
        var drafted = (await world.RunAsync(charge, Bills.Clerk)).Value;

        (await world.RunAsync(new PostCredit(drafted.Credit, 50m), Bills.Controller)).Error.ShouldBe(new CreditNeedsApproval(drafted.Credit));
        var asked = (await world.RunAsync(new SubmitCredit(drafted.Credit, 1), Bills.Controller)).Value;
        var hash = await world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{asked.Request}'");
        (await world.RunAsync(new ApproveRequest(asked.Request, hash, null), Bills.Clerk)).Error.ShouldBeOfType<ActionRefused>().RefusalCode.ShouldBe("OWN_CREDIT");
        (await world.RunAsync(new WithdrawRequest(asked.Request, "thought better of it"), Bills.Controller)).Error.ShouldBeNull();
        (await CreditAsync(drafted.Credit)).Status.ShouldBe(CreditStatus.Draft);
        (await world.RunAsync(new CancelCredit(drafted.Credit, 3, "no"), Bills.Clerk)).Value.To.ShouldBe(CreditStatus.Cancelled);
        (await world.ScalarAsync<bool>("select needs_human from approval_kind where code = 'SUPPLIER_CHARGEBACK'")).ShouldBeTrue();
    }

    [Fact]
    public void The_life_of_a_credit_is_its_table() =>
        CreditSteps.Table.Select(row => (row.Key.From, row.Key.Step, row.Value)).ToHashSet().SetEquals(
        [
            (CreditStatus.Draft, CreditStep.Submit, CreditStatus.PendingApproval), (CreditStatus.Draft, CreditStep.Cancel, CreditStatus.Cancelled),
            (CreditStatus.PendingApproval, CreditStep.Return, CreditStatus.Draft), (CreditStatus.PendingApproval, CreditStep.Post, CreditStatus.Posted),
            (CreditStatus.Posted, CreditStep.Settle, CreditStatus.Settled),
        ]).ShouldBeTrue();

    private DraftCredit Note(Bought bought, params IReadOnlyList<CreditLineEntry> lines) => new(
        CreditKind.CreditNote, world.Entity, bought.Supplier, MasterData.Code("CN"), DateOnly.FromDateTime(world.Clock.GetUtcNow().Date), "EUR", Rate: null,
        lines, "as agreed", Evidence: null, Case: null);

    private DraftCredit Charge(Bought bought, params IReadOnlyList<CreditLineEntry> lines) => Note(bought, lines) with
    {
        Kind = CreditKind.Chargeback, SupplierNumber = null, Evidence = "https://photos.example/1.jpg",
    };

    private Task<SupplierCredit> CreditAsync(SupplierCreditId id) => world.LookAsync(db => db.Set<SupplierCredit>().SingleAsync(credit => credit.Id == id));

    private async Task<SupplierCredit> PostedAsync(DraftCredit draft)
    {
        var drafted = (await world.RunAsync(draft, Bills.Clerk)).Value;
        var asked = (await world.RunAsync(new SubmitCredit(drafted.Credit, drafted.Version), Bills.Clerk)).Value;
        (await world.AgreeAsync(asked.Request)).Error.ShouldBeNull();
        return await CreditAsync(drafted.Credit);
    }

    private async Task<string> TriedAsync(DraftCredit draft)
    {
        var drafted = (await world.RunAsync(draft, Bills.Clerk)).Value;
        var asked = (await world.RunAsync(new SubmitCredit(drafted.Credit, drafted.Version), Bills.Clerk)).Value;
        return (await world.AgreeAsync(asked.Request)).Error.ShouldBeOfType<ActionRefused>().RefusalCode;
    }
}
