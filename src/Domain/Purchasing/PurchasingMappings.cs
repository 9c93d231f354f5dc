using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Purchasing;

internal sealed class PurchaseOrderMapping : IEntityTypeConfiguration<PurchaseOrder>
{
    public void Configure(EntityTypeBuilder<PurchaseOrder> builder)
    {
        builder.ToTable("purchase_order").HasKey(order => order.Id);
        builder.Property(order => order.Id).ValueGeneratedNever();
        builder.Property(order => order.Total).HasPrecision(19, 4);
        builder.Property(order => order.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(order => order.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(order => order.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(order => order.SupplierId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(order => order.CurrencyCode);
        builder.HasOne<PurchaseAgreement>().WithMany().HasForeignKey(order => order.AgreementId);
    }
}

internal sealed class PurchaseOrderLineMapping : IEntityTypeConfiguration<PurchaseOrderLine>
{
    public void Configure(EntityTypeBuilder<PurchaseOrderLine> builder)
    {
        builder.ToTable("purchase_order_line").HasKey(line => line.Id);
        builder.Property(line => line.Id).ValueGeneratedNever();
        builder.Property(line => line.Amount).HasPrecision(19, 4);
        builder.Property(line => line.OverPercent).HasPrecision(9, 4);
        builder.Property(line => line.UnderPercent).HasPrecision(9, 4);
        builder.Property(line => line.Version).IsConcurrencyToken();
        builder.Ignore(line => line.Open).Ignore(line => line.Most).Ignore(line => line.IsSettled).Ignore(line => line.Kept).Ignore(line => line.IsStruck);
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(line => line.OrderId);
        builder.HasOne<Item>().WithMany().HasForeignKey(line => line.ItemId);
    }
}

internal sealed class PurchaseOrderRevisionMapping : IEntityTypeConfiguration<PurchaseOrderRevision>
{
    public void Configure(EntityTypeBuilder<PurchaseOrderRevision> builder)
    {
        builder.ToTable("purchase_order_revision").HasKey(revision => new { revision.OrderId, revision.Revision });
        builder.Property(revision => revision.Lines).HasColumnType("jsonb");
        builder.Property(revision => revision.Total).HasPrecision(19, 4);
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(revision => revision.OrderId);
    }
}

internal sealed class SupplierConfirmationMapping : IEntityTypeConfiguration<SupplierConfirmation>
{
    public void Configure(EntityTypeBuilder<SupplierConfirmation> builder)
    {
        builder.ToTable("supplier_confirmation").HasKey(said => said.Id);
        builder.Property(said => said.Id).ValueGeneratedNever();
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(said => said.OrderId);
        builder.HasOne<PurchaseOrderLine>().WithMany().HasForeignKey(said => said.LineId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(said => said.SupplierId);
    }
}

internal sealed class SupplierItemTermsMapping : IEntityTypeConfiguration<SupplierItemTerms>
{
    public void Configure(EntityTypeBuilder<SupplierItemTerms> builder)
    {
        builder.ToTable("supplier_item_terms").HasKey(terms => terms.Id);
        builder.Property(terms => terms.Id).ValueGeneratedNever();
        builder.Property(terms => terms.LeadTimeDays).HasPrecision(9, 4);
        builder.Property(terms => terms.LeadTimeSpreadDays).HasPrecision(9, 4);
        builder.Property(terms => terms.PriceBreaks).HasColumnType("jsonb");
        builder.Property(terms => terms.OverPercent).HasPrecision(9, 4);
        builder.Property(terms => terms.UnderPercent).HasPrecision(9, 4);
        builder.Property(terms => terms.FillRatePercent).HasPrecision(9, 4);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(terms => terms.SupplierId);
        builder.HasOne<Item>().WithMany().HasForeignKey(terms => terms.ItemId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(terms => terms.CurrencyCode);
    }
}

internal sealed class LeadTimeObservationMapping : IEntityTypeConfiguration<LeadTimeObservation>
{
    public void Configure(EntityTypeBuilder<LeadTimeObservation> builder)
    {
        builder.ToTable("lead_time_observation").HasKey(seen => seen.Id);
        builder.Property(seen => seen.Id).ValueGeneratedNever();
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(seen => seen.OrderId);
        builder.HasOne<PurchaseOrderLine>().WithMany().HasForeignKey(seen => seen.LineId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(seen => seen.SupplierId);
        builder.HasOne<Item>().WithMany().HasForeignKey(seen => seen.ItemId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(seen => seen.WarehouseId);
    }
}

internal sealed class BudgetMapping : IEntityTypeConfiguration<Budget>
{
    public void Configure(EntityTypeBuilder<Budget> builder)
    {
        builder.ToTable("budget").HasKey(budget => budget.Id);
        builder.Property(budget => budget.Id).ValueGeneratedNever();
        builder.Property(budget => budget.Amount).HasPrecision(19, 4);
        builder.Property(budget => budget.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(budget => budget.LegalEntityId);
    }
}

internal sealed class PurchaseAgreementMapping : IEntityTypeConfiguration<PurchaseAgreement>
{
    public void Configure(EntityTypeBuilder<PurchaseAgreement> builder)
    {
        builder.ToTable("purchase_agreement").HasKey(agreement => agreement.Id);
        builder.Property(agreement => agreement.Id).ValueGeneratedNever();
        builder.Property(agreement => agreement.AmountLimit).HasPrecision(19, 4);
        builder.Property(agreement => agreement.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(agreement => agreement.LegalEntityId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(agreement => agreement.SupplierId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(agreement => agreement.CurrencyCode);
    }
}

internal sealed class PurchaseAgreementLineMapping : IEntityTypeConfiguration<PurchaseAgreementLine>
{
    public void Configure(EntityTypeBuilder<PurchaseAgreementLine> builder)
    {
        builder.ToTable("purchase_agreement_line").HasKey(line => line.Id);
        builder.Property(line => line.Id).ValueGeneratedNever();
        builder.HasOne<PurchaseAgreement>().WithMany().HasForeignKey(line => line.AgreementId);
        builder.HasOne<Item>().WithMany().HasForeignKey(line => line.ItemId);
    }
}

internal sealed class SupplierScorecardMapping : IEntityTypeConfiguration<SupplierScorecard>
{
    public void Configure(EntityTypeBuilder<SupplierScorecard> builder)
    {
        builder.ToTable("supplier_scorecard").HasKey(card => new { card.SupplierId, card.Period });
        builder.Property(card => card.OnTimePercent).HasPrecision(9, 4);
        builder.Property(card => card.InFullPercent).HasPrecision(9, 4);
        builder.Property(card => card.FillRatePercent).HasPrecision(9, 4);
        builder.Property(card => card.AcceptancePercent).HasPrecision(9, 4);
        builder.Property(card => card.ConfirmedPercent).HasPrecision(9, 4);
        foreach (var percent in new[] { "ConfirmedInTimePercent", "LeadTimeKeptPercent", "AnnouncedPercent", "AnnouncementPercent" })
        {
            builder.Property<decimal?>(percent).HasPrecision(9, 4);
        }

        builder.Property(card => card.ExceptionPercent).HasPrecision(18, 4);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(card => card.SupplierId);
    }
}

internal sealed class SupplierRuleMapping : IEntityTypeConfiguration<SupplierRule>
{
    public void Configure(EntityTypeBuilder<SupplierRule> builder)
    {
        builder.ToTable("supplier_rule").HasKey(rule => rule.Id);
        builder.Property(rule => rule.Id).ValueGeneratedNever();
        builder.Property(rule => rule.Charge).HasPrecision(19, 4);
        builder.Property(rule => rule.Version).IsConcurrencyToken();
        builder.HasOne<Supplier>().WithMany().HasForeignKey(rule => rule.SupplierId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(rule => rule.CurrencyCode);
    }
}

internal sealed class ComplianceBreachMapping : IEntityTypeConfiguration<ComplianceBreach>
{
    public void Configure(EntityTypeBuilder<ComplianceBreach> builder)
    {
        builder.ToTable("compliance_breach").HasKey(breach => breach.Id);
        builder.Property(breach => breach.Id).ValueGeneratedNever();
        builder.Property(breach => breach.Charge).HasPrecision(19, 4);
        builder.HasOne<SupplierRule>().WithMany().HasForeignKey(breach => breach.RuleId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(breach => breach.SupplierId);
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(breach => breach.OrderId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(breach => breach.CurrencyCode);
    }
}
