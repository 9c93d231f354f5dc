using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Tracing;

/// <summary>
/// Units of a lot or serial that came from a supplier or went to a customer, returns and reversals taken off, and the first
/// documents they came or went with.
/// </summary>
public sealed record TraceEnd(
    PartnerId? Partner, decimal Quantity, DateTimeOffset First, DateTimeOffset Last, IReadOnlyList<StockPostingId> Postings)
{
    public const int MostPostings = 100;
}

/// <summary>What still lies somewhere.</summary>
public sealed record TraceHolding(WarehouseId Warehouse, BinId Bin, StockCondition Condition, bool IsInTransit, decimal Quantity);

/// <summary>Everything known of a lot or serial, for a recall (INV-10, INV-11).</summary>
public sealed record StockTrace(
    IReadOnlyList<TraceEnd> Suppliers, IReadOnlyList<TraceEnd> Customers, IReadOnlyList<TraceHolding> Holdings);

/// <summary>A movement as history shows it.</summary>
public sealed record HistoryRow(
    long Movement, StockPostingId Posting, MovementType Type, Place From, Place To, decimal Quantity, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);

/// <summary>How much later movements are recorded than they happen (INV-03).</summary>
public sealed record PostingLag(long Movements, TimeSpan Average, TimeSpan P95, TimeSpan Longest);

/// <summary>Stock by how long it has been lying, with its value (INV-18).</summary>
public sealed record AgedStock(ItemId Item, WarehouseId Warehouse, decimal OnHand, decimal Value, int AgeDays);

/// <summary>Questions about the past, answered from the ledger alone.</summary>
public sealed class StockTraces(NpgsqlDataSource source, ScopedDataSource scoped)
{
    private const string Ends =
        """
        select partner_id, trim_scale(sum(quantity)), min(occurred_at), max(occurred_at),
               coalesce((array_agg(distinct posting_id) filter (where posting_id is not null))[1:100], '{}') from (
            select m.partner_id, m.quantity, m.occurred_at, m.posting_id from stock_movement m
            where m.lot_id = $1 and m.type = $2 and not exists (select from stock_movement r where r.reverses_id = m.id)
            union all
            select coalesce(m.partner_id, o.partner_id), -m.quantity, m.occurred_at, null from stock_movement m
            left join stock_movement o on o.id = m.returns_id
            where m.lot_id = $1 and m.type = $3 and not exists (select from stock_movement r where r.reverses_id = m.id)
        ) moved group by partner_id having sum(quantity) <> 0 order by min(occurred_at)
        """;

    private const string Holdings =
        """
        select b.warehouse_id, b.bin_id, b.condition, bin.role = 'TRANSIT', trim_scale(sum(b.on_hand))
        from stock_balance b join bin on bin.id = b.bin_id
        where b.lot_id = $1 and b.on_hand <> 0
        group by b.warehouse_id, b.bin_id, b.condition, bin.role order by b.warehouse_id, b.bin_id
        """;

    /// <summary>A lot from every receipt to every customer, as far as these rows go; null when there is none, or none of theirs.</summary>
    public Task<StockTrace?> OfLotAsync(LotId lot, RowScope rows, CancellationToken ct) =>
        TraceAsync(lot.Value, "select from lot where id = $1", Ends, Holdings, rows, ct);

    /// <summary>The same of one numbered unit.</summary>
    public Task<StockTrace?> OfSerialAsync(SerialId serial, RowScope rows, CancellationToken ct) => TraceAsync(
        serial.Value,
        "select from serial where id = $1",
        Ends.Replace("lot_id", "serial_id", StringComparison.Ordinal),
        Holdings.Replace("lot_id", "serial_id", StringComparison.Ordinal),
        rows,
        ct);

