using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

internal sealed class ReplenishmentPolicyMapping : IEntityTypeConfiguration<ReplenishmentPolicy>
{
    public void Configure(EntityTypeBuilder<ReplenishmentPolicy> builder)
    {
        builder.ToTable("replenishment_policy").HasKey(policy => policy.Id);
        builder.Property(policy => policy.Id).ValueGeneratedNever();
        builder.Property(policy => policy.ServiceTarget).HasPrecision(9, 4);
        builder.Property(policy => policy.ServiceFactor).HasPrecision(9, 6);
        builder.Property(policy => policy.LeadTimeDays).HasPrecision(9, 4);
        builder.Property(policy => policy.LeadTimeSpreadDays).HasPrecision(9, 4);
        builder.HasOne<Item>().WithMany().HasForeignKey(policy => policy.ItemId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(policy => policy.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(policy => policy.SupplierId);
    }
}

internal sealed class TransferLaneMapping : IEntityTypeConfiguration<TransferLane>
{
    public void Configure(EntityTypeBuilder<TransferLane> builder)
    {
        builder.ToTable("transfer_lane").HasKey(lane => lane.Id);
        builder.Property(lane => lane.Id).ValueGeneratedNever();
        builder.Property(lane => lane.CostPerTransfer).HasPrecision(19, 4);
        builder.Property(lane => lane.Version).IsConcurrencyToken();
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(lane => lane.FromWarehouseId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(lane => lane.ToWarehouseId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(lane => lane.CurrencyCode);
    }
}

internal sealed class ItemDemandMapping : IEntityTypeConfiguration<ItemDemand>
{
    public void Configure(EntityTypeBuilder<ItemDemand> builder)
    {
        builder.ToTable("demand").HasKey(demand => demand.Id);
        builder.Property(demand => demand.Id).ValueGeneratedNever();
        builder.Property(demand => demand.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithMany().HasForeignKey(demand => demand.ItemId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(demand => demand.WarehouseId);
        builder.HasOne<FulfillmentChannel>().WithMany().HasForeignKey(demand => demand.ChannelId);
    }
}

internal sealed class ReplenishmentRunMapping : IEntityTypeConfiguration<ReplenishmentRun>
{
    public void Configure(EntityTypeBuilder<ReplenishmentRun> builder)
    {
        builder.ToTable("replenishment_run").HasKey(run => run.Id);
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(run => run.WarehouseId);
    }
}

internal sealed class ReorderProposalMapping : IEntityTypeConfiguration<ReorderProposal>
{
    public void Configure(EntityTypeBuilder<ReorderProposal> builder)
    {
        builder.ToTable("reorder_proposal").HasKey(proposal => proposal.Id);
        builder.Property(proposal => proposal.Id).ValueGeneratedNever();
        builder.Property(proposal => proposal.Arithmetic).HasColumnType("jsonb");
        builder.Property(proposal => proposal.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithMany().HasForeignKey(proposal => proposal.ItemId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(proposal => proposal.WarehouseId);
        builder.HasOne<ReplenishmentRun>().WithMany().HasForeignKey(proposal => proposal.RunId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(proposal => proposal.SupplierId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(proposal => proposal.FromWarehouseId);
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(proposal => proposal.OrderId);
        builder.Property(proposal => proposal.Impact).HasPrecision(19, 4);
        builder.HasOne<PurchaseAgreement>().WithMany().HasForeignKey(proposal => proposal.AgreementId);
        builder.HasOne<ReorderProposal>().WithMany().HasForeignKey(proposal => proposal.PartOfId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(proposal => proposal.TransitBinId);
    }
}

internal sealed class SourcingOptionMapping : IEntityTypeConfiguration<SourcingOption>
{
    public void Configure(EntityTypeBuilder<SourcingOption> builder)
    {
        builder.ToTable("sourcing_option").HasKey(option => option.Id);
        builder.Property(option => option.Id).ValueGeneratedNever();
        builder.Property(option => option.Cost).HasPrecision(19, 4);
        builder.Property(option => option.Worth).HasPrecision(19, 4);
        builder.Property(option => option.OnTimePercent).HasPrecision(9, 4);
        builder.Property(option => option.SharePercent).HasPrecision(9, 4);
        builder.Property(option => option.SharedPercent).HasPrecision(9, 4);
        builder.Ignore(option => option.IsPossible);
        builder.HasOne<PurchaseAgreement>().WithMany().HasForeignKey(option => option.AgreementId);
        builder.HasOne<ReorderProposal>().WithMany().HasForeignKey(option => option.ProposalId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(option => option.SupplierId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(option => option.FromWarehouseId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(option => option.CurrencyCode);
    }
}

internal sealed class SupplyChangeMapping : IEntityTypeConfiguration<SupplyChange>
{
    public void Configure(EntityTypeBuilder<SupplyChange> builder)
    {
        builder.ToTable("supply_change").HasKey(change => change.Id);
        builder.Property(change => change.Id).ValueGeneratedNever();
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(change => change.OrderId);
        builder.HasOne<Item>().WithMany().HasForeignKey(change => change.ItemId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(change => change.WarehouseId);
    }
}

internal sealed class ReplenishmentPositionMapping : IEntityTypeConfiguration<ReplenishmentPosition>
{
    public void Configure(EntityTypeBuilder<ReplenishmentPosition> builder)
    {
        builder.ToTable("replenishment_position").HasKey(position => new { position.ItemId, position.WarehouseId });
        builder.Property(position => position.LeadTimeDays).HasPrecision(9, 4);
        builder.Property(position => position.LeadTimeSpreadDays).HasPrecision(9, 4);
        builder.Property(position => position.ServiceFactor).HasPrecision(9, 6);
        builder.HasOne<Item>().WithMany().HasForeignKey(position => position.ItemId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(position => position.WarehouseId);
        builder.HasOne<ReplenishmentPolicy>().WithMany().HasForeignKey(position => position.PolicyId);
        builder.HasOne<ReplenishmentRun>().WithMany().HasForeignKey(position => position.RunId);
    }
}

internal sealed class SupplierSharesMapping : IEntityTypeConfiguration<SupplierShares>
{
    public void Configure(EntityTypeBuilder<SupplierShares> builder)
    {
        builder.ToTable("supplier_shares").HasKey(shares => shares.Id);
        builder.Property(shares => shares.Id).ValueGeneratedNever();
        builder.Property(shares => shares.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithMany().HasForeignKey(shares => shares.ItemId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(shares => shares.WarehouseId);
    }
}

internal sealed class SupplierShareMapping : IEntityTypeConfiguration<SupplierShare>
{
    public void Configure(EntityTypeBuilder<SupplierShare> builder)
    {
        builder.ToTable("supplier_share").HasKey(share => share.Id);
        builder.Property(share => share.Id).ValueGeneratedNever();
        builder.Property(share => share.Percent).HasPrecision(9, 4);
        builder.HasOne<SupplierShares>().WithMany().HasForeignKey(share => share.SharesId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(share => share.SupplierId);
    }
}

internal sealed class BuyerTaskMapping : IEntityTypeConfiguration<BuyerTask>
{
    public void Configure(EntityTypeBuilder<BuyerTask> builder)
    {
        // A view over proposals and cases.
        builder.ToTable("buyer_task").HasKey(task => task.Id);
        builder.Property(task => task.Id).ValueGeneratedNever();
        builder.Property(task => task.Impact).HasPrecision(19, 4);
        builder.HasOne<ReorderProposal>().WithMany().HasForeignKey(task => task.ProposalId);
        builder.HasOne<ExceptionCase>().WithMany().HasForeignKey(task => task.CaseId);
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(task => task.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(task => task.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(task => task.SupplierId);
        builder.HasOne<Item>().WithMany().HasForeignKey(task => task.ItemId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(task => task.CurrencyCode);
    }
}

internal sealed class ForecastAccuracyMapping : IEntityTypeConfiguration<ForecastAccuracy>
{
    public void Configure(EntityTypeBuilder<ForecastAccuracy> builder)
    {
        builder.ToTable("forecast_accuracy").HasKey(accuracy => new { accuracy.ItemId, accuracy.WarehouseId });
        builder.Property(accuracy => accuracy.BiasPercent).HasPrecision(18, 4);
        builder.Property(accuracy => accuracy.ErrorPercent).HasPrecision(18, 4);
        builder.HasOne<Item>().WithMany().HasForeignKey(accuracy => accuracy.ItemId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(accuracy => accuracy.WarehouseId);
    }
}
