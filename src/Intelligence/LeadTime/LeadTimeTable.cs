using Npgsql;

namespace Platform.Intelligence.LeadTime;

/// <summary>
/// The one table of lead times, as it was known at a moment: lines of orders that had been sent by then, with the receipts,
/// promises and notices that had been recorded by then. Training reads it as of its day, scoring as of now.
/// </summary>
/// <remarks>
/// A line is delivered when goods of it first come. What a line asks for is as it was sent: an order that is taken back and
/// sent anew is another order from that day on.
/// </remarks>
internal static class LeadTimeTable
{
    /// <summary>$1 as of when; $2 the most lines, the latest; $3 whose orders, or null.</summary>
    private const string Lines =
        """
        with seen as (
            select distinct on (s.line_id) s.line_id, s.ordered_at, s.asked_on, s.received_at, s.recorded_at
            from lead_time_observation s
            where s.recorded_at < $1 and ($3::uuid is null or s.supplier_id = $3)
            order by s.line_id, s.recorded_at, s.received_at, s.id),
        sent as (
            select o.id, o.supplier_id, o.warehouse_id, o.kind, o.released_at, o.ended_at from purchase_order o
            where ($3::uuid is null or o.supplier_id = $3)
              and (o.released_at < $1 or exists (select from purchase_order_line l join seen s on s.line_id = l.id where l.order_id = o.id))),
        counted as (select l.order_id, count(*) as lines from purchase_order_line l where l.order_id in (select id from sent) group by l.order_id)
        select l.id, coalesce(s.ordered_at, o.released_at) as sent_at, o.supplier_id, l.item_id, o.warehouse_id, o.kind, i.category,
            l.base_quantity, l.amount, c.lines, coalesce(s.asked_on, l.expected_on) as asked_on, s.received_at, s.recorded_at,
            p.promised_on, p.said_at, n.expected_at, n.announced_at,
            case when s.line_id is null and o.ended_at < $1 then o.ended_at end as ended_at
        from sent o
        join purchase_order_line l on l.order_id = o.id
        join counted c on c.order_id = o.id
        join item i on i.id = l.item_id
        left join seen s on s.line_id = l.id
        left join lateral (
            select f.promised_on, f.said_at from supplier_confirmation f
            where f.line_id = l.id and f.said_at < $1 order by f.said_at desc, f.id desc limit 1) p on true
        left join lateral (
            select h.expected_at, h.announced_at from inbound_shipment_line m join inbound_shipment h on h.id = m.shipment_id
            where m.order_line_id = l.id and h.announced_at < $1 order by h.announced_at, h.id limit 1) n on true
        where coalesce(s.ordered_at, o.released_at) < $1
        order by sent_at desc, l.id desc
        limit $2
        """;

    /// <summary>The latest lines that were sent before the moment, the earliest first.</summary>
    public static async Task<IReadOnlyList<SupplyOrder>> ReadAsync(
        NpgsqlDataSource source, DateTimeOffset asOf, int most, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Lines);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = asOf });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var orders = new List<SupplyOrder>();
        while (await reader.ReadAsync(ct))
        {
            orders.Add(Read(reader));
        }

        orders.Reverse();
        return orders;
    }

    /// <summary>A moment as a day with its fraction.</summary>
    public static double Day(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).TotalDays;

    private static SupplyOrder Read(NpgsqlDataReader row)
    {
        var sent = Day(row.GetFieldValue<DateTimeOffset>(1));
        var (quantity, value) = ((double)row.GetDecimal(7), (double)row.GetDecimal(8));
        var asked = row.GetFieldValue<DateOnly>(10);
        return new SupplyOrder(
            row.GetGuid(0).ToString(),
            sent,
            row.GetGuid(2).ToString(),
            [row.GetGuid(3).ToString(), row.GetGuid(4).ToString()],
            [quantity, value, quantity == 0 ? 0 : value / quantity, row.GetInt64(9), Math.Max(1, Day(asked) - Math.Floor(sent))],
            [row.GetString(5), row.IsDBNull(6) ? "none" : row.GetString(6)],
            row.IsDBNull(11) ? null : new Known<double>(Moment(row, 11), Moment(row, 12)))
        {
            Promise = row.IsDBNull(13) ? null : new Known<double>(Day(row.GetFieldValue<DateOnly>(13)), Moment(row, 14)),
            Announced = row.IsDBNull(15) ? null : new Known<double>(Moment(row, 15), Moment(row, 16)),
            Ended = row.IsDBNull(17) ? null : new Known<double>(Moment(row, 17), Moment(row, 17)),
        };
    }

    private static double Moment(NpgsqlDataReader row, int column) => Day(row.GetFieldValue<DateTimeOffset>(column));

    private static double Day(DateOnly day) => Day(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
}