    /// <summary>The movements of an item, newest first, before a movement that was shown already.</summary>
    public async Task<IReadOnlyList<HistoryRow>> HistoryAsync(ItemId item, long? before, int most, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            select id, posting_id, type, from_place, from_bin_id, from_condition, to_place, to_bin_id, to_condition, quantity, occurred_at, recorded_at
            from stock_movement where item_id = $1 and id < coalesce($2, 9223372036854775807) order by id desc limit $3
            """);
        command.Parameters.Add(Param.Of(item.Value));
        command.Parameters.Add(Param.OrNull(before));
        command.Parameters.Add(Param.Of(Math.Clamp(most, 1, 1_000)));
        return await ReadAsync(command, row => new HistoryRow(
            row.GetInt64(0), StockPostingId.From(row.GetGuid(1)), StockWords.Read<MovementType>(row.GetString(2)),
            PostingReads.ReadPlace(row, 3), PostingReads.ReadPlace(row, 6), row.GetDecimal(9),
            row.GetFieldValue<DateTimeOffset>(10), row.GetFieldValue<DateTimeOffset>(11)), ct);
    }

    /// <summary>What lay where at an instant, as the ledger knew it then: the sum of all legs recorded up to it (INV-09).</summary>
    public async Task<IReadOnlyDictionary<(BinId Bin, StockCondition Condition), decimal>> AsOfAsync(
        ItemId item, DateTimeOffset instant, RowScope rows, CancellationToken ct)
    {
        var held = new Dictionary<(BinId Bin, StockCondition Condition), decimal>();
        await ReadWithinAsync(
            rows,
            [
                (new NpgsqlBatchCommand(
                    """
                    select l.bin_id, l.condition, trim_scale(sum(l.quantity)) from stock_leg l join bin b on b.id = l.bin_id
                    where l.item_id = $1 and l.recorded_at <= $2 and l.place = 'BIN'
                    group by l.bin_id, l.condition having sum(l.quantity) <> 0 order by l.bin_id, l.condition
                    """)
                {
                    Parameters = { Param.Of(item.Value), Param.Of(instant) },
                },
                row => held.Add((BinId.From(row.GetGuid(0)), StockWords.Read<StockCondition>(row.GetString(1))), row.GetDecimal(2))),
            ],
            ct);
        return held;
    }

    public async Task<PostingLag> LagAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            select count(*), coalesce(avg(lag), '0'), coalesce(percentile_disc(0.95) within group (order by lag), '0'), coalesce(max(lag), '0')
            from (select greatest(recorded_at - occurred_at, '0') as lag from stock_movement where recorded_at >= $1) lags
            """);
        command.Parameters.Add(Param.Of(since));
        var rows = await ReadAsync(command, row => new PostingLag(
            row.GetInt64(0), row.GetTimeSpan(1), row.GetTimeSpan(2), row.GetTimeSpan(3)), ct);
        return rows[0];
    }

    /// <summary>Our own stock whose last arrival is at least so old; the value is its share of the item's pool.</summary>
    public async Task<IReadOnlyList<AgedStock>> AgedAsync(LegalEntityId entity, DateTimeOffset now, int atLeastDays, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            select a.item_id, a.warehouse_id, a.on_hand, round(case when p.quantity > 0 then p.value * a.on_hand / p.quantity else 0 end, c.digits),
                   extract(day from $2 - a.youngest_arrival)::int
            from stock_age a
            join legal_entity e on e.id = a.legal_entity_id join currency c on c.code = e.currency_code
            join cost_pool p on p.legal_entity_id = a.legal_entity_id and p.item_id = a.item_id
            where a.legal_entity_id = $1 and a.owner_id = $1 and a.youngest_arrival <= $2 - make_interval(days => $3)
            order by a.youngest_arrival, a.item_id, a.warehouse_id
            """);
        command.Parameters.Add(Param.Of(entity.Value));
        command.Parameters.Add(Param.Of(now));
        command.Parameters.Add(Param.Of(atLeastDays));
        return await ReadAsync(command, row => new AgedStock(
            ItemId.From(row.GetGuid(0)), WarehouseId.From(row.GetGuid(1)), row.GetDecimal(2), row.GetDecimal(3), row.GetInt32(4)), ct);
    }

    private async Task<StockTrace?> TraceAsync(
        Guid id, string known, string ends, string holdings, RowScope rows, CancellationToken ct)
    {
        var isKnown = false;
        var (suppliers, customers, held) = (new List<TraceEnd>(), new List<TraceEnd>(), new List<TraceHolding>());
        await ReadWithinAsync(
            rows,
            [
                (Of(known), _ => isKnown = true),
                (Of(ends, MovementType.Receipt, MovementType.SupplierReturn), row => suppliers.Add(End(row))),
                (Of(ends, MovementType.Ship, MovementType.CustomerReturn), row => customers.Add(End(row))),
                (Of(holdings), row => held.Add(new TraceHolding(
                    WarehouseId.From(row.GetGuid(0)), BinId.From(row.GetGuid(1)), StockWords.Read<StockCondition>(row.GetString(2)),
                    row.GetBoolean(3), row.GetDecimal(4)))),
            ],
            ct);
        return isKnown ? new StockTrace(suppliers, customers, held) : null;

        NpgsqlBatchCommand Of(string sql, params IEnumerable<MovementType> types)
        {
            var command = new NpgsqlBatchCommand(sql) { Parameters = { Param.Of(id) } };
            foreach (var type in types)
            {
                command.Parameters.Add(Param.Of(StockWords.Of(type)));
            }

            return command;
        }
    }

    private static TraceEnd End(NpgsqlDataReader row) => new(
        row.IsDBNull(0) ? null : PartnerId.From(row.GetGuid(0)),
        row.GetDecimal(1),
        row.GetFieldValue<DateTimeOffset>(2),
        row.GetFieldValue<DateTimeOffset>(3),
        [.. row.GetFieldValue<Guid[]>(4).Select(StockPostingId.From)]);

    /// <summary>Several questions in one snapshot and one round trip; PostgreSQL shows only these rows to them .</summary>
    private async Task ReadWithinAsync(
        RowScope rows, IReadOnlyList<(NpgsqlBatchCommand Question, Action<NpgsqlDataReader> Take)> questions, CancellationToken ct)
    {
        await using var connection = await (rows.IsEverything ? source : scoped.Source).OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin isolation level repeatable read, read only"));
        if (!rows.IsEverything)
        {
            batch.BatchCommands.Add(RowSettings.Of(rows));
        }

        foreach (var (question, _) in questions)
        {
            batch.BatchCommands.Add(question);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!rows.IsEverything)
        {
            await reader.NextResultAsync(ct); // What the settings answer.
        }

        foreach (var (_, take) in questions)
        {
            while (await reader.ReadAsync(ct))
            {
                take(reader);
            }

            await reader.NextResultAsync(ct);
        }
    }

    private static async Task<List<TRow>> ReadAsync<TRow>(NpgsqlCommand command, Func<NpgsqlDataReader, TRow> read, CancellationToken ct)
    {
        var rows = new List<TRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
