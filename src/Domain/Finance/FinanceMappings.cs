using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Domain.Partners;

namespace Platform.Domain.Finance;

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder) =>
        builder.ToTable("account").HasKey(row => row.Id);
}

internal sealed class JournalLineMapping : IEntityTypeConfiguration<JournalLine>
{
    public void Configure(EntityTypeBuilder<JournalLine> builder)
    {
        builder.ToTable("journal_line").HasKey(row => new { row.JournalId, row.Line });
        builder.Property(row => row.Amount).HasPrecision(19, 4);
    }
}

internal sealed class AccountingPeriodMapping : IEntityTypeConfiguration<AccountingPeriod>
{
    public void Configure(EntityTypeBuilder<AccountingPeriod> builder) =>
        builder.ToTable("accounting_period").HasKey(row => row.Id);
}

internal sealed class JournalDocumentMapping : IEntityTypeConfiguration<JournalDocument>
{
    public void Configure(EntityTypeBuilder<JournalDocument> builder)
    {
        builder.ToTable("journal_document").HasKey(row => row.JournalId);
        builder.Property(row => row.JournalId).ValueGeneratedNever();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(row => row.LegalEntityId);
    }
}

internal sealed class PeriodReconciliationMapping : IEntityTypeConfiguration<PeriodReconciliation>
{
    public void Configure(EntityTypeBuilder<PeriodReconciliation> builder)
    {
        builder.ToTable("period_reconciliation").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(row => row.LegalEntityId);
    }
}

internal sealed class PeriodReconciliationLineMapping : IEntityTypeConfiguration<PeriodReconciliationLine>
{
    public void Configure(EntityTypeBuilder<PeriodReconciliationLine> builder)
    {
        builder.ToTable("period_reconciliation_line").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Expected).HasPrecision(19, 4);
        builder.Property(row => row.Found).HasPrecision(19, 4);
        builder.Property(row => row.Difference).HasPrecision(19, 4).ValueGeneratedOnAddOrUpdate();
        builder.HasOne<PeriodReconciliation>().WithMany().HasForeignKey(row => row.ReconciliationId);
    }
}
