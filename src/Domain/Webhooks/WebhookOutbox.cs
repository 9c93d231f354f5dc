using Npgsql;

namespace Platform.Domain.Webhooks;

/// <summary>A webhook as the deliverer needs it.</summary>
/// <param name="Id">The webhook.</param>
/// <param name="Version">Another one means that something about it was changed.</param>
/// <param name="Url">Where messages go.</param>
/// <param name="Document">The subscription.</param>
/// <param name="Variables">Its variables, as JSON.</param>
/// <param name="Account">Whose rights the messages are made with.</param>
/// <param name="AccountVersion">Another one means that those rights were changed.</param>
/// <param name="Secrets">What messages are signed with; two while the receiver changes over.</param>
/// <param name="Position">Up to where it was delivered; null before the first look.</param>
/// <param name="Attempts">How often the next message was tried already.</param>
/// <param name="NextAt">Not before then.</param>
public sealed record OpenWebhook(
    WebhookId Id, int Version, string Url, string Document, string Variables, Guid Account, int AccountVersion,
    IReadOnlyList<byte[]> Secrets,
    long? Position, int Attempts, DateTimeOffset? NextAt);

/// <summary>How deliveries stand.</summary>
/// <param name="Waiting">Events that the webhooks which send have not passed yet, at most ten thousand of each.</param>
/// <param name="OldestWaiting">Since when the oldest of them waits.</param>
/// <param name="Failing">Webhooks whose next message was tried in vain.</param>
/// <param name="Stopped">Webhooks that do not send.</param>
/// <param name="Dead">Messages that were given up.</param>
public sealed record WebhookFigures(long Waiting, TimeSpan OldestWaiting, long Failing, long Stopped, long Dead);

/// <summary>One try of one message.</summary>
public sealed record DeliveryTry(
    WebhookId Webhook, string MessageId, long Position, WebhookDeliveryState State, int Attempts, int? StatusCode, string? Fault,
    TimeSpan Took, string Body, DateTimeOffset At);

/// <summary>A message that somebody wants sent again.</summary>
public sealed record ReplayedMessage(WebhookDeliveryId Delivery, string MessageId, long Position, int Attempts, string Body);

/// <summary>What is to be delivered and how far it came. Only the one deliverer of the house writes here.</summary>
public sealed class WebhookOutbox(NpgsqlDataSource source)
{
    private const int MostReplaysAtOnce = 100;

    /// <summary>Of one webhook: a gauge need not know more.</summary>
    private const int MostCounted = 10_000;

    public async Task<IReadOnlyList<OpenWebhook>> FindOpenAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var find = source.CreateCommand(
            """
            select w.id, w.version, w.url, w.document, w.variables::text, w.account_id, w.secret,
                   case when w.previous_until > $1 then w.previous_secret end, c.position, coalesce(c.attempts, 0), c.next_at, coalesce(u.version, 0)
            from webhook w left join webhook_cursor c on c.webhook_id = w.id left join user_account u on u.id = w.account_id
            where w.status = 'ACTIVE' order by w.id
            """);
        find.Parameters.Add(At(now));
        await using var rows = await find.ExecuteReaderAsync(ct);
        var open = new List<OpenWebhook>();
        while (await rows.ReadAsync(ct))
        {
            open.Add(new OpenWebhook(
                new WebhookId(rows.GetGuid(0)), rows.GetInt32(1), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetGuid(5), rows.GetInt32(11),
                rows.IsDBNull(7) ? [rows.GetFieldValue<byte[]>(6)] : [rows.GetFieldValue<byte[]>(6), rows.GetFieldValue<byte[]>(7)],
                rows.IsDBNull(8) ? null : rows.GetInt64(8), rows.GetInt32(9), rows.IsDBNull(10) ? null : rows.GetFieldValue<DateTimeOffset>(10)));
        }

