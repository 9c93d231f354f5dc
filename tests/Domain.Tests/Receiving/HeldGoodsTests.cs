using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Exceptions;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Receiving;

/// <summary>RCV-04, RCV-10: what is too much, and what nobody ordered.</summary>
public sealed class HeldGoodsTests(StockWorld world) : IClassFixture<StockWorld>
{
    private static readonly HeldLabel TenPieces = new("EA", 10, null, ReceivedCondition.Good, null, [], null);

    [Fact]
    public async Task What_is_too_much_waits_and_is_taken_only_if_others_agree_RCV_04()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        await world.RulesAsync(Docks.Rule with { Item = item, OverReceipt = OverReceiptRule.Hold, OverPercent = 4m, OverQuantity = 3m });
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 100, 1));

        // when
        var received = (await world.ReceiveAsync(Docks.Good(lines[0], 120))).Value;

        // then: the narrower of 4 percent and 3 pieces comes in
        received.Lines[0].Quantity.ShouldBe(103m);
        var held = await world.HeldAsync(received.Held.ShouldHaveSingleItem());
        (held.Reason, held.Quantity, held.Unit).ShouldBe((HoldReason.OverReceipt, 17m, "EA"));
        (await world.AvailableAsync(item)).ShouldBe(103m);
        (await world.DiscrepanciesAsync(lines[0])).ShouldHaveSingleItem().Kind.ShouldBe(DiscrepancyKind.Over);

        // when
        (await world.RunAsync(new TakeSurplus(held.Id, 1), Docks.Approver)).Error.ShouldBe(new SurplusNeedsApproval(held.Id));
        var filed = (await world.RunAsync(new AskToTakeSurplus(held.Id, 1, "we can use them"), Docks.Lead)).Value;
        var hash = await world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{filed.Request}'");
        (await world.RunAsync(new ApproveRequest(filed.Request, hash, null), Docks.Approver)).Value.To.ShouldBe(ApprovalStatus.Executed);

        // then
        (await world.AvailableAsync(item)).ShouldBe(120m);
        (await world.OrderLineAsync(lines[0])).Received.ShouldBe(120m);
        (await world.HeldAsync(held.Id)).Status.ShouldBe(HeldGoodsStatus.Matched);
        (await world.DiscrepanciesAsync(lines[0]))[0].Settlement.ShouldBe(Settlement.Accepted);
        (await world.CaseAsync(held.CaseId)).Outcome.ShouldBe(CaseOutcome.AcceptedAsIs);
        (await world.ReceiveAsync(Docks.Good(lines[0], 5))).Value.Receipt.ShouldBeNull();
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Goods_without_a_reference_are_no_stock_until_their_order_is_found_RCV_10()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var (_, lines) = await world.OnItsWayAsync(Buying.Line(item, 10, 1), Buying.Line(await world.ItemAsync(new ItemTraits()), 10, 1));
        var before = await world.FootprintAsync();

        var held = (await world.RunAsync(Hold() with { Item = item }, Docks.Receiver)).Value;

        (await world.ScalarAsync<long>("select count(*) from stock_movement")).ShouldBe(long.Parse(before.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
        (await world.CaseAsync(held.Case)).Category.ShouldBe("NO_PO_REFERENCE");
        (await world.RunAsync(new AssignHeldGoods(held.HeldGoods, 1, Docks.Lead.Actor.Id, "Lea Lead"), Docks.Lead)).Value.AssignedTo.ShouldBe(Docks.Lead.Actor.Id);
        (await world.RunAsync(new MatchHeldGoods(held.HeldGoods, 2, lines[1], null), Docks.Lead)).Error.ShouldBeOfType<ItemsDiffer>();

        var matched = (await world.RunAsync(new MatchHeldGoods(held.HeldGoods, 2, lines[0], "found the mail"), Docks.Lead)).Value;

        (await world.AvailableAsync(item)).ShouldBe(10m);
        (await world.HeldAsync(held.HeldGoods)).ReceiptId.ShouldBe(matched.Receipt);
        (await world.CaseAsync(held.Case)).Status.ShouldBe(CaseStatus.Resolved);
        (await world.RunAsync(new ReturnHeldGoods(held.HeldGoods, 3, "no"), Docks.Lead)).Error
            .ShouldBe(new WrongHoldStatus(held.HeldGoods, HeldGoodsStatus.Matched, HoldStep.Return));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Goods_without_a_reference_may_go_back_be_refused_or_be_ordered_in_a_hurry_RCV_10()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var supplier = await world.SupplierAsync();
        var back = (await world.RunAsync(Hold(), Docks.Receiver)).Value;
        (await world.RunAsync(new ReturnHeldGoods(back.HeldGoods, 1, "not ours"), Docks.Lead)).Value.To.ShouldBe(HeldGoodsStatus.Returned);
        var refused = (await world.RunAsync(Hold() with { Reason = HoldReason.WrongItem }, Docks.Receiver)).Value;
        (await world.RunAsync(new RefuseHeldGoods(refused.HeldGoods, 1, "not ours"), Docks.Lead)).Value.To.ShouldBe(HeldGoodsStatus.Refused);
        var unknown = (await world.RunAsync(Hold(), Docks.Receiver)).Value;
        (await world.RunAsync(new OrderHeldGoods(unknown.HeldGoods, 1, supplier, "EUR", 2m, "we need them"), Buying.Buyer)).Error
            .ShouldBe(new ItemNotKnown(unknown.HeldGoods));
        var known = (await world.RunAsync(Hold() with { Item = item }, Docks.Receiver)).Value;

        var ordered = (await world.RunAsync(new OrderHeldGoods(known.HeldGoods, 1, supplier, "EUR", 2m, "we need them"), Buying.Buyer)).Value;
        var submitted = await world.SubmittedAsync(ordered.Order!.Value, 1);
        (await world.ApproveAsync(submitted.Request)).Error.ShouldBeNull();
        (await world.RunAsync(new ReleaseOrder(ordered.Order.Value, 3), Buying.Buyer)).Error.ShouldBeNull();
        var line = await world.LookAsync(db => db.Set<PurchaseOrderLine>().Where(one => one.OrderId == ordered.Order).Select(one => one.Id).SingleAsync());
        (await world.RunAsync(new MatchHeldGoods(known.HeldGoods, 2, line, null), Docks.Lead)).Value.Lines[0].Accrued.ShouldBe(20m);

        (await world.OrderAsync(ordered.Order.Value)).Kind.ShouldBe(OrderKind.Emergency);
        (await world.AvailableAsync(item)).ShouldBe(10m);
        await world.ShouldHoldAsync();
    }

    [Theory]
    //          rules that say something of the item, the supplier, the site and the company                 who wins
    [InlineData("item supplier site entity", "item")]
    [InlineData("supplier site entity", "supplier")]
    [InlineData("site entity", "site")]
    [InlineData("entity", "entity")]
    [InlineData("", "usual")]
    public void The_most_specific_rule_that_says_a_value_decides_it(string said, string wins)
    {
        var (item, supplier, site, entity) = (
            Platform.Domain.Catalog.ItemId.From(Guid.CreateVersion7()), Platform.Domain.Partners.SupplierId.From(Guid.CreateVersion7()),
            Platform.Domain.Warehouses.WarehouseId.From(Guid.CreateVersion7()), Platform.Domain.Partners.LegalEntityId.From(Guid.CreateVersion7()));
        var rules = new ReceivingRules(
        [
            Docks.Rule with { LegalEntity = entity, RiskThreshold = said.Contains("entity", StringComparison.Ordinal) ? 0.1m : null },
            Docks.Rule with { Warehouse = site, RiskThreshold = said.Contains("site", StringComparison.Ordinal) ? 0.2m : null },
            Docks.Rule with { Supplier = supplier, RiskThreshold = said.Contains("supplier", StringComparison.Ordinal) ? 0.3m : null },
            Docks.Rule with { Item = item, RiskThreshold = said.Contains("item", StringComparison.Ordinal) ? 0.4m : null },
        ]);

        var decided = rules.TermsFor(new Receivable(item, supplier, site, entity)).RiskThreshold;

        decided.ShouldBe(wins switch { "item" => 0.4m, "supplier" => 0.3m, "site" => 0.2m, "entity" => 0.1m, _ => 0.7m });
    }

    private HoldGoods Hold() => new(
        world.Warehouse, world.Dock, HoldReason.NoReference, Supplier: null, Item: null, Shipment: null, "A pallet of boxes", "DN-77", HappenedAt: null, TenPieces);
}
