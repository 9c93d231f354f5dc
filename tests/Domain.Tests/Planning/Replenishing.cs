using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Planning;
using Platform.Domain.Purchasing;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Planning;

/// <summary>Policies, terms and demand for tests, made by the commands that people use.</summary>
internal static class Replenishing
{
    public static DateOnly Today(this TestDatabase database) => DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime);

    /// <summary>Reorder at 20, up to 100, ten days with the supplier.</summary>
    public static PolicyTerms MinMax(SupplierId? supplier) => new(
        ReplenishmentMethod.MinMax, ReorderPoint: 20m, OrderUpTo: 100m, OrderQuantity: null, SafetyStock: null, ServiceTarget: null,
        CoverDays: 0, supplier, LeadTimeDays: supplier is null ? 10m : null, LeadTimeSpreadDays: null, ReviewDays: 0,
        Enum.GetValues<DayOfWeek>(), Minimum: null, Multiple: null, DemandDays: 30, UsesForecast: false, TransferRule.Show);

    public static PolicyTerms Service(SupplierId supplier, decimal target) => MinMax(supplier) with
    {
        Method = ReplenishmentMethod.ServiceTarget, ReorderPoint = null, OrderUpTo = null, ServiceTarget = target, CoverDays = 14,
    };

    public static ItemTerms Terms(decimal price) => new(
        LeadTimeDays: 10m, LeadTimeSpreadDays: 3m, LeadTimeSource.Agreed, "EUR", price, [], MinimumQuantity: null, Multiple: null,
        OverPercent: 5m, UnderPercent: 5m, FillRatePercent: 98m);

    public static async Task<SupplierId> AgreedSupplierAsync(this StockWorld world, ItemId item, ItemTerms terms)
    {
        var supplier = await world.SupplierAsync();
        (await world.RunAsync(new AgreeItemTerms(supplier, item, 0, world.Today(), terms))).Error.ShouldBeNull();
        return supplier;
    }

    public static Task<Result<ReplenishmentPolicySet>> SetAsync(this StockWorld world, ItemId item, WarehouseId warehouse, PolicyTerms terms) =>
        world.RunAsync(new SetReplenishmentPolicy(item, warehouse, 0, world.Today(), null, terms, "as agreed"));

    public static async Task<ReordersProposed> PlannedAsync(this StockWorld world, params IReadOnlyList<ItemId> items) =>
        (await world.RunAsync(new ProposeReorders(null, items))).Value;

    public static Task<ReplenishmentPosition> PositionAsync(this StockWorld world, ItemId item, WarehouseId warehouse) =>
        world.LookAsync(db => db.Set<ReplenishmentPosition>().SingleAsync(one => one.ItemId == item && one.WarehouseId == warehouse));

    public static Task<List<ReorderProposal>> ProposalsAsync(this StockWorld world, ItemId item) =>
        world.LookAsync(db => db.Set<ReorderProposal>().Where(one => one.ItemId == item).OrderBy(one => one.Kind).ThenBy(one => one.Number).ToListAsync());

    public static Task<List<SourcingOption>> OptionsAsync(this StockWorld world, ReorderProposal proposal) =>
        world.LookAsync(db => db.Set<SourcingOption>().Where(one => one.ProposalId == proposal.Id).OrderBy(one => one.Rank).ToListAsync());

    /// <summary>Ships some on each of the days before today, of goods that came for it.</summary>
    public static async Task ShippedAsync(this StockWorld world, ItemId item, params IReadOnlyList<decimal> lastDays)
    {
        await world.PostedAsync(world.Receipt(item, world.Reserve, lastDays.Sum(), 1m));
        for (var at = 0; at < lastDays.Count; at++)
        {
            var shipment = world.Request(world.Shipment(item, world.Reserve, lastDays[at])) with
            {
                OccurredAt = world.Clock.GetUtcNow().AddDays(-at - 1),
            };
            (await world.RunAsync(new PostMovements(shipment))).Error.ShouldBeNull();
        }
    }

    /// <summary>Everything proposed of an item, decided as recommended and put into one draft order.</summary>
    public static async Task<OrderDrafted> OrderedAsync(this StockWorld world, ItemId item)
    {
        var proposals = await world.ProposalsAsync(item);
        foreach (var proposal in proposals)
        {
            var way = (await world.OptionsAsync(proposal))[0];
            (await world.RunAsync(new DecideSourcing(proposal.Id, proposal.Version, way.Id, null, null))).Error.ShouldBeNull();
        }

        var decided = (await world.ProposalsAsync(item))[0];
        return (await world.RunAsync(
            new OrderProposals(decided.SupplierId!.Value, decided.WarehouseId, proposals.ConvertAll(one => one.Id)))).Value;
    }

    public static async Task<FulfillmentChannelId> ChannelAsync(this StockWorld world)
    {
        var id = Guid.CreateVersion7();
        await world.ExecuteAsync(
            $"""
            insert into fulfillment_channel (id, legal_entity_id, code, name, kind, status, version, created_at, updated_at)
            values ('{id}', '{world.Entity}', '{MasterData.Code("WEB")}', 'Web', 'WEB', 'ACTIVE', 1, now(), now())
            """);
        return FulfillmentChannelId.From(id);
    }
}
