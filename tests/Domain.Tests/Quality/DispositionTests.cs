using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Quality;
using Platform.Domain.Quality.Disposing;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Posting;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Quality;

/// <summary>QLT-03…05: what failed is used, put right, sent back or scrapped only when those who must have agreed.</summary>
public sealed class DispositionTests(QualityWorld world) : IClassFixture<QualityWorld>
{
    private static readonly Caller Supervisor = Callers.Of(
        ActorKind.Human, "Sue Pervisor", "approvals.decide", "approver.supervisor", "quality.carry_out", "stock.adjust", "stock.write-off");

    private static readonly Caller Controller = Callers.Of(
        ActorKind.Human, "Conny Controller", "approvals.request", "stock.adjust", "stock.write-off");

    [Theory]
    //          kind                              from                        possible
    [InlineData(DispositionKind.UseAsIs,          StockCondition.Quarantined, true)]
    [InlineData(DispositionKind.UseAsIs,          StockCondition.Damaged,     false)]
    [InlineData(DispositionKind.Downgrade,        StockCondition.Quarantined, true)]
    [InlineData(DispositionKind.Downgrade,        StockCondition.Damaged,     false)]
    [InlineData(DispositionKind.Rework,           StockCondition.Quarantined, true)]
    [InlineData(DispositionKind.Rework,           StockCondition.Damaged,     true)]
    [InlineData(DispositionKind.ReturnToSupplier, StockCondition.Quarantined, true)]
    [InlineData(DispositionKind.ReturnToSupplier, StockCondition.Damaged,     true)]
    [InlineData(DispositionKind.Scrap,            StockCondition.Quarantined, true)]
    [InlineData(DispositionKind.Scrap,            StockCondition.Damaged,     true)]
    [InlineData(DispositionKind.Scrap,            StockCondition.Usable,      false)]
    [InlineData(DispositionKind.UseAsIs,          StockCondition.Inspection,  false)]
    public void Each_way_begins_where_it_may(DispositionKind kind, StockCondition from, bool isPossible) =>
        Dispositions.IsPossible(kind, from).ShouldBe(isPossible);

