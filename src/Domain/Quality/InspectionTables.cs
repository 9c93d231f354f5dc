using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Quality.Disposing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality;

internal sealed class InspectionMapping : IEntityTypeConfiguration<Inspection>
{
    public void Configure(EntityTypeBuilder<Inspection> builder)
    {
        builder.ToTable("inspection").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Characteristics).HasColumnType("jsonb");
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(row => row.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(row => row.WarehouseId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(row => row.BinId);
        builder.HasOne<Item>().WithMany().HasForeignKey(row => row.ItemId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(row => row.SupplierId);
        builder.HasOne<Owner>().WithMany().HasForeignKey(row => row.OwnerId);
    }
}

internal sealed class InspectionPartMapping : IEntityTypeConfiguration<InspectionPart>
{
    public void Configure(EntityTypeBuilder<InspectionPart> builder)
    {
        builder.ToTable("inspection_part").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasOne<Inspection>().WithMany().HasForeignKey(row => row.InspectionId);
        builder.HasOne<Lot>().WithMany().HasForeignKey(row => row.LotId);
        builder.HasOne<Serial>().WithMany().HasForeignKey(row => row.SerialId);
    }
}

internal sealed class InspectionJudgementMapping : IEntityTypeConfiguration<InspectionJudgement>
{
    public void Configure(EntityTypeBuilder<InspectionJudgement> builder)
    {
        builder.ToTable("inspection_judgement").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Sequence).ValueGeneratedOnAdd();
        builder.Property(row => row.Risk).HasPrecision(9, 6);
        builder.HasOne<Item>().WithMany().HasForeignKey(row => row.ItemId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(row => row.SupplierId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(row => row.WarehouseId);
    }
}

internal sealed class InspectionResultMapping : IEntityTypeConfiguration<InspectionResult>
{
    public void Configure(EntityTypeBuilder<InspectionResult> builder)
    {
        builder.ToTable("inspection_result").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Sequence).ValueGeneratedOnAdd();
        builder.HasOne<Inspection>().WithMany().HasForeignKey(row => row.InspectionId);
    }
}

internal sealed class QualityServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<InspectionDesk>()
        .AddScoped<InspectionFollowers>()
        .AddScoped<IPolicySimulation, InspectionSimulation>()
        .AddScoped<IMaterialFacts, DispositionFacts>()
        .AddScoped<IApprovalFollower, DispositionEnds>();
}

/// <summary>The rows of inspections, and every lock on them: an inspection, then its parts in their order.</summary>
internal static class InspectionTables
{
    public static Task<Inspection?> LockInspectionAsync(this PlatformDb db, InspectionId id, CancellationToken ct) =>
        db.Set<Inspection>()
            .FromSql($"select * from inspection where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    /// <summary>The inspection that a document line has, if it has one.</summary>
    public static Task<Inspection?> LockInspectionOfAsync(this PlatformDb db, Guid source, CancellationToken ct) =>
        db.Set<Inspection>()
            .FromSql($"select * from inspection where source_id = {source} and status <> 'CANCELLED' for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<List<InspectionPart>> LockInspectionPartsAsync(this PlatformDb db, InspectionId id, CancellationToken ct) =>
        db.Set<InspectionPart>()
            .FromSql($"select * from inspection_part where inspection_id = {id.Value} order by part for no key update")
            .ToListAsync(ct);

    /// <summary>A part of an inspection that was decided: its inspection changes no more.</summary>
    public static async Task<(Inspection Inspection, InspectionPart Part)> LockInspectionPartAsync(
        this PlatformDb db, InspectionPartId id, CancellationToken ct)
    {
        var part = await db.Set<InspectionPart>().FromSql($"select * from inspection_part where id = {id.Value} for no key update").SingleAsync(ct);
        return (await db.Set<Inspection>().AsNoTracking().SingleAsync(one => one.Id == part.InspectionId, ct), part);
    }

    public static Task<List<Inspection>> LockOverdueInspectionsAsync(
        this PlatformDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Set<Inspection>()
            .FromSql(
                $"""
                select * from inspection
                where due_at < {now} and status in ('WAITING', 'IN_PROGRESS') and stranded_at is null
                order by due_at, id limit {most} for no key update skip locked
                """)
            .ToListAsync(ct);

    /// <summary>The last word on each characteristic.</summary>
    public static async Task<Dictionary<string, InspectionResult>> FindLatestResultsAsync(
        this PlatformDb db, InspectionId id, CancellationToken ct)
    {
        var results = await db.Set<InspectionResult>().AsNoTracking().Where(one => one.InspectionId == id).ToListAsync(ct);
        return results.GroupBy(one => one.Characteristic, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.MaxBy(one => one.Sequence)!, StringComparer.Ordinal);
    }

    public static async Task<string> NextInspectionNumberAsync(this PlatformDb db, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval('inspection_number')");
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"IN-{number:000000}");
    }

    /// <summary>Lots of an item from a supplier are judged one after the other at a site: each counts those before it.</summary>
    public static Task LockInspectionLotsAsync(this PlatformDb db, ArrivedGoods goods, CancellationToken ct)
    {
        var lots = $"{goods.Warehouse} {goods.Item} {goods.Supplier}";
        return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.InspectionLots}, hashtext({lots}))", ct);
    }

