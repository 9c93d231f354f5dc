using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Planning;
using Platform.Domain.Recommendations;
using Platform.Tests.Domain.Planning;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Recommendations;

/// <summary>A supply that is planned with ten days, and a model that recommends sixteen.</summary>
internal sealed record Advice(StockWorld World, ItemId Item, SupplierId Supplier, RecommendPolicyChange Command)
{
    public static Caller Model { get; } = Callers.Of(ActorKind.Model, "lead-time-drift", "recommendations.file");

    public static Caller Supervisor { get; } = Callers.Of(ActorKind.Human, "Mara", "approvals.decide", "approver.supervisor", "planning.policy");

    public static async Task<Advice> PreparedAsync(StockWorld world)
    {
        var item = await world.ItemAsync(new ItemTraits());
        var supplier = await world.AgreedSupplierAsync(item, Replenishing.Terms(2m));
        (await world.SetAsync(item, world.Warehouse, Replenishing.MinMax(supplier))).Error.ShouldBeNull();
        var now = world.Clock.GetUtcNow();
        var terms = Replenishing.MinMax(supplier) with { LeadTimeDays = 16m, LeadTimeSpreadDays = 2m, ReorderPoint = 32m, OrderUpTo = 112m };
        var command = new RecommendPolicyChange(
            RecommendationKind.LeadTimeDrift,
            "Replenish it for 16 days instead of 10",
            new SetReplenishmentPolicy(item, world.Warehouse, 1, world.Today(), null, terms, "The supplier takes 16 days"),
            supplier,
            new GivenScore(16m, "days", 10m, 13.5m, 18.5m, 0.99m, 1200m, "EUR"),
            new ModelStamp("lead-time-drift", "rule-1", new string('a', 64)),
            now,
            """{"now":[16,16,16]}""",
            [
                new GivenReason(
                    "DRIFT", "The last 3 deliveries took 16 days; usual 10", 16m, "days", 10m, 6m,
                    [new GivenEvidence("PurchaseOrderLine", Guid.CreateVersion7(now), "took 16 days")]),
                new GivenReason("PLAN", "Planned were 10 days", 10m, "days", 10m, 0m, []),
            ],
            [new GivenAlternative(AlternativeKind.Keep, "Leave it as it is", "1200 EUR a year are at stake", null, null, null, null, null, null)],
            ["only 3 deliveries speak for it"],
            "If the next deliveries took 11 days, nothing would be recommended",
            world.Today().AddDays(10));
        return new Advice(world, item, supplier, command);
    }

    public Task<Result<RecommendationFiled>> FileAsync() => World.RunAsync(Command, Model);

    public async Task<RecommendationId> FiledAsync() => (await FileAsync()).Value.Recommendation;

    public Task<Recommendation> LookAsync(RecommendationId id) =>
        World.LookAsync(db => db.Set<Recommendation>().SingleAsync(one => one.Id == id));

    public Task<string> HashAsync(RecommendationId id) =>
        World.ScalarAsync<string>($"select r.shown_hash from approval_request r join recommendation m on m.request_id = r.id where m.id = '{id}'");

    public async Task<Result<ApprovalMoved>> ApproveAsync(RecommendationId id, Caller by) =>
        await World.RunAsync(new ApproveRequest((await LookAsync(id)).RequestId!.Value, await HashAsync(id), "looks right"), by);

    public Task<ReplenishmentPolicy> PolicyAsync() => World.LookAsync(db => db.Set<ReplenishmentPolicy>()
        .Where(one => one.ItemId == Item && one.WarehouseId == World.Warehouse).OrderByDescending(one => one.Number).FirstAsync());
}
