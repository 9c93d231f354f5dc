using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Reserving;

internal sealed record ReservationRow(
    ReservationId Id, ItemId Item, WarehouseId Warehouse, OwnerId Owner, ReservationStatus Status, decimal Quantity, decimal Consumed)
{
    public bool HasEnded => Status is ReservationStatus.Consumed or ReservationStatus.Released or ReservationStatus.Expired;
}

/// <summary>What may be promised of an item in a warehouse, seen under the position's lock.</summary>
internal sealed record Position(OwnerId Owner, int Decimals, decimal Available);

/// <summary>A balance row that an allocation names, locked, with what could forbid it.</summary>
internal sealed record AllocationSpot(
    long Balance, WarehouseId Warehouse, string Role, decimal Free, decimal Quantity, string? BinBlock, string? LotBlock, string? SerialBlock,
    DateOnly? ExpiresOn);

/// <summary>Locks go balances, reservation, position, here as everywhere.</summary>
internal static class ReservingTables
{
    private const string Columns = "id, item_id, warehouse_id, owner_id, status, quantity, consumed";

    /// <summary>
    /// One row carries the lock for the whole item in the warehouse: what is free is then summed by a statement that
    /// begins after the lock was got.
    /// </summary>
    public static async Task<Position?> LockPositionAsync(this PlatformDb db, ItemId item, WarehouseId warehouse, DateOnly today, CancellationToken ct)
    {
        var ask = new Questions(db);
        ask.Lock(
            """
            insert into stock_position as p (item_id, warehouse_id, promised)
            select i.id, w.id, 0 from item i, warehouse w where i.id = $1 and w.id = $2
            on conflict (item_id, warehouse_id) do update set promised = p.promised returning promised
            """,
            Param.Of(item.Value), Param.Of(warehouse.Value));
        Position? position = null;
        ask.Ask(
            """
            select w.legal_entity_id, u.decimals, coalesce(s.free, 0) - p.promised
            from stock_position p join warehouse w on w.id = p.warehouse_id join item i on i.id = p.item_id join unit u on u.code = i.base_unit
            left join lateral (
                select sum(b.on_hand - b.allocated) as free from stock_balance b
                join bin on bin.id = b.bin_id and bin.role in ('FORWARD_PICK', 'RESERVE') and not bin.is_blocked_out
                left join lot l on l.id = b.lot_id
                where b.item_id = p.item_id and b.warehouse_id = p.warehouse_id and b.owner_id = w.legal_entity_id
                  and b.condition = 'USABLE' and coalesce(l.status, 'OPEN') = 'OPEN' and coalesce(l.expires_on, 'infinity') >= $3) s on true
            where p.item_id = $1 and p.warehouse_id = $2
            """,
            row => position = new Position(OwnerId.From(row.GetGuid(0)), row.GetInt16(1), row.GetDecimal(2)),
            Param.Of(item.Value), Param.Of(warehouse.Value), Param.Of(today));
        await ask.AnswerAsync(ct);
        return position;
    }

    public static async Task InsertReservationAsync(
        this PlatformDb db, StockReserved reserved, OwnerId owner, DateTimeOffset now, CancellationToken ct)
    {
        var ask = new Questions(db);
        ask.Do(
            """
            insert into reservation (id, item_id, warehouse_id, owner_id, demand_kind, demand_id, quantity, status, expires_at, version, created_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, 'PROMISED', $8, 1, $9, $9)
            """,
            Param.Of(reserved.Reservation.Value), Param.Of(reserved.Item.Value), Param.Of(reserved.Warehouse.Value), Param.Of(owner.Value),
            Param.Of(reserved.Demand.Kind), Param.Of(reserved.Demand.Id), Param.Of(reserved.Quantity), Param.OrNull(reserved.ExpiresAt),
            Param.Of(now));
        await ask.AnswerAsync(ct);
    }

    public static Task<ReservationRow?> FindReservationAsync(this PlatformDb db, ReservationId id, CancellationToken ct) =>
        db.ReadReservationAsync($"select {Columns} from reservation where id = $1", id, ct);

    public static Task<ReservationRow?> LockReservationAsync(this PlatformDb db, ReservationId id, CancellationToken ct) =>
        db.ReadReservationAsync($"select {Columns} from reservation where id = $1 for no key update", id, ct);

    /// <summary>The rows that lines name, locked in key order; null where there is none.</summary>
    public static async Task<IReadOnlyList<AllocationSpot?>> LockSpotsAsync(
        this PlatformDb db, ReservationRow reservation, IReadOnlyList<AllocationLine> lines, CancellationToken ct)
    {
        var keys = lines.Select(line => new StockKey(
            line.Bin, reservation.Item, line.Lot, line.Serial, line.HandlingUnit, reservation.Owner, StockCondition.Usable)).ToList();
        var found = new Dictionary<Guid, AllocationSpot>();
        var ask = new Questions(db);
        var lots = lines.Select(line => line.Lot?.Value).OfType<Guid>().Distinct().ToArray();
        ask.Lock("select id from lot where id = any ($1) order by id for share", Param.Of(lots));
        var digests = keys.Select(key => key.Digest).Distinct().ToArray();
        ask.Lock("select id from stock_balance where key = any ($1) order by key for no key update", Param.Of(digests));
        ask.Ask(
            """
            select b.key, b.id, b.warehouse_id, bin.role, b.on_hand - b.allocated,
                   case when bin.is_blocked_out then bin.block_reason end, l.block_reason, s.block_reason, l.expires_on
            from stock_balance b join bin on bin.id = b.bin_id
            left join lot l on l.id = b.lot_id left join serial s on s.id = b.serial_id
            where b.key = any ($1)
            """,
            row => found.Add(row.GetGuid(0), new AllocationSpot(
                row.GetInt64(1), WarehouseId.From(row.GetGuid(2)), row.GetString(3), row.GetDecimal(4), 0m,
                Text(row, 5), Text(row, 6), Text(row, 7), row.IsDBNull(8) ? null : row.GetFieldValue<DateOnly>(8))),
            Param.Of(digests));
        await ask.AnswerAsync(ct);
        return [.. keys.Select((key, at) => found.TryGetValue(key.Digest, out var spot) ? spot with { Quantity = lines[at].Quantity } : null)];
    }

