using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Tests.Support;

/// <summary>How an item of a test differs from the plain one: pieces, untracked, at moving average, without hazard.</summary>
public sealed record ItemTraits
{
    public string Status { get; init; } = "ACTIVE";

    public string Unit { get; init; } = "EA";

    public string Tracking { get; init; } = "NONE";

    public string Costing { get; init; } = "MOVING_AVERAGE";

    public bool IsCatchWeight { get; init; }

    public string Temperature { get; init; } = "AMBIENT";

    public string HazardClass { get; init; } = "NONE";

    public decimal? WeightKg { get; init; }
}

/// <summary>How a bin differs from the plain one: reserve, open, without rules over its contents.</summary>
public sealed record BinTraits
{
    public string Role { get; init; } = "RESERVE";

    public string Mixing { get; init; } = "ANY";

    public decimal? CapacityUnits { get; init; }

    public decimal? CapacityWeightKg { get; init; }

    public bool IsBlockedIn { get; init; }

    public bool IsBlockedOut { get; init; }

    public bool IsGroup { get; init; }

    public ItemId? DedicatedTo { get; init; }
}

/// <summary>
/// A database with two legal entities (euro and yen) and their warehouses, for tests of what stock does there. Master data is
/// written as rows, so that a test of the ledger fails only when the ledger does.
/// </summary>
public class StockWorld : TestDatabase
{
    private int _codes;

    public LegalEntityId Entity { get; private set; }

    public LegalEntityId YenEntity { get; private set; }

    public OwnerId Own => OwnerId.From(Entity.Value);

    public WarehouseId Warehouse { get; private set; }

    public WarehouseId OtherWarehouse { get; private set; }

    public WarehouseId YenWarehouse { get; private set; }

    public BinId Dock { get; private set; }

    public BinId Reserve { get; private set; }

    public BinId Pick { get; private set; }

    public BinId Staging { get; private set; }

    public BinId Quarantine { get; private set; }

    public BinId Returns { get; private set; }

    public BinId Transit { get; private set; }

    public BinId OtherReserve { get; private set; }

    public BinId YenReserve { get; private set; }

    /// <summary>What waits behind everything that was posted; empty when the ledger is right.</summary>
    public async Task ShouldHoldAsync()
    {
        await ShouldReplayAsync();
        var broken = await BrokenInvariantsAsync();
        if (broken.Count > 0)
        {
            throw new InvalidOperationException(string.Join(
                Environment.NewLine,
                broken.Select(violation => $"{violation.Invariant.Id} {violation.Invariant.Sentence}: {string.Join("; ", violation.Rows)}")));
        }
    }

    private async Task ShouldReplayAsync()
    {
        var differences = await new LedgerReplay(Owner).CompareAsync(CancellationToken.None);
        if (differences.Count > 0)
        {
            throw new InvalidOperationException($"I-19 {string.Join("; ", differences.Take(5))}");
        }
    }

    public async Task<ItemId> ItemAsync(ItemTraits traits)
    {
        var id = Guid.CreateVersion7();
        await RowAsync(
            """
            insert into item (id, code, status, status_reason, name, name_key, base_unit, tracking, serial_scope, is_catch_weight, weight_unit,
                              nominal_weight, weight_tolerance_pct, temperature, hazard_class, size_class, handling_class,
                              costing_method, is_regulated, is_imported, version, created_at, updated_at)
            values ($1, $2, $3, null, $2, $2, $4, $5, case when $5 = 'SERIAL' then 'ITEM' end, $6, case when $6 then 'KG' end,
                    case when $6 then 10 end, case when $6 then 20 end, $7, $8, 'SMALL', 'STANDARD', $9, false, false, 1, now(), now())
            """,
            id, NextCode("ITEM"), traits.Status, traits.Unit, traits.Tracking, traits.IsCatchWeight, traits.Temperature,
            traits.HazardClass, traits.Costing);
        await UnitAsync(id, traits.Unit, 1, 1, traits.WeightKg);
        return ItemId.From(id);
    }

    public Task PackAsync(ItemId item, string code, long numerator, long denominator) =>
        UnitAsync(item.Value, code, numerator, denominator, weightKg: null);

    public async Task<LotId> LotAsync(ItemId item, DateOnly? expires)
    {
        var id = Guid.CreateVersion7();
        await RowAsync(
            """
            insert into lot (id, item_id, code, expires_on, status, version, created_at, updated_at)
            values ($1, $2, $3, $4, 'OPEN', 1, now(), now())
            """,
            id, item.Value, NextCode("LOT"), expires);
        return LotId.From(id);
    }

