using Npgsql;

namespace Platform.Domain.Kernel.Events;

/// <summary>
/// How far publication is behind. A long write transaction anywhere on the server holds it, so this is what an alert
/// watches; it never means loss.
/// </summary>
public sealed record EventLag(TimeSpan OldestUnpublished, long Head)
{
    /// <summary>Beyond this somebody should look for the transaction that holds the horizon.</summary>
    public static readonly TimeSpan Alarming = TimeSpan.FromSeconds(5);

    public bool IsAlarming => OldestUnpublished > Alarming;

    public static async Task<EventLag> MeasureAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            select coalesce(extract(epoch from clock_timestamp() - (
                       select min(e.recorded_at) from event e
                       where e.xid >= s.low_xid
                         and not exists (select from event_position p where p.xid = e.xid and p.id = e.id))), 0)::float8,
                   s.last_position
            from event_publisher s
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new EventLag(TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(0))), row.GetInt64(1));
    }
}
