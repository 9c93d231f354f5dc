using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>
/// What one person took in on one day at one site, and how fast (RCV-18). Their time runs from when goods stood there, or they had
/// finished with the ones before, until the count was recorded.
/// </summary>
public sealed class ReceiverDay
{
    private ReceiverDay()
    {
    }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public Guid ReceivedBy { get; private set; }

    public DateOnly Day { get; private set; }

    public int Receipts { get; private set; }

    /// <summary>How many lines they counted.</summary>
    public int Lines { get; private set; }

    /// <summary>How many base units they counted.</summary>
    public decimal Units { get; private set; }

    public long LabourSeconds { get; private set; }

    /// <summary>Lines for each hour of labour; null where it took no time.</summary>
    public decimal? LinesPerHour { get; private set; }

    /// <summary>Base units for each hour of labour; null where it took no time.</summary>
    public decimal? UnitsPerHour { get; private set; }
}

internal sealed class ReceiverDayMapping : IEntityTypeConfiguration<ReceiverDay>
{
    public void Configure(EntityTypeBuilder<ReceiverDay> builder)
    {
        builder.ToTable("receiver_day").HasKey(day => new { day.WarehouseId, day.ReceivedBy, day.Day });
        builder.Property(day => day.LinesPerHour).HasPrecision(19, 2);
        builder.Property(day => day.UnitsPerHour).HasPrecision(19, 2);
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(day => day.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(day => day.WarehouseId);
    }
}
