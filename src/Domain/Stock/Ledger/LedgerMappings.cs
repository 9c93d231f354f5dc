using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Domain.Stock.Ledger;

internal sealed class StockPostingMapping : IEntityTypeConfiguration<StockPosting>
{
    public void Configure(EntityTypeBuilder<StockPosting> builder) =>
        builder.ToTable("stock_posting").HasKey(row => row.Id);
}

internal sealed class StockMovementMapping : IEntityTypeConfiguration<StockMovement>
{
    public void Configure(EntityTypeBuilder<StockMovement> builder)
    {
        builder.ToTable("stock_movement").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}

internal sealed class StockBalanceMapping : IEntityTypeConfiguration<StockBalance>
{
    public void Configure(EntityTypeBuilder<StockBalance> builder)
    {
        builder.ToTable("stock_balance").HasKey(row => row.Id);
        builder.Property(row => row.Key).ValueGeneratedOnAddOrUpdate();
    }
}

internal sealed class StockPolicyMapping : IEntityTypeConfiguration<StockPolicy>
{
    public void Configure(EntityTypeBuilder<StockPolicy> builder)
    {
        builder.ToTable("stock_policy").HasKey(row => row.Id);
        builder.Property(row => row.AdjustWithoutApproval).HasPrecision(19, 4);
    }
}

internal sealed class CostingRuleMapping : IEntityTypeConfiguration<CostingRule>
{
    public void Configure(EntityTypeBuilder<CostingRule> builder) =>
        builder.ToTable("costing_rule").HasKey(row => row.Id);
}

internal sealed class ItemValueMapping : IEntityTypeConfiguration<ItemValue>
{
    public void Configure(EntityTypeBuilder<ItemValue> builder)
    {
        builder.ToTable("cost_pool").HasKey(row => row.Id);
        builder.Property(row => row.Value).HasPrecision(19, 4);
        builder.Property(row => row.Decay).HasAllDigits();
        builder.Property(row => row.LastCost).HasPrecision(28, 10);
        builder.Property(row => row.StandardCost).HasPrecision(28, 10);
    }
}

internal sealed class ItemValueLayerMapping : IEntityTypeConfiguration<ItemValueLayer>
{
    public void Configure(EntityTypeBuilder<ItemValueLayer> builder)
    {
        builder.ToTable("cost_layer").HasKey(row => new { row.PoolId, row.Sequence });
        builder.Property(row => row.Value).HasPrecision(19, 4);
    }
}

internal sealed class ValueEntryMapping : IEntityTypeConfiguration<ValueEntry>
{
    public void Configure(EntityTypeBuilder<ValueEntry> builder)
    {
        builder.ToTable("value_entry").HasKey(row => row.Id);
        builder.Property(row => row.OnHand).HasPrecision(19, 4);
        builder.Property(row => row.Rest).HasPrecision(19, 4);
        builder.Property(row => row.Decay).HasAllDigits();
        builder.Property(row => row.UnitCost).HasPrecision(28, 10);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}

internal sealed class ReservationMapping : IEntityTypeConfiguration<Reservation>
{
    public void Configure(EntityTypeBuilder<Reservation> builder) =>
        builder.ToTable("reservation").HasKey(row => row.Id);
}

internal sealed class AllocationMapping : IEntityTypeConfiguration<Allocation>
{
    public void Configure(EntityTypeBuilder<Allocation> builder) =>
        builder.ToTable("allocation").HasKey(row => new { row.ReservationId, row.BalanceId });
}

internal sealed class StockPositionMapping : IEntityTypeConfiguration<StockPosition>
{
    public void Configure(EntityTypeBuilder<StockPosition> builder) =>
        builder.ToTable("stock_position").HasKey(row => new { row.ItemId, row.WarehouseId });
}

internal static class Digits
{
    /// <summary>Not cut to the usual six decimals: the decay index needs every digit that a decimal has.</summary>
    public static void HasAllDigits<T>(this PropertyBuilder<T> property)
    {
        property.HasColumnType("numeric");
        property.Metadata.SetPrecision(null);
        property.Metadata.SetScale(null);
    }
}
