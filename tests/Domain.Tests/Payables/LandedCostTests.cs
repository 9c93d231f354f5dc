using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Payables;
using Platform.Domain.Payables.LandedCosts;
using Platform.Domain.Receiving;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Payables;

/// <summary>FIN-02: costs of getting goods here, shared to the coin, split between what is here and what was sold.</summary>
public sealed class LandedCostTests(StockWorld world) : IClassFixture<StockWorld>
{
    // Two receipts: 10 at 30 (2 kg each) and 30 at 20 (1 kg each); 100.00 of freight.
    [Theory]
    //          basis                first   second
    [InlineData(ShareBasis.Value,    33.33,  66.67)] // 300 : 600
    [InlineData(ShareBasis.Quantity, 25,     75)]    // 10 : 30
    [InlineData(ShareBasis.Weight,   40,     60)]    // 20 kg : 30 kg
    [InlineData(ShareBasis.Volume,   57.14,  42.86)] // 40 l : 30 l
    [InlineData(ShareBasis.Equal,    50,     50)]
    [InlineData(ShareBasis.Manual,   12.5,   87.5)]  // 1 : 7
    public async Task A_charge_is_shared_by_what_it_is_said_to_follow(ShareBasis basis, decimal first, decimal second)
    {
        var (heavy, light) = (await MeasuredAsync(2m, 100), await MeasuredAsync(1m, 25));
        var one = await world.BoughtAsync(heavy, 10, 30m, 10);
        var two = await world.BoughtAsync(light, 30, 20m, 30);

        var posted = await PostedAsync(basis, 100m, (one, 1m), (two, 7m));

        (await SharesAsync(posted)).ShouldBe([first, second], ignoreOrder: true);
        (await world.PoolAsync(heavy)).Value.ShouldBe(300m + first);
        (await world.PoolAsync(light)).Value.ShouldBe(600m + second);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Coins_that_do_not_divide_go_to_the_largest_remainders()
    {
        // three equal parts of 100.00, and 0.05 over eight: five get a coin
        var thirds = new List<(Bought, decimal)>();
        for (var at = 0; at < 3; at++)
        {
            thirds.Add((await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 1, 1m, 1), 1m));
        }

        (await SharesAsync(await PostedAsync(ShareBasis.Equal, 100m, [.. thirds]))).Order().ShouldBe([33.33m, 33.33m, 33.34m]);
        (await SharesAsync(await PostedAsync(ShareBasis.Equal, 0.02m, [.. thirds]))).Order().ShouldBe([0m, 0.01m, 0.01m]);
        await world.ShouldHoldAsync();
    }

    // 100 received at 10, 70 sold; 50.00 of freight comes late: 15 belong to the 30 that are here, 35 were sold.
    [Fact]
    public async Task A_cost_that_comes_after_the_sale_is_split_and_taken_back_as_it_was()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var bought = await world.BoughtAsync(item, 100, 10m, 100);
        (await world.PostAsync(world.Shipment(item, world.Dock, 70))).Error.ShouldBeNull();
        var (sold, accrued) = (await world.AccountAsync("COST_OF_GOODS_SOLD"), await world.AccountAsync("LANDED_COST_ACCRUAL"));

        var posted = await PostedAsync(ShareBasis.Value, 50m, (bought, 1m));

        var share = (await world.LookAsync(db => db.Set<LandedCostShare>().SingleAsync(one => one.VoucherId == posted)));
        (share.OnHand, share.Gone).ShouldBe((15m, 35m));
        (await world.PoolAsync(item)).ShouldBe((30m, 315m));
        (await world.AccountAsync("COST_OF_GOODS_SOLD") - sold).ShouldBe(35m);
        (await world.AccountAsync("LANDED_COST_ACCRUAL") - accrued).ShouldBe(-50m);

        // when the carrier's invoice comes, the account is nothing again
        var freight = new InvoiceLineEntry(InvoiceLineKind.Charge, null, null, "Freight", null, 1, 50m, 50m, null, null, 0m);
        await world.PostedAsync((await world.RunAsync(world.Invoice(await world.SupplierAsync(), freight), Bills.Clerk)).Value.Invoice);
        (await world.AccountAsync("LANDED_COST_ACCRUAL")).ShouldBe(accrued);

