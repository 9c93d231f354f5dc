using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;

namespace Platform.Domain.Catalog;

internal sealed class UnitOfMeasureMapping : IEntityTypeConfiguration<UnitOfMeasure>
{
    public void Configure(EntityTypeBuilder<UnitOfMeasure> builder)
    {
        builder.ToTable("unit").HasKey(unit => unit.Code);
        builder.Property(unit => unit.Decimals).HasColumnType("smallint");
        builder.Property(unit => unit.Version).IsConcurrencyToken();
    }
}

internal sealed class ItemMapping : IEntityTypeConfiguration<Item>
{
    public void Configure(EntityTypeBuilder<Item> builder)
    {
        builder.ToTable("item").HasKey(item => item.Id);
        builder.Property(item => item.Id).ValueGeneratedNever();
        builder.Property(item => item.WeightTolerancePct).HasPrecision(9, 4);
        builder.Property(item => item.Version).IsConcurrencyToken();
        builder.HasOne<UnitOfMeasure>().WithMany().HasForeignKey(item => item.BaseUnit);
        builder.HasOne<UnitOfMeasure>().WithMany().HasForeignKey(item => item.WeightUnit);
    }
}

internal sealed class ItemUnitMapping : IEntityTypeConfiguration<ItemUnit>
{
    public void Configure(EntityTypeBuilder<ItemUnit> builder)
    {
        builder.ToTable("item_unit").HasKey(unit => unit.Id);
        builder.Property(unit => unit.Id).ValueGeneratedNever();
        builder.Property(unit => unit.Decimals).HasColumnType("smallint");
        builder.Property(unit => unit.LengthMm).HasPrecision(18, 3);
        builder.Property(unit => unit.WidthMm).HasPrecision(18, 3);
        builder.Property(unit => unit.HeightMm).HasPrecision(18, 3);
        builder.Property(unit => unit.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithMany().HasForeignKey(unit => unit.ItemId);
    }
}

internal sealed class ItemSupplierPartMapping : IEntityTypeConfiguration<ItemSupplierPart>
{
    public void Configure(EntityTypeBuilder<ItemSupplierPart> builder)
    {
        builder.ToTable("item_supplier_part").HasKey(part => part.Id);
        builder.Property(part => part.Id).ValueGeneratedNever();
        builder.HasOne<Item>().WithMany().HasForeignKey(part => part.ItemId);
        builder.HasOne<Partners.Supplier>().WithMany().HasForeignKey(part => part.SupplierId);
    }
}

internal sealed class ItemDuplicateOverrideMapping : IEntityTypeConfiguration<ItemDuplicateOverride>
{
    public void Configure(EntityTypeBuilder<ItemDuplicateOverride> builder)
    {
        builder.ToTable("item_duplicate_override").HasKey(judged => new { judged.ItemId, judged.OtherId, judged.Cause });
        builder.HasOne<Item>().WithMany().HasForeignKey(judged => judged.ItemId);
        builder.HasOne<Item>().WithMany().HasForeignKey(judged => judged.OtherId);
    }
}

internal sealed class ItemSubstituteMapping : IEntityTypeConfiguration<ItemSubstitute>
{
    public void Configure(EntityTypeBuilder<ItemSubstitute> builder)
    {
        builder.ToTable("item_substitute").HasKey(link => link.Id);
        builder.Property(link => link.Id).ValueGeneratedNever();
        builder.Property(link => link.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithMany().HasForeignKey(link => link.ItemId);
        builder.HasOne<Item>().WithMany().HasForeignKey(link => link.SubstituteId);
        builder.HasMany(link => link.Customers).WithOne().HasForeignKey(rule => rule.ItemSubstituteId);
    }
}

internal sealed class ItemSubstituteCustomerMapping : IEntityTypeConfiguration<ItemSubstituteCustomer>
{
    public void Configure(EntityTypeBuilder<ItemSubstituteCustomer> builder)
    {
        builder.ToTable("item_substitute_customer").HasKey(rule => new { rule.ItemSubstituteId, rule.CustomerId });
        builder.HasOne<Partners.Customer>().WithMany().HasForeignKey(rule => rule.CustomerId);
    }
}

internal sealed class LotMapping : IEntityTypeConfiguration<Lot>
{
    public void Configure(EntityTypeBuilder<Lot> builder)
    {
        builder.ToTable("lot").HasKey(lot => lot.Id);
        builder.Property(lot => lot.Id).ValueGeneratedNever();
        builder.Property(lot => lot.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithMany().HasForeignKey(lot => lot.ItemId);
        builder.HasOne<Partners.Supplier>().WithMany().HasForeignKey(lot => lot.SupplierId);
    }
}

internal sealed class SerialMapping : IEntityTypeConfiguration<Serial>
{
    public void Configure(EntityTypeBuilder<Serial> builder)
    {
        builder.ToTable("serial").HasKey(serial => serial.Id);
        builder.Property(serial => serial.Id).ValueGeneratedNever();
        builder.Property(serial => serial.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithMany().HasForeignKey(serial => serial.ItemId);
        builder.HasOne<Lot>().WithMany().HasForeignKey(serial => serial.LotId);
    }
}

internal sealed class CatalogServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<ItemUsages>()
        .AddScoped<ItemFollowers>()
        .AddScoped<DuplicateSuspects>()
        .AddScoped<ItemSearch>();
}
