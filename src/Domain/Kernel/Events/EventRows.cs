using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Platform.Domain.Kernel.Events;

/// <summary>Writes raised events, all of a command in one statement.</summary>
internal static class EventRows
{
    /// <summary>
    /// Streams are counted first, in the order of their ids: waiting for another writer of the same aggregate happens
    /// there, before the event's own id is drawn.
    /// </summary>
    private const string Numbered =
        """
        with raised as (
            select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::jsonb[], $6::timestamptz[])
                with ordinality as r (event_id, aggregate, aggregate_id, type, payload, occurred_at, ordinal)
        ), stream as (
            insert into event_stream as s (aggregate_id, version)
            select aggregate_id, count(*) from raised group by aggregate_id order by aggregate_id
            on conflict (aggregate_id) do update set version = s.version + excluded.version
            returning s.aggregate_id, s.version
        )
        insert into event (event_id, aggregate, aggregate_id, version, type, payload, occurred_at,
                           actor_kind, actor_id, correlation_id)
        select r.event_id, r.aggregate, r.aggregate_id,
               s.version + 1 - row_number() over (partition by r.aggregate_id order by r.ordinal desc),
               r.type, r.payload, r.occurred_at, $7, $8, $9
        from raised r join stream s using (aggregate_id)
        order by r.ordinal
        """;

    private const string Sole =
        """
        insert into event (event_id, aggregate, aggregate_id, version, type, payload, occurred_at,
                           actor_kind, actor_id, correlation_id)
        select r.event_id, r.aggregate, r.aggregate_id, 1, r.type, r.payload, r.occurred_at, $7, $8, $9
        from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::jsonb[], $6::timestamptz[])
            as r (event_id, aggregate, aggregate_id, type, payload, occurred_at)
        """;

    public static NpgsqlBatchCommand Insert(IReadOnlyList<RaisedEvent> raised, Envelope envelope)
    {
        // Where both kinds are raised the sole ones are counted too: it costs a row and keeps one order.
        var isSole = raised.All(one => one.Event is ISoleEvent);
        return new NpgsqlBatchCommand(isSole ? Sole : Numbered)
        {
            Parameters =
            {
                Array(raised, one => Guid.CreateVersion7(envelope.Now), NpgsqlDbType.Uuid),
                Array(raised, one => one.Event.Subject.Kind, NpgsqlDbType.Text),
                Array(raised, one => one.Event.Subject.Id, NpgsqlDbType.Uuid),
                Array(raised, one => one.Event.GetType().Name, NpgsqlDbType.Text),
                Array(raised, Payload, NpgsqlDbType.Jsonb),
                Array(raised, one => (one.OccurredAt ?? envelope.Now).ToUniversalTime(), NpgsqlDbType.TimestampTz),
                new NpgsqlParameter<string> { TypedValue = Kind(envelope.Actor.Kind) },
                new NpgsqlParameter<Guid> { TypedValue = envelope.Actor.Id },
                new NpgsqlParameter<Guid> { TypedValue = envelope.CorrelationId },
            },
        };
    }

    /// <summary>Sole events of many commands, each under the actor of its own.</summary>
    public static NpgsqlBatchCommand InsertEach(IReadOnlyList<(RaisedEvent Raised, Envelope Envelope)> raised)
    {
        if (raised.Any(one => one.Raised.Event is not ISoleEvent))
        {
            throw new NotSupportedException("Only sole events are folded: versions of one aggregate are counted in its own commit.");
        }

        var events = raised.Select(one => one.Raised).ToList();
        var envelopes = raised.Select(one => one.Envelope).ToList();
        return new NpgsqlBatchCommand(
            """
            insert into event (event_id, aggregate, aggregate_id, version, type, payload, occurred_at,
                               actor_kind, actor_id, correlation_id)
            select r.event_id, r.aggregate, r.aggregate_id, 1, r.type, r.payload, r.occurred_at, r.actor_kind, r.actor_id, r.correlation_id
            from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::jsonb[], $6::timestamptz[], $7::text[], $8::uuid[], $9::uuid[])
                as r (event_id, aggregate, aggregate_id, type, payload, occurred_at, actor_kind, actor_id, correlation_id)
            """)
        {
            Parameters =
            {
                Column(envelopes, envelope => Guid.CreateVersion7(envelope.Now), NpgsqlDbType.Uuid),
                Array(events, one => one.Event.Subject.Kind, NpgsqlDbType.Text),
                Array(events, one => one.Event.Subject.Id, NpgsqlDbType.Uuid),
                Array(events, one => one.Event.GetType().Name, NpgsqlDbType.Text),
                Array(events, Payload, NpgsqlDbType.Jsonb),
                Column(raised, one => (one.Raised.OccurredAt ?? one.Envelope.Now).ToUniversalTime(), NpgsqlDbType.TimestampTz),
                Column(envelopes, envelope => Kind(envelope.Actor.Kind), NpgsqlDbType.Text),
                Column(envelopes, envelope => envelope.Actor.Id, NpgsqlDbType.Uuid),
                Column(envelopes, envelope => envelope.CorrelationId, NpgsqlDbType.Uuid),
            },
        };
    }

    public static string Kind(ActorKind kind) => kind switch
    {
        ActorKind.Human => "HUMAN",
        ActorKind.Device => "DEVICE",
        ActorKind.Service => "SERVICE",
        ActorKind.Model => "MODEL",
    };

    private static string Payload(RaisedEvent one) =>
        JsonSerializer.Serialize(one.Event, one.Event.GetType(), KernelJson.Options);

    private static NpgsqlParameter Array<T>(
        IReadOnlyList<RaisedEvent> raised, Func<RaisedEvent, T> column, NpgsqlDbType element) => Column(raised, column, element);

    private static NpgsqlParameter Column<TRow, T>(IReadOnlyList<TRow> raised, Func<TRow, T> column, NpgsqlDbType element)
    {
        var values = new T[raised.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = column(raised[i]);
        }

        return new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | element };
    }
}
