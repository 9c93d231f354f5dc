using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Recommendations.Watching;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Recommendations;

internal sealed class RecommendationMapping : IEntityTypeConfiguration<Recommendation>
{
    public void Configure(EntityTypeBuilder<Recommendation> builder)
    {
        builder.ToTable("recommendation").HasKey(made => made.Id);
        builder.Property(made => made.Id).ValueGeneratedNever();
        builder.Property(made => made.ActionInput).HasColumnType("jsonb");
        builder.Property(made => made.DecidedInput).HasColumnType("jsonb");
        builder.Property(made => made.Caveats).HasColumnType("jsonb");
        builder.Property(made => made.OutcomeFacts).HasColumnType("jsonb");
        builder.Property(made => made.Probability).HasPrecision(9, 6);
        builder.Property(made => made.ValueAtStake).HasPrecision(19, 4);
        builder.Property(made => made.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithMany().HasForeignKey(made => made.ItemId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(made => made.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(made => made.SupplierId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(made => made.CurrencyCode);
        builder.HasOne<ApprovalRequest>().WithMany().HasForeignKey(made => made.RequestId);
    }
}

internal sealed class RecommendationReasonMapping : IEntityTypeConfiguration<RecommendationReason>
{
    public void Configure(EntityTypeBuilder<RecommendationReason> builder)
    {
        builder.ToTable("recommendation_reason").HasKey(reason => reason.Id);
        builder.Property(reason => reason.Id).ValueGeneratedNever();
        builder.HasOne<Recommendation>().WithMany().HasForeignKey(reason => reason.RecommendationId);
    }
}

internal sealed class RecommendationEvidenceMapping : IEntityTypeConfiguration<RecommendationEvidence>
{
    public void Configure(EntityTypeBuilder<RecommendationEvidence> builder)
    {
        builder.ToTable("recommendation_evidence").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<Recommendation>().WithMany().HasForeignKey(row => row.RecommendationId);
    }
}

internal sealed class RecommendationAlternativeMapping : IEntityTypeConfiguration<RecommendationAlternative>
{
    public void Configure(EntityTypeBuilder<RecommendationAlternative> builder)
    {
        builder.ToTable("recommendation_alternative").HasKey(way => way.Id);
        builder.Property(way => way.Id).ValueGeneratedNever();
        builder.Property(way => way.Cost).HasPrecision(19, 4);
        builder.HasOne<Recommendation>().WithMany().HasForeignKey(way => way.RecommendationId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(way => way.CurrencyCode);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(way => way.FromWarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(way => way.SupplierId);
    }
}

internal sealed class LeadTimeOutlookMapping : IEntityTypeConfiguration<LeadTimeOutlook>
{
    public void Configure(EntityTypeBuilder<LeadTimeOutlook> builder)
    {
        builder.ToTable("lead_time_outlook").HasKey(outlook => outlook.Id);
        builder.Property(outlook => outlook.Id).ValueGeneratedNever();
        builder.Property(outlook => outlook.Service).HasPrecision(9, 6);
        builder.Property(outlook => outlook.ValueAtStake).HasPrecision(19, 4);
        builder.HasOne<Item>().WithMany().HasForeignKey(outlook => outlook.ItemId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(outlook => outlook.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(outlook => outlook.SupplierId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(outlook => outlook.CurrencyCode);
    }
}

internal sealed class SupplierDriftMapping : IEntityTypeConfiguration<SupplierDrift>
{
    public void Configure(EntityTypeBuilder<SupplierDrift> builder)
    {
        builder.ToTable("supplier_drift").HasKey(drift => drift.Id);
        builder.Property(drift => drift.Id).ValueGeneratedNever();
        builder.Property(drift => drift.FalseAlarmsPerHundred).HasPrecision(9, 6);
        builder.Property(drift => drift.Version).IsConcurrencyToken();
        builder.HasOne<Supplier>().WithMany().HasForeignKey(drift => drift.SupplierId);
    }
}

internal sealed class ServedModelMapping : IEntityTypeConfiguration<ServedModel>
{
    public void Configure(EntityTypeBuilder<ServedModel> builder)
    {
        builder.ToTable("served_model").HasKey(model => model.Id);
        builder.Property(model => model.Id).ValueGeneratedNever();
        builder.Property(model => model.Coverage).HasPrecision(9, 6);
        builder.Property(model => model.Version).IsConcurrencyToken();
    }
}
