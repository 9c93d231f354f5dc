using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Planning;
using Platform.Domain.Purchasing;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Planning;

/// <summary>PRC-06, PRC-07, PRC-19, CAT-16: transfers on the ledger, needs that are split, agreements that are called off.</summary>
public sealed class SplitTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldAsync();

    [Fact]
    public async Task What_is_sent_lies_on_the_road_until_it_is_received_and_is_never_more_than_was_decided()
    {
        // given: 60 decided to come from the other site
        var item = await world.ItemAsync(new ItemTraits());
        var proposal = await TransferAsync(item, 60m);
        var transit = await BinAsync(world.Warehouse, "TRANSIT");

        // when, then: no more than was decided, from there, to a bin of here
        var ship = new ShipTransfer(proposal.Id, proposal.Version, transit, [new TransferredGoods(world.OtherReserve, 60m, null, null)]);
        (await world.RunAsync(ship with { Goods = [new TransferredGoods(world.OtherReserve, 61m, null, null)] }))
            .Error.ShouldBe(new BeyondTheTransfer(proposal.Id, 60m, 61m));
        (await world.RunAsync(ship with { Goods = [new TransferredGoods(world.Reserve, 60m, null, null)] }))
            .Error.ShouldBe(new BinOfAnotherSite(world.Reserve, world.OtherWarehouse));
        (await world.RunAsync(ship with { TransitBin = world.Reserve })).Error.ShouldBeOfType<BinRoleNotAllowed>();
        (await world.RunAsync(ship)).Value.To.ShouldBe(ProposalStatus.InTransit);
        (await world.RunAsync(ship with { Version = proposal.Version + 1 })).Error.ShouldBeOfType<WrongProposalStatus>();
        await world.PlannedAsync(item);
        var position = await world.PositionAsync(item, world.Warehouse);
        (position.InTransit, position.DecidedIn, position.Free).ShouldBe((60m, 0m, 0m));

        // when: 50 come, and then the rest; eight hands at once take it in once
        var receive = new ReceiveTransfer(proposal.Id, proposal.Version + 1, [new TransferredGoods(world.Reserve, 50m, null, null)]);
        (await world.RunAsync(receive)).Value.ShouldSatisfyAllConditions(
            moved => moved.To.ShouldBe(ProposalStatus.InTransit), moved => moved.Step.ShouldBe(ProposalStep.Receive));
        var rest = receive with { Version = proposal.Version + 2, Goods = [new TransferredGoods(world.Reserve, 10m, null, null)] };
        (await world.RunAsync(rest with { Goods = [new TransferredGoods(world.Reserve, 11m, null, null)] }))
            .Error.ShouldBe(new BeyondTheTransfer(proposal.Id, 10m, 11m));
        var hammered = await Hammer.FireAsync(8, _ => world.RunAsync(rest));

        // then
        hammered.Succeeded.ShouldBe(1);
        var done = (await world.ProposalsAsync(item)).Find(one => one.Id == proposal.Id)!;
        (done.Status, done.Shipped, done.Arrived).ShouldBe((ProposalStatus.Done, 60m, 60m));
        (await world.ScalarAsync<decimal>($"select sum(on_hand) from stock_balance where item_id = '{item}' and warehouse_id = '{world.Warehouse}'")).ShouldBe(60m);
    }

    [Fact]
    public async Task What_is_missing_of_a_transfer_stays_on_the_ledger_and_is_a_case()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var proposal = await TransferAsync(item, 60m);
        var transit = await BinAsync(world.Warehouse, "TRANSIT");
        (await world.RunAsync(new FinishProposal(proposal.Id, proposal.Version, "lost"))).Error.ShouldBeOfType<WrongProposalStatus>();
        (await world.RunAsync(new ShipTransfer(proposal.Id, proposal.Version, transit, [new TransferredGoods(world.OtherReserve, 40m, null, null)]))).Error.ShouldBeNull();
        (await world.RunAsync(new ReceiveTransfer(proposal.Id, proposal.Version + 1, [new TransferredGoods(world.Reserve, 35m, null, null)]))).Error.ShouldBeNull();

        (await world.RunAsync(new FinishProposal(proposal.Id, proposal.Version + 2, "a pallet is missing"))).Value.To.ShouldBe(ProposalStatus.Done);

        (await world.ScalarAsync<decimal>($"select sum(on_hand) from stock_balance where item_id = '{item}' and bin_id = '{transit}'")).ShouldBe(5m);
        (await world.ScalarAsync<long>($"select count(*) from exception_case where category = 'TRANSFER_SHORT' and source_id = '{proposal.Id}'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_need_is_split_by_shares_and_the_one_furthest_behind_comes_first()
    {
        // given: seventy to the dear one, thirty to the cheap one
        var item = await world.ItemAsync(new ItemTraits());
        var dear = await world.AgreedSupplierAsync(item, Replenishing.Terms(3m));
        var cheap = await world.AgreedSupplierAsync(item, Replenishing.Terms(2m));
        var shares = new SetSupplierShares(item, world.Warehouse, 0, [new(dear, 70m), new(cheap, 30m)], "two sources");
        (await world.RunAsync(shares with { Shares = [new(dear, 70m)] })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("shares");
        (await world.RunAsync(shares)).Error.ShouldBeNull();
        (await world.RunAsync(shares)).Error.ShouldBeOfType<StaleVersion>();
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(cheap))).Error.ShouldBeNull();
        await world.PlannedAsync(item);
        var proposal = (await world.ProposalsAsync(item)).ShouldHaveSingleItem();
        var ways = await world.OptionsAsync(proposal);
        ways.Select(way => (way.SupplierId, way.SharePercent)).ShouldBe([(dear, 70m), (cheap, 30m)]);
        proposal.Impact.ShouldBe(20m * 3m); // twenty are missing below the reorder point

        // when
        var split = new SplitProposal(proposal.Id, proposal.Version, [new(ways[0].Id, 70m), new(ways[1].Id, 30m)], "by shares");
        (await world.RunAsync(split with { Parts = [new(ways[0].Id, 70m), new(ways[0].Id, 30m)] })).Error.ShouldBeOfType<InvalidField>();
        var parts = (await world.RunAsync(split)).Value.Parts;

        // then: two decisions of one need, each with its way, and nothing is proposed again
        var decided = await world.ProposalsAsync(item);
        decided.Select(one => (one.Status, one.SupplierId, one.DecidedQuantity)).ShouldBe(
            [(ProposalStatus.Decided, dear, 70m), (ProposalStatus.Decided, cheap, 30m)], ignoreOrder: true);
        decided.Single(one => one.Id == parts[0]).PartOfId.ShouldBe(proposal.Id);
        (await world.OptionsAsync(proposal)).Select(way => (way.Outcome, way.RejectedBecause)).ShouldBe(
            [(SourcingOutcome.Chosen, null), (SourcingOutcome.Rejected, RejectedBecause.Shared)]);
        (await world.PlannedAsync(item)).Proposed.ShouldBe(0);
        (await world.RunAsync(new OrderProposals(dear, world.Warehouse, [proposal.Id]))).Value.Total.ShouldBe(210m);
        (await world.RunAsync(new OrderProposals(cheap, world.Warehouse, parts))).Value.Total.ShouldBe(60m);

        // and the next need goes to whom the orders favoured less than its share: nobody, so the cheaper way is first
        (await world.RunAsync(new RequestReplenishment(item, world.Warehouse, 10m, world.Today().AddDays(20), null, "more"))).Error.ShouldBeNull();
        var next = (await world.ProposalsAsync(item)).Single(one => one.Origin == ProposalOrigin.Requisition);
        (await world.OptionsAsync(next)).Select(way => (way.SupplierId, way.SharedPercent)).ShouldBe([(cheap, 30m), (dear, 70m)]);
    }

    [Fact]
    public async Task An_agreement_in_force_is_offered_and_ordered_at_its_price_until_it_is_used_up()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var supplier = await world.AgreedSupplierAsync(item, Replenishing.Terms(3m));
        var made = (await world.RunAsync(new MakeAgreement(
            world.Entity, supplier, "EUR", world.Today(), world.Today().AddDays(90), null, [new AgreedLine(item, 2.5m, null, 60m)]))).Value;
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(supplier))).Error.ShouldBeNull();
        await world.PlannedAsync(item);
        var proposal = (await world.ProposalsAsync(item)).ShouldHaveSingleItem();

        var ways = await world.OptionsAsync(proposal);
        ways.Select(way => (way.Kind, way.Quantity, way.Verdict)).ShouldBe(
            [(SourceKind.Buy, 100m, SourcingVerdict.Fits), (SourceKind.CallOff, 60m, SourcingVerdict.Partial)]);
        var parts = (await world.RunAsync(new SplitProposal(
            proposal.Id, proposal.Version, [new(ways[1].Id, 60m), new(ways[0].Id, 40m)], "what is agreed first"))).Value.Parts;
        (await world.RunAsync(new OrderProposals(supplier, world.Warehouse, [proposal.Id, parts[0]]))).Error.ShouldBeOfType<AgreementsDiffer>();
        var drafted = (await world.RunAsync(new OrderProposals(supplier, world.Warehouse, [proposal.Id]))).Value;

        drafted.Total.ShouldBe(150m);
        (await world.ScalarAsync<Guid>($"select agreement_id from purchase_order where id = '{drafted.Order}'")).ShouldBe(made.PurchaseAgreement.Value);
        (await world.RunAsync(new OrderProposals(supplier, world.Warehouse, parts))).Value.Total.ShouldBe(120m);
    }

    private async Task<ReorderProposal> TransferAsync(ItemId item, decimal quantity)
    {
        await world.PostedAsync(world.Receipt(item, world.OtherReserve, 240m, 1m));
        (await world.SetAsync(item, world.OtherWarehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();
        var version = (int)await world.ScalarAsync<long>(
            $"select coalesce(max(version), 0)::bigint from transfer_lane where from_warehouse_id = '{world.OtherWarehouse}'");
        (await world.RunAsync(new SetTransferLane(world.OtherWarehouse, world.Warehouse, version, 2, 0.1m, 25m, "EUR"))).Error.ShouldBeNull();
        await world.PlannedAsync(item);
        var proposal = (await world.ProposalsAsync(item)).ShouldHaveSingleItem();
        var way = (await world.OptionsAsync(proposal)).Single(one => one.Kind == SourceKind.Transfer);
        (await world.RunAsync(new DecideSourcing(proposal.Id, proposal.Version, way.Id, quantity, null))).Error.ShouldBeNull();
        return (await world.ProposalsAsync(item)).ShouldHaveSingleItem();
    }

    private async Task<BinId> BinAsync(WarehouseId warehouse, string role) =>
        new(await world.ScalarAsync<Guid>($"select id from bin where warehouse_id = '{warehouse}' and role = '{role}' limit 1"));
}
