using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

/// <summary>Reads what direction looks at: the bins of a site with what lies in them and what is on its way there.</summary>
internal static class CandidateBins
{
    private const string Contents =
        """
        select c.bin_id, c.item_id, c.lot_id, sum(c.quantity), max(p.weight_kg), max(p.length_mm * p.width_mm * p.height_mm / 1000000000)
        from (
            select b.bin_id, b.item_id, b.lot_id, b.on_hand as quantity from stock_balance b where b.warehouse_id = $1 and b.on_hand > 0
            union all
            select t.to_bin_id, t.item_id, t.lot_id, t.quantity from warehouse_task t
            where t.warehouse_id = $1 and t.status in ('OFFERED', 'CLAIMED') and t.id <> $2
        ) c
        join item i on i.id = c.item_id left join item_unit p on p.item_id = i.id and p.code = i.base_unit
        group by c.bin_id, c.item_id, c.lot_id
        """;

    private const string Demand =
        """
        select coalesce(sum(r.quantity), 0),
               (select o.id from reservation o where o.item_id = $1 and o.warehouse_id = $2 and o.status = 'PROMISED' order by o.created_at, o.id limit 1),
               coalesce((
                   select sum(b.on_hand - b.allocated) from stock_balance b
                   join bin on bin.id = b.bin_id and bin.role in ('FORWARD_PICK', 'RESERVE') and not bin.is_blocked_out
                   left join lot l on l.id = b.lot_id
                   where b.item_id = $1 and b.warehouse_id = $2 and b.owner_id = b.legal_entity_id and b.condition = 'USABLE'
                     and coalesce(l.status, 'OPEN') = 'OPEN' and coalesce(l.expires_on, 'infinity') >= $3), 0),
               coalesce((
                   select sum(t.quantity) from warehouse_task t
                   where t.item_id = $1 and t.warehouse_id = $2 and t.kind = 'CROSS_DOCK' and t.status in ('OFFERED', 'CLAIMED')), 0)
               + coalesce((
                   select sum(b.on_hand - b.allocated) from stock_balance b join bin on bin.id = b.bin_id and bin.role = 'STAGING'
                   where b.item_id = $1 and b.warehouse_id = $2 and b.owner_id = b.legal_entity_id and b.condition = 'USABLE'), 0)
        from reservation r where r.item_id = $1 and r.warehouse_id = $2 and r.status = 'PROMISED'
        """;

    public static async Task<FittingGoods> FindFittingGoodsAsync(this PlatformDb db, GoodsToPut goods, CancellationToken ct)
    {
        var item = await db.Set<Item>().AsNoTracking().SingleAsync(one => one.Id == goods.Item, ct);
        var unit = await db.Set<ItemUnit>().AsNoTracking().SingleOrDefaultAsync(one => one.ItemId == item.Id && one.Code == item.BaseUnit, ct);
        var decimals = await db.Set<UnitOfMeasure>().Where(one => one.Code == item.BaseUnit).Select(one => one.Decimals).SingleAsync(ct);
        var volume = unit is { LengthMm: { } length, WidthMm: { } width, HeightMm: { } height } ? length * width * height / 1_000_000_000m : (decimal?)null;
        return new FittingGoods(item, goods.Lot, goods.Condition, unit?.WeightKg, volume, decimals);
    }

    /// <param name="db">The unit of work.</param>
    /// <param name="warehouse">The site.</param>
    /// <param name="except">A task that is decided anew: it is not on its way anywhere.</param>
    /// <param name="ct">Ends the waiting.</param>
    public static async Task<List<CandidateBin>> FindCandidateBinsAsync(
        this PlatformDb db, WarehouseId warehouse, WarehouseTaskId? except, CancellationToken ct)
    {
        var contents = new Dictionary<BinId, List<BinContent>>();
        await using (var statement = db.Statement(Contents))
        {
            statement.Parameters.Add(new NpgsqlParameter { Value = warehouse.Value });
            statement.Parameters.Add(new NpgsqlParameter { Value = except?.Value ?? Guid.Empty });
            await using var row = await statement.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                var bin = new BinId(row.GetGuid(0));
                if (!contents.TryGetValue(bin, out var list))
                {
                    contents.Add(bin, list = []);
                }

                list.Add(new BinContent(
                    new ItemId(row.GetGuid(1)), row.IsDBNull(2) ? null : new LotId(row.GetGuid(2)), row.GetDecimal(3),
                    row.IsDBNull(4) ? null : row.GetDecimal(4), row.IsDBNull(5) ? null : row.GetDecimal(5)));
            }
        }

        var bins = await db.Set<Bin>().AsNoTracking()
            .Where(bin => bin.WarehouseId == warehouse && !bin.IsGroup && bin.Status == PlaceStatus.Active)
            .Join(db.Set<Zone>(), bin => bin.ZoneId, zone => zone.Id, (bin, zone) => new { bin, zone })
            .ToListAsync(ct);
        return bins.ConvertAll(one => new CandidateBin(one.bin, one.zone, contents.GetValueOrDefault(one.bin.Id) ?? []));
    }

    /// <summary>Promises beyond what lies where orders are served from, less what is staged or on its way there already.</summary>
    public static async Task<UrgentDemand> FindUrgentDemandAsync(this PlatformDb db, GoodsToPut goods, DateOnly today, CancellationToken ct)
    {
        await using var statement = db.Statement(Demand);
        statement.Parameters.Add(new NpgsqlParameter { Value = goods.Item.Value });
        statement.Parameters.Add(new NpgsqlParameter { Value = goods.Warehouse.Value });
        statement.Parameters.Add(new NpgsqlParameter { Value = today });
        await using var row = await statement.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var (promised, free, served) = (row.GetDecimal(0), row.GetDecimal(2), row.GetDecimal(3));
        return new UrgentDemand(
            promised, free, promised - free - served, row.IsDBNull(1) ? null : new ReservationId(row.GetGuid(1)));
    }
}
