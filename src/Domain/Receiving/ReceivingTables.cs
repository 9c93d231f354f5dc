using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Purchasing;
using Platform.Domain.Quality;
using Platform.Domain.Quality.Disposing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

internal sealed class ReceiptMapping : IEntityTypeConfiguration<Receipt>
{
    public void Configure(EntityTypeBuilder<Receipt> builder)
    {
        builder.ToTable("receipt").HasKey(receipt => receipt.Id);
        builder.Property(receipt => receipt.Id).ValueGeneratedNever();
        builder.Property(receipt => receipt.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(receipt => receipt.LegalEntityId);
        builder.HasOne<Warehouse>().WithMany().HasForeignKey(receipt => receipt.WarehouseId);
        builder.HasOne<Supplier>().WithMany().HasForeignKey(receipt => receipt.SupplierId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(receipt => receipt.BinId);
        builder.HasOne<InboundShipment>().WithMany().HasForeignKey(receipt => receipt.ShipmentId);
    }
}

internal sealed class ReceiptLineMapping : IEntityTypeConfiguration<ReceiptLine>
{
    public void Configure(EntityTypeBuilder<ReceiptLine> builder)
    {
        builder.ToTable("receipt_line").HasKey(line => line.Id);
        builder.Property(line => line.Id).ValueGeneratedNever();
        builder.Property(line => line.UnitCost).HasPrecision(28, 10);
        builder.Property(line => line.Accrued).HasPrecision(19, 4);
        builder.Property(line => line.DockToStockSeconds).ValueGeneratedOnAddOrUpdate();
        builder.Property(line => line.PostingDelaySeconds).ValueGeneratedOnAddOrUpdate();
        builder.Property(line => line.Version).IsConcurrencyToken();
        builder.Property(line => line.Undecided).ValueGeneratedOnAddOrUpdate();
        builder.Ignore(line => line.ToStore);
        builder.Ignore(line => line.Waiting);
        builder.Ignore(line => line.Held);
        builder.HasOne<Receipt>().WithMany().HasForeignKey(line => line.ReceiptId);
        builder.HasOne<InboundShipmentLine>().WithMany().HasForeignKey(line => line.ShipmentLineId);
        builder.HasOne<PurchaseOrder>().WithMany().HasForeignKey(line => line.OrderId);
        builder.HasOne<PurchaseOrderLine>().WithMany().HasForeignKey(line => line.OrderLineId);
        builder.HasOne<Item>().WithMany().HasForeignKey(line => line.ItemId);
        builder.HasOne<Lot>().WithMany().HasForeignKey(line => line.LotId);
        builder.HasOne<Serial>().WithMany().HasForeignKey(line => line.SerialId);
        builder.HasOne<Bin>().WithMany().HasForeignKey(line => line.BinId);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(line => line.CurrencyCode);
    }
}

internal sealed class ReceiptLineDispositionMapping : IEntityTypeConfiguration<ReceiptLineDisposition>
{
    public void Configure(EntityTypeBuilder<ReceiptLineDisposition> builder)
    {
        builder.ToTable("receipt_line_disposition").HasKey(part => part.Id);
        builder.Property(part => part.Id).ValueGeneratedNever();
        builder.HasOne<ReceiptLine>().WithMany().HasForeignKey(part => part.ReceiptLineId);
        builder.HasOne<Disposition>().WithMany().HasForeignKey(part => part.DispositionId);
    }
}

internal sealed class ReceivingServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<GoodsIn>()
        .AddScoped<CountingGoods>()
        .AddScoped<ReceiptPoster>()
        .AddScoped<Findings>()
        .AddScoped<ReceivingPolicies>()
        .AddScoped<HeldGoodsMatching>()
        .AddScoped<DraftOrderHandler>()
        .AddScoped<ArrivalInspections>()
        .AddScoped<IInspectionFollower>(provider => provider.GetRequiredService<ArrivalInspections>())
        .AddScoped<IInspectionFollower, ReworkedGoods>()
        .AddScoped<IDispositionFollower, ArrivalDispositions>()
        .AddScoped<ReceiptLineDesk>()
        .AddScoped<OpenDiscrepancies>()
        .AddScoped<IMaterialFacts, HeldGoodsFacts>()
        .AddScoped<IPolicySimulation, ReceivingSimulation>();
}

/// <summary>The rows of receiving, and every lock on them: a receipt, then its lines in their order.</summary>
internal static class ReceivingTables
{
    public static Task<Receipt?> LockReceiptAsync(this PlatformDb db, ReceiptId id, CancellationToken ct) =>
        db.Set<Receipt>().FromSql($"select * from receipt where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<List<ReceiptLine>> LockReceiptLinesAsync(this PlatformDb db, ReceiptId id, CancellationToken ct) =>
        db.Set<ReceiptLine>()
            .FromSql($"select * from receipt_line where receipt_id = {id.Value} order by line for no key update")
            .ToListAsync(ct);

    public static Task<ReceiptLine?> LockReceiptLineAsync(this PlatformDb db, ReceiptLineId id, CancellationToken ct) =>
        db.Set<ReceiptLine>().FromSql($"select * from receipt_line where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>The line with all that came with it for the same order line, of the same lot.</summary>
    public static Task<List<ReceiptLine>> LockLinesOfLotAsync(this PlatformDb db, ReceiptLineId id, CancellationToken ct) =>
        db.Set<ReceiptLine>()
            .FromSql(
                $"""
                select l.* from receipt_line l
                join receipt_line first on first.receipt_id = l.receipt_id and first.order_line_id = l.order_line_id
                    and first.lot_id is not distinct from l.lot_id
                where first.id = {id.Value} and l.condition = 'GOOD' order by l.line for no key update of l
                """)
            .ToListAsync(ct);

    /// <summary>
    /// Of the site whose goods wait longest for somebody to look for bins; one site at a time, because its directions are made one
    /// after the other.
    /// </summary>
    public static Task<List<ReceiptLine>> LockUndirectedLinesAsync(this PlatformDb db, int most, CancellationToken ct) =>
        db.Set<ReceiptLine>()
            .FromSql(
                $"""
                select l.* from receipt_line l join receipt r on r.id = l.receipt_id
                where l.state = 'PUTAWAY_PENDING' and l.directed < l.accepted - l.withheld and r.warehouse_id = (
                    select o.warehouse_id from receipt_line w join receipt o on o.id = w.receipt_id
                    where w.state = 'PUTAWAY_PENDING' and w.directed < w.accepted - w.withheld order by w.posted_at, w.id limit 1)
                order by l.posted_at, l.id limit {most} for no key update of l skip locked
                """)
            .ToListAsync(ct);

    /// <summary>No hold keeps so much of the line any more.</summary>
    public static void Free(this PlatformDb db, ReceiptLine line, decimal quantity, Inspection inspection, Envelope envelope)
    {
        if (quantity > 0m)
        {
            line.Free(quantity, envelope.Now);
            db.Raise(ReceiptLineMoved.Of(line, inspection.WarehouseId, inspection.LegalEntityId, inspection.SupplierId));
        }
    }

    /// <summary>Lines of the same goods at a site of which something waits for a decision, the oldest first.</summary>
    public static Task<List<ReceiptLine>> LockHeldLinesAsync(this PlatformDb db, Disposition done, CancellationToken ct) =>
        db.Set<ReceiptLine>()
            .FromSql(
                $"""
                select l.* from receipt_line l join receipt r on r.id = l.receipt_id
                where l.item_id = {done.ItemId.Value} and r.warehouse_id = {done.WarehouseId.Value}
                  and l.lot_id is not distinct from {done.LotId?.Value} and l.serial_id is not distinct from {done.SerialId?.Value}
                  and l.state in ('HELD', 'PUTAWAY_PENDING', 'INSPECTION') and l.undecided > l.inspecting
                order by l.happened_at, l.id for no key update of l
                """)
            .ToListAsync(ct);

    /// <summary>What was decided last about goods of the line that were held.</summary>
    public static async Task<(string Number, decimal Quantity)?> FindDispositionOfAsync(this PlatformDb db, ReceiptLineId line, CancellationToken ct)
    {
        var found = await db.Set<ReceiptLineDisposition>()
            .Where(part => part.ReceiptLineId == line)
            .Join(db.Set<Disposition>(), part => part.DispositionId, done => done.Id, (part, done) => new { done.Number, part.Quantity })
            .OrderByDescending(one => one.Number)
            .FirstOrDefaultAsync(ct);
        return found is null ? null : (found.Number, found.Quantity);
    }

    /// <summary>The lines whose goods were put right.</summary>
    public static Task<List<ReceiptLine>> LockReworkedLinesAsync(this PlatformDb db, DispositionId rework, CancellationToken ct) =>
        db.Set<ReceiptLine>()
            .FromSql(
                $"""
                select l.* from receipt_line l join receipt_line_disposition p on p.receipt_line_id = l.id
                where p.disposition_id = {rework.Value} order by l.id for no key update of l
                """)
            .ToListAsync(ct);

    /// <summary>Lines of such goods at the site, or the one that is named; the oldest first.</summary>
    public static Task<List<ReceiptLine>> FindHeldLinesAsync(this PlatformDb db, DisposedOf goods, CancellationToken ct)
    {
        ReceiptLineId? named = goods.Source is { } source ? new ReceiptLineId(source) : null;
        return db.Set<ReceiptLine>().AsNoTracking()
            .Where(line => line.ItemId == goods.Item && line.LotId == goods.Lot && line.SerialId == goods.Serial
                && line.Undecided > line.Inspecting && (named == null || line.Id == named)
                && db.Set<Receipt>().Any(receipt => receipt.Id == line.ReceiptId && receipt.WarehouseId == goods.Warehouse))
            .OrderBy(line => line.HappenedAt).ThenBy(line => line.Id)
            .ToListAsync(ct);
    }

    /// <summary>Whether anything of the kind left the bin since the goods came, or was given another condition.</summary>
    public static async Task<bool> HasLeftAsync(this PlatformDb db, ReceiptLine line, CancellationToken ct)
    {
        await using var ask = db.Statement(
            """
            select exists (
                select from stock_movement m
                where m.item_id = $1 and m.from_bin_id = $2 and m.lot_id is not distinct from $3 and m.serial_id is not distinct from $4
                  and m.id > $5 and m.type <> 'REVERSAL')
            """);
        ask.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = line.ItemId.Value });
        ask.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = line.BinId.Value });
        ask.Parameters.Add(new NpgsqlParameter { Value = (object?)line.LotId?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        ask.Parameters.Add(new NpgsqlParameter { Value = (object?)line.SerialId?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        ask.Parameters.Add(new NpgsqlParameter<long> { TypedValue = line.MovementId!.Value });
        return (bool)(await ask.ExecuteScalarAsync(ct))!;
    }

    /// <summary>What came lately, as a policy would look at it, and from when on it was available.</summary>
    public static async Task<List<(Receivable About, ReleasePoint Release)>> FindReceivedAsync(
        this PlatformDb db, DateTimeOffset since, int most, CancellationToken ct)
    {
        var lines = await db.Set<ReceiptLine>().AsNoTracking()
            .Where(line => line.HappenedAt >= since)
            .OrderByDescending(line => line.HappenedAt)
            .ThenBy(line => line.Id)
            .Take(most)
            .Join(db.Set<Receipt>(), line => line.ReceiptId, receipt => receipt.Id, (line, receipt) => new
            {
                line.ItemId, line.ReleasePoint, receipt.SupplierId, receipt.WarehouseId, receipt.LegalEntityId,
            })
            .ToListAsync(ct);
        return lines.ConvertAll(one => (new Receivable(one.ItemId, one.SupplierId, one.WarehouseId, one.LegalEntityId), one.ReleasePoint));
    }

    public static Task<string> NextReceiptNumberAsync(this PlatformDb db, CancellationToken ct) => db.NextNumberAsync("receipt_number", "RC", ct);

    /// <summary>What a code stands for: a carton of the shipment first, then items and their packs.</summary>
    public static async Task<List<ScannedCode>> FindScannedAsync(this PlatformDb db, string code, InboundShipmentId? shipment, CancellationToken ct)
    {
        var cartons = await db.Set<InboundShipmentLine>().AsNoTracking()
            .Where(line => line.Carton == code && line.ShipmentId == shipment)
            .OrderBy(line => line.Line)
            .Select(line => new ScannedCode(line.ItemId, line.Unit, line.OrderLineId))
            .ToListAsync(ct);
        if (cartons.Count > 0)
        {
            return cartons;
        }

        var items = await db.Set<Item>().AsNoTracking()
            .Where(item => item.Gtin == code || item.Code == code)
            .OrderBy(item => item.Id)
            .Select(item => new ScannedCode(item.Id, item.BaseUnit, null))
            .ToListAsync(ct);
        var packs = await db.Set<ItemUnit>().AsNoTracking()
            .Where(unit => unit.Gtin == code && unit.Status == RowStatus.Active)
            .OrderBy(unit => unit.Id)
            .Select(unit => new ScannedCode(unit.ItemId, unit.Code, null))
            .ToListAsync(ct);
        return [.. items, .. packs];
    }

    /// <summary>The line on which the code is expected, the earliest that still misses some; null when none is.</summary>
    public static async Task<(PurchaseOrderLineId Line, string Unit)?> FindExpectedAsync(
        this PlatformDb db, ScanGoods scan, List<ScannedCode> codes, CancellationToken ct)
    {
        var items = codes.Select(code => code.Item).ToList();
        var wanted = scan.Shipment is { } shipment
            ? await db.Set<InboundShipmentLine>().AsNoTracking()
                .Where(line => line.ShipmentId == shipment && items.Contains(line.ItemId))
                .OrderByDescending(line => line.Received < line.Quantity)
                .ThenBy(line => line.Line)
                .Select(line => new { line.ItemId, LineId = line.OrderLineId })
                .ToListAsync(ct)
            : await db.Set<PurchaseOrderLine>().AsNoTracking()
                .Where(line => line.OrderId == scan.Order && items.Contains(line.ItemId))
                .OrderByDescending(line => line.Received < line.BaseQuantity)
                .ThenBy(line => line.ExpectedOn)
                .ThenBy(line => line.Line)
                .Select(line => new { line.ItemId, LineId = line.Id })
                .ToListAsync(ct);
        foreach (var code in codes)
        {
            if (wanted.Find(line => line.ItemId == code.Item && (code.OrderLine is null || code.OrderLine == line.LineId)) is { } found)
            {
                return (found.LineId, code.Unit);
            }
        }

        return null;
    }

    /// <summary>Null when goods may be received in the bin.</summary>
    public static async Task<DomainError?> RefuseDockAsync(this PlatformDb db, WarehouseId warehouse, BinId id, CancellationToken ct)
    {
        var bin = await db.Set<Bin>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct);
        if (bin is null || bin.WarehouseId != warehouse)
        {
            return new BinNotFound(id);
        }

        return bin.Role is BinRole.Dock or BinRole.Receiving or BinRole.Inspection ? null : new NotAReceivingBin(id, bin.Role);
    }
}

internal sealed class ReceivingInvariants : IInvariants
{
    public IEnumerable<Invariant> All =>
    [
        new(
            "I-11r",
            "What an order line received is what its receipts brought.",
            """
            select l.id, l.received, coalesce(sum(r.quantity), 0) as came
            from purchase_order_line l left join receipt_line r on r.order_line_id = l.id and r.state not in ('COUNTED', 'REVERSED')
            group by l.id having l.received <> coalesce(sum(r.quantity), 0)
            """),
        new(
            "RCV-15",
            "Every receipt line in stock has its movement, with the same item and quantity.",
            """
            select l.id, l.quantity, m.quantity as moved from receipt_line l left join stock_movement m on m.id = l.movement_id
            where l.movement_id is not null and (m.id is null or m.quantity <> l.quantity or m.item_id <> l.item_id)
            """),
        new(
            "RCV-08",
            "Nothing is available that was not found good, and nothing that came damaged unless it was decided that it is used.",
            """
            select l.id, l.state, l.condition, l.available from receipt_line l
            where l.available > 0 and (l.state in ('COUNTED', 'REVERSED') or (l.condition = 'DAMAGED' and not exists (
                select from receipt_line_disposition p join disposition d on d.id = p.disposition_id
                where p.receipt_line_id = l.id and d.kind in ('USE_AS_IS', 'REWORK'))))
            """),
        new(
            "RCV-07",
            "What may be taken of a line is what was accepted, is not held, and, where putaway releases it, lies where it is kept.",
            """
            select id, state, release_point, accepted, withheld, put_away, available from receipt_line
            where available <> case when release_point = 'AFTER_PUTAWAY' then put_away else accepted - withheld end
            """),
        new(
            "QLT-03r",
            "What went back, was scrapped or kept as second choice of a receipt line is what was carried out for it.",
            """
            select l.id, l.returned, l.scrapped, l.downgraded, d.returned as sent, d.scrapped as thrown, d.downgraded as kept
            from receipt_line l join lateral (
                select coalesce(sum(p.quantity) filter (where d.kind = 'RETURN_TO_SUPPLIER'), 0) as returned,
                       coalesce(sum(p.quantity) filter (where d.kind = 'SCRAP'), 0) as scrapped,
                       coalesce(sum(p.quantity) filter (where d.kind = 'DOWNGRADE'), 0) as downgraded
                from receipt_line_disposition p join disposition d on d.id = p.disposition_id where p.receipt_line_id = l.id) d on true
            where (l.returned, l.scrapped, l.downgraded) is distinct from (d.returned, d.scrapped, d.downgraded)
            """),
    ];
}