        return open;
    }

    /// <summary>The current secret, for the one who sets the receiver up.</summary>
    public async Task<byte[]?> FindSecretAsync(WebhookId webhook, CancellationToken ct)
    {
        await using var find = source.CreateCommand("select secret from webhook where id = $1 and status <> 'REMOVED'");
        find.Parameters.Add(Id(webhook.Value));
        return await find.ExecuteScalarAsync(ct) as byte[];
    }

    public async Task<IReadOnlyList<ReplayedMessage>> FindReplaysAsync(WebhookId webhook, CancellationToken ct)
    {
        await using var find = source.CreateCommand(
            $"""
            select id, message_id, position, attempts, body from webhook_delivery
            where webhook_id = $1 and state = 'REPLAYING' order by position, id limit {MostReplaysAtOnce}
            """);
        find.Parameters.Add(Id(webhook.Value));
        await using var rows = await find.ExecuteReaderAsync(ct);
        var replays = new List<ReplayedMessage>();
        while (await rows.ReadAsync(ct))
        {
            replays.Add(new ReplayedMessage(
                new WebhookDeliveryId(rows.GetGuid(0)), rows.GetString(1), rows.GetInt64(2), rows.GetInt32(3), rows.GetString(4)));
        }

        return replays;
    }

    /// <summary>Moves on over what was never for the webhook.</summary>
    public async Task MoveAsync(WebhookId webhook, long position, CancellationToken ct)
    {
        await using var move = source.CreateCommand(
            """
            insert into webhook_cursor as c (webhook_id, position) values ($1, $2)
            on conflict (webhook_id) do update set position = greatest(c.position, excluded.position), attempts = 0, next_at = null
            """);
        move.Parameters.Add(Id(webhook.Value));
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        await move.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A try, and where the webhook stands after it, in one transaction.</summary>
    /// <param name="made">What was tried and what came of it.</param>
    /// <param name="moveTo">The position that is now done with; null while the message, or others of its event, are not.</param>
    /// <param name="nextAt">When the message is tried again; null when it is done with.</param>
    /// <param name="ct">Gives up before anything is written.</param>
    public async Task NoteAsync(DeliveryTry made, long? moveTo, DateTimeOffset? nextAt, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Log(made));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            insert into webhook_cursor as c (webhook_id, position, attempts, next_at) values ($1, $2, $3, $4)
            on conflict (webhook_id) do update set
                position = coalesce(greatest(c.position, excluded.position), c.position), attempts = excluded.attempts, next_at = excluded.next_at
            """)
        {
            Parameters =
            {
                Id(made.Webhook.Value),
                new NpgsqlParameter { Value = moveTo ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
                new NpgsqlParameter<int> { TypedValue = nextAt is null ? 0 : made.Attempts },
                new NpgsqlParameter { Value = nextAt ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
            },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A repeat beside the order; the cursor stays where it is.</summary>
    public async Task NoteReplayAsync(DeliveryTry made, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Log(made));
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>How deliveries stand, over all webhooks that send.</summary>
    public async Task<WebhookFigures> MeasureAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var measure = source.CreateCommand(
            $"""
            select coalesce(sum(b.events), 0)::bigint, max(b.oldest), count(*) filter (where c.attempts > 0),
                   (select count(*) from webhook where status = 'PAUSED'),
                   (select count(*) from webhook_delivery d join webhook x on x.id = d.webhook_id where d.state = 'DEAD' and x.status <> 'REMOVED')
            from webhook w join webhook_cursor c on c.webhook_id = w.id
            cross join lateral (
                select count(*) as events, extract(epoch from $1 - min(p.recorded_at))::float8 as oldest
                from (select recorded_at from event_position where position > c.position order by position limit {MostCounted}) p) b
            where w.status = 'ACTIVE'
            """);
        measure.Parameters.Add(At(now));
        await using var row = await measure.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new WebhookFigures(
            row.GetInt64(0), TimeSpan.FromSeconds(row.IsDBNull(1) ? 0 : Math.Max(0, row.GetDouble(1))), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
    }

    private static NpgsqlBatchCommand Log(DeliveryTry made) => new(
        """
        insert into webhook_delivery as d (id, webhook_id, message_id, position, state, attempts, status_code, fault, took_ms, body, tried_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (webhook_id, message_id) do update set
            state = excluded.state, attempts = excluded.attempts, status_code = excluded.status_code, fault = excluded.fault,
            took_ms = excluded.took_ms, body = excluded.body, tried_at = excluded.tried_at
        """)
    {
        Parameters =
        {
            Id(Guid.CreateVersion7(made.At)),
            Id(made.Webhook.Value),
            new NpgsqlParameter<string> { TypedValue = made.MessageId },
            new NpgsqlParameter<long> { TypedValue = made.Position },
            new NpgsqlParameter<string> { TypedValue = made.State.ToString().ToUpperInvariant() },
            new NpgsqlParameter<int> { TypedValue = made.Attempts },
            new NpgsqlParameter { Value = made.StatusCode ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer },
            new NpgsqlParameter { Value = made.Fault ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
            new NpgsqlParameter<int> { TypedValue = (int)made.Took.TotalMilliseconds },
            new NpgsqlParameter
            {
                Value = made.State is WebhookDeliveryState.Delivered ? DBNull.Value : made.Body,
                NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text,
            },
            At(made.At),
        },
    };

    private static NpgsqlParameter<Guid> Id(Guid id) => new() { TypedValue = id };

    private static NpgsqlParameter<DateTimeOffset> At(DateTimeOffset at) => new() { TypedValue = at.ToUniversalTime() };
}
