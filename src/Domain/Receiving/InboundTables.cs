using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

internal sealed class InboundShipmentMapping : IEntityTypeConfiguration<InboundShipment>
{
    public void Configure(EntityTypeBuilder<InboundShipment> builder)
    {
        builder.ToTable("inbound_shipment").HasKey(shipment => shipment.Id);
        builder.Property(shipment => shipment.Id).ValueGeneratedNever();
        builder.Property(shipment => shipment.Risk).HasPrecision(5, 4);
        builder.Property(shipment => shipment.RiskReasons).HasColumnType("jsonb");
        builder.Property(shipment => shipment.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(shipment => shipment.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(shipment => shipment.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(shipment => shipment.SupplierId);
    }
}

internal sealed class InboundShipmentLineMapping : IEntityTypeConfiguration<InboundShipmentLine>
{
    public void Configure(EntityTypeBuilder<InboundShipmentLine> builder)
    {
        builder.ToTable("inbound_shipment_line").HasKey(line => line.Id);
        builder.Property(line => line.Id).ValueGeneratedNever();
        builder.Property(line => line.Version).IsConcurrencyToken();
        builder.Ignore(line => line.Missing);
        builder.HasOne<InboundShipment>().WithMany().HasForeignKey(line => line.ShipmentId);
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(line => line.OrderId);
        builder.HasOne<PurchaseOrderLine>().WithMany().HasForeignKey(line => line.OrderLineId);
        builder.HasOne<Item>().WithMany().HasForeignKey(line => line.ItemId);
    }
}

internal sealed class HeldGoodsMapping : IEntityTypeConfiguration<HeldGoods>
{
    public void Configure(EntityTypeBuilder<HeldGoods> builder)
    {
        builder.ToTable("held_goods").HasKey(held => held.Id);
        builder.Property(held => held.Id).ValueGeneratedNever();
        builder.Property(held => held.Goods).HasColumnType("jsonb");
        builder.Property(held => held.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(held => held.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(held => held.WarehouseId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(held => held.BinId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(held => held.SupplierId);
        builder.HasOne<Item>().WithMany().HasForeignKey(held => held.ItemId);
        builder.HasOne<InboundShipment>().WithMany().HasForeignKey(held => held.ShipmentId);
        builder.HasOne<PurchaseOrderLine>().WithMany().HasForeignKey(held => held.OrderLineId);
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(held => held.OrderId);
        builder.HasOne<ExceptionCase>().WithMany().HasForeignKey(held => held.CaseId);
        builder.HasOne<Receipt>().WithMany().HasForeignKey(held => held.ReceiptId);
    }
}

internal sealed class DiscrepancyMapping : IEntityTypeConfiguration<Discrepancy>
{
    public void Configure(EntityTypeBuilder<Discrepancy> builder)
    {
        builder.ToTable("discrepancy").HasKey(found => found.Id);
        builder.Property(found => found.Id).ValueGeneratedNever();
        builder.Property(found => found.Percent).HasPrecision(12, 4);
        builder.Property(found => found.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(found => found.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(found => found.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(found => found.SupplierId);
        builder.HasOne<Item>().WithMany().HasForeignKey(found => found.ItemId);
        builder.HasOne<PurchaseOrderLine>().WithMany().HasForeignKey(found => found.OrderLineId);
        builder.HasOne<InboundShipment>().WithMany().HasForeignKey(found => found.ShipmentId);
        builder.HasOne<Receipt>().WithMany().HasForeignKey(found => found.ReceiptId);
        builder.HasOne<ReceiptLine>().WithMany().HasForeignKey(found => found.ReceiptLineId);
        builder.HasOne<ExceptionCase>().WithMany().HasForeignKey(found => found.CaseId);
    }
}

internal sealed class DockDoorMapping : IEntityTypeConfiguration<DockDoor>
{
    public void Configure(EntityTypeBuilder<DockDoor> builder)
    {
        builder.ToTable("dock_door").HasKey(door => door.Id);
        builder.Property(door => door.Id).ValueGeneratedNever();
        builder.Property(door => door.Version).IsConcurrencyToken();
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(door => door.WarehouseId);
    }
}

internal sealed class DockAppointmentMapping : IEntityTypeConfiguration<DockAppointment>
{
    public void Configure(EntityTypeBuilder<DockAppointment> builder)
    {
        builder.ToTable("dock_appointment").HasKey(appointment => appointment.Id);
        builder.Property(appointment => appointment.Id).ValueGeneratedNever();
        builder.Property(appointment => appointment.Version).IsConcurrencyToken();
        builder.HasOne<DockDoor>().WithMany().HasForeignKey(appointment => appointment.DoorId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(appointment => appointment.WarehouseId);
        builder.HasOne<InboundShipment>().WithMany().HasForeignKey(appointment => appointment.ShipmentId);
    }
}

internal sealed class DockHourMapping : IEntityTypeConfiguration<DockHour>
{
    public void Configure(EntityTypeBuilder<DockHour> builder)
    {
        builder.ToTable("dock_hour").HasKey(hour => new { hour.DoorId, hour.StartsAt });
        builder.HasOne<DockDoor>().WithMany().HasForeignKey(hour => hour.DoorId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(hour => hour.WarehouseId);
    }
}

/// <summary>The rows of what is on its way and at the doors: a shipment, then its lines and its appointment, then a door.</summary>
internal static class InboundTables
{
    public static Task<InboundShipment?> LockShipmentAsync(this PlatformDb db, InboundShipmentId id, CancellationToken ct) =>
        db.Set<InboundShipment>().FromSql($"select * from inbound_shipment where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>Locked, as the caller saw it, and with the step leading on from there.</summary>
    public static async Task<Result<InboundShipment>> LockShipmentAsync(
        this PlatformDb db, InboundShipmentId id, int version, ShipmentStep step, CancellationToken ct)
    {
        var shipment = await db.LockShipmentAsync(id, ct);
        if (shipment is null)
        {
            return new ShipmentNotFound(id);
        }

        return ShipmentSteps.Refuse(shipment, version, step) is { } refusal ? Result.Refused<InboundShipment>(refusal) : shipment;
    }

    public static Task<InboundShipment?> LockShipmentOfReceiptAsync(this PlatformDb db, ReceiptId id, CancellationToken ct) =>
        db.Set<InboundShipment>()
            .FromSql($"select * from inbound_shipment where id = (select shipment_id from receipt where id = {id.Value}) for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<InboundShipment?> LockShipmentOfAppointmentAsync(this PlatformDb db, DockAppointmentId id, CancellationToken ct) =>
        db.Set<InboundShipment>()
            .FromSql($"select * from inbound_shipment where id = (select shipment_id from dock_appointment where id = {id.Value}) for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<List<InboundShipmentLine>> LockShipmentLinesAsync(this PlatformDb db, InboundShipmentId id, CancellationToken ct) =>
        db.Set<InboundShipmentLine>()
            .FromSql($"select * from inbound_shipment_line where shipment_id = {id.Value} order by line for no key update")
            .ToListAsync(ct);

    public static Task<InboundShipmentLine?> LockShipmentLineAsync(this PlatformDb db, InboundShipmentLineId id, CancellationToken ct) =>
        db.Set<InboundShipmentLine>()
            .FromSql($"select * from inbound_shipment_line where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<string> NextShipmentNumberAsync(this PlatformDb db, CancellationToken ct) =>
        db.NextNumberAsync("inbound_shipment_number", "IS", ct);

    public static Task<string> NextHeldNumberAsync(this PlatformDb db, CancellationToken ct) => db.NextNumberAsync("held_goods_number", "HG", ct);

    /// <summary>How much of each order line other shipments bring that have not been received yet.</summary>
    public static async Task<Dictionary<PurchaseOrderLineId, decimal>> FindAnnouncedAsync(
        this PlatformDb db, IReadOnlyCollection<PurchaseOrderLineId> lines, CancellationToken ct) =>
        (await db.Set<InboundShipmentLine>().AsNoTracking()
            .Where(line => lines.Contains(line.OrderLineId))
            .Join(
                db.Set<InboundShipment>().Where(one => one.Status != ShipmentStatus.Received && one.Status != ShipmentStatus.Closed && one.Status != ShipmentStatus.Cancelled),
                line => line.ShipmentId, shipment => shipment.Id, (line, shipment) => line)
            .ToListAsync(ct))
        .GroupBy(line => line.OrderLineId)
        .ToDictionary(line => line.Key, line => line.Sum(one => one.Missing));

    public static Task<int> CountUnvalidatedAsync(this PlatformDb db, InboundShipmentId id, CancellationToken ct) =>
        db.Set<Receipt>().CountAsync(receipt => receipt.ShipmentId == id && receipt.Status == ReceiptStatus.Counted, ct);

    public static Task<int> CountOpenDiscrepanciesAsync(this PlatformDb db, InboundShipmentId id, CancellationToken ct) =>
        db.Set<Discrepancy>().CountAsync(found => found.ShipmentId == id && found.Status == DiscrepancyStatus.Open, ct);

    public static Task<Discrepancy?> LockDiscrepancyAsync(this PlatformDb db, DiscrepancyId id, CancellationToken ct) =>
        db.Set<Discrepancy>().FromSql($"select * from discrepancy where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<List<Discrepancy>> LockOpenDiscrepanciesAsync(this PlatformDb db, ExceptionCaseId inCase, CancellationToken ct) =>
        db.Set<Discrepancy>()
            .FromSql($"select * from discrepancy where case_id = {inCase.Value} and status = 'OPEN' order by id for no key update")
            .ToListAsync(ct);

    public static Task<List<Discrepancy>> LockOpenDiscrepanciesOfLineAsync(this PlatformDb db, ReceiptLineId line, CancellationToken ct) =>
        db.Set<Discrepancy>()
            .FromSql($"select * from discrepancy where receipt_line_id = {line.Value} and status = 'OPEN' order by id for no key update")
            .ToListAsync(ct);

    public static Task<HeldGoods?> LockHeldAsync(this PlatformDb db, HeldGoodsId id, CancellationToken ct) =>
        db.Set<HeldGoods>().FromSql($"select * from held_goods where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>Locked, as the caller saw them, and with the step leading on from there.</summary>
    public static async Task<Result<HeldGoods>> LockHeldAsync(this PlatformDb db, HeldGoodsId id, int version, HoldStep step, CancellationToken ct)
    {
        var held = await db.LockHeldAsync(id, ct);
        if (held is null)
        {
            return new HeldGoodsNotFound(id);
        }

        if (held.Version != version)
        {
            return new StaleVersion(nameof(HeldGoods), id.Value, version, held.Version);
        }

        return HoldSteps.RefuseStep(held, step) is { } wrong ? wrong : held;
    }

    public static Task<DockDoor?> LockDoorAsync(this PlatformDb db, DockDoorId id, CancellationToken ct) =>
        db.Set<DockDoor>().FromSql($"select * from dock_door where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<DockAppointment?> LockAppointmentAsync(this PlatformDb db, DockAppointmentId id, CancellationToken ct) =>
        db.Set<DockAppointment>().FromSql($"select * from dock_appointment where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<DockAppointment?> LockAppointmentOfAsync(this PlatformDb db, InboundShipmentId shipment, CancellationToken ct) =>
        db.Set<DockAppointment>()
            .FromSql($"select * from dock_appointment where shipment_id = {shipment.Value} and status = 'BOOKED' for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<DockAppointment?> FindBookedAsync(
        this PlatformDb db, DockDoorId door, DateTimeOffset startsAt, DateTimeOffset endsAt, CancellationToken ct) =>
        db.Set<DockAppointment>().AsNoTracking()
            .Where(one => one.DoorId == door && one.StartsAt < endsAt && one.EndsAt > startsAt)
            .Where(one => one.Status == AppointmentStatus.Booked || one.Status == AppointmentStatus.Kept)
            .OrderBy(one => one.StartsAt)
            .FirstOrDefaultAsync(ct);

    public static Task<List<DockAppointmentId>> FindMissedAsync(this PlatformDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Set<DockAppointment>()
            .Where(one => one.Status == AppointmentStatus.Booked && one.EndsAt < now)
            .OrderBy(one => one.EndsAt)
            .ThenBy(one => one.Id)
            .Take(most)
            .Select(one => one.Id)
            .ToListAsync(ct);

    public static async Task<(TimeZoneInfo Zone, WorkingCalendar Calendar)> FindSiteDayAsync(this PlatformDb db, WarehouseId id, CancellationToken ct)
    {
        var site = await db.Set<Warehouse>().AsNoTracking().SingleAsync(place => place.Id == id, ct);
        return (TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone), await db.WorkingCalendarAsync(site.CalendarId, ct));
    }

    public static async Task<string> NextNumberAsync(this PlatformDb db, string sequence, string prefix, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval($1::regclass)");
        next.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = sequence });
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:000000}");
    }
}
