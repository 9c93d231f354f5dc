using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Planning;
using Platform.Domain.Purchasing;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Planning;

/// <summary>PRC-06…08, PRC-13, SCN-18: from where a need is met, and what became of the other ways.</summary>
public sealed class SourcingTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldAsync();

    [Fact]
    public async Task A_need_is_proposed_once_revised_when_it_changes_and_withdrawn_when_it_is_gone()
    {
        var item = await world.ItemAsync(new ItemTraits());
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();

        var hammered = await Hammer.FireAsync(4, _ => world.RunAsync(new ProposeReorders(null, [item])));
        hammered.Faults.ShouldBeEmpty();
        hammered.Results.Sum(run => run.Value.Proposed).ShouldBe(1);
        hammered.Results.Sum(run => run.Value.Revised).ShouldBe(0);

        await world.PostedAsync(world.Receipt(item, world.Reserve, 10m, 1m));
        var revised = await world.PlannedAsync(item);
        (revised.Proposed, revised.Revised, revised.Withdrawn).ShouldBe((0, 1, 0));
        (await world.ProposalsAsync(item)).ShouldHaveSingleItem().Quantity.ShouldBe(90m);

        await world.PostedAsync(world.Receipt(item, world.Reserve, 50m, 1m));
        (await world.PlannedAsync(item)).Withdrawn.ShouldBe(1);
        (await world.ProposalsAsync(item)).ShouldHaveSingleItem().Status.ShouldBe(ProposalStatus.Withdrawn);
    }

    [Fact]
    public async Task What_is_decided_or_ordered_is_not_proposed_again_and_what_is_dismissed_rests()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var supplier = await world.AgreedSupplierAsync(item, Replenishing.Terms(2m));
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(supplier))).Error.ShouldBeNull();
        await world.PlannedAsync(item);
        var first = (await world.ProposalsAsync(item))[0];
        var dismissed = new DismissProposal(first.Id, first.Version, world.Today().AddDays(7), "season is over");
        (await world.RunAsync(dismissed)).Error.ShouldBeNull();
        (await world.RunAsync(dismissed)).Error.ShouldBeOfType<StaleVersion>();
        (await world.PlannedAsync(item)).Proposed.ShouldBe(0);
        world.Clock.Advance(TimeSpan.FromDays(8));
        (await world.PlannedAsync(item)).Proposed.ShouldBe(1);

        var second = (await world.ProposalsAsync(item))[^1];
        var way = (await world.OptionsAsync(second)).ShouldHaveSingleItem();
        (await world.RunAsync(new DecideSourcing(second.Id, second.Version, way.Id, null, null))).Error.ShouldBeNull();
        (await world.PlannedAsync(item)).Proposed.ShouldBe(0);
        var drafted = (await world.RunAsync(new OrderProposals(supplier, world.Warehouse, [second.Id]))).Value;
        (drafted.Total, drafted.Kind, drafted.Lines).ShouldBe((200m, OrderKind.Standard, 1));
        (await world.PlannedAsync(item)).Proposed.ShouldBe(0);
        (await world.PositionAsync(item, world.Warehouse)).OnOrder.ShouldBe(100m);
        (await world.RunAsync(new OrderProposals(supplier, world.Warehouse, [second.Id]))).Error.ShouldBeOfType<WrongProposalStatus>();

        // an order that is called off leaves the need
        (await world.RunAsync(new CancelOrder(drafted.Order, 1, "mistake"))).Error.ShouldBeNull();
        (await world.PlannedAsync(item)).Proposed.ShouldBe(1);
    }

    [Fact]
    public async Task Another_sites_surplus_is_offered_before_buying_and_every_other_way_says_why_not()
    {
        // given: 300 lie at the other site, which wants no more than 100; four suppliers
        var item = await world.ItemAsync(new ItemTraits());
        var cheap = await world.AgreedSupplierAsync(item, Replenishing.Terms(2m) with { PriceBreaks = [new(50m, 1.5m)] });
        var dear = await world.AgreedSupplierAsync(item, Replenishing.Terms(3m));
        var slow = await world.AgreedSupplierAsync(item, Replenishing.Terms(1m) with { LeadTimeDays = 40m });
        var stopped = await world.AgreedSupplierAsync(item, Replenishing.Terms(1m));
        (await world.RunAsync(new SuspendSupplier(stopped, 2, "fraud"), MasterData.Steward)).Error.ShouldBeNull();
        await world.PostedAsync(world.Receipt(item, world.OtherReserve, 300m, 1m));
        (await world.SetAsync(item, world.OtherWarehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();
        var first = Replenishing.MinMax(cheap) with { TransferRule = TransferRule.First };
        (await world.SetAsync(item, world.Warehouse, first)).Error.ShouldBeNull();
        (await world.RunAsync(new SetTransferLane(world.OtherWarehouse, world.Warehouse, 0, 2, 0.1m, 25m, "EUR"))).Error.ShouldBeNull();

        // when
        await world.PlannedAsync(item);

        // then
        var proposal = (await world.ProposalsAsync(item)).ShouldHaveSingleItem();
        var ways = await world.OptionsAsync(proposal);
        ways.Select(way => (way.Kind, way.SupplierId, way.Quantity, way.Cost, way.Verdict)).ShouldBe(
        [
            (SourceKind.Transfer, null, 100m, 35m, SourcingVerdict.Fits),
            (SourceKind.Buy, cheap, 100m, 150m, SourcingVerdict.Fits),
            (SourceKind.Buy, dear, 100m, 300m, SourcingVerdict.Fits),
            (SourceKind.Buy, slow, 100m, 100m, SourcingVerdict.Late),
            (SourceKind.Buy, stopped, 100m, 100m, SourcingVerdict.Blocked),
        ]);

        // when: somebody wants to buy all the same
        var buy = new DecideSourcing(proposal.Id, proposal.Version, ways[1].Id, null, null);
        (await world.RunAsync(buy)).Error.ShouldBe(new TransferFirst(proposal.Id, world.OtherWarehouse, 100m));
        (await world.RunAsync(buy with { Option = ways[4].Id, Reason = "please" })).Error.ShouldBe(new SourceNotPossible(ways[4].Id, SourcingVerdict.Blocked));
        (await world.RunAsync(buy with { Option = ways[0].Id, Quantity = 201m })).Error.ShouldBe(new SurplusGone(world.OtherWarehouse, 200m, 201m));
        (await world.RunAsync(buy with { Reason = "the other site is snowed in" })).Error.ShouldBeNull();

        // then
        (await world.OptionsAsync(proposal)).Select(way => (way.Outcome, way.RejectedBecause)).ShouldBe(
        [
            (SourcingOutcome.Rejected, RejectedBecause.Planner),
            (SourcingOutcome.Chosen, null),
            (SourcingOutcome.Rejected, RejectedBecause.Dearer),
            (SourcingOutcome.Rejected, RejectedBecause.Late),
            (SourcingOutcome.Rejected, RejectedBecause.Blocked),
        ]);
        var decided = (await world.ProposalsAsync(item))[0];
        (decided.Status, decided.SupplierId, decided.DecisionReason).ShouldBe((ProposalStatus.Decided, cheap, "the other site is snowed in"));
    }

    [Fact]
    public async Task Of_sixteen_who_want_one_surplus_at_once_only_as_many_get_it_as_there_is()
    {
        // given: 140 too many at the other site, and sixteen requisitions of 30
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.OtherReserve, 240m, 1m));
        (await world.SetAsync(item, world.OtherWarehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();
        (await world.RunAsync(new SetTransferLane(world.OtherWarehouse, world.Warehouse, await LaneVersionAsync(), 2, 0.1m, 25m, "EUR"))).Error.ShouldBeNull();
        await world.PlannedAsync(item);
        for (var at = 0; at < Hammer.Width; at++)
        {
            (await world.RunAsync(new RequestReplenishment(item, world.Warehouse, 30m, world.Today().AddDays(20), "P-7", "a fair"))).Error.ShouldBeNull();
        }

        var asked = await world.ProposalsAsync(item);
        var ways = new List<SourcingOption>();
        foreach (var proposal in asked)
        {
            ways.Add((await world.OptionsAsync(proposal)).ShouldHaveSingleItem());
        }

        var hammered = await Hammer.FireAsync(
            Hammer.Width, at => world.RunAsync(new DecideSourcing(asked[at].Id, 1, ways[at].Id, null, null)));

        hammered.Faults.ShouldBeEmpty();
        hammered.Succeeded.ShouldBe(4);
        hammered.Codes.Distinct().ShouldBe(["SURPLUS_GONE"]);
    }

    [Fact]
    public async Task Supply_that_a_supplier_makes_later_is_planned_anew_and_a_gap_is_a_case_PRC_13()
    {
        // given: two a day, 30 left, 100 on order for the tenth day
        var item = await world.ItemAsync(new ItemTraits());
        var supplier = await world.AgreedSupplierAsync(item, Replenishing.Terms(1m) with { LeadTimeDays = 20m });
        await world.ShippedAsync(item, [.. Enumerable.Repeat(2m, 30)]);
        await world.PostedAsync(world.Receipt(item, world.Reserve, 30m, 1m));
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(supplier))).Error.ShouldBeNull();
        var (order, version) = await world.ReleasedAsync(Buying.Line(item, 100m, 1m) with { ExpectedOn = world.Today().AddDays(10) });
        await world.PlannedAsync(item);
        (await world.PositionAsync(item, world.Warehouse)).Gap.ShouldBe(0m);

        // when: it comes ten days later than the goods last
        (await world.RunAsync(new AcknowledgeOrder(order, version, "AB", [new(1, 100m, world.Today().AddDays(18))]), Buying.Buyer)).Error.ShouldBeNull();
        (await world.RunAsync(new ReplanSupply(100))).Value.ShouldBe(new SupplyReplanned(1, 1));

        // then: six are missing before it comes, and are proposed as an emergency
        var gap = await world.LookAsync(db => db.Set<ExceptionCase>().SingleAsync(one => one.Category == "SUPPLY_GAP" && one.ItemId == item));
        (gap.SourceId, gap.Queue).ShouldBe((order.Value, "planning"));
        (await world.ProposalsAsync(item)).Select(one => (one.Kind, one.Quantity)).ShouldBe([(ProposalKind.Emergency, 6m)]);
        (await world.RunAsync(new ReplanSupply(100))).Value.ShouldBe(new SupplyReplanned(0, 0));

        // and an order of it is an emergency buy, which is approved as one
        var drafted = await world.OrderedAsync(item);
        drafted.Kind.ShouldBe(OrderKind.Emergency);
        var submitted = (await world.RunAsync(new SubmitOrder(drafted.Order, 1, "the first comes too late"), Buying.Buyer)).Value;
        (await world.ScalarAsync<string>($"select kind from approval_request where id = '{submitted.Request}'")).ShouldBe("EMERGENCY_BUY");
    }

    [Fact]
    public async Task An_approval_changes_a_policy_as_a_person_would_unless_somebody_else_did_meanwhile()
    {
        var item = await world.ItemAsync(new ItemTraits());
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();
        var change = new SetReplenishmentPolicy(
            item, world.Warehouse, 1, world.Today(), null, Replenishing.MinMax(null) with { LeadTimeDays = 16m }, "lead time drifts from 10 to 16 days");
        var planner = Callers.Of(ActorKind.Human, "Pia Planner", "planning.request", "approvals.request");
        var approver = Callers.Of(ActorKind.Human, "App Rover", "approvals.decide", "approver.supervisor", "planning.policy");

        var request = (await world.RunAsync(new RequestPolicyChange(change), planner)).Value.Request;
        (await world.RunAsync(new RequestPolicyChange(change), planner)).Error.ShouldBeOfType<ApprovalPending>();
        (await ApproveAsync(request, approver)).Error.ShouldBeNull();

        var set = await world.LookAsync(db => db.Set<ReplenishmentPolicy>().SingleAsync(one => one.ItemId == item && one.Number == 2));
        (set.LeadTimeDays, set.SetBy, set.Reason).ShouldBe((16m, approver.Actor.Id, change.Reason));

        var late = (await world.RunAsync(new RequestPolicyChange(change with { Number = 2 }), planner)).Value.Request;
        (await world.RunAsync(change with { Number = 2 })).Error.ShouldBeNull();
        (await ApproveAsync(late, approver)).Error.ShouldBeOfType<PreconditionsChanged>();
        (await world.LookAsync(db => db.Set<ReplenishmentPolicy>().CountAsync(one => one.ItemId == item))).ShouldBe(3);
    }

    [Fact]
    public async Task The_same_document_by_two_channels_counts_once_until_somebody_decided_SCN_19()
    {
        var item = await world.ItemAsync(new ItemTraits());
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(null))).Error.ShouldBeNull();
        var channel = await world.ChannelAsync();
        var order = new RecordDemand(item, world.Warehouse, DemandSource.SalesOrder, null, "SO-1", [new(world.Today().AddDays(2), 40m)]);
        (await world.RunAsync(order)).Value.Status.ShouldBe(DemandStatus.Counted);
        (await world.RunAsync(order)).Value.Status.ShouldBe(DemandStatus.Counted); // the same channel again restates it

        var twin = (await world.RunAsync(order with { Channel = channel })).Value;

        twin.Status.ShouldBe(DemandStatus.Suspect);
        await world.PlannedAsync(item);
        (await world.PositionAsync(item, world.Warehouse)).Committed.ShouldBe(40m);
        var found = await world.LookAsync(db => db.Set<ExceptionCase>().SingleAsync(one => one.Category == "DUPLICATE_DEMAND" && one.ItemId == item));
        found.Queue.ShouldBe("customer_service");
        (await world.RunAsync(new DecideDemand(twin.ItemDemand, 1, DemandVerdict.Count, "two customers"))).Error.ShouldBeNull();
        (await world.RunAsync(new DecideDemand(twin.ItemDemand, 2, DemandVerdict.Refuse, "again"))).Error.ShouldBeOfType<DemandNotSuspect>();
        await world.PlannedAsync(item);
        (await world.PositionAsync(item, world.Warehouse)).Committed.ShouldBe(80m);
    }

    [Fact]
    public void The_table_is_whole() =>
        Enum.GetValues<ProposalStatus>().Select(from => string.Join(' ', Enum.GetValues<ProposalStep>()
            .Where(step => ReorderProposal.Steps.ContainsKey((from, step))).Select(step => $"{step}:{ReorderProposal.Steps[(from, step)]}"))).ShouldBe(
        [
            "Decide:Decided Dismiss:Dismissed Withdraw:Withdrawn", "Order:Ordered Ship:InTransit Dismiss:Dismissed", string.Empty,
            "Receive:InTransit Arrive:Done Finish:Done", string.Empty, string.Empty, string.Empty,
        ]);

    private async Task<int> LaneVersionAsync() => (int)await world.ScalarAsync<long>(
        $"select coalesce(max(version), 0)::bigint from transfer_lane where from_warehouse_id = '{world.OtherWarehouse}'");

    private async Task<Result<ApprovalMoved>> ApproveAsync(ApprovalRequestId request, Caller by) => await world.RunAsync(
        new ApproveRequest(request, await world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{request}'"), null), by);
}
