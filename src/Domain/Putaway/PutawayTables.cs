using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

internal sealed class WarehouseTaskMapping : IEntityTypeConfiguration<WarehouseTask>
{
    public void Configure(EntityTypeBuilder<WarehouseTask> builder)
    {
        builder.ToTable("warehouse_task").HasKey(task => task.Id);
        builder.Property(task => task.Id).ValueGeneratedNever();
        builder.Property(task => task.Explanation).HasColumnType("jsonb");
        builder.Property(task => task.Version).IsConcurrencyToken();
        builder.Ignore(task => task.Goods);
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(task => task.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(task => task.WarehouseId);
        builder.HasOne<ReceiptLine>().WithMany().HasForeignKey(task => task.ReceiptLineId);
        builder.HasOne<Reservation>().WithMany().HasForeignKey(task => task.ReservationId);
        builder.HasOne<WarehouseTask>().WithMany().HasForeignKey(task => task.SplitFromId);
        builder.HasOne<Item>().WithMany().HasForeignKey(task => task.ItemId);
        builder.HasOne<Lot>().WithMany().HasForeignKey(task => task.LotId);
        builder.HasOne<Serial>().WithMany().HasForeignKey(task => task.SerialId);
        builder.HasOne<Owner>().WithMany().HasForeignKey(task => task.OwnerId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(task => task.FromBinId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(task => task.ToBinId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(task => task.ActualBinId);
    }
}

internal sealed class CrossDockMoveMapping : IEntityTypeConfiguration<CrossDockMove>
{
    public void Configure(EntityTypeBuilder<CrossDockMove> builder)
    {
        builder.ToTable("cross_dock_move").HasKey(move => move.Id);
        builder.Property(move => move.Id).ValueGeneratedNever();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(move => move.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(move => move.WarehouseId);
        builder.HasOne<Item>().WithMany().HasForeignKey(move => move.ItemId);
        builder.HasOne<Lot>().WithMany().HasForeignKey(move => move.LotId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(move => move.FromBinId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(move => move.ToBinId);
        builder.HasOne<WarehouseTask>().WithMany().HasForeignKey(move => move.TaskId);
    }
}

internal sealed class PutawayServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<PutawayDesk>()
        .AddScoped<ReceiptLineDirecting>()
        .AddScoped<IReceiptUser, ReceiptTasks>()
        .AddScoped<IPolicySimulation, PutawaySimulation>()
        .AddScoped<IMoveWatch, CrossDockWatch>();
}

/// <summary>The rows of putaway, and every lock on them: directions of a site, a task, its receipt line, then the ledger's.</summary>
internal static class PutawayTables
{
    public static Task<WarehouseTask?> LockTaskAsync(this PlatformDb db, WarehouseTaskId id, CancellationToken ct) =>
        db.Set<WarehouseTask>().FromSql($"select * from warehouse_task where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>One direction at a time in a site: each sees what the one before has sent where.</summary>
    public static Task LockDirectionsAsync(this PlatformDb db, WarehouseId warehouse, CancellationToken ct)
    {
        var site = warehouse.ToString();
        return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.PutawayDirections}, hashtext({site}))", ct);
    }

    /// <summary>The most urgent that nobody is just taking; among equals, the one whose goods lie nearest by the bins' ranks.</summary>
    public static Task<WarehouseTask?> LockNextTaskAsync(this PlatformDb db, WarehouseId warehouse, BinId? near, CancellationToken ct)
    {
        var from = near?.Value;
        return db.Set<WarehouseTask>()
            .FromSql(
                $"""
                select t.* from warehouse_task t join bin b on b.id = t.from_bin_id
                where t.warehouse_id = {warehouse.Value} and t.status = 'OFFERED'
                order by t.priority, abs(b.rank - coalesce((select n.rank from bin n where n.id = {from}), b.rank)), t.due_at, t.id
                limit 1 for no key update of t skip locked
                """)
            .SingleOrDefaultAsync(ct);
    }

    public static Task<List<WarehouseTask>> LockLateTasksAsync(this PlatformDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Set<WarehouseTask>()
            .FromSql(
                $"""
                select * from warehouse_task
                where due_at < {now} and status in ('OFFERED', 'CLAIMED', 'EXCEPTION') and late_at is null
                order by due_at, id limit {most} for no key update skip locked
                """)
            .ToListAsync(ct);

    public static async Task<string> NextTaskNumberAsync(this PlatformDb db, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval('warehouse_task_number')");
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"WT-{number:000000}");
    }

    public static Task<Bin?> FindTaskBinAsync(this PlatformDb db, BinId bin, LegalEntityId entity, CancellationToken ct) =>
        db.Set<Bin>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == bin && one.LegalEntityId == entity, ct);

    public static Task<bool> IsItemKnownAsync(this PlatformDb db, ItemId item, CancellationToken ct) =>
        db.Set<Item>().AnyAsync(one => one.Id == item, ct);

    public static Task<Bin?> FindBinByCodeAsync(this PlatformDb db, WarehouseId warehouse, string code, CancellationToken ct) =>
        db.Set<Bin>().AsNoTracking().SingleOrDefaultAsync(bin => bin.WarehouseId == warehouse && bin.Code == code && !bin.IsGroup, ct);

    public static Task<string> CodeOfBinAsync(this PlatformDb db, BinId bin, CancellationToken ct) =>
        db.Set<Bin>().Where(one => one.Id == bin).Select(one => one.Code).SingleAsync(ct);

    public static Task<List<Bin>> FindMoveBinsAsync(this PlatformDb db, BinId from, BinId to, CancellationToken ct) =>
        db.Set<Bin>().AsNoTracking().Where(bin => bin.Id == from || bin.Id == to).ToListAsync(ct);

    public static Task<Bin?> FindStagingBinAsync(this PlatformDb db, WarehouseId warehouse, CancellationToken ct) =>
        db.Set<Bin>().AsNoTracking()
            .Where(bin => bin.WarehouseId == warehouse && bin.Role == BinRole.Staging && !bin.IsGroup && !bin.IsBlockedIn && bin.Status == PlaceStatus.Active)
            .OrderBy(bin => bin.Rank).ThenBy(bin => bin.Code)
            .FirstOrDefaultAsync(ct);

    /// <summary>Null when the scan is of the item; otherwise the item's code.</summary>
    public static async Task<string?> FindScannedItemAsync(this PlatformDb db, ItemId item, string scanned, CancellationToken ct)
    {
        var known = await db.Set<Item>().AsNoTracking().SingleAsync(one => one.Id == item, ct);
        return string.Equals(known.Code, scanned, StringComparison.Ordinal) || string.Equals(known.Gtin, scanned, StringComparison.Ordinal)
            ? null
            : known.Code;
    }

    public static async Task<List<(Item Item, WarehouseId Warehouse, BinRole Role)>> FindDoneTasksAsync(
        this PlatformDb db, DateTimeOffset since, int most, CancellationToken ct)
    {
        var done = await db.Set<WarehouseTask>().AsNoTracking()
            .Where(task => task.Status == WarehouseTaskStatus.Done && task.Kind == WarehouseTaskKind.Putaway && task.EndedAt >= since)
            .Join(db.Set<Item>(), task => task.ItemId, item => item.Id, (task, item) => new { task, item })
            .Join(db.Set<Bin>(), one => one.task.ActualBinId, bin => bin.Id, (one, bin) => new { one.task, one.item, bin.Role })
            .OrderBy(one => one.task.EndedAt)
            .Take(most)
            .ToListAsync(ct);
        return done.ConvertAll(one => (one.item, one.task.WarehouseId, one.Role));
    }

    /// <summary>What lies there as named, and how much of it is to be carried away already.</summary>
    public static async Task<(decimal OnHand, decimal UnderWay)> FindUndirectedAsync(this PlatformDb db, GoodsToPut goods, CancellationToken ct)
    {
        var key = new StockKey(goods.Bin, goods.Item, goods.Lot, goods.Serial, goods.HandlingUnit, goods.Owner, goods.Condition).Digest;
        var onHand = await db.Set<StockBalance>().Where(row => row.Key == key).Select(row => row.OnHand - row.Allocated).SingleOrDefaultAsync(ct);
        var underWay = await Open(db)
            .Where(task => task.FromBinId == goods.Bin && task.ItemId == goods.Item && task.LotId == goods.Lot && task.SerialId == goods.Serial
                && task.HandlingUnitId == goods.HandlingUnit && task.OwnerId == goods.Owner && task.Condition == goods.Condition)
            .SumAsync(task => task.Quantity, ct);
        return (onHand, underWay);
    }

    public static Task<decimal> SumOpenTasksAsync(this PlatformDb db, ReceiptLineId line, CancellationToken ct) =>
        Open(db).Where(task => task.ReceiptLineId == line).SumAsync(task => task.Quantity, ct);

    public static Task<List<WarehouseTaskId>> FindOpenTasksAsync(this PlatformDb db, ReceiptLineId line, CancellationToken ct) =>
        Open(db).Where(task => task.ReceiptLineId == line).OrderBy(task => task.Id).Select(task => task.Id).ToListAsync(ct);

    public static Task<List<WarehouseTask>> LockOpenTasksAsync(this PlatformDb db, IReadOnlyList<ReceiptLineId> lines, CancellationToken ct)
    {
        var ids = lines.Select(line => line.Value).ToArray();
        return db.Set<WarehouseTask>()
            .FromSql(
                $"""
                select * from warehouse_task
                where receipt_line_id = any ({ids}) and status in ('OFFERED', 'CLAIMED', 'EXCEPTION') order by id for no key update
                """)
            .ToListAsync(ct);
    }

    public static Task<List<ReceiptLineId>> FindLinesOfReceiptAsync(this PlatformDb db, ReceiptId receipt, CancellationToken ct) =>
        db.Set<ReceiptLine>().Where(line => line.ReceiptId == receipt).Select(line => line.Id).ToListAsync(ct);

    private static IQueryable<WarehouseTask> Open(PlatformDb db) =>
        db.Set<WarehouseTask>().Where(task =>
            task.Status == WarehouseTaskStatus.Offered || task.Status == WarehouseTaskStatus.Claimed || task.Status == WarehouseTaskStatus.Exception);
}
