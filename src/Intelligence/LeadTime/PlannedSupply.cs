using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Planning;
using Platform.Domain.Warehouses;

namespace Platform.Intelligence.LeadTime;

/// <summary>Another site that has more than it needs, and how goods get here.</summary>
internal sealed record SurplusElsewhere(WarehouseId Warehouse, string Name, decimal Surplus, int Days, decimal CostPerUnit, decimal CostPerTransfer, string Currency);

/// <summary>Somebody else who delivers the item.</summary>
internal sealed record OtherSource(SupplierId Supplier, string Name, decimal Days, decimal UnitPrice, string Currency);

/// <summary>How an item is replenished at a site from a supplier: what was planned with, and the demand behind it.</summary>
internal sealed record PlannedSupply(
    ItemId Item, WarehouseId Warehouse, SupplierId Supplier, int Number, PolicyTerms Terms, decimal? ServiceFactor,
    double Days, double Spread, double DemandPerDay, double DemandSpread, double ReorderPoint, double SafetyStock,
    decimal UnitPrice, string Currency, string ItemName, string WarehouseName, string SupplierName)
{
    public List<SurplusElsewhere> Elsewhere { get; } = [];

    public List<OtherSource> Others { get; } = [];
}

/// <summary>Reads what is planned, as the last planning run and the terms in force tell it.</summary>
internal static class PlannedSupplies
{
    private const string Planned =
        """
        select p.item_id, p.warehouse_id, p.supplier_id, p.number, p.method, p.reorder_point, p.order_up_to, p.order_quantity, p.safety_stock,
            p.service_target, p.cover_days, p.lead_time_days, p.lead_time_spread_days, p.review_days, p.review_weekdays, p.minimum, p.multiple,
            p.demand_days, p.uses_forecast, p.transfer_rule, p.service_factor,
            coalesce(p.lead_time_days, t.lead_time_days, s.lead_time_days, 0)::float8, coalesce(p.lead_time_spread_days, t.lead_time_spread_days, 0)::float8,
            coalesce(d.demand_per_day, 0)::float8, coalesce(d.demand_spread, 0)::float8, coalesce(d.reorder_point, 0)::float8, coalesce(d.safety_stock, 0)::float8,
            coalesce(t.unit_price, 0), coalesce(t.currency_code, e.currency_code), i.name, w.name, b.name
        from (select distinct on (item_id, warehouse_id) * from replenishment_policy order by item_id, warehouse_id, number desc) p
        join item i on i.id = p.item_id and i.status = 'ACTIVE'
        join warehouse w on w.id = p.warehouse_id
        join legal_entity e on e.id = w.legal_entity_id
        join supplier s on s.id = p.supplier_id
        join partner b on b.id = s.id
        left join replenishment_position d on d.item_id = p.item_id and d.warehouse_id = p.warehouse_id
        left join lateral (
            select t.lead_time_days, t.lead_time_spread_days, t.unit_price, t.currency_code from supplier_item_terms t
            where t.item_id = p.item_id and t.supplier_id = p.supplier_id and t.valid_from <= $1 order by t.valid_from desc, t.number desc limit 1) t on true
        where p.method <> 'NOT_REPLENISHED' and p.effective_from <= $1 and p.effective_until is null
        order by p.supplier_id, p.item_id, p.warehouse_id
        limit $2
        """;

    private const string Surplus =
        """
        select d.item_id, l.to_warehouse_id, d.warehouse_id, w.name, d.surplus, l.days, l.cost_per_unit, l.cost_per_transfer, l.currency_code
        from replenishment_position d
        join transfer_lane l on l.from_warehouse_id = d.warehouse_id
        join warehouse w on w.id = d.warehouse_id and w.status = 'ACTIVE'
        join warehouse h on h.id = l.to_warehouse_id and h.legal_entity_id = w.legal_entity_id
        where d.surplus > 0
        order by l.days, d.warehouse_id
        """;

    private const string Others =
        """
        select distinct on (t.item_id, t.supplier_id) t.item_id, t.supplier_id, b.name, t.lead_time_days, t.unit_price, t.currency_code
        from supplier_item_terms t
        join supplier s on s.id = t.supplier_id and s.onboarding = 'APPROVED'
        join partner b on b.id = s.id
        where t.valid_from <= $1
        order by t.item_id, t.supplier_id, t.valid_from desc, t.number desc
        """;

    public static async Task<IReadOnlyList<PlannedSupply>> ReadAsync(NpgsqlDataSource source, DateOnly today, int most, CancellationToken ct)
    {
        var planned = new List<PlannedSupply>();
        await foreach (var row in RowsAsync(source, Planned, ct, new NpgsqlParameter<DateOnly> { TypedValue = today }, new NpgsqlParameter<int> { TypedValue = most }))
        {
            planned.Add(Read(row));
        }

        var places = planned.ToLookup(one => (one.Item.Value, one.Warehouse.Value));
        await foreach (var row in RowsAsync(source, Surplus, ct))
        {
            foreach (var one in places[(row.GetGuid(0), row.GetGuid(1))])
            {
                one.Elsewhere.Add(new SurplusElsewhere(
                    new WarehouseId(row.GetGuid(2)), row.GetString(3), row.GetDecimal(4), row.GetInt32(5), row.GetDecimal(6), row.GetDecimal(7), row.GetString(8)));
            }
        }

        var items = planned.ToLookup(one => one.Item.Value);
        await foreach (var row in RowsAsync(source, Others, ct, new NpgsqlParameter<DateOnly> { TypedValue = today }))
        {
            foreach (var one in items[row.GetGuid(0)].Where(one => one.Supplier.Value != row.GetGuid(1)))
            {
                one.Others.Add(new OtherSource(new SupplierId(row.GetGuid(1)), row.GetString(2), row.GetDecimal(3), row.GetDecimal(4), row.GetString(5)));
            }
        }

        return planned;
    }

    private static PlannedSupply Read(NpgsqlDataReader row)
    {
        decimal? Decimal(int at) => row.IsDBNull(at) ? null : row.GetDecimal(at);
        var supplier = new SupplierId(row.GetGuid(2));
        var terms = new PolicyTerms(
            Enum.Parse<ReplenishmentMethod>(row.GetString(4).Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            Decimal(5), Decimal(6), Decimal(7), Decimal(8), Decimal(9), row.GetInt32(10), supplier, Decimal(11), Decimal(12), row.GetInt32(13),
            [.. Enum.GetValues<DayOfWeek>().Where(day => (row.GetInt16(14) & (1 << (((int)day + 6) % 7))) != 0)],
            Decimal(15), Decimal(16), row.GetInt32(17), row.GetBoolean(18), Enum.Parse<TransferRule>(row.GetString(19), ignoreCase: true));
        return new PlannedSupply(
            new ItemId(row.GetGuid(0)), new WarehouseId(row.GetGuid(1)), supplier, row.GetInt32(3), terms, Decimal(20),
            row.GetDouble(21), row.GetDouble(22), row.GetDouble(23), row.GetDouble(24), row.GetDouble(25), row.GetDouble(26),
            row.GetDecimal(27), row.GetString(28), row.GetString(29), row.GetString(30), row.GetString(31));
    }

    private static async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(
        NpgsqlDataSource source, string sql, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return reader;
        }
    }
}
