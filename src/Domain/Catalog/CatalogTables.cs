using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>The catalog's rows, and every lock on them; several are always locked in the order of their ids.</summary>
internal static class CatalogTables
{
    /// <summary>Whether the change puts the item into another class, for which other rules of costing may hold (CAT-18).</summary>
    public static async Task<bool> ReclassifiesAsync(this PlatformDb db, ItemId id, ItemChange change, CancellationToken ct) =>
        change is ItemIdentity identity
        && await db.Set<Item>().AnyAsync(item => item.Id == id && item.Category != identity.Category, ct);

    public static Task<Item?> LockItemAsync(this PlatformDb db, ItemId id, CancellationToken ct) =>
        db.Set<Item>().FromSql($"select * from item where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>Keeps the item as it is until the end, beside others who do the same.</summary>
    public static Task<Item?> ShareItemAsync(this PlatformDb db, ItemId id, CancellationToken ct) =>
        db.Set<Item>().FromSql($"select * from item where id = {id.Value} for share").SingleOrDefaultAsync(ct);

    public static Task<List<Item>> LockItemsAsync(
        this PlatformDb db, IReadOnlyList<ItemId> ids, CancellationToken ct)
    {
        var values = ids.Select(id => id.Value).ToArray();
        return db.Set<Item>()
            .FromSql($"select * from item where id = any({values}) order by id for no key update")
            .ToListAsync(ct);
    }

    public static Task<List<ItemUnit>> LockItemUnitsAsync(this PlatformDb db, ItemId item, CancellationToken ct) =>
        db.Set<ItemUnit>()
            .FromSql($"select * from item_unit where item_id = {item.Value} order by id for no key update")
            .ToListAsync(ct);

    public static Task<UnitOfMeasure?> FindUnitAsync(this PlatformDb db, string code, CancellationToken ct) =>
        db.Set<UnitOfMeasure>().SingleOrDefaultAsync(unit => unit.Code == code, ct);

    public static Task<Dictionary<string, UnitOfMeasure>> FindUnitsAsync(
        this PlatformDb db, IEnumerable<string?> codes, CancellationToken ct)
    {
        var wanted = codes.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return db.Set<UnitOfMeasure>()
            .Where(unit => wanted.Contains(unit.Code))
            .ToDictionaryAsync(unit => unit.Code, StringComparer.Ordinal, ct);
    }

    public static async Task<HashSet<string>> ItemCodesTakenAsync(
        this PlatformDb db, IReadOnlyList<string> codes, CancellationToken ct)
    {
        var taken = await db.Set<Item>()
            .Where(item => codes.Contains(item.Code))
            .Select(item => item.Code)
            .ToListAsync(ct);
        return taken.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A new item with its base unit, its history's first line and its event.</summary>
    public static void AddItem(this PlatformDb db, ItemCreated created, UnitOfMeasure baseUnit, Envelope envelope)
    {
        db.Add(Item.Create(created));
        db.Add(ItemUnit.Create(
            new ItemUnitId(Guid.CreateVersion7(envelope.Now)),
            created.Item,
            new PackDefinition(
                baseUnit.Code, baseUnit.Name, Numerator: 1, Denominator: 1, baseUnit.Decimals, Gtin: null, Size: null,
                WeightKg: null),
            envelope.Now));
        db.RegisterChange(
            new Changed(
                RecordKind.Item, created.Item.Value, FieldGroup.Identity, BaseVersion: 0, Before: null, created,
                Reason: null),
            envelope);
        db.Raise(created);
    }

    public static Task<ItemSupplierPart?> FindSupplierPartAsync(
        this PlatformDb db, ItemId item, SupplierId supplier, string partNumber, CancellationToken ct) =>
        db.Set<ItemSupplierPart>().SingleOrDefaultAsync(
            part => part.ItemId == item && part.SupplierId == supplier && part.PartNumber == partNumber, ct);

    public static Task<ItemSubstitute?> LockSubstituteAsync(
        this PlatformDb db, ItemSubstituteId id, CancellationToken ct) =>
        db.Set<ItemSubstitute>()
            .FromSql($"select * from item_substitute where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    /// <summary>The links in force between two items, in either direction.</summary>
    public static Task<List<ItemSubstitute>> FindSubstitutesBetweenAsync(
        this PlatformDb db, ItemId left, ItemId right, CancellationToken ct) =>
        db.Set<ItemSubstitute>()
            .Where(link => link.Status == RowStatus.Active)
            .Where(link =>
                (link.ItemId == left && link.SubstituteId == right)
                || (link.ItemId == right && link.SubstituteId == left))
            .OrderBy(link => link.Id)
            .ToListAsync(ct);

    public static Task<Lot?> FindLotAsync(this PlatformDb db, ItemId item, string code, CancellationToken ct) =>
        db.Set<Lot>().SingleOrDefaultAsync(lot => lot.ItemId == item && lot.Code == code, ct);

    /// <summary>Without a lock: the item of a lot never changes.</summary>
    public static Task<Lot?> FindLotAsync(this PlatformDb db, LotId id, CancellationToken ct) =>
        db.Set<Lot>().SingleOrDefaultAsync(lot => lot.Id == id, ct);

    public static Task<Lot?> LockLotAsync(this PlatformDb db, LotId id, CancellationToken ct) =>
        db.Set<Lot>().FromSql($"select * from lot where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<Serial?> LockSerialAsync(this PlatformDb db, SerialId id, CancellationToken ct) =>
        db.Set<Serial>().FromSql($"select * from serial where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task LockGlobalSerialsAsync(this PlatformDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.GlobalSerials})", ct);

    public static Task LockItemImportAsync(this PlatformDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.ItemImport})", ct);

    public static Task<List<TakenSerial>> FindTakenSerialsAsync(
        this PlatformDb db, Item item, IReadOnlyList<string> codes, CancellationToken ct)
    {
        var isGlobal = item.SerialScope == SerialScope.Global;
        return db.Set<Serial>()
            .Where(serial => codes.Contains(serial.Code))
            .Where(serial => serial.ItemId == item.Id || (isGlobal && serial.IsGlobal))
            .OrderBy(serial => serial.Code)
            .Take(1)
            .Select(serial => new TakenSerial(serial.Code, serial.ItemId))
            .ToListAsync(ct);
    }

    public static void AddDuplicateOverride(
        this PlatformDb db, DuplicateOverridden overridden, Envelope envelope) =>
        db.Add(ItemDuplicateOverride.Create(overridden, envelope));

    /// <summary>The judgements about an item, from either side.</summary>
    public static Task<List<DuplicateOverride>> FindDuplicateOverridesAsync(
        this PlatformDb db, ItemId item, CancellationToken ct) =>
        db.Set<ItemDuplicateOverride>()
            .Where(judged => judged.ItemId == item || judged.OtherId == item)
            .Select(judged => new DuplicateOverride(judged.ItemId, judged.OtherId, judged.Cause))
            .ToListAsync(ct);

    /// <summary>Items that are not retired and share a trade number or a supplier's part number with this one.</summary>
    public static async Task<List<DuplicateSuspect>> FindSharedNumbersAsync(
        this PlatformDb db, ItemId item, CancellationToken ct)
    {
        const string Sql =
            """
            with mine as (
                select gtin from item where id = $1 and gtin is not null
                union select gtin from item_unit where item_id = $1 and gtin is not null and status = 'ACTIVE'),
            others as (
                select other.id, 'GTIN' as cause from item other join mine using (gtin)
                union select unit.item_id, 'GTIN' from item_unit unit join mine using (gtin) where unit.status = 'ACTIVE'
                union select theirs.item_id, 'SUPPLIER_PART'
                from item_supplier_part ours
                join item_supplier_part theirs using (supplier_id, part_number)
                where ours.item_id = $1)
            select item.id, item.code, others.cause
            from others join item using (id)
            where item.id <> $1 and item.status <> 'RETIRED'
            order by item.code, others.cause
            limit 50
            """;
        await using var statement = db.Statement(Sql);
        statement.Parameters.Add(new NpgsqlParameter { Value = item.Value });
        await using var reader = await statement.ExecuteReaderAsync(ct);
        var suspects = new List<DuplicateSuspect>();
        while (await reader.ReadAsync(ct))
        {
            suspects.Add(new DuplicateSuspect(
                new ItemId(reader.GetGuid(0)),
                reader.GetString(1),
                reader.GetString(2) == "GTIN" ? DuplicateCause.Gtin : DuplicateCause.SupplierPart));
        }

        return suspects;
    }

    /// <summary>This item, and those that are not retired and have a similar name; trigrams find them through the index.</summary>
    public static async Task<List<NearName>> FindNearNamesAsync(this PlatformDb db, ItemId item, CancellationToken ct)
    {
        const string Sql =
            """
            with near as (
                select id, 2::real as nearness from item where id = $1
                union all
                select other.id, similarity(other.name_key, mine.name_key)
                from item mine join item other on other.name_key % mine.name_key
                where mine.id = $1 and other.id <> $1 and other.status <> 'RETIRED')
            select item.id, item.code, item.name_key, unit.length_mm, unit.width_mm, unit.height_mm, unit.weight_kg
            from near
            join item using (id)
            join item_unit unit on unit.item_id = item.id and unit.code = item.base_unit
            order by near.nearness desc, item.code
            limit 50
            """;
        await using var statement = db.Statement(Sql);
        statement.Parameters.Add(new NpgsqlParameter { Value = item.Value });
        await using var reader = await statement.ExecuteReaderAsync(ct);
        var names = new List<NearName>();
        while (await reader.ReadAsync(ct))
        {
            var size = await reader.IsDBNullAsync(3, ct)
                ? null
                : new PackSize(reader.GetDecimal(3), reader.GetDecimal(4), reader.GetDecimal(5));
            names.Add(new NearName(
                new ItemId(reader.GetGuid(0)),
                reader.GetString(1),
                reader.GetString(2),
                size,
                await reader.IsDBNullAsync(6, ct) ? null : reader.GetDecimal(6)));
        }

        return names;
    }
}