    [Theory]
    [InlineData(DispositionKind.UseAsIs, "QUARANTINE_RELEASE", StockCondition.Usable)]
    [InlineData(DispositionKind.Downgrade, "DOWNGRADE", StockCondition.Damaged)]
    [InlineData(DispositionKind.Rework, "REWORK", StockCondition.Inspection)]
    [InlineData(DispositionKind.ReturnToSupplier, "SUPPLIER_RETURN", null)]
    [InlineData(DispositionKind.Scrap, "WRITE_OFF", null)]
    public async Task What_was_rejected_goes_the_way_that_others_agreed_to(DispositionKind kind, string approval, StockCondition? reached)
    {
        // given: six of a hundred rejected
        var (item, inspection) = await RejectedAsync(100m, 6m);
        var supplier = kind == DispositionKind.ReturnToSupplier ? await world.SupplierAsync() : (Platform.Domain.Partners.SupplierId?)null;
        var command = Propose(item, kind, 6m, inspection) with { Supplier = supplier, Evidence = "s3://photo" };

        // when
        var proposed = (await world.RunAsync(command, Inspecting.Inspector)).Value;

        // then: nothing moved, and nobody does it by hand
        proposed.Status.ShouldBe(DispositionStatus.Proposed);
        (await world.ScalarAsync<string>($"select kind from approval_request where id = '{proposed.Request}'")).ShouldBe(approval);
        (await world.QuantityAsync(item, StockCondition.Quarantined)).ShouldBe(6m);
        (await world.RunAsync(new CarryOutDisposition(proposed.Disposition), Supervisor)).Error
            .ShouldBe(new DispositionNeedsApproval(proposed.Disposition));
        (await world.RunAsync(command with { Quantity = 1m }, Inspecting.Inspector)).Error.ShouldBe(new NothingRejectedHere(inspection, 0m, 1m));

        // when
        (await ApproveAsync(proposed.Request)).Value.To.ShouldBe(ApprovalStatus.Executed);

        // then
        (await world.QuantityAsync(item, StockCondition.Quarantined)).ShouldBe(0m);
        var total = await world.ScalarAsync<decimal>($"select sum(on_hand) from stock_balance where item_id = '{item}'");
        total.ShouldBe(reached is null ? 94m : 100m);
        if (reached is { } condition)
        {
            (await world.QuantityAsync(item, condition)).ShouldBe(condition == StockCondition.Usable ? 100m : 6m);
        }

        (await world.ScalarAsync<string>($"select status from inspection where id = '{inspection}'")).ShouldBe("CLOSED");
        (await world.ScalarAsync<long>($"select count(*) from inspection where source_id = '{proposed.Disposition}'"))
            .ShouldBe(kind == DispositionKind.Rework ? 1L : 0L);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task What_others_reject_does_not_happen_and_may_be_proposed_anew()
    {
        var (item, inspection) = await RejectedAsync(10m, 2m);
        var proposed = (await world.RunAsync(Propose(item, DispositionKind.UseAsIs, 2m, inspection), Inspecting.Inspector)).Value;

        (await world.RunAsync(new RejectRequest(proposed.Request, await HashAsync(proposed.Request), "no"), Supervisor)).Error.ShouldBeNull();

        (await world.ScalarAsync<string>($"select status from disposition where id = '{proposed.Disposition}'")).ShouldBe("ENDED");
        (await world.QuantityAsync(item, StockCondition.Quarantined)).ShouldBe(2m);
        (await world.RunAsync(Propose(item, DispositionKind.Downgrade, 2m, inspection), Inspecting.Inspector)).Error.ShouldBeNull();
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Whoever_inspected_does_not_decide_that_they_are_used_QLT_04()
    {
        var (item, inspection) = await RejectedAsync(10m, 2m);
        var another = Callers.Of(ActorKind.Human, "An Other", "quality.dispose", "approvals.request");
        var proposed = (await world.RunAsync(Propose(item, DispositionKind.UseAsIs, 2m, inspection), another)).Value;
        var inspector = Supervisor with { Actor = Supervisor.Actor with { Person = Inspecting.Inspector.Actor.Person } };

        var refused = await world.RunAsync(new ApproveRequest(proposed.Request, await HashAsync(proposed.Request), null), inspector);

        refused.Error.ShouldBeOfType<ActionRefused>().RefusalCode.ShouldBe("RELEASER_IS_INVOLVED");
        (await world.QuantityAsync(item, StockCondition.Quarantined)).ShouldBe(2m);
        (await ApproveAsync(proposed.Request)).Value.To.ShouldBe(ApprovalStatus.Executed);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task Goods_stranded_in_inspection_are_one_case_that_explains_the_false_shortage_QLT_05()
    {
        // given: all there is waits for inspection
        var item = await world.ItemAsync(new ItemTraits());
        await world.PublishedAsync(Inspecting.Rule(InspectionMode.EveryLot, item));
        var arrived = await world.ArrivedAsync(world.Goods(item, 40m));
        (await world.RunAsync(new RunQualityClocks(500))).Value.Stranded.ShouldNotContain(arrived.Inspection!.Value);

        // when
        world.Clock.Advance(TimeSpan.FromDays(9));
        (await world.RunAsync(new RunQualityClocks(500))).Value.Stranded.ShouldContain(arrived.Inspection.Value);

        // then: told once, to quality, with the reason why it looks like a shortage
        (await world.RunAsync(new RunQualityClocks(500))).Value.Stranded.ShouldBeEmpty();
        var found = await world.LookAsync(db => Task.FromResult(
            db.Set<ExceptionCase>().Single(one => one.SourceId == arrived.Inspection.Value.Value)));
        (found.Category, found.Queue, found.Severity, found.ServiceImpact)
            .ShouldBe(("STRANDED_INSPECTION", "quality", CaseSeverity.High, ServiceImpact.PartialService));
        found.Facts.ShouldContain("40 are there and 0 may be taken (40 inspection). The shortage is not one of goods");
    }

    [Fact]
    public async Task A_correction_above_the_limit_is_asked_for_and_made_by_the_approval_SCN_25()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 500m, 10m));
        var spot = new StockSpot(world.Reserve, item, StockCondition.Usable, null, null, null, null);
        var adjust = new AdjustStock(world.Entity, spot, -200m, null, null, null, null, new PostingReason("COUNT", "not found", null));
        var before = await world.FootprintAsync();

        // when: the informal way is refused without a trace
        (await world.RunAsync(adjust, Controller)).Error.ShouldBeOfType<ApprovalRequired>().Value.ShouldBe(2000m);
        (await world.FootprintAsync()).ShouldBe(before);
        var filed = (await world.RunAsync(new AskToAdjust(adjust), Controller)).Value;
        (filed.Kind, filed.Amount, filed.Currency).ShouldBe(("INVENTORY_ADJUSTMENT", 2000m, "EUR"));
        (await world.OnHandAsync(item, world.Reserve)).ShouldBe(500m);
        (await world.RunAsync(new AskToAdjust(adjust), Controller)).Error.ShouldBeOfType<ApprovalPending>();

        // when the books change meanwhile, what was agreed to is not done
        await world.PostedAsync(world.Shipment(item, world.Reserve, 1m));
        (await ApproveAsync(filed.Request)).Error.ShouldBeOfType<PreconditionsChanged>();
        await world.RunAsync(new WithdrawRequest(filed.Request, "changed"), Controller);
        var again = (await world.RunAsync(new AskToAdjust(adjust), Controller)).Value;
        (await ApproveAsync(again.Request)).Value.To.ShouldBe(ApprovalStatus.Executed);

        // then
        (await world.OnHandAsync(item, world.Reserve)).ShouldBe(299m);
        (await world.RunAsync(new AskToAdjust(adjust), Inspecting.Inspector)).Error.ShouldBe(new MayNotAsk("stock.adjust"));
        var writeOff = new WriteOff(world.Entity, spot, 150m, null, null, null, new PostingReason("ROT", "rotten", null));
        (await world.RunAsync(writeOff, Controller)).Error.ShouldBeOfType<ApprovalRequired>();
        var written = (await world.RunAsync(new AskToWriteOff(writeOff), Controller)).Value;
        written.Kind.ShouldBe("WRITE_OFF");
        (await ApproveAsync(written.Request)).Value.To.ShouldBe(ApprovalStatus.Executed);
        (await world.OnHandAsync(item, world.Reserve)).ShouldBe(149m);
        await world.ShouldHoldAsync();
    }

    private async Task<(ItemId Item, InspectionId Inspection)> RejectedAsync(decimal quantity, decimal rejected)
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PublishedAsync(Inspecting.Rule(InspectionMode.EveryLot, item));
        var id = await world.LookedAtAsync(item, quantity, rejected);
        (await world.RunAsync(new DecideInspection(id, 3, [new(1, quantity - rejected)], "broken"), Inspecting.Inspector)).Error.ShouldBeNull();
        return (item, id);
    }

    private ProposeDisposition Propose(ItemId item, DispositionKind kind, decimal quantity, InspectionId inspection) => new(
        world.Entity, kind, new StockSpot(world.Dock, item, StockCondition.Quarantined, null, null, null, null), quantity, null, inspection,
        Source: null, Supplier: null, "as seen", Evidence: null);

    private async Task<Result<ApprovalMoved>> ApproveAsync(ApprovalRequestId request) =>
        await world.RunAsync(new ApproveRequest(request, await HashAsync(request), null), Supervisor);

    private Task<string> HashAsync(ApprovalRequestId request) =>
        world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{request}'");
}
