using Npgsql;

namespace Platform.Domain.Kernel.Events;

/// <summary>An event as readers get it. Within the run of one publisher positions are dense: after n comes n + 1.</summary>
public sealed record PublishedEvent(
    long Position,
    Guid EventId,
    Subject Subject,
    int Version,
    string Type,
    string Payload,
    ActorKind ActorKind,
    Guid ActorId,
    Guid CorrelationId,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt);

/// <summary>What a read of the log answers.</summary>
public abstract record EventPage
{
    private EventPage()
    {
    }

    /// <summary>The next events in order; none when the reader has reached <paramref name="Head"/>.</summary>
    public sealed record Events(IReadOnlyList<PublishedEvent> Items, long Head) : EventPage;

    /// <summary>
    /// The cursor lies outside what is retained, or it was given for events that a restore has undone: the reader takes a
    /// new snapshot and continues from <paramref name="Head"/>.
    /// </summary>
    public sealed record CursorExpired(long After, long FirstRetained, long Head) : EventPage;
}

/// <summary>Reads the log from any retained position. It keeps no state: the position is the reader's.</summary>
public sealed class EventReader(NpgsqlDataSource source)
{
    /// <summary>The next events after a position, at most <paramref name="limit"/>.</summary>
    public async Task<EventPage> ReadAsync(long after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            select last_position, first_position, exists (select from event_run where $1 > ended_at and $1 < begins_after)
            from event_publisher
            """)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = after } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            select p.position, e.event_id, e.aggregate, e.aggregate_id, e.version, e.type, e.payload::text,
                   e.actor_kind, e.actor_id, e.correlation_id, e.occurred_at, e.recorded_at
            from (select * from event_position where position > $1 order by position limit $2) p
            join event e on e.xid = p.xid and e.id = p.id and e.recorded_at = p.recorded_at
            order by p.position
            """)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = limit } },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (head, first) = (reader.GetInt64(0), reader.GetInt64(1));
        var isBetweenRuns = reader.GetBoolean(2);
        if (after < first - 1 || after > head || isBetweenRuns)
        {
            return new EventPage.CursorExpired(after, first, head);
        }

        await reader.NextResultAsync(ct);
        var events = new List<PublishedEvent>();
        while (await reader.ReadAsync(ct))
        {
            events.Add(Read(reader));
        }

        // The second statement may see a later stamp than the first.
        return new EventPage.Events(events, events.Count > 0 ? Math.Max(head, events[^1].Position) : head);
    }

    /// <summary>What happened to one thing before it reached a version, the newest first.</summary>
    public async Task<IReadOnlyList<PublishedEvent>> HistoryAsync(Guid subject, int beforeVersion, int limit, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            select p.position, e.event_id, e.aggregate, e.aggregate_id, e.version, e.type, e.payload::text,
                   e.actor_kind, e.actor_id, e.correlation_id, e.occurred_at, e.recorded_at
            from event e
            join event_position p on p.xid = e.xid and p.id = e.id
            where e.aggregate_id = $1 and e.version < $2
            order by e.version desc
            limit $3
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = subject });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = beforeVersion });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var events = new List<PublishedEvent>();
        while (await reader.ReadAsync(ct))
        {
            events.Add(Read(reader));
        }

        return events;
    }

    /// <summary>The last position stamped: a client that subscribes from here misses nothing it has not read.</summary>
    public async Task<long> HeadAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select last_position from event_publisher");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The position before the last few events; the first kept one's where there are not so many.</summary>
    public async Task<long> BeforeLastAsync(int events, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            select coalesce((select position from event_position order by position desc offset $1 limit 1), first_position - 1)
            from event_publisher
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = events });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static PublishedEvent Read(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetGuid(1),
            new Subject(row.GetString(2), row.GetGuid(3)),
            row.GetInt32(4),
            row.GetString(5),
            row.GetString(6),
            Kind(row.GetString(7)),
            row.GetGuid(8),
            row.GetGuid(9),
            row.GetFieldValue<DateTimeOffset>(10),
            row.GetFieldValue<DateTimeOffset>(11));

    private static ActorKind Kind(string text) => text switch
    {
        "HUMAN" => ActorKind.Human,
        "DEVICE" => ActorKind.Device,
        "SERVICE" => ActorKind.Service,
        "MODEL" => ActorKind.Model,
        _ => throw new InvalidOperationException($"The event log holds an unknown kind of actor: {text}."),
    };
}
