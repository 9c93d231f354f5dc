using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>A lot as its label says; one that is known already only has to agree.</summary>
internal sealed record ArrivingLot(
    Item Item, string Code, string? SupplierLot, DateOnly? ManufacturedOn, DateOnly? ExpiresOn, string? CountryOfOrigin);

/// <summary>
/// Lots and serials that come in with goods. Their rows are written at once and not with the command's others, because the ledger
/// reads them in the same transaction; two who bring the same lot at once share it.
/// </summary>
internal static class ArrivingUnits
{
    public static async Task<Result<IReadOnlyDictionary<(ItemId Item, string Code), Lot>>> TakeInLotsAsync(
        this PlatformDb db, IReadOnlyList<ArrivingLot> arriving, SupplierId supplier, Envelope envelope, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var wanted = arriving.DistinctBy(lot => (lot.Item.Id, lot.Code)).ToList();
        var known = await db.FindLotsAsync(wanted, ct);
        foreach (var lot in wanted.Where(lot => !known.ContainsKey((lot.Item.Id, lot.Code))).OrderBy(lot => lot.Item.Id.Value).ThenBy(lot => lot.Code, StringComparer.Ordinal))
        {
            var dates = LotDates.Derive(lot.Item.Id, lot.Item.GetShelfLife(), lot.ManufacturedOn, today, lot.ExpiresOn);
            if (!dates.Succeeded(out var derived))
            {
                return dates.Error!;
            }

            var registered = new LotRegistered(
                new LotId(Guid.CreateVersion7(envelope.Now)), lot.Item.Id, lot.Code, supplier, lot.SupplierLot, derived, lot.CountryOfOrigin, envelope.Now);
            if (await db.InsertLotAsync(registered, ct))
            {
                db.RegisterChange(
                    new Changed(RecordKind.Lot, registered.Lot.Value, FieldGroup.Identity, BaseVersion: 0, Before: null, registered, Reason: null), envelope);
                db.Raise(registered);
            }
        }

        var lots = await db.FindLotsAsync(wanted, ct);
        foreach (var lot in arriving)
        {
            var found = lots[(lot.Item.Id, lot.Code)];
            if ((lot.ExpiresOn is { } expires && found.ExpiresOn != expires) || (lot.ManufacturedOn is { } made && found.ManufacturedOn is not null && found.ManufacturedOn != made))
            {
                return new LotDatesDiffer(lot.Item.Id, lot.Code, found.ExpiresOn, lot.ExpiresOn);
            }
        }

        return Result.Of<IReadOnlyDictionary<(ItemId Item, string Code), Lot>>(lots);
    }

    /// <summary>Serials of one item by code. A unit that was here before keeps its row; whether it may come in, the ledger knows.</summary>
    public static async Task<Result<IReadOnlyDictionary<string, SerialId>>> TakeInSerialsAsync(
        this PlatformDb db, ItemId id, IReadOnlyDictionary<string, LotId?> arriving, Envelope envelope, CancellationToken ct)
    {
        var item = (await db.LockItemAsync(id, ct))!;
        if (item.SerialScope == SerialScope.Global)
        {
            await db.LockGlobalSerialsAsync(ct);
        }

        var codes = arriving.Keys.ToList();
        var isGlobal = item.SerialScope == SerialScope.Global;
        var known = await db.Set<Serial>().AsNoTracking()
            .Where(serial => codes.Contains(serial.Code) && (serial.ItemId == id || (isGlobal && serial.IsGlobal)))
            .ToListAsync(ct);
        if (known.FirstOrDefault(serial => serial.ItemId != id || serial.LotId != arriving[serial.Code]) is { } taken)
        {
            return new SerialTaken(taken.Code, item.SerialScope!.Value, taken.ItemId);
        }

        var serials = known.ToDictionary(serial => serial.Code, serial => serial.Id, StringComparer.Ordinal);
        var fresh = codes.Where(code => !serials.ContainsKey(code))
            .Select(code => new SerialRegistered(new SerialId(Guid.CreateVersion7(envelope.Now)), id, code, item.SerialScope!.Value, arriving[code]))
            .ToList();
        await db.InsertSerialsAsync(fresh, isGlobal, envelope.Now, ct);
        foreach (var serial in fresh)
        {
            db.Raise(serial);
            serials.Add(serial.Code, serial.Serial);
        }

        return Result.Of<IReadOnlyDictionary<string, SerialId>>(serials);
    }

    private static async Task<Dictionary<(ItemId Item, string Code), Lot>> FindLotsAsync(
        this PlatformDb db, IReadOnlyList<ArrivingLot> wanted, CancellationToken ct)
    {
        var items = wanted.Select(lot => lot.Item.Id).Distinct().ToList();
        var codes = wanted.Select(lot => lot.Code).Distinct(StringComparer.Ordinal).ToList();
        var found = await db.Set<Lot>().AsNoTracking().Where(lot => items.Contains(lot.ItemId) && codes.Contains(lot.Code)).ToListAsync(ct);
        return found.ToDictionary(lot => (lot.ItemId, lot.Code));
    }

    private static async Task<bool> InsertLotAsync(this PlatformDb db, LotRegistered lot, CancellationToken ct)
    {
        var (dates, supplier) = (lot.Dates, lot.Supplier?.Value);
        return await db.Database.ExecuteSqlAsync(
            $"""
            insert into lot (id, item_id, code, supplier_id, supplier_lot, manufactured_on, received_on, expires_on, use_by_on, removal_on,
                             alert_on, country_of_origin, status, version, created_at, updated_at)
            values ({lot.Lot.Value}, {lot.Item.Value}, {lot.Code}, {supplier}, {lot.SupplierLot}, {dates.ManufacturedOn}, {dates.ReceivedOn},
                    {dates.ExpiresOn}, {dates.UseByOn}, {dates.RemovalOn}, {dates.AlertOn}, {lot.CountryOfOrigin}, 'OPEN', 1, {lot.At}, {lot.At})
            on conflict (item_id, code) do nothing
            """,
            ct) == 1;
    }

    private static async Task InsertSerialsAsync(
        this PlatformDb db, List<SerialRegistered> serials, bool isGlobal, DateTimeOffset now, CancellationToken ct)
    {
        if (serials.Count == 0)
        {
            return;
        }

        await using var insert = db.Statement(
            """
            insert into serial (id, item_id, code, is_global, lot_id, status, version, created_at, updated_at)
            select s.id, $2, s.code, $4, s.lot_id, 'OPEN', 1, $6, $6 from unnest($1, $3, $5) as s (id, code, lot_id)
            """);
        insert.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. serials.Select(serial => serial.Serial.Value)] });
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = serials[0].Item.Value });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. serials.Select(serial => serial.Code)] });
        insert.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isGlobal });
        insert.Parameters.Add(new NpgsqlParameter
        {
            Value = serials.Select(serial => serial.Lot?.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await insert.ExecuteNonQueryAsync(ct);
    }
}
