using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Costing;
using Platform.Domain.Stock.Ledger;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Costing;

/// <summary>CAT-18: how cost flows is a rule of a class, a company or an item; others agree to it, and no value changes by it.</summary>
public sealed class CostingRuleTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    private static readonly Caller Accountant = Callers.Of(ActorKind.Human, "Ac Countant", "stock.cost");
    private static readonly Caller Controller =
        Callers.Of(ActorKind.Human, "Con Troller", "stock.cost", "approvals.decide", "approver.supervisor");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldAsync();

    [Theory]
    //          item's own        class everywhere  class in company  item in company   flow
    [InlineData("MOVING_AVERAGE", null,             null,             null,             CostingMethod.MovingAverage)]
    [InlineData("MOVING_AVERAGE", "FIFO",           null,             null,             CostingMethod.Fifo)]
    [InlineData("MOVING_AVERAGE", "FIFO",           "STANDARD",       null,             CostingMethod.Standard)]
    [InlineData("MOVING_AVERAGE", "FIFO",           "STANDARD",       "MOVING_AVERAGE", CostingMethod.MovingAverage)]
    [InlineData("FIFO",           null,             "MOVING_AVERAGE", null,             CostingMethod.MovingAverage)]
    [InlineData("STANDARD",       null,             null,             "FIFO",           CostingMethod.Fifo)]
    public async Task The_narrowest_rule_counts(string own, string? everywhere, string? company, string? one, CostingMethod flow)
    {
        var (item, category) = await ClassedAsync(own);
        await AgreedAsync(null, category, null, everywhere);
        await AgreedAsync(world.Entity, category, null, company);
        await AgreedAsync(world.YenEntity, category, null, "FIFO"); // Another company's rule is no rule here.
        await AgreedAsync(world.Entity, null, item, one);

        await world.PostedAsync(world.Receipt(item, world.Staging, 10m, 2m));

        (await ValueAsync(item)).Flow.ShouldBe(flow);
    }

    [Fact]
    public async Task A_pool_with_goods_keeps_its_flow_until_it_is_empty_and_turns_by_itself()
    {
        // given
        var (item, category) = await ClassedAsync("MOVING_AVERAGE");
        await world.PostedAsync(world.Receipt(item, world.Staging, 10m, 2m));

        // when
        var set = await AgreedAsync(world.Entity, category, null, "FIFO");

        // then
        (set!.Turned, set.Waiting).ShouldBe((0, 1));
        var waiting = await ValueAsync(item);
        (waiting.Flow, waiting.NextFlow, waiting.Value).ShouldBe((CostingMethod.MovingAverage, CostingMethod.Fifo, 20m));
        await world.PostedAsync(world.Shipment(item, world.Staging, 4m), world.Receipt(item, world.Staging, 4m, 5m));
        (await ValueAsync(item)).Flow.ShouldBe(CostingMethod.MovingAverage);
        await world.PostedAsync(world.Shipment(item, world.Staging, 10m));
        var empty = await ValueAsync(item);
        (empty.Flow, empty.NextFlow, empty.Value).ShouldBe((CostingMethod.Fifo, null, 0m));
        await world.PostedAsync(world.Receipt(item, world.Staging, 1m, 1m), world.Receipt(item, world.Staging, 1m, 3m));
        await world.PostedAsync(world.Shipment(item, world.Staging, 1m));
        (await ValueAsync(item)).Value.ShouldBe(3m); // The oldest left first.
    }

    [Fact]
    public async Task An_empty_pool_turns_at_once_and_a_rule_that_is_taken_back_turns_it_again()
    {
        var (item, category) = await ClassedAsync("MOVING_AVERAGE");
        await world.PostedAsync(world.Receipt(item, world.Staging, 1m, 2m));
        await world.PostedAsync(world.Shipment(item, world.Staging, 1m));

        (await AgreedAsync(null, category, null, "FIFO"))!.Turned.ShouldBe(1);
        (await ValueAsync(item)).Flow.ShouldBe(CostingMethod.Fifo);
        var rule = await world.ScalarAsync<Guid>($"select id from costing_rule where category = '{category}'");
        var filed = (await world.RunAsync(new AskForCostingRule(null, category, null, null, "no longer"), Accountant)).Value;
        await ApproveAsync(filed.Request);

        (await ValueAsync(item)).Flow.ShouldBe(CostingMethod.MovingAverage);
        (await world.RunAsync(new AskForCostingRule(null, category, null, null, "again"), Accountant)).Error
            .ShouldBe(new CostingRuleStands(CostingRuleId.From(rule), null));
    }

    [Fact]
    public async Task An_item_that_changes_its_class_follows_the_rules_of_the_new_one()
    {
        var (item, category) = await ClassedAsync("MOVING_AVERAGE");
        await AgreedAsync(null, category + "-2", null, "FIFO");
        await world.PostedAsync(world.Receipt(item, world.Staging, 1m, 2m));

        (await world.RunAsync(new ChangeItem(
            item, 1, new ItemIdentity("Renamed", null, null, category + "-2", null), "regrouped"), MasterData.Steward)).Value.State.ShouldBe(ChangeState.Applied);

        (await ValueAsync(item)).NextFlow.ShouldBe(CostingMethod.Fifo);
    }

    [Fact]
    public async Task A_pool_that_will_be_at_standard_has_its_standard_before_it_turns()
    {
        var (item, category) = await ClassedAsync("MOVING_AVERAGE");
        await world.PostedAsync(world.Receipt(item, world.Staging, 2m, 3m));
        await AgreedAsync(null, category, null, "STANDARD");

        (await world.RunAsync(new ChangeStandardCost(world.Entity, item, 5m, "new year"))).Error.ShouldBeNull();
        (await ValueAsync(item)).Value.ShouldBe(6m);
        await world.PostedAsync(world.Shipment(item, world.Staging, 2m));
        await world.PostedAsync(world.Receipt(item, world.Staging, 2m, 3m));

        (await ValueAsync(item)).Value.ShouldBe(10m);
    }

    [Fact]
    public async Task Nobody_sets_a_rule_alone_and_a_rule_that_makes_no_sense_is_refused()
    {
        var (item, category) = await ClassedAsync("MOVING_AVERAGE");
        var filed = (await world.RunAsync(new AskForCostingRule(null, category, null, CostingMethod.Fifo, "why"), Accountant)).Value;
        var rule = await world.ScalarAsync<Guid>($"select id from costing_rule where category = '{category}'");

        (await world.RunAsync(new SetCostingRule(CostingRuleId.From(rule), CostingMethod.Fifo, "alone"), Accountant)).Error.ShouldBeOfType<NeedsApproval>();
        var own = Accountant with { Permissions = Controller.Permissions };
        (await world.RunAsync(new ApproveRequest(filed.Request, await HashAsync(filed.Request), null), own)).Error.ShouldBeOfType<OwnRequest>();
        (await world.RunAsync(new AskForCostingRule(null, category, null, CostingMethod.Standard, "too"), Accountant)).Error
            .ShouldBeOfType<ApprovalPending>();
        (await world.ScalarAsync<long>($"select count(*) from costing_rule where category = '{category}' and method is not null")).ShouldBe(0);

        await ShouldBeNonsenseAsync(null, null, null);
        await ShouldBeNonsenseAsync(null, category, item);
        await ShouldBeNonsenseAsync(null, null, item);
        await ShouldBeNonsenseAsync(world.Entity, null, ItemId.From(Guid.CreateVersion7()));
    }

    private async Task ShouldBeNonsenseAsync(LegalEntityId? entity, string? category, ItemId? item)
    {
        var before = await world.ScalarAsync<long>("select count(*) from costing_rule");
        (await world.RunAsync(new AskForCostingRule(entity, category, item, CostingMethod.Fifo, "why"), Accountant)).Error
            .ShouldBeOfType<CostingScopeNotValid>();
        (await world.ScalarAsync<long>("select count(*) from costing_rule")).ShouldBe(before);
    }

    private async Task<(ItemId Item, string Category)> ClassedAsync(string own)
    {
        var item = await world.ItemAsync(new ItemTraits { Costing = own });
        var category = $"class of {item}";
        await world.ExecuteAsync($"update item set category = '{category}' where id = '{item}'");
        return (item, category);
    }

    private async Task<CostingRuleSet?> AgreedAsync(LegalEntityId? entity, string? category, ItemId? item, string? method)
    {
        if (method is null)
        {
            return null;
        }

        var named = new UpperSnakeEnumConverter<CostingMethod>().ConvertFromProvider(method);
        var filed = (await world.RunAsync(new AskForCostingRule(entity, category, item, (CostingMethod)named!, "policy"), Accountant)).Value;
        return await ApproveAsync(filed.Request);
    }

    private async Task<CostingRuleSet> ApproveAsync(ApprovalRequestId request)
    {
        var moved = (await world.RunAsync(new ApproveRequest(request, await HashAsync(request), null), Controller)).Value;
        moved.To.ShouldBe(ApprovalStatus.Executed);
        return System.Text.Json.JsonSerializer.Deserialize<CostingRuleSet>(moved.Outcome!, KernelJson.Options)!;
    }

    private Task<string> HashAsync(ApprovalRequestId request) =>
        world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{request}'");

    private Task<ItemValue> ValueAsync(ItemId item) =>
        world.LookAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(
            db.Set<ItemValue>(), row => row.ItemId == item && row.LegalEntityId == world.Entity));
}
