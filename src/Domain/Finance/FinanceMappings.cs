using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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