    public async Task<SerialId> SerialAsync(ItemId item)
    {
        var id = Guid.CreateVersion7();
        await RowAsync(
            """
            insert into serial (id, item_id, code, is_global, status, version, created_at, updated_at)
            values ($1, $2, $3, false, 'OPEN', 1, now(), now())
            """,
            id, item.Value, NextCode("SN"));
        return SerialId.From(id);
    }

    public async Task<PartnerId> PartnerAsync()
    {
        var id = Guid.CreateVersion7();
        await RowAsync(
            """
            insert into partner (id, code, name, country, is_carrier, status, version, created_at, updated_at)
            values ($1, $2, $2, 'DE', false, 'ACTIVE', 1, now(), now())
            """,
            id, NextCode("PART"));
        return PartnerId.From(id);
    }

    public async Task<OwnerId> OwnerAsync(string kind)
    {
        var partner = await PartnerAsync();
        var id = Guid.CreateVersion7();
        await RowAsync(
            "insert into owner (id, legal_entity_id, kind, partner_id, status, version, created_at, updated_at) values ($1, $2, $3, $4, 'ACTIVE', 1, now(), now())",
            id, Entity.Value, kind, partner.Value);
        return OwnerId.From(id);
    }

    public Task<BinId> BinAsync(BinTraits traits) => BinAsync(traits, Warehouse, Entity);

    public MovementLine Line(MovementType type, ItemId item, Place from, Place to, decimal quantity) =>
        new() { Type = type, Item = item, From = from, To = to, Quantity = quantity, Owner = Own };

    public MovementLine Receipt(ItemId item, BinId bin, decimal quantity, decimal unitCost) =>
        Line(MovementType.Receipt, item, Place.Supplier, Place.In(bin, StockCondition.Usable), quantity) with { UnitCost = unitCost };

    public MovementLine Shipment(ItemId item, BinId bin, decimal quantity) =>
        Line(MovementType.Ship, item, Place.In(bin, StockCondition.Usable), Place.Customer, quantity);

    public MovementLine Move(ItemId item, BinId from, BinId to, decimal quantity) =>
        Line(MovementType.Move, item, Place.In(from, StockCondition.Usable), Place.In(to, StockCondition.Usable), quantity);

    public PostingRequest Request(params IReadOnlyList<MovementLine> lines) =>
        new() { LegalEntity = Entity, Document = new StockDocument("Test", Number: null, Id: null), Lines = lines };

    public Task<Result<StockPosted>> PostAsync(params IReadOnlyList<MovementLine> lines) => RunAsync(new PostMovements(Request(lines)));

    public async Task<StockPosted> PostedAsync(params IReadOnlyList<MovementLine> lines) => (await PostAsync(lines)).Value;

    public Task<decimal> OnHandAsync(ItemId item, BinId bin) =>
        ScalarAsync<decimal>($"select coalesce(sum(on_hand), 0) from stock_balance where item_id = '{item}' and bin_id = '{bin}'");

