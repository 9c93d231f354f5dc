using System.Collections.Concurrent;
using Npgsql;

namespace Platform.Api.Live.Rules;

/// <summary>
/// Where things stand that an event names by id only. Bins, zones and reservations never change their warehouse, nor a
/// warehouse its legal entity, so what was found once is kept.
/// </summary>
public sealed partial class Places(NpgsqlDataSource source)
{
    /// <summary>About 20 MB; then it starts anew.</summary>
    private const int MostKept = 200_000;

    /// <summary>What cannot be found is for those who may see every row, and for nobody else.</summary>
    private static readonly EventReach _nowhere = new(Guid.Empty, [Guid.Empty], null);

    private readonly ConcurrentDictionary<(Kind, Guid), EventReach> _known = new();

    private enum Kind
    {
        Warehouse,
        Bin,
        Zone,
        CutOff,
        Channel,
        Owner,
        Reservation,
        Lot,
        BulkJob,
    }

    public ValueTask<EventReach> OfWarehouseAsync(Guid id, CancellationToken ct) =>
        FindAsync(Kind.Warehouse, id, "select legal_entity_id, id from warehouse where id = $1", ct);

    public ValueTask<EventReach> OfBinAsync(Guid id, CancellationToken ct) =>
        FindAsync(Kind.Bin, id, "select legal_entity_id, warehouse_id from bin where id = $1", ct);

    public ValueTask<EventReach> OfZoneAsync(Guid id, CancellationToken ct) => FindAsync(
        Kind.Zone, id,
        "select w.legal_entity_id, w.id from zone z join warehouse w on w.id = z.warehouse_id where z.id = $1", ct);

    public ValueTask<EventReach> OfCutOffAsync(Guid id, CancellationToken ct) => FindAsync(
        Kind.CutOff, id,
        "select w.legal_entity_id, w.id from cut_off c join warehouse w on w.id = c.warehouse_id where c.id = $1", ct);

    public ValueTask<EventReach> OfChannelAsync(Guid id, CancellationToken ct) =>
        FindAsync(Kind.Channel, id, "select legal_entity_id, null::uuid from fulfillment_channel where id = $1", ct);

    public ValueTask<EventReach> OfOwnerAsync(Guid id, CancellationToken ct) =>
        FindAsync(Kind.Owner, id, "select legal_entity_id, null::uuid from owner where id = $1", ct);

    public ValueTask<EventReach> OfReservationAsync(Guid id, CancellationToken ct) => FindAsync(
        Kind.Reservation, id,
        "select w.legal_entity_id, w.id from reservation r join warehouse w on w.id = r.warehouse_id where r.id = $1", ct);

    public ValueTask<EventReach> OfLotAsync(Guid id, CancellationToken ct) => FindAsync(
        Kind.Lot, id, "select null::uuid, null::uuid, coalesce(supplier_id, '00000000-0000-0000-0000-000000000000') from lot where id = $1", ct);

    /// <summary>Whose job it is; what happened to one that was cleared away is told to nobody.</summary>
    public async ValueTask<EventReach> OfBulkJobAsync(Guid id, CancellationToken ct)
    {
        if (_known.TryGetValue((Kind.BulkJob, id), out var known))
        {
            return known;
        }

        await using var command = source.CreateCommand("select actor_id from bulk_job where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return await command.ExecuteScalarAsync(ct) is Guid account
            ? Keep(Kind.BulkJob, id, EventReach.OfAccount(account))
            : EventReach.OfAccount(null);
    }

    /// <summary>Not kept: what is found out later may move a case.</summary>
    public ValueTask<EventReach> OfCaseAsync(Guid id, CancellationToken ct) =>
        ReadAsync(id, "select legal_entity_id, warehouse_id, supplier_id from exception_case where id = $1", ct);

    public ValueTask<EventReach> OfApprovalAsync(Guid id, CancellationToken ct) =>
        ReadAsync(id, "select legal_entity_id, warehouse_id, supplier_id from approval_request where id = $1", ct);

    /// <summary>What an event tells of its rows, with the company that follows from the warehouse.</summary>
    public async ValueTask<EventReach> OfAsync(
        Guid? legalEntity, Guid? warehouse, Guid? supplier, CancellationToken ct) =>
        new(
            legalEntity is null && warehouse is { } id ? (await OfWarehouseAsync(id, ct)).LegalEntity : legalEntity,
            warehouse is { } one ? [one] : [],
            supplier);

    private async ValueTask<EventReach> FindAsync(Kind kind, Guid id, string sql, CancellationToken ct)
    {
        if (_known.TryGetValue((kind, id), out var known))
        {
            return known;
        }

        var reach = await ReadAsync(id, sql, ct);
        return ReferenceEquals(reach, _nowhere) ? reach : Keep(kind, id, reach);
    }

    private EventReach Keep(Kind kind, Guid id, EventReach reach)
    {
        if (_known.Count >= MostKept)
        {
            _known.Clear();
        }

        return _known[(kind, id)] = reach;
    }

    private async ValueTask<EventReach> ReadAsync(Guid id, string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
        {
            return _nowhere;
        }

        return new EventReach(
            IdAt(row, 0), IdAt(row, 1) is { } warehouse ? [warehouse] : [], row.FieldCount > 2 ? IdAt(row, 2) : null);
    }

    private static Guid? IdAt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}