    public static Task<Item> FindInspectedItemAsync(this PlatformDb db, ItemId item, CancellationToken ct) =>
        db.Set<Item>().AsNoTracking().SingleAsync(one => one.Id == item, ct);

    public static async Task<ItemId?> FindUnknownItemAsync(this PlatformDb db, IReadOnlyList<ItemId> items, CancellationToken ct)
    {
        var wanted = items.Distinct().ToList();
        var known = await db.Set<Item>().Where(item => wanted.Contains(item.Id)).Select(item => item.Id).ToListAsync(ct);
        return wanted.Except(known).Select(item => (ItemId?)item).FirstOrDefault();
    }

    /// <summary>What came of the item from the supplier to the site before: in earlier documents, and in earlier lines of this one.</summary>
    public static async Task<LotHistory> FindLotHistoryAsync(this PlatformDb db, ArrivedGoods goods, CancellationToken ct)
    {
        var lots = db.Set<InspectionJudgement>()
            .Where(lot => lot.ItemId == goods.Item && lot.WarehouseId == goods.Warehouse && lot.SupplierId == goods.Supplier);
        var last = await lots.Where(lot => lot.IsInspected).MaxAsync(lot => (long?)lot.Sequence, ct);
        int? since = last is { } inspected ? await lots.CountAsync(lot => lot.Sequence > inspected, ct) : null;
        var wasAccepted = await db.Set<Inspection>().AnyAsync(
            one => one.ItemId == goods.Item && one.WarehouseId == goods.Warehouse && one.SupplierId == goods.Supplier
                && one.Verdict == InspectionVerdict.Accepted,
            ct);
        foreach (var lot in db.Set<InspectionJudgement>().Local.Where(lot =>
            lot.ItemId == goods.Item && lot.WarehouseId == goods.Warehouse && lot.SupplierId == goods.Supplier && lot.Sequence == 0))
        {
            since = lot.IsInspected ? 0 : since + 1;
        }

        return new LotHistory(since, wasAccepted);
    }

    public static async Task<List<(InspectionJudgement Lot, string? Category, bool IsRegulated)>> FindJudgedLotsAsync(
        this PlatformDb db, DateTimeOffset since, int most, CancellationToken ct)
    {
        var lots = await db.Set<InspectionJudgement>()
            .AsNoTracking()
            .Where(lot => lot.JudgedAt >= since)
            .Join(db.Set<Item>(), lot => lot.ItemId, item => item.Id, (lot, item) => new { lot, item.Category, item.IsRegulated })
            .OrderBy(one => one.lot.Sequence)
            .Take(most)
            .ToListAsync(ct);
        return lots.ConvertAll(one => (one.lot, one.Category, one.IsRegulated));
    }
}
