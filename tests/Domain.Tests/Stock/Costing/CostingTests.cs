using Platform.Domain.Finance;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Costing;
using Platform.Domain.Stock.Posting;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Costing;

/// <summary>DOMAIN 4.6 through the commands: sub-ledger and general ledger agree after every one of them (I-06, I-07, I-08).</summary>
public sealed class CostingTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldAsync();

    [Theory]
    //                       on hand gone
    [InlineData("MOVING_AVERAGE", 95,    5)]
    [InlineData("FIFO",           95,    5)]
    [InlineData("STANDARD",       0,     100)]
    public async Task A_late_cost_is_split_by_what_is_still_here(string costing, int onHand, int gone)
    {
        var item = await world.ItemAsync(new ItemTraits { Costing = costing });
        var receipt = await world.PostedAsync(world.Receipt(item, world.Staging, 100m, 2m));
        await world.PostedAsync(world.Shipment(item, world.Staging, 5m));
        var before = (await world.PoolAsync(item)).Value;

        var charged = (await world.RunAsync(
            new ChargeLateCost(world.Entity, receipt.Movements[0].Movement, LateCostKind.LandedCost, 100m, null))).Value;

        (charged.OnHand, charged.Gone).ShouldBe((onHand, gone));
        (await world.PoolAsync(item)).Value.ShouldBe(before + onHand);
    }

    [Fact]
    public async Task A_late_cost_is_refused_for_what_is_no_standing_receipt()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var receipt = await world.PostedAsync(world.Receipt(item, world.Staging, 10m, 2m));
        var shipment = await world.PostedAsync(world.Shipment(item, world.Staging, 1m));
        var reversed = await world.PostedAsync(world.Receipt(item, world.Staging, 10m, 2m));
        await world.RunAsync(new ReverseMovement(world.Entity, reversed.Movements[0].Movement, "wrong"));

        await RefusedAsync(shipment.Movements[0].Movement, 1m, new NotAReceipt(shipment.Movements[0].Movement));
        await RefusedAsync(reversed.Movements[0].Movement, 1m, new ReceiptWasReversed(reversed.Movements[0].Movement));
        await RefusedAsync(receipt.Movements[0].Movement, 0.001m, new AmountNotPossible(0.001m, "EUR", 2));
        await RefusedAsync(receipt.Movements[0].Movement, 0m, new AmountNotPossible(0m, "EUR", 2));

        async Task RefusedAsync(long movement, decimal amount, Platform.Domain.Kernel.DomainError expected) =>
            (await world.RunAsync(new ChargeLateCost(world.Entity, movement, LateCostKind.InvoiceVariance, amount, null))).Error.ShouldBe(expected);
    }

    [Theory]
    [InlineData("MOVING_AVERAGE")]
    [InlineData("FIFO")]
    [InlineData("STANDARD")]
    public async Task A_reversed_receipt_leaves_the_others_and_every_account_as_if_it_had_never_been(string costing)
    {
        var item = await world.ItemAsync(new ItemTraits { Costing = costing });
        await world.PostedAsync(world.Receipt(item, world.Staging, 10m, 1m));
        var (pool, grni, landed) = (await world.PoolAsync(item), await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED"), await world.AccountAsync("LANDED_COST_ACCRUAL"));
        var wrong = await world.PostedAsync(world.Receipt(item, world.Staging, 7m, 3.33m));
        await world.RunAsync(new ChargeLateCost(world.Entity, wrong.Movements[0].Movement, LateCostKind.LandedCost, 5m, null));

        await world.RunAsync(new ReverseMovement(world.Entity, wrong.Movements[0].Movement, "other supplier"));

        (await world.PoolAsync(item)).ShouldBe(pool);
        (await world.AccountAsync("GOODS_RECEIVED_NOT_INVOICED")).ShouldBe(grni);
        (await world.AccountAsync("LANDED_COST_ACCRUAL")).ShouldBe(landed);
        (await world.RunAsync(new ReverseMovement(world.Entity, wrong.Movements[0].Movement, "again"))).Error
            .ShouldBe(new MovementAlreadyReversed(1, wrong.Movements[0].Movement));
    }

    [Fact]
    public async Task A_customer_returns_goods_at_the_cost_at_which_they_left_and_never_more_than_left()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Staging, 3m, 3.3333333333m));
        var shipped = await world.PostedAsync(world.Shipment(item, world.Staging, 3m));
        await world.PostedAsync(world.Receipt(item, world.Staging, 1m, 50m));
        var back = world.Line(MovementType.CustomerReturn, item, Place.Customer, Place.In(world.Returns, StockCondition.ReturnReview), 1m)
            with { Returns = shipped.Movements[0].Movement };

        var values = new List<decimal?>();
        for (var i = 0; i < 3; i++)
        {
            values.Add((await world.PostedAsync(back)).Movements[0].Value);
        }

        values.ShouldBe([3.33m, 3.34m, 3.33m]); // together the 10.00 that left
        (await world.PostAsync(back)).Error.ShouldBe(new ReturnExceedsShipment(1, shipped.Movements[0].Movement, 3m, 3m, 1m));
        (await world.RunAsync(new ReverseMovement(world.Entity, shipped.Movements[0].Movement, "too late"))).Error
            .ShouldBeOfType<ReversalNotAllowed>();
    }

    [Fact]
    public async Task A_supplier_credits_another_price_than_the_goods_cost_now()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Staging, 10m, 4m));
        var variance = await world.AccountAsync("PURCHASE_VARIANCE");
        await world.PostedAsync(
            world.Line(MovementType.SupplierReturn, item, Place.In(world.Staging, StockCondition.Usable), Place.Supplier, 2m) with { UnitCost = 3m });
        (await world.AccountAsync("PURCHASE_VARIANCE")).ShouldBe(variance + 2m);
    }

    [Fact]
    public async Task Consigned_goods_have_no_value_until_they_are_consumed()
    {
        // INV-07
        var item = await world.ItemAsync(new ItemTraits());
        var theirs = await world.OwnerAsync("SUPPLIER_CONSIGNED");
        await world.PostedAsync(world.Receipt(item, world.Reserve, 10m, 5m) with { Owner = theirs });
        (await world.PoolAsync(item)).ShouldBe((0m, 0m));
        var payable = await world.AccountAsync("CONSIGNMENT_PAYABLE");

        await world.PostedAsync(
            world.Line(MovementType.Ownership, item, Place.In(world.Reserve, StockCondition.Usable), Place.In(world.Reserve, StockCondition.Usable), 4m)
                with { Owner = theirs, NewOwner = world.Own, UnitCost = 5m });

        (await world.PoolAsync(item)).ShouldBe((4m, 20m));
        (await world.AccountAsync("CONSIGNMENT_PAYABLE")).ShouldBe(payable - 20m);
    }

    [Fact]
    public async Task Stock_runs_below_zero_only_as_far_as_policy_says_and_the_next_receipt_settles_it()
    {
        // INV-14
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Staging, 5m, 10m));
        (await world.RunAsync(new SetStockPolicy(item, world.Warehouse, -3m, 1000m, NeedsEvidence: false))).Error.ShouldBeNull();

        (await world.PostAsync(world.Shipment(item, world.Staging, 9m))).Error.ShouldBe(new NegativeFloor(1, world.Staging, item, -3m, 5m, 9m));
        await world.PostedAsync(world.Shipment(item, world.Staging, 8m));
        await world.PostedAsync(world.Shipment(item, world.Pick, 2m)); // a bin that never held any
        (await world.PoolAsync(item)).ShouldBe((-5m, -50m));
        (await world.RunAsync(new SetStockPolicy(item, world.Warehouse, -1m, 1000m, NeedsEvidence: false))).Error
            .ShouldBe(new StockBelowFloor(item, world.Warehouse, -3m, -1m));

        await world.PostedAsync(world.Receipt(item, world.Staging, 10m, 12m));
        (await world.PoolAsync(item)).ShouldBe((5m, 60m));
    }

    [Fact]
    public async Task Revaluation_and_a_new_standard_change_value_and_nothing_else()
    {
        var average = await world.ItemAsync(new ItemTraits());
        var standard = await world.ItemAsync(new ItemTraits { Costing = "STANDARD" });
        (await world.RunAsync(new RevalueItem(world.Entity, average, 1m, "market"))).Error.ShouldBe(new NothingToRevalue(average));
        await world.RunAsync(new ChangeStandardCost(world.Entity, standard, 4m, "first"));
        await world.PostedAsync(world.Receipt(average, world.Reserve, 10m, 2m), world.Receipt(standard, world.Reserve, 10m, 5m));

        (await world.RunAsync(new RevalueItem(world.Entity, average, 1.5m, "market"))).Value.Change.ShouldBe(-5m);
        (await world.RunAsync(new ChangeStandardCost(world.Entity, standard, 4.5m, "yearly"))).Value.Change.ShouldBe(5m);
        (await world.RunAsync(new RevalueItem(world.Entity, standard, 1m, "no"))).Error.ShouldBe(new CostedAtStandard(standard));
        (await world.RunAsync(new ChangeStandardCost(world.Entity, average, 1m, "no"))).Error.ShouldBeOfType<NotCostedAtStandard>();

        (await world.PoolAsync(average)).ShouldBe((10m, 15m));
        (await world.PoolAsync(standard)).ShouldBe((10m, 45m));
    }

    [Fact]
    public async Task Yen_have_no_cents()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var request = new PostingRequest
        {
            LegalEntity = world.YenEntity,
            Document = new StockDocument("Test", null, null),
            Lines = [world.Receipt(item, world.YenReserve, 3m, 33.3333333333m) with { Owner = null }],
        };
        (await world.RunAsync(new PostMovements(request))).Value.Movements[0].Value.ShouldBe(100m);
        var shipped = await world.RunAsync(new PostMovements(
            request with { Lines = [world.Shipment(item, world.YenReserve, 1m) with { Owner = null }] }));
        shipped.Value.Movements[0].Value.ShouldBe(-33m);
    }

    [Fact]
    public async Task A_closed_month_takes_no_posting()
    {
        // I-20
        var item = await world.ItemAsync(new ItemTraits());
        (await world.RunAsync(new ClosePeriod(world.Entity, 2026, 3, ForGood: false))).Error.ShouldBe(new MonthNotOver(2026, 3));
        (await world.RunAsync(new ClosePeriod(world.Entity, 2026, 1, ForGood: true))).Error.ShouldBeNull();
        (await world.RunAsync(new ClosePeriod(world.Entity, 2026, 2, ForGood: false))).Error.ShouldBeNull();
        foreach (var day in new[] { new DateTimeOffset(2026, 1, 31, 23, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) })
        {
            var request = world.Request(world.Receipt(item, world.Dock, 1m, 1m)) with { OccurredAt = day };
            (await world.RunAsync(new PostMovements(request))).Error.ShouldBe(new PeriodClosed(world.Entity, DateOnly.FromDateTime(day.Date)));
        }

        (await world.RunAsync(new AskToReopenPeriod(world.Entity, 2026, 1, "late"))).Error.ShouldBe(new PeriodNotSoftClosed(2026, 1));
        await world.ExecuteAsync("update accounting_period set status = 'OPEN' where status = 'SOFT_CLOSED'");
        (await world.RunAsync(new PostMovements(world.Request(world.Receipt(item, world.Dock, 1m, 1m)) with
        {
            OccurredAt = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero),
        }))).Error.ShouldBeNull();
        await Should.ThrowAsync<Npgsql.PostgresException>(world.ExecuteAsync("update accounting_period set status = 'OPEN' where status = 'CLOSED'"));
    }

    [Fact]
    public async Task Adjustments_need_a_reason_evidence_where_policy_says_and_approval_above_its_limit()
    {
        // INV-12, INV-13
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 100m, 20m));
        var spot = new StockSpot(world.Reserve, item, StockCondition.Usable, null, null, null, null);
        var before = await world.FootprintAsync();
        (await AdjustAsync(-1m, new PostingReason(" ", null, null))).ShouldBe(new ReasonRequired());
        (await AdjustAsync(-51m, new PostingReason("COUNT", null, null)))
            .ShouldBe(new ApprovalRequired(item, world.Warehouse, 1020m, 1000m, "EUR"));
        (await world.RunAsync(new WriteOff(world.Entity, spot, 51m, null, null, null, new PostingReason("BROKEN", null, null)))).Error
            .ShouldBe(new ApprovalRequired(item, world.Warehouse, 1020m, 1000m, "EUR"));
        (await world.FootprintAsync()).ShouldBe(before);

        var writtenOff = await world.AccountAsync("WRITE_OFF");
        (await AdjustAsync(-2m, new PostingReason("COUNT", "missing", null))).ShouldBeNull();
        (await AdjustAsync(1m, new PostingReason("COUNT", "found again", null))).ShouldBeNull();
        (await world.RunAsync(new WriteOff(world.Entity, spot, 1m, null, 99m, null, new PostingReason("BROKEN", null, null)))).Error.ShouldBeNull();
        (await world.PoolAsync(item)).ShouldBe((98m, 1960m));
        (await world.AccountAsync("WRITE_OFF")).ShouldBe(writtenOff + 20m);

        await world.RunAsync(new SetStockPolicy(item, null, 0m, 10m, NeedsEvidence: true));
        (await AdjustAsync(-1m, new PostingReason("COUNT", null, null))).ShouldBe(new EvidenceRequired(item, world.Warehouse));
        (await AdjustAsync(-1m, new PostingReason("COUNT", null, "photo 7"))).ShouldBe(new ApprovalRequired(item, world.Warehouse, 20m, 10m, "EUR"));

        async Task<Platform.Domain.Kernel.DomainError?> AdjustAsync(decimal change, PostingReason reason) =>
            (await world.RunAsync(new AdjustStock(world.Entity, spot, change, null, null, null, null, reason))).Error;
    }
}