    public static async Task AllocateAsync(
        this PlatformDb db,
        ReservationRow reservation,
        IReadOnlyList<AllocationSpot?> spots,
        decimal quantity,
        ReservationId? remainder,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var holds = spots.GroupBy(spot => spot!.Balance).Select(group => (Balance: group.Key, Quantity: group.Sum(spot => spot!.Quantity))).ToList();
        var ask = new Questions(db);
        ask.Do(
            "insert into allocation (reservation_id, balance_id, quantity) select $1, * from unnest($2::bigint[], $3::numeric[])",
            Param.Of(reservation.Id.Value), Param.Column(holds, hold => hold.Balance), Param.Column(holds, hold => hold.Quantity));
        ask.Do(
            "update reservation set status = 'ALLOCATED', quantity = $2, version = version + 1, updated_at = $3 where id = $1",
            Param.Of(reservation.Id.Value), Param.Of(quantity), Param.Of(now));
        if (remainder is { } rest)
        {
            ask.Do(
                """
                insert into reservation (id, item_id, warehouse_id, owner_id, demand_kind, demand_id, split_from_id, quantity, status,
                                         expires_at, version, created_at, updated_at)
                select $1, item_id, warehouse_id, owner_id, demand_kind, demand_id, id, $3, 'PROMISED', expires_at, 1, $4, $4
                from reservation where id = $2
                """,
                Param.Of(rest.Value), Param.Of(reservation.Id.Value), Param.Of(reservation.Quantity - quantity), Param.Of(now));
        }

        await ask.AnswerAsync(ct);
    }

    /// <summary>Balances before reservations, in key order; a hold that moved in between is met by its own row's lock.</summary>
    public static async Task LockHeldBalancesAsync(this PlatformDb db, IReadOnlyList<ReservationId> ids, CancellationToken ct)
    {
        var ask = new Questions(db);
        ask.Lock(
            """
            select b.id from stock_balance b
            where b.id in (select balance_id from allocation where reservation_id = any ($1))
            order by b.key for no key update
            """,
            Param.Column(ids, id => id.Value));
        await ask.AnswerAsync(ct);
    }

    public static async Task<IReadOnlyList<ReservationId>> FindDueReservationsAsync(
        this PlatformDb db, DateTimeOffset now, int most, CancellationToken ct)
    {
        var due = new List<ReservationId>();
        var ask = new Questions(db);
        ask.Ask(
            "select id from reservation where status in ('PROMISED', 'ALLOCATED') and expires_at <= $1 order by expires_at limit $2",
            row => due.Add(ReservationId.From(row.GetGuid(0))), Param.Of(now), Param.Of(most));
        await ask.AnswerAsync(ct);
        return due;
    }

    /// <summary>Those that are still due now that they are locked; whoever picks meanwhile keeps theirs.</summary>
    public static async Task<IReadOnlyList<ReservationRow>> LockDueReservationsAsync(
        this PlatformDb db, IReadOnlyList<ReservationId> ids, DateTimeOffset now, CancellationToken ct)
    {
        var due = new List<ReservationRow>();
        var ask = new Questions(db);
        ask.Ask(
            $"""
            select {Columns} from reservation
            where id = any ($1) and status in ('PROMISED', 'ALLOCATED') and expires_at <= $2
            order by id for no key update skip locked
            """,
            row => due.Add(Read(row)), Param.Column(ids, id => id.Value), Param.Of(now));
        await ask.AnswerAsync(ct);
        return due;
    }

    /// <summary>The holds leave first: their trigger frees the goods that the balance's check counts.</summary>
    public static async Task EndReservationsAsync(
        this PlatformDb db, IReadOnlyList<ReservationId> ids, ReservationStatus status, DateTimeOffset now, CancellationToken ct)
    {
        var ask = new Questions(db);
        ask.Do("delete from allocation where reservation_id = any ($1)", Param.Column(ids, id => id.Value));
        ask.Do(
            "update reservation set status = $2, ended_at = $3, version = version + 1, updated_at = $3 where id = any ($1)",
            Param.Column(ids, id => id.Value), Param.Of(StockWords.Of(status)), Param.Of(now));
        await ask.AnswerAsync(ct);
    }

    private static async Task<ReservationRow?> ReadReservationAsync(
        this PlatformDb db, string sql, ReservationId id, CancellationToken ct)
    {
        ReservationRow? found = null;
        var ask = new Questions(db);
        ask.Ask(sql, row => found = Read(row), Param.Of(id.Value));
        await ask.AnswerAsync(ct);
        return found;
    }

    private static ReservationRow Read(NpgsqlDataReader row) => new(
        ReservationId.From(row.GetGuid(0)), ItemId.From(row.GetGuid(1)), WarehouseId.From(row.GetGuid(2)), OwnerId.From(row.GetGuid(3)),
        StockWords.Read<ReservationStatus>(row.GetString(4)), row.GetDecimal(5), row.GetDecimal(6));

    private static string? Text(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);
}