    public async Task<(decimal Quantity, decimal Value)> PoolAsync(ItemId item)
    {
        await using var command = Owner.CreateCommand(
            $"select coalesce(sum(quantity), 0), coalesce(sum(value), 0) from cost_pool where item_id = '{item}'");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetDecimal(0), row.GetDecimal(1));
    }

    /// <summary>The sum of an account over all journals, debits positive.</summary>
    public Task<decimal> AccountAsync(string role) => ScalarAsync<decimal>(
        $"""
        select coalesce(sum(s.amount), 0) from journal_side s join account a on a.id = s.account_id
        where a.role = '{role}' and a.legal_entity_id = '{Entity}'
        """);

    /// <summary>Everything that a refusal must leave as it was.</summary>
    public Task<string> FootprintAsync() => ScalarAsync<string>(
        """
        select concat_ws(' ', (select count(*) from stock_movement), (select count(*) from stock_posting), (select count(*) from value_entry),
            (select count(*) from journal_line), (select count(*) from event), (select count(*) from stock_balance),
            (select md5(coalesce(string_agg(b::text, '' order by b.id), '')) from stock_balance b),
            (select md5(coalesce(string_agg(p::text, '' order by p.id), '')) from cost_pool p),
            (select count(*) from reservation), (select coalesce(sum(quantity), 0) from allocation))
        """);

    protected override async Task PrepareAsync()
    {
        Entity = await EntityAsync("EUR");
        YenEntity = await EntityAsync("JPY");
        var calendar = Guid.CreateVersion7();
        await RowAsync(
            "insert into calendar (id, code, name, weekdays, version, created_at, updated_at) values ($1, 'CAL', 'Always', 127, 1, now(), now())",
            calendar);
        Warehouse = await WarehouseAsync(Entity, calendar);
        OtherWarehouse = await WarehouseAsync(Entity, calendar);
        YenWarehouse = await WarehouseAsync(YenEntity, calendar);
        Dock = await BinAsync(new BinTraits { Role = "DOCK" });
        Reserve = await BinAsync(new BinTraits());
        Pick = await BinAsync(new BinTraits { Role = "FORWARD_PICK" });
        Staging = await BinAsync(new BinTraits { Role = "STAGING" });
        Quarantine = await BinAsync(new BinTraits { Role = "QUARANTINE" });
        Returns = await BinAsync(new BinTraits { Role = "RETURNS" });
        Transit = await BinAsync(new BinTraits { Role = "TRANSIT" });
        OtherReserve = await BinAsync(new BinTraits(), OtherWarehouse, Entity);
        YenReserve = await BinAsync(new BinTraits(), YenWarehouse, YenEntity);
    }

    private async Task<LegalEntityId> EntityAsync(string currency)
    {
        var id = Guid.CreateVersion7();
        await RowAsync(
            """
            insert into legal_entity (id, code, name, currency_code, country, status, version, created_at, updated_at)
            values ($1, $2, $2, $3, 'DE', 'ACTIVE', 1, now(), now())
            """,
            id, NextCode("LE"), currency);
        await RowAsync(
            "insert into owner (id, legal_entity_id, kind, status, version, created_at, updated_at) values ($1, $1, 'OWN', 'ACTIVE', 1, now(), now()) on conflict do nothing",
            id);
        return LegalEntityId.From(id);
    }

    private async Task<WarehouseId> WarehouseAsync(LegalEntityId entity, Guid calendar)
    {
        var id = Guid.CreateVersion7();
        await RowAsync(
            """
            insert into warehouse (id, legal_entity_id, code, name, role, calendar_id, time_zone, country, status, version, created_at, updated_at)
            values ($1, $2, $3, $3, 'HUB', $4, 'Europe/Berlin', 'DE', 'ACTIVE', 1, now(), now())
            """,
            id, entity.Value, NextCode("WH"), calendar);
        await RowAsync(
            """
            insert into zone (id, warehouse_id, code, name, temperature, hazard_classes, rank, status, version, created_at, updated_at)
            values ($1, $1, 'Z', 'Zone', 'AMBIENT', '{}', 1, 'ACTIVE', 1, now(), now())
            """,
            id);
        return WarehouseId.From(id);
    }

    private async Task<BinId> BinAsync(BinTraits traits, WarehouseId warehouse, LegalEntityId entity)
    {
        var id = Guid.CreateVersion7();
        await RowAsync(
            """
            insert into bin (id, legal_entity_id, warehouse_id, zone_id, is_group, code, role, rank, capacity_units, capacity_weight_kg, mixing,
                             dedicated_item_id, is_blocked_in, is_blocked_out, block_reason, status, version, created_at, updated_at)
            values ($1, $2, $3, $3, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12, case when $11 or $12 then 'repair' end, 'ACTIVE', 1, now(), now())
            """,
            id, entity.Value, warehouse.Value, traits.IsGroup, NextCode("BIN"), traits.Role, traits.CapacityUnits, traits.CapacityWeightKg,
            traits.Mixing, traits.DedicatedTo?.Value, traits.IsBlockedIn, traits.IsBlockedOut);
        return BinId.From(id);
    }

    private Task UnitAsync(Guid item, string code, long numerator, long denominator, decimal? weightKg) => RowAsync(
        """
        insert into item_unit (id, item_id, code, name, numerator, denominator, decimals, weight_kg, status, version, created_at, updated_at)
        values ($1, $2, $3, $3, $4, $5, 0, $6, 'ACTIVE', 1, now(), now())
        """,
        Guid.CreateVersion7(), item, code, numerator, denominator, weightKg);

    private string NextCode(string prefix) => $"{prefix}-{Interlocked.Increment(ref _codes)}";

    private async Task RowAsync(string sql, params object?[] values)
    {
        await using var command = Owner.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                null => new NpgsqlParameter { Value = DBNull.Value },
                DateOnly day => new NpgsqlParameter { Value = day, NpgsqlDbType = NpgsqlDbType.Date },
                _ => new NpgsqlParameter { Value = value },
            });
        }

        await command.ExecuteNonQueryAsync();
    }
}
