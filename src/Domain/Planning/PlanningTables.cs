using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Purchasing;
using Platform.Domain.Schedules;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

internal sealed class PlanningServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<ReorderPlanning>()
        .AddScoped<IScheduledWork, ScheduledReorders>()
        .AddScoped<ForecastMeasuring>()
        .AddScoped<IScheduledWork, ScheduledForecasts>()
        .AddScoped<IMaterialFacts, PolicyFacts>()
        .AddScoped<IOrderFollower, AcknowledgedSupply>();
}

/// <summary>The rows of planning, and every lock on them: a proposal, then the supply of its item.</summary>
internal static class PlanningTables
{
    /// <summary>One policy, or one decision from where an item comes, at a time.</summary>
    public static Task LockSupplyAsync(this PlatformDb db, ItemId item, CancellationToken ct)
    {
        var key = item.ToString();
        return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.ItemSupply}, hashtext({key}))", ct);
    }

    public static Task LockDemandAsync(this PlatformDb db, ItemId item, string? reference, CancellationToken ct)
    {
        var key = $"{item} {reference}";
        return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.DemandReferences}, hashtext({key}))", ct);
    }

    public static Task<ReplenishmentPolicy?> FindNewestPolicyAsync(
        this PlatformDb db, ItemId item, WarehouseId warehouse, CancellationToken ct) =>
        db.Set<ReplenishmentPolicy>().AsNoTracking()
            .Where(policy => policy.ItemId == item && policy.WarehouseId == warehouse)
            .OrderByDescending(policy => policy.Number)
            .FirstOrDefaultAsync(ct);

    public static Task<TransferLane?> LockLaneAsync(this PlatformDb db, WarehouseId from, WarehouseId to, CancellationToken ct) =>
        db.Set<TransferLane>()
            .FromSql(
                $"""
                select * from transfer_lane where from_warehouse_id = {from.Value} and to_warehouse_id = {to.Value} for no key update
                """)
            .SingleOrDefaultAsync(ct);

    /// <summary>What the same source, channel and document said before; asked under the document's lock.</summary>
    public static Task<Dictionary<DateOnly, ItemDemand>> FindDemandRowsAsync(this PlatformDb db, RecordDemand recorded, CancellationToken ct)
    {
        var days = recorded.Days.Select(day => day.Day).ToList();
        return db.Set<ItemDemand>()
            .Where(one => one.ItemId == recorded.Item && one.WarehouseId == recorded.Warehouse && one.Source == recorded.Source
                && one.ChannelId == recorded.Channel && one.Reference == recorded.Reference && days.Contains(one.Day))
            .ToDictionaryAsync(one => one.Day, ct);
    }

    /// <summary>The same document, brought by another channel.</summary>
    public static Task<ItemDemand?> FindTwinDemandAsync(this PlatformDb db, RecordDemand recorded, CancellationToken ct) =>
        db.Set<ItemDemand>().AsNoTracking()
            .Where(one => one.ItemId == recorded.Item && one.WarehouseId == recorded.Warehouse && one.Source == recorded.Source
                && one.Reference == recorded.Reference && one.ChannelId != recorded.Channel && one.Status == DemandStatus.Counted)
            .OrderBy(one => one.Day)
            .FirstOrDefaultAsync(ct);

    public static Task<ItemDemand?> LockDemandAsync(this PlatformDb db, ItemDemandId id, CancellationToken ct) =>
        db.Set<ItemDemand>().FromSql($"select * from demand where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<ReorderProposal?> LockProposalAsync(this PlatformDb db, ReorderProposalId id, CancellationToken ct) =>
        db.Set<ReorderProposal>().FromSql($"select * from reorder_proposal where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<List<ReorderProposal>> LockProposalsAsync(
        this PlatformDb db, IReadOnlyCollection<ReorderProposalId> proposals, CancellationToken ct)
    {
        var ids = proposals.Select(one => one.Value).ToArray();
        return db.Set<ReorderProposal>()
            .FromSql($"select * from reorder_proposal where id = any({ids}) order by id for no key update")
            .ToListAsync(ct);
    }

    /// <summary>The ways of a proposal, the recommended one first.</summary>
    public static Task<List<SourcingOption>> OptionsAsync(this PlatformDb db, ReorderProposalId proposal, CancellationToken ct) =>
        db.Set<SourcingOption>().Where(option => option.ProposalId == proposal).OrderBy(option => option.Rank).ToListAsync(ct);

    public static Task<ReplenishmentPosition?> FindPositionAsync(
        this PlatformDb db, ItemId item, WarehouseId warehouse, CancellationToken ct) =>
        db.Set<ReplenishmentPosition>().AsNoTracking().SingleOrDefaultAsync(one => one.ItemId == item && one.WarehouseId == warehouse, ct);

    /// <summary>What the site could give as the last run saw it, less what was decided since; asked under the item's lock.</summary>
    public static async Task<decimal> SurplusNowAsync(this PlatformDb db, ItemId item, WarehouseId site, CancellationToken ct)
    {
        var surplus = 0m;
        var ask = new Questions(db);
        ask.Ask(
            """
            select p.surplus + p.decided_out - greatest(p.decided_out, coalesce((
                select sum(r.decided_quantity) from reorder_proposal r
                where r.item_id = $1 and r.from_warehouse_id = $2
                  and (r.status = 'DECIDED' or (r.status in ('IN_TRANSIT', 'DONE') and r.updated_at >= p.computed_at))), 0))
            from replenishment_position p where p.item_id = $1 and p.warehouse_id = $2
            """,
            row => surplus = row.GetDecimal(0),
            Param.Of(item.Value), Param.Of(site.Value));
        await ask.AnswerAsync(ct);
        return Math.Max(0m, surplus);
    }

    public static Task<SupplierShares?> FindSharesAsync(this PlatformDb db, ItemId item, WarehouseId warehouse, CancellationToken ct) =>
        db.Set<SupplierShares>().SingleOrDefaultAsync(one => one.ItemId == item && one.WarehouseId == warehouse, ct);

    public static Task<List<SupplierShare>> SharesOfAsync(this PlatformDb db, SupplierSharesId shares, CancellationToken ct) =>
        db.Set<SupplierShare>().Where(one => one.SharesId == shares).OrderBy(one => one.Id).ToListAsync(ct);

    public static async Task<string> NextProposalNumberAsync(this PlatformDb db, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval('reorder_proposal_number')");
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"RP-{number:0000000}");
    }

    /// <summary>The first bin that is none of the site.</summary>
    public static async Task<BinOfAnotherSite?> RefuseBinsAsync(
        this PlatformDb db, WarehouseId warehouse, IEnumerable<BinId> bins, CancellationToken ct)
    {
        var wanted = bins.Distinct().ToList();
        var here = await db.Set<Bin>().Where(bin => wanted.Contains(bin.Id) && bin.WarehouseId == warehouse).Select(bin => bin.Id).ToListAsync(ct);
        return wanted.Except(here).Select(bin => new BinOfAnotherSite(bin, warehouse)).FirstOrDefault();
    }

    public static async Task<string> InsertRequisitionAsync(
        this PlatformDb db, ReorderProposalId id, RequestReplenishment asked, Envelope envelope, CancellationToken ct)
    {
        var number = string.Empty;
        var ask = new Questions(db);
        ask.Ask(
            """
            insert into reorder_proposal (
                id, number, origin, kind, status, item_id, warehouse_id, quantity, needed_on, reason, project, asked_by, version, created_at, updated_at)
            values ($1, 'RQ-' || lpad(nextval('reorder_proposal_number')::text, 7, '0'), 'REQUISITION', 'NORMAL', 'PROPOSED', $2, $3, $4, $5, $6, $7, $8,
                1, $9, $9)
            returning number
            """,
            row => number = row.GetString(0),
            Param.Of(id.Value), Param.Of(asked.Item.Value), Param.Of(asked.Warehouse.Value), Param.Of(asked.Quantity), Param.Of(asked.NeededOn),
            Param.Of(asked.Reason), Param.OrNull(asked.Project), Param.Of(envelope.Actor.Id), Param.Of(envelope.Now));
        await ask.AnswerAsync(ct);
        return number;
    }

    public static async Task<List<SupplyChange>> TakeSupplyChangesAsync(this PlatformDb db, int most, CancellationToken ct)
    {
        var changes = await db.Set<SupplyChange>()
            .FromSql($"select * from supply_change order by changed_at, id limit {most} for update skip locked")
            .ToListAsync(ct);
        db.RemoveRange(changes);
        return changes;
    }
}
