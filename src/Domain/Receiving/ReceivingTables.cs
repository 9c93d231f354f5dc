using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

internal sealed class ReceiptMapping : IEntityTypeConfiguration<Receipt>
{
    public void Configure(EntityTypeBuilder<Receipt> builder)
    {
        builder.ToTable("receipt").HasKey(receipt => receipt.Id);
        builder.Property(receipt => receipt.Id).ValueGeneratedNever();
        builder.Property(receipt => receipt.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(receipt => receipt.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(receipt => receipt.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(receipt => receipt.SupplierId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(receipt => receipt.BinId);
    }
}

internal sealed class ReceiptLineMapping : IEntityTypeConfiguration<ReceiptLine>
{
    public void Configure(EntityTypeBuilder<ReceiptLine> builder)
    {
        builder.ToTable("receipt_line").HasKey(line => line.Id);
        builder.Property(line => line.Id).ValueGeneratedNever();
        builder.Property(line => line.UnitCost).HasPrecision(28, 10);
        builder.Property(line => line.Accrued).HasPrecision(19, 4);
        builder.Property(line => line.DockToStockSeconds).ValueGeneratedOnAddOrUpdate();
        builder.Property(line => line.PostingDelaySeconds).ValueGeneratedOnAddOrUpdate();
        builder.Property(line => line.Version).IsConcurrencyToken();
        builder.Ignore(line => line.Rest);
        builder.HasOne<Receipt>().WithMany().HasForeignKey(line => line.ReceiptId);
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(line => line.OrderId);
        builder.HasOne<PurchaseOrderLine>().WithMany().HasForeignKey(line => line.OrderLineId);
        builder.HasOne<Item>().WithMany().HasForeignKey(line => line.ItemId);
        builder.HasOne<Lot>().WithMany().HasForeignKey(line => line.LotId);
        builder.HasOne<Serial>().WithMany().HasForeignKey(line => line.SerialId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(line => line.BinId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(line => line.CurrencyCode);
    }
}

internal sealed class ReceivingServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services.AddScoped<GoodsIn>().AddScoped<CountingGoods>();
}

/// <summary>The rows of receiving, and every lock on them: a receipt, then its lines in their order.</summary>
internal static class ReceivingTables
{
    public static Task<Receipt?> LockReceiptAsync(this PlatformDb db, ReceiptId id, CancellationToken ct) =>
        db.Set<Receipt>().FromSql($"select * from receipt where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<List<ReceiptLine>> LockReceiptLinesAsync(this PlatformDb db, ReceiptId id, CancellationToken ct) =>
        db.Set<ReceiptLine>()
            .FromSql($"select * from receipt_line where receipt_id = {id.Value} order by line for no key update")
            .ToListAsync(ct);

    public static async Task<string> NextReceiptNumberAsync(this PlatformDb db, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval('receipt_number')");
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"RC-{number:000000}");
    }

    /// <summary>Null when goods may be received in the bin.</summary>
    public static async Task<DomainError?> RefuseDockAsync(this PlatformDb db, WarehouseId warehouse, BinId id, CancellationToken ct)
    {
        var bin = await db.Set<Bin>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct);
        if (bin is null || bin.WarehouseId != warehouse)
        {
            return new BinNotFound(id);
        }

        return bin.Role is BinRole.Dock or BinRole.Receiving or BinRole.Inspection ? null : new NotAReceivingBin(id, bin.Role);
    }
}

internal sealed class ReceivingInvariants : IInvariants
{
    public IEnumerable<Invariant> All =>
    [
        new(
            "I-11r",
            "What an order line received is what its receipts brought.",
            """
            select l.id, l.received, coalesce(sum(r.quantity), 0) as came
            from purchase_order_line l left join receipt_line r on r.order_line_id = l.id and r.state not in ('COUNTED', 'REVERSED')
            group by l.id having l.received <> coalesce(sum(r.quantity), 0)
            """),
        new(
            "RCV-15",
            "Every receipt line in stock has its movement, with the same item and quantity.",
            """
            select l.id, l.quantity, m.quantity as moved from receipt_line l left join stock_movement m on m.id = l.movement_id
            where l.movement_id is not null and (m.id is null or m.quantity <> l.quantity or m.item_id <> l.item_id)
            """),
        new(
            "RCV-08",
            "Nothing is available that was damaged, still counted, under inspection or taken back.",
            "select id, state, condition, available from receipt_line where available > 0 and (condition = 'DAMAGED' or state in ('COUNTED', 'INSPECTION', 'REVERSED'))"),
    ];
}
