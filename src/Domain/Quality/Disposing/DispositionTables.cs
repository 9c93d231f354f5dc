using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality.Disposing;

internal sealed class DispositionMapping : IEntityTypeConfiguration<Disposition>
{
    public void Configure(EntityTypeBuilder<Disposition> builder)
    {
        builder.ToTable("disposition").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Value).HasPrecision(19, 4);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.Ignore(row => row.Piece);
        builder.HasOne<Inspection>().WithMany().HasForeignKey(row => row.InspectionId);
        builder.HasOne<InspectionPart>().WithMany().HasForeignKey(row => row.InspectionPartId);
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(row => row.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(row => row.WarehouseId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(row => row.BinId);
        builder.HasOne<Item>().WithMany().HasForeignKey(row => row.ItemId);
        builder.HasOne<Lot>().WithMany().HasForeignKey(row => row.LotId);
        builder.HasOne<Serial>().WithMany().HasForeignKey(row => row.SerialId);
        builder.HasOne<Owner>().WithMany().HasForeignKey(row => row.OwnerId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(row => row.SupplierId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(row => row.CurrencyCode);
    }
}

/// <summary>The rows of dispositions, and every lock on them.</summary>
internal static class DispositionTables
{
    /// <summary>Locked, or the one that this unit of work has just made.</summary>
    public static async Task<Disposition?> FindDispositionForWorkAsync(this PlatformDb db, DispositionId id, CancellationToken ct) =>
        db.Set<Disposition>().Local.FirstOrDefault(one => one.Id == id)
        ?? await db.Set<Disposition>().FromSql($"select * from disposition where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static async Task<string> NextDispositionNumberAsync(this PlatformDb db, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval('disposition_number')");
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"DP-{number:000000}");
    }

    public static Task<Bin?> FindDisposedBinAsync(this PlatformDb db, ProposeDisposition command, CancellationToken ct) =>
        db.Set<Bin>().AsNoTracking().SingleOrDefaultAsync(
            bin => bin.Id == command.Spot.Bin && bin.LegalEntityId == command.LegalEntity, ct);

    /// <summary>What the goods stand at in the books; null when there is no such item.</summary>
    public static async Task<(decimal Value, string Currency)?> FindWorthAsync(
        this PlatformDb db, ProposeDisposition command, CancellationToken ct)
    {
        var entity = await db.Set<LegalEntity>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == command.LegalEntity, ct);
        if (entity is null || !await db.Set<Item>().AnyAsync(item => item.Id == command.Spot.Item, ct))
        {
            return null;
        }

        var pool = await db.Set<ItemValue>().AsNoTracking().SingleOrDefaultAsync(
            one => one.LegalEntityId == command.LegalEntity && one.ItemId == command.Spot.Item, ct);
        var unit = pool is null ? 0m : pool.Quantity > 0m ? pool.Value / pool.Quantity : pool.LastCost;
        return (Rounding.HalfUp(unit * (command.Weight ?? command.Quantity), 4), entity.CurrencyCode);
    }

    public static Task<decimal> FindOnHandAsync(this PlatformDb db, StockSpot spot, OwnerId owner, CancellationToken ct) =>
        db.FindOnHandAsync(
            new Piece(spot.Bin, spot.Item, owner, spot.Lot, spot.Serial, spot.HandlingUnit, spot.Condition, Quantity: 0m, Weight: null), ct);

    public static Task<decimal> FindOnHandAsync(this PlatformDb db, Piece piece, CancellationToken ct)
    {
        var key = new StockKey(piece.Bin, piece.Item, piece.Lot, piece.Serial, piece.HandlingUnit, piece.Owner, piece.Condition).Digest;
        return db.Set<StockBalance>().Where(row => row.Key == key).Select(row => row.OnHand).SingleOrDefaultAsync(ct);
    }

    /// <summary>What others have proposed for the same rejected part already.</summary>
    public static Task<decimal> SumProposedAsync(this PlatformDb db, ProposeDisposition command, DisposedGoods goods, CancellationToken ct)
    {
        var part = goods.Part?.Id;
        return part is null
            ? Task.FromResult(0m)
            : db.Set<Disposition>()
                .Where(one => one.InspectionPartId == part && one.Status == DispositionStatus.Proposed && one.ItemId == command.Spot.Item)
                .SumAsync(one => one.Quantity, ct);
    }

    /// <summary>Whether the account put goods of this kind there into quarantine.</summary>
    public static Task<bool> HasQuarantinedAsync(this PlatformDb db, Disposition disposition, Guid actor, CancellationToken ct) =>
        db.Set<StockMovement>()
            .Where(movement => movement.Type == MovementType.Condition && movement.ItemId == disposition.ItemId
                && movement.LotId == disposition.LotId && movement.SerialId == disposition.SerialId
                && movement.ToBinId == disposition.BinId && movement.ToCondition == StockCondition.Quarantined)
            .Join(db.Set<StockPosting>(), movement => movement.PostingId, posting => posting.Id, (movement, posting) => posting.ActorId)
            .AnyAsync(by => by == actor, ct);
}