        // and a mistake goes back by the amounts that were booked
        var voucher = await world.LookAsync(db => db.Set<LandedCostVoucher>().SingleAsync(one => one.Id == posted));
        (await world.RunAsync(new ReverseVoucher(posted, "wrong"), Bills.Controller)).Error.ShouldBe(new VoucherNeedsApproval(posted));
        var asked = (await world.RunAsync(new AskToReverseVoucher(posted, voucher.Version, "wrong load"), Bills.Clerk)).Value;
        (await world.AgreeAsync(asked.Request)).Error.ShouldBeNull();
        (await world.PoolAsync(item)).ShouldBe((30m, 300m));
        (await world.AccountAsync("COST_OF_GOODS_SOLD")).ShouldBe(sold);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task What_cannot_be_shared_or_is_nobodys_is_refused_and_no_one_books_their_own()
    {
        var bought = await world.BoughtAsync(await world.ItemAsync(new ItemTraits()), 10, 10m, 10);
        var receipt = await ReceiptAsync(bought);
        var draft = Draft(ShareBasis.Weight, 10m, (receipt, null));
        var before = await world.TracesAsync();

        (await world.RunAsync(draft, Bills.Clerk)).Error.ShouldBe(new ShareUnknown(receipt, bought.Item, ShareBasis.Weight));
        (await world.RunAsync(Draft(ShareBasis.Manual, 10m, (receipt, 0m)), Bills.Clerk)).Error.ShouldBe(new NothingToShareBy(ShareBasis.Manual));
        var unknown = new ReceiptLineId(Guid.CreateVersion7());
        (await world.RunAsync(Draft(ShareBasis.Equal, 10m, (unknown, null)), Bills.Clerk)).Error.ShouldBe(new ReceiptLineNotPosted(unknown));
        (await world.RunAsync(Draft(ShareBasis.Equal, 10m, (receipt, null)) with { Charges = [] }, Bills.Clerk)).Error.ShouldBeOfType<InvalidField>();
        (await world.RunAsync(Draft(ShareBasis.Equal, 10.001m, (receipt, null)), Bills.Clerk)).Error
            .ShouldBe(new InvalidField("charges.0.amount", "must be in whole coins of 2 digits", "10.001"));
        (await world.RunAsync(Draft(ShareBasis.Equal, 10m, (receipt, null)) with { Rate = 1.1m }, Bills.Clerk)).Error
            .ShouldBe(new InvalidField("rate", "must be 1 or left out: the books are in EUR too", "1.1"));
        (await world.TracesAsync()).ShouldBe(before);

        var drafted = (await world.RunAsync(Draft(ShareBasis.Equal, 10m, (receipt, null)), Bills.Clerk)).Value;
        (await world.RunAsync(new PostVoucher(drafted.Voucher, 10m), Bills.Controller)).Error.ShouldBe(new VoucherNeedsApproval(drafted.Voucher));
        var asked = (await world.RunAsync(new SubmitVoucher(drafted.Voucher, 1), Bills.Controller)).Value;
        var hash = await world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{asked.Request}'");
        (await world.RunAsync(new Platform.Domain.Approvals.ApproveRequest(asked.Request, hash, null), Bills.Clerk)).Error
            .ShouldBeOfType<Platform.Domain.Approvals.ActionRefused>().RefusalCode.ShouldBe("OWN_VOUCHER");
        (await world.RunAsync(new Platform.Domain.Approvals.RejectRequest(asked.Request, hash, "no"), Bills.Clerk)).Error.ShouldBeNull();
        (await world.RunAsync(new CancelVoucher(drafted.Voucher, 3, "given up"), Bills.Clerk)).Value.To.ShouldBe(VoucherStatus.Cancelled);
    }

    [Fact]
    public void The_life_of_a_voucher_is_its_table() =>
        VoucherSteps.Table.Select(row => (row.Key.From, row.Key.Step, row.Value)).ToHashSet().SetEquals(
        [
            (VoucherStatus.Draft, VoucherStep.Submit, VoucherStatus.PendingApproval), (VoucherStatus.Draft, VoucherStep.Cancel, VoucherStatus.Cancelled),
            (VoucherStatus.PendingApproval, VoucherStep.Return, VoucherStatus.Draft), (VoucherStatus.PendingApproval, VoucherStep.Post, VoucherStatus.Posted),
            (VoucherStatus.Posted, VoucherStep.Reverse, VoucherStatus.Reversed),
        ]).ShouldBeTrue();

    private async Task<Platform.Domain.Catalog.ItemId> MeasuredAsync(decimal kilograms, int height)
    {
        var item = await world.ItemAsync(new ItemTraits { WeightKg = kilograms });
        await world.ExecuteAsync($"update item_unit set length_mm = 200, width_mm = 200, height_mm = {height} where item_id = '{item}'");
        return item;
    }

    private DraftVoucher Draft(ShareBasis basis, decimal amount, params IReadOnlyList<(ReceiptLineId Receipt, decimal? Manual)> receipts) => new(
        world.Entity, "EUR", Rate: null, [new VoucherCharge(ChargeKind.Freight, basis, amount, InvoiceLine: null)],
        [.. receipts.Select(one => new VoucherReceipt(one.Receipt, one.Manual))], Note: "freight");

    private async Task<ReceiptLineId> ReceiptAsync(Bought bought) =>
        new(await world.ScalarAsync<Guid>($"select id from receipt_line where order_line_id = '{bought.Line}'"));

    private async Task<LandedCostVoucherId> PostedAsync(ShareBasis basis, decimal amount, params IReadOnlyList<(Bought Bought, decimal Manual)> parts)
    {
        var receipts = new List<(ReceiptLineId, decimal?)>();
        foreach (var (bought, manual) in parts)
        {
            receipts.Add((await ReceiptAsync(bought), manual));
        }

        var drafted = (await world.RunAsync(Draft(basis, amount, receipts), Bills.Clerk)).Value;
        var asked = (await world.RunAsync(new SubmitVoucher(drafted.Voucher, drafted.Version), Bills.Clerk)).Value;
        (await world.AgreeAsync(asked.Request)).Error.ShouldBeNull();
        return drafted.Voucher;
    }

    private Task<List<decimal>> SharesAsync(LandedCostVoucherId voucher) =>
        world.LookAsync(db => db.Set<LandedCostShare>().Where(share => share.VoucherId == voucher).Select(share => share.Amount).ToListAsync());
}
