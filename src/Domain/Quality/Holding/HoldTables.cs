using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Stock.Reserving;
using Platform.Domain.Stock.Tracing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality.Holding;

internal sealed class StockHoldMapping : IEntityTypeConfiguration<StockHold>
{
    public void Configure(EntityTypeBuilder<StockHold> builder)
    {
        builder.ToTable("stock_hold").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.Ignore(row => row.Scope);
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(row => row.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(row => row.WarehouseId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(row => row.BinId);
        builder.HasOne<Item>().WithMany().HasForeignKey(row => row.ItemId);
        builder.HasOne<Lot>().WithMany().HasForeignKey(row => row.LotId);
        builder.HasOne<Serial>().WithMany().HasForeignKey(row => row.SerialId);
    }
}

internal sealed class StockHoldPartMapping : IEntityTypeConfiguration<StockHoldPart>
{
    public void Configure(EntityTypeBuilder<StockHoldPart> builder)
    {
        builder.ToTable("stock_hold_part").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.Ignore(row => row.Held);
        builder.HasOne<StockHold>().WithMany().HasForeignKey(row => row.HoldId);
        builder.HasOne<InspectionPart>().WithMany().HasForeignKey(row => row.InspectionPartId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(row => row.WarehouseId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(row => row.BinId);
        builder.HasOne<Item>().WithMany().HasForeignKey(row => row.ItemId);
        builder.HasOne<Lot>().WithMany().HasForeignKey(row => row.LotId);
        builder.HasOne<Serial>().WithMany().HasForeignKey(row => row.SerialId);
        builder.HasOne<Owner>().WithMany().HasForeignKey(row => row.OwnerId);
    }
}

/// <summary>The rows of holds, and every lock on them: the ledger's rules, a hold, its parts, then balances.</summary>
internal static class HoldTables
{
    public static Task LockPostingRulesAsync(this PlatformDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.PostingRules})", ct);

    public static Task<StockHold?> LockHoldAsync(this PlatformDb db, StockHoldId id, CancellationToken ct) =>
        db.Set<StockHold>().FromSql($"select * from stock_hold where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<List<StockHoldPart>> LockHoldPartsAsync(this PlatformDb db, StockHoldId id, CancellationToken ct) =>
        db.Set<StockHoldPart>()
            .FromSql($"select * from stock_hold_part where hold_id = {id.Value} and freed < quantity order by id for no key update")
            .ToListAsync(ct);

    public static async Task<string> NextHoldNumberAsync(this PlatformDb db, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval('stock_hold_number')");
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"HD-{number:000000}");
    }

    public static async Task<StockHold?> FindStandingHoldAsync(this PlatformDb db, HoldKind kind, HoldScope scope, CancellationToken ct) =>
        (await db.FindStandingHoldsAsync(scope.LegalEntity, except: default, ct)).Find(hold => hold.Kind == kind && hold.Scope == scope);

    public static Task<List<StockHold>> FindStandingHoldsAsync(this PlatformDb db, LegalEntityId entity, StockHoldId except, CancellationToken ct) =>
        db.Set<StockHold>()
            .AsNoTracking()
            .Where(hold => hold.LegalEntityId == entity && hold.Status == HoldStatus.Standing && hold.Id != except)
            .OrderBy(hold => hold.Number)
            .ToListAsync(ct);

    /// <summary>Whether what is named belongs together: the bin to the warehouse, the lot to the item.</summary>
    public static async Task<bool> IsHoldScopeKnownAsync(this PlatformDb db, HoldScope scope, CancellationToken ct) =>
        (scope.Warehouse is not { } warehouse
            || await db.Set<Warehouse>().AnyAsync(one => one.Id == warehouse && one.LegalEntityId == scope.LegalEntity, ct))
        && (scope.Bin is not { } bin || await db.Set<Bin>().AnyAsync(one => one.Id == bin && one.WarehouseId == scope.Warehouse, ct))
        && (scope.Item is not { } item || await db.Set<Item>().AnyAsync(one => one.Id == item, ct))
        && (scope.Lot is not { } lot || await db.Set<Lot>().AnyAsync(one => one.Id == lot && one.ItemId == scope.Item, ct))
        && (scope.Serial is not { } serial || await db.Set<Serial>().AnyAsync(one => one.Id == serial && one.ItemId == scope.Item, ct));

    public static async Task<List<(long Balance, WarehouseId Warehouse, Piece Piece)>> FindUsableAsync(
        this PlatformDb db, HoldScope scope, CancellationToken ct)
    {
        var rows = await db.Set<StockBalance>()
            .AsNoTracking()
            .Where(row => row.LegalEntityId == scope.LegalEntity && row.Condition == StockCondition.Usable && row.OnHand > 0m
                && (scope.Warehouse == null || row.WarehouseId == scope.Warehouse) && (scope.Bin == null || row.BinId == scope.Bin)
                && (scope.Item == null || row.ItemId == scope.Item) && (scope.Lot == null || row.LotId == scope.Lot)
                && (scope.Serial == null || row.SerialId == scope.Serial))
            .OrderBy(row => row.Key)
            .ToListAsync(ct);
        return rows.ConvertAll(row => (row.Id, row.WarehouseId, Piece.Of(row, row.OnHand)));
    }

    /// <summary>What was kept for somebody in these rows is not theirs any more: what it was kept for needs a new plan.</summary>
    public static async Task<IReadOnlyList<ReservationId>> ReleaseReservationsOfAsync(
        this PlatformDb db, List<long> balances, Envelope envelope, CancellationToken ct)
    {
        var held = await db.Set<Allocation>()
            .Where(one => balances.Contains(one.BalanceId))
            .Select(one => one.ReservationId)
            .Distinct()
            .ToListAsync(ct);
        await db.LockHeldBalancesAsync(held, ct);
        var ended = await db.ReleaseForRecallAsync([.. held.OrderBy(id => id.Value)], envelope.Now, ct);
        foreach (var reservation in ended)
        {
            db.Raise(reservation);
        }

        return [.. ended.Select(one => one.Reservation)];
    }

    /// <summary>
    /// What is still there of what a hold took: quarantined goods of the same kind in the warehouse, less what others answer for,
    /// the hold's own bin first.
    /// </summary>
    public static async Task<IReadOnlyList<Piece>> FindHeldGoodsAsync(this PlatformDb db, StockHoldPart part, CancellationToken ct)
    {
        var goods = await db.FindGoodsAsync(
            new GoodsWanted(
                part.WarehouseId, part.ItemId, part.OwnerId, part.LotId, part.SerialId, StockCondition.Quarantined, part.BinId),
            ct);
        var others = await db.Set<StockHoldPart>()
            .Where(one => one.WarehouseId == part.WarehouseId && one.ItemId == part.ItemId && one.OwnerId == part.OwnerId
                && one.LotId == part.LotId && one.SerialId == part.SerialId && one.HoldId != part.HoldId)
            .SumAsync(one => one.Quantity - one.Freed, ct);
        var rejected = await db.Set<InspectionPart>()
            .Where(one => one.LotId == part.LotId && one.SerialId == part.SerialId && one.Rejected > one.Disposed)
            .Join(db.Set<Inspection>(), one => one.InspectionId, of => of.Id, (one, of) => new { one, of })
            .Where(pair => pair.of.WarehouseId == part.WarehouseId && pair.of.ItemId == part.ItemId && pair.of.OwnerId == part.OwnerId)
            .SumAsync(pair => pair.one.Rejected - pair.one.Disposed, ct);
        var mine = decimal.Min(part.Held, goods.Found - others - rejected);
        return mine > 0m ? goods.Take(mine)! : [];
    }

    /// <summary>The ledger asks the table, not this unit of work, which holds stand.</summary>
    public static Task SaveReleaseAsync(this PlatformDb db, StockHold hold, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update stock_hold set status = 'RELEASED', released_by = {hold.ReleasedBy}, released_by_person = {hold.ReleasedByPerson},
                   released_at = {hold.ReleasedAt}, release_reason = {hold.ReleaseReason}
            where id = {hold.Id.Value}
            """,
            ct);
}
