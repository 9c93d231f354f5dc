using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Purchasing;

/// <summary>PRC-09…13, PRC-18, CAT-14: from a need to what the supplier confirmed.</summary>
public sealed class OrderTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Fact]
    public async Task An_order_goes_out_in_the_revision_that_somebody_else_agreed_to()
    {
        // given
        var item = await world.ItemAsync(new ItemTraits());
        await world.PackAsync(item, "BOX", 12, 1);
        var drafted = await world.DraftedAsync(Buying.Line(item, 10, 2.345m) with { Unit = "BOX" }, Buying.Line(item, 3, 1m));
        (drafted.Total, drafted.Lines).ShouldBe((26.45m, 2)); // 23.45 and 3.00
        (await LinesAsync(drafted.Order)).Select(line => line.BaseQuantity).ShouldBe([120m, 3m]);
        (await world.RunAsync(new ReleaseOrder(drafted.Order, 1), Buying.Buyer)).Error
            .ShouldBe(new WrongOrderStatus(drafted.Order, OrderStatus.Draft, OrderStep.Release));
        (await world.RunAsync(new AuthoriseOrder(drafted.Order, 0), Buying.Approver)).Error.ShouldBe(new OrderNeedsApproval(drafted.Order));

        // when
        var submitted = await world.SubmittedAsync(drafted.Order, 1);

        // then: nothing of it changes while others decide (APR-03)
        (submitted.Status, submitted.Revision).ShouldBe((OrderStatus.PendingApproval, 1));
        (await world.RunAsync(new ChangeOrder(drafted.Order, 2, [Buying.Line(item, 1, 1)], "less"), Buying.Buyer)).Error
            .ShouldBe(new WrongOrderStatus(drafted.Order, OrderStatus.PendingApproval, OrderStep.Change));
        var own = Buying.Approver with { Actor = Buying.Approver.Actor with { Person = Buying.Buyer.Actor.Person } };
        (await world.RunAsync(new ApproveRequest(submitted.Request, await HashAsync(submitted.Request), null), own)).Error.ShouldBeOfType<OwnRequest>();
        (await world.ApproveAsync(submitted.Request)).Value.To.ShouldBe(ApprovalStatus.Executed);

        // when
        var released = (await world.RunAsync(new ReleaseOrder(drafted.Order, 3), Buying.Buyer)).Value;
        var changed = (await world.RunAsync(new ChangeOrder(drafted.Order, 4, [Buying.Line(item, 5, 2m)], "less"), Buying.Buyer)).Value;

        // then: a change is agreed to anew
        released.To.ShouldBe(OrderStatus.Released);
        (changed.To, changed.Total).ShouldBe((OrderStatus.Draft, 10m));
        (await LinesAsync(drafted.Order)).Count(line => line.Amount > 0m).ShouldBe(1); // what its supplier saw stays on record, for nothing
        var again = await world.SubmittedAsync(drafted.Order, 5);
        again.Revision.ShouldBe(2);
        (await world.ScalarAsync<string>($"select kind from approval_request where id = '{again.Request}'")).ShouldBe("CHANGE_ORDER");
        (await world.ApproveAsync(again.Request)).Error.ShouldBeNull();
        (await world.RunAsync(new ReleaseOrder(drafted.Order, 7), Buying.Buyer)).Error.ShouldBeNull();
        (await world.LookAsync(db => db.Set<PurchaseOrderRevision>().CountAsync(one => one.OrderId == drafted.Order))).ShouldBe(2);
        await world.ShouldHoldAsync();
    }

    [Theory]
    [InlineData("reject")]
    [InlineData("withdraw")]
    [InlineData("expire")]
    public async Task What_is_not_agreed_to_is_a_draft_again(string how)
    {
        var drafted = await world.DraftedAsync(Buying.Line(await world.ItemAsync(new ItemTraits()), 1, 1));
        var submitted = await world.SubmittedAsync(drafted.Order, 1);

        switch (how)
        {
            case "reject":
                await world.RunAsync(new RejectRequest(submitted.Request, await HashAsync(submitted.Request), "too dear"), Buying.Approver);
                break;
            case "withdraw":
                await world.RunAsync(new WithdrawRequest(submitted.Request, "mistake"), Buying.Buyer);
                break;
            default:
                world.Clock.Advance(TimeSpan.FromDays(8));
                await world.RunAsync(new RunApprovalClocks(500));
                break;
        }

        (await OrderAsync(drafted.Order)).Status.ShouldBe(OrderStatus.Draft);
        (await world.RunAsync(new ReleaseOrder(drafted.Order, 3), Buying.Buyer)).Error.ShouldBeOfType<WrongOrderStatus>();
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_supplier_that_is_suspended_meanwhile_stops_the_approval_by_name()
    {
        var drafted = await world.DraftedAsync(Buying.Line(await world.ItemAsync(new ItemTraits()), 1, 1));
        var submitted = await world.SubmittedAsync(drafted.Order, 1);
        var supplier = (await OrderAsync(drafted.Order)).SupplierId;
        (await world.RunAsync(new SuspendSupplier(supplier, 2, "fraud"), MasterData.Steward)).Error.ShouldBeNull();

        (await world.ApproveAsync(submitted.Request)).Error.ShouldBeOfType<PreconditionsChanged>()
            .Changes.ShouldBe([new FactChange("PurchaseOrder", drafted.Order.Value, "supplier", "\"APPROVED\"", "\"SUSPENDED\"")]);

        (await OrderAsync(drafted.Order)).Status.ShouldBe(OrderStatus.PendingApproval);
        var draft = await world.DraftAsync(Buying.Line(await world.ItemAsync(new ItemTraits()), 1, 1));
        (await world.RunAsync(draft with { Supplier = supplier }, Buying.Buyer)).Error.ShouldBe(new SupplierNotApproved(supplier, Onboarding.Suspended));
    }

    [Fact]
    public async Task Of_sixteen_orders_for_one_need_submitted_at_once_one_goes_on_PRC_11()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var orders = new List<PurchaseOrderId>();
        for (var at = 0; at < Hammer.Width; at++)
        {
            orders.Add((await world.DraftedAsync(Buying.Line(item, 1, 1))).Order);
        }

        var hammered = await Hammer.FireAsync(Hammer.Width, at => world.RunAsync(new SubmitOrder(orders[at], 1, null), Buying.Buyer));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(1);
        hammered.Codes.Distinct().ShouldBe(["DUPLICATE_BUY"]);

        // with a reason it goes on, and procurement sees a case
        var second = orders[hammered.Results.ToList().FindIndex(result => result.Error is not null)];
        (await world.RunAsync(new SubmitOrder(second, 1, "safety stock"), Buying.Buyer)).Error.ShouldBeNull();
        var found = await world.LookAsync(db => db.Set<ExceptionCase>().SingleAsync(one => one.SourceId == second.Value));
        (found.Category, found.Queue, found.WarehouseId).ShouldBe(("DUPLICATE_PO", "procurement", world.Warehouse));
        var far = await world.DraftedAsync(Buying.Line(item, 1, 1) with { ExpectedOn = new DateOnly(2026, 6, 1) });
        (await world.RunAsync(new SubmitOrder(far.Order, 1, null), Buying.Buyer)).Error.ShouldBeNull();
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task What_the_supplier_says_is_what_is_expected_and_every_word_is_kept_PRC_13()
    {
        var (order, version) = await world.ReleasedAsync(
            Buying.Line(await world.ItemAsync(new ItemTraits()), 100, 1), Buying.Line(await world.ItemAsync(new ItemTraits()), 10, 1));
        (await world.RunAsync(new AcknowledgeOrder(order, version, "AB-1", [new ConfirmedLine(7, 1, new(2026, 4, 1))]), Buying.Buyer)).Error
            .ShouldBe(new OrderLineUnknown(order, 7));

        var answered = (await world.RunAsync(
            new AcknowledgeOrder(order, version, "AB-1", [new(1, 80, new(2026, 4, 20)), new(2, 10, new(2026, 4, 1))]), Buying.Buyer)).Value;
        var corrected = (await world.RunAsync(
            new AcknowledgeOrder(order, answered.Version, "AB-2", [new(1, 100, new(2026, 4, 25))]), Buying.Buyer)).Value;

        (answered.To, corrected.To).ShouldBe((OrderStatus.Acknowledged, OrderStatus.Acknowledged));
        var line = (await LinesAsync(order))[0];
        (line.ConfirmedQuantity, line.ConfirmedOn).ShouldBe((100m, new DateOnly(2026, 4, 25)));
        var said = await world.LookAsync(db => db.Set<SupplierConfirmation>().Where(one => one.LineId == line.Id).OrderBy(one => one.Reference).ToListAsync());
        said.Select(one => (one.WasQuantity, one.Quantity)).ShouldBe([(100m, 80m), (80m, 100m)]);
        var delay = await world.LookAsync(db => db.Set<ExceptionCase>().SingleAsync(one => one.SourceId == order.Value));
        (delay.Category, delay.Signals).ShouldBe(("SUPPLIER_DELAY", 2));
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_order_without_an_answer_is_a_case_once()
    {
        var (order, version) = await world.ReleasedAsync(Buying.Line(await world.ItemAsync(new ItemTraits()), 1, 1));
        world.Clock.Advance(TimeSpan.FromHours(49));

        var hammered = await Hammer.FireAsync(4, _ => world.RunAsync(new ReportUnconfirmedOrders(500)));

        hammered.Faults.ShouldBeEmpty();
        hammered.Results.Count(result => result.Value.Orders.Contains(order)).ShouldBe(1);
        (await world.LookAsync(db => db.Set<ExceptionCase>().SingleAsync(one => one.SourceId == order.Value))).Signals.ShouldBe(1);
        (await world.RunAsync(new CancelOrder(order, version, "nobody answers"), Buying.Buyer)).Value.To.ShouldBe(OrderStatus.Cancelled);
        (await world.RunAsync(new CloseOrder(order, version + 1, "again"), Buying.Buyer)).Error.ShouldBeOfType<WrongOrderStatus>();
    }

    [Fact]
    public async Task Incomplete_or_impossible_orders_are_refused_and_leave_no_trace()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var good = await world.DraftAsync(Buying.Line(item, 1, 1));
        var blocked = await world.ItemAsync(new ItemTraits { Status = "BLOCKED" });
        var before = await world.TracesAsync();
        async Task<DomainError?> RefusalAsync(DraftOrder draft) => (await world.RunAsync(draft, Buying.Buyer)).Error;

        (await RefusalAsync(good with { Lines = [] })).ShouldBeOfType<InvalidField>().Field.ShouldBe("lines");
        (await RefusalAsync(good with { Lines = [Buying.Line(item, 0, 1)] })).ShouldBeOfType<InvalidField>().Field.ShouldBe("lines.0.quantity");
        (await RefusalAsync(good with { Lines = [Buying.Line(item, 1, -1)] })).ShouldBeOfType<InvalidField>().Field.ShouldBe("lines.0.unitPrice");
        (await RefusalAsync(good with { Lines = [Buying.Line(item, 999_999_999, 999_999_999)] })).ShouldBeOfType<InvalidField>().Field.ShouldBe("lines");
        (await RefusalAsync(good with { Lines = [Buying.Line(item, 1, 1) with { ExpectedOn = new(2020, 1, 1) }] }))
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("lines.0.expectedOn");
        (await RefusalAsync(good with { Kind = OrderKind.Emergency })).ShouldBeOfType<InvalidField>().Field.ShouldBe("reason");
        (await RefusalAsync(good with { Lines = [Buying.Line(item, 1, 1) with { Unit = "PAL" }] })).ShouldBe(new UnitNotOrderable(item, "PAL"));
        (await RefusalAsync(good with { Lines = [Buying.Line(blocked, 1, 1)] })).ShouldBeOfType<ItemNotUsable>();
        (await RefusalAsync(good with { Lines = [Buying.Line(new ItemId(Guid.CreateVersion7()), 1, 1)] })).ShouldBeOfType<ItemNotFound>();
        (await RefusalAsync(good with { Warehouse = world.YenWarehouse })).ShouldBe(new WarehouseOfAnotherEntity(world.YenWarehouse));
        (await RefusalAsync(good with { Currency = "QQQ" })).ShouldBe(new CurrencyUnknown("QQQ"));
        (await RefusalAsync(good with { LegalEntity = new(Guid.CreateVersion7()) })).ShouldBeOfType<LegalEntityNotFound>();
        (await RefusalAsync(good with { Supplier = new(Guid.CreateVersion7()) })).ShouldBeOfType<SupplierNotFound>();
        (await world.RunAsync(good, Callers.Stranger)).Error.ShouldBeOfType<NotPermitted>();
        (await world.RunAsync(good, Callers.Model)).Error.ShouldBeOfType<ModelMayNotAct>();
        var unknown = new PurchaseOrderId(Guid.CreateVersion7());
        (await world.RunAsync(new SubmitOrder(unknown, 1, null), Buying.Buyer)).Error.ShouldBe(new PurchaseOrderNotFound(unknown));
        (await world.TracesAsync()).ShouldBe(before);
    }

    [Fact]
    public void The_table_is_whole()
    {
        var ends = OrderSteps.Table.Keys.Select(key => key.From).ToHashSet();
        ends.ShouldNotContain(OrderStatus.Closed);
        ends.ShouldNotContain(OrderStatus.Cancelled);
        string Row(OrderStatus from) => string.Join(' ', Enum.GetValues<OrderStep>()
            .Where(step => OrderSteps.Table.ContainsKey((from, step))).Select(step => $"{step}:{OrderSteps.After(from, step)}"));
        Enum.GetValues<OrderStatus>().Select(Row).ShouldBe(
        [
            "Submit:PendingApproval Change:Draft Cancel:Cancelled AllowOverrun:Draft",
            "Approve:Approved Return:Draft",
            "Release:Released Change:Draft Cancel:Cancelled",
            "Acknowledge:Acknowledged Change:Draft Receive:PartiallyReceived ReceiveAll:Received Cancel:Cancelled",
            "Acknowledge:Acknowledged Change:Draft Receive:PartiallyReceived ReceiveAll:Received Cancel:Cancelled",
            "Acknowledge:PartiallyReceived Change:Draft Receive:PartiallyReceived ReceiveAll:Received UnreceiveReleased:Released UnreceiveAcknowledged:Acknowledged Close:Closed",
            "ReceiveAll:Received Unreceive:PartiallyReceived UnreceiveReleased:Released UnreceiveAcknowledged:Acknowledged Close:Closed",
            string.Empty,
            string.Empty,
        ]);
    }

    private Task<PurchaseOrder> OrderAsync(PurchaseOrderId id) =>
        world.LookAsync(db => db.Set<PurchaseOrder>().SingleAsync(order => order.Id == id));

    private Task<List<PurchaseOrderLine>> LinesAsync(PurchaseOrderId id) =>
        world.LookAsync(db => db.Set<PurchaseOrderLine>().Where(line => line.OrderId == id).OrderBy(line => line.Line).ToListAsync());

    private Task<string> HashAsync(ApprovalRequestId request) =>
        world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{request}'");
}
