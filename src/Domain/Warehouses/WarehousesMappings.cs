using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

internal sealed class CalendarMapping : IEntityTypeConfiguration<Calendar>
{
    public void Configure(EntityTypeBuilder<Calendar> builder)
    {
        builder.ToTable("calendar").HasKey(calendar => calendar.Id);
        builder.Property(calendar => calendar.Id).ValueGeneratedNever();
        builder.Property(calendar => calendar.Weekdays).HasColumnType("smallint");
        builder.Property(calendar => calendar.Version).IsConcurrencyToken();
    }
}

internal sealed class CalendarDayMapping : IEntityTypeConfiguration<CalendarDay>
{
    public void Configure(EntityTypeBuilder<CalendarDay> builder)
    {
        builder.ToTable("calendar_day").HasKey(day => new { day.CalendarId, day.Day });
        builder.HasOne<Calendar>().WithMany().HasForeignKey(day => day.CalendarId);
    }
}

internal sealed class WarehouseMapping : IEntityTypeConfiguration<Warehouse>
{
    public void Configure(EntityTypeBuilder<Warehouse> builder)
    {
        builder.ToTable("warehouse").HasKey(warehouse => warehouse.Id);
        builder.Property(warehouse => warehouse.Id).ValueGeneratedNever();
        builder.Property(warehouse => warehouse.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(warehouse => warehouse.LegalEntityId);
        builder.HasOne<Partner>().WithMany().HasForeignKey(warehouse => warehouse.OperatorId);
        builder.HasOne<Calendar>().WithMany().HasForeignKey(warehouse => warehouse.CalendarId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(warehouse => warehouse.ClonedFromId);
    }
}

internal sealed class CutOffMapping : IEntityTypeConfiguration<CutOff>
{
    public void Configure(EntityTypeBuilder<CutOff> builder)
    {
        builder.ToTable("cut_off").HasKey(cutOff => cutOff.Id);
        builder.Property(cutOff => cutOff.Id).ValueGeneratedNever();
        builder.Property(cutOff => cutOff.LocalTime).HasColumnType("time(0)");
        builder.Property(cutOff => cutOff.Version).IsConcurrencyToken();
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(cutOff => cutOff.WarehouseId);
        builder.HasOne<Partner>().WithMany().HasForeignKey(cutOff => cutOff.CarrierId);
        builder.HasOne<Calendar>().WithMany().HasForeignKey(cutOff => cutOff.CalendarId);
    }
}

internal sealed class FulfillmentChannelMapping : IEntityTypeConfiguration<FulfillmentChannel>
{
    public void Configure(EntityTypeBuilder<FulfillmentChannel> builder)
    {
        builder.ToTable("fulfillment_channel").HasKey(channel => channel.Id);
        builder.Property(channel => channel.Id).ValueGeneratedNever();
        builder.Property(channel => channel.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(channel => channel.LegalEntityId);
    }
}

internal sealed class WarehouseChannelMapping : IEntityTypeConfiguration<WarehouseChannel>
{
    public void Configure(EntityTypeBuilder<WarehouseChannel> builder)
    {
        builder.ToTable("warehouse_channel").HasKey(service => new { service.WarehouseId, service.FulfillmentChannelId });
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(service => service.WarehouseId);
        builder.HasOne<FulfillmentChannel>().WithMany().HasForeignKey(service => service.FulfillmentChannelId);
    }
}

internal sealed class ZoneMapping : IEntityTypeConfiguration<Zone>
{
    private static readonly UpperSnakeEnumConverter<HazardClass> Converter = new();

    public void Configure(EntityTypeBuilder<Zone> builder)
    {
        builder.ToTable("zone").HasKey(zone => zone.Id);
        builder.Property(zone => zone.Id).ValueGeneratedNever();
        builder.Property(zone => zone.HazardClasses)
            .HasConversion(
                new ValueConverter<IReadOnlyList<HazardClass>, string[]>(
                    classes => classes.Select(Text).ToArray(), texts => texts.Select(Hazard).ToList()),
                new ValueComparer<IReadOnlyList<HazardClass>>(
                    (left, right) => left!.SequenceEqual(right!), classes => classes.Count, classes => classes.ToList()))
            .HasColumnType("text[]");
        builder.Property(zone => zone.Version).IsConcurrencyToken();
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(zone => zone.WarehouseId);
    }
    private static string Text(HazardClass hazard) => (string)Converter.ConvertToProvider(hazard)!;

    private static HazardClass Hazard(string text) => (HazardClass)Converter.ConvertFromProvider(text)!;
}

internal sealed class BinMapping : IEntityTypeConfiguration<Bin>
{
    public void Configure(EntityTypeBuilder<Bin> builder)
    {
        builder.ToTable("bin").HasKey(bin => bin.Id);
        builder.Property(bin => bin.Id).ValueGeneratedNever();
        builder.Property(bin => bin.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(bin => bin.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(bin => bin.WarehouseId);
        builder.HasOne<Zone>().WithMany().HasForeignKey(bin => bin.ZoneId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(bin => bin.ParentId);
        builder.HasOne<Item>().WithMany().HasForeignKey(bin => bin.DedicatedItemId);

        // The database writes it, so that a parent's key says that it is a group.
        builder.Property<bool?>("ParentIsGroup").ValueGeneratedOnAddOrUpdate();
    }
}

internal sealed class WarehousesServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<BinOccupancies>()
        .AddScoped<LocationRules>()
        .AddScoped<DispatchDates>()
        .AddScoped<IRecordUse, WarehousesOfEntity>()
        .AddScoped<IRecordUse, BinsOfWarehouse>()
        .AddScoped<IRecordUse, BinsOfZone>()
        .AddScoped<IRecordUse, BinsOfGroup>()
        .AddScoped<IRecordUse, BinsDedicatedToItem>()
        .AddScoped<IRecordUse, WarehousesOfChannel>();
}
