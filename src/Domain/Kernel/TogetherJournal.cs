using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Kernel.Events;

namespace Platform.Domain.Kernel;

/// <summary>
/// Keys, events, audit rows and answers of many commands that were folded into one transaction: each its own row, under its
/// own actor, in one statement per table.
/// </summary>
internal static class TogetherJournal
{
    /// <summary>
    /// Which of these keys are ours now. No two may be the same; without a key there is nothing to claim. Where many wait for one
    /// transaction, it waits for a lock much shorter than a command that came alone would.
    /// </summary>
    public static async Task<bool[]> ClaimAsync(PlatformDb db, IReadOnlyList<Attempt> attempts, CancellationToken ct)
    {
        var keyed = attempts.Where(attempt => attempt.Key is not null).ToList();
        var ours = new HashSet<(Guid, string)>();
        await using var batch = new NpgsqlBatch(db.Connection, db.Transaction);
        if (keyed.Count > 0)
        {
            batch.BatchCommands.Add(Claim(keyed));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('lock_timeout', '500ms', true)"));
        await using (var row = await batch.ExecuteReaderAsync(ct))
        {
            while (keyed.Count > 0 && await row.ReadAsync(ct))
            {
                ours.Add((row.GetGuid(0), row.GetString(1)));
            }
        }

        return [.. attempts.Select(attempt => attempt.Key is null || ours.Contains((attempt.Actor.Id, attempt.Key)))];
    }

    private static NpgsqlBatchCommand Claim(List<Attempt> keyed) =>
        new("""
            insert into idempotency_key (principal, operation, key, fingerprint, created_at)
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::timestamptz[])
            on conflict do nothing
            returning principal, key
            """)
        {
            Parameters =
            {
                Column(keyed, attempt => attempt.Actor.Id, NpgsqlDbType.Uuid),
                Column(keyed, attempt => attempt.Operation, NpgsqlDbType.Text),
                Column(keyed, attempt => attempt.Key!, NpgsqlDbType.Text),
                Column(keyed, attempt => attempt.Fingerprint, NpgsqlDbType.Bytea),
                Column(keyed, attempt => attempt.Envelope.Now, NpgsqlDbType.TimestampTz),
            },
        };

    public static async Task CommitAsync<TEvent>(PlatformDb db, IReadOnlyList<(Attempt Attempt, Result<TEvent> Result)> done)
        where TEvent : IEvent
    {
        var rows = done.Select(one => Row.Of(one.Attempt, one.Result)).ToList();
        await using var batch = db.Ending();
        var raised = rows.Where(row => row.Raised is not null).ToList();
        if (raised.Count > 0)
        {
            batch.BatchCommands.Add(EventRows.InsertEach([.. raised.Select(row => (row.Raised!, row.Attempt.Envelope))]));
        }

        batch.BatchCommands.Add(AuditRows(rows));
        var keyed = rows.Where(row => row.Attempt.Key is not null).ToList();
        var kept = keyed.Where(row => row.IsKept).ToList();
        if (kept.Count > 0)
        {
            batch.BatchCommands.Add(Answers(kept));
        }

        // Wrong input leaves the key to the corrected request, as it does for a command that comes alone.
        if (keyed.Count > kept.Count)
        {
            batch.BatchCommands.Add(GivenBack([.. keyed.Where(row => !row.IsKept)]));
        }

        await PlatformDb.CommitAsync(batch);
    }

    private static NpgsqlBatchCommand AuditRows(List<Row> rows) =>
        new("""
            insert into audit (at, correlation_id, actor_kind, actor_id, person_id, actor_name, action, outcome, reason, body)
            select * from unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
            """)
        {
            Parameters =
            {
                Column(rows, row => row.Attempt.Envelope.Now, NpgsqlDbType.TimestampTz),
                Column(rows, row => row.Attempt.Envelope.CorrelationId, NpgsqlDbType.Uuid),
                Column(rows, row => EventRows.Kind(row.Attempt.Actor.Kind), NpgsqlDbType.Text),
                Column(rows, row => row.Attempt.Actor.Id, NpgsqlDbType.Uuid),
                Column(rows, row => row.Attempt.Actor.Person, NpgsqlDbType.Uuid),
                Column(rows, row => row.Attempt.Actor.Name, NpgsqlDbType.Text),
                Column(rows, row => row.Attempt.Operation, NpgsqlDbType.Text),
                Column(rows, row => row.Outcome, NpgsqlDbType.Text),
                Column(rows, row => row.Attempt.Reason, NpgsqlDbType.Text),
                Column(rows, row => row.AuditBody, NpgsqlDbType.Text),
            },
        };

    private static NpgsqlBatchCommand Answers(List<Row> rows) =>
        new("""
            update idempotency_key k set refusal = a.refusal, answer = a.answer
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) as a (principal, operation, key, refusal, answer)
            where (k.principal, k.operation, k.key) = (a.principal, a.operation, a.key)
            """)
        {
            Parameters =
            {
                Column(rows, row => row.Attempt.Actor.Id, NpgsqlDbType.Uuid),
                Column(rows, row => row.Attempt.Operation, NpgsqlDbType.Text),
                Column(rows, row => row.Attempt.Key!, NpgsqlDbType.Text),
                Column(rows, row => row.Refusal, NpgsqlDbType.Text),
                Column(rows, row => row.Answer, NpgsqlDbType.Text),
            },
        };

    private static NpgsqlBatchCommand GivenBack(List<Row> rows) =>
        new("""
            delete from idempotency_key k using unnest($1::uuid[], $2::text[], $3::text[]) as a (principal, operation, key)
            where (k.principal, k.operation, k.key) = (a.principal, a.operation, a.key)
            """)
        {
            Parameters =
            {
                Column(rows, row => row.Attempt.Actor.Id, NpgsqlDbType.Uuid),
                Column(rows, row => row.Attempt.Operation, NpgsqlDbType.Text),
                Column(rows, row => row.Attempt.Key!, NpgsqlDbType.Text),
            },
        };

    private static NpgsqlParameter Column<T>(IReadOnlyList<Attempt> attempts, Func<Attempt, T> of, NpgsqlDbType element) =>
        new() { Value = attempts.Select(of).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | element };

    private static NpgsqlParameter Column<T>(List<Row> rows, Func<Row, T> of, NpgsqlDbType element) =>
        new() { Value = rows.Select(of).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | element };

    private sealed record Row(
        Attempt Attempt, RaisedEvent? Raised, string Outcome, string? Refusal, string Answer, string AuditBody, bool IsKept)
    {
        public static Row Of<TEvent>(Attempt attempt, Result<TEvent> result)
            where TEvent : IEvent
        {
            if (result.Succeeded(out var happened))
            {
                var raised = new RaisedEvent(happened, (happened as IDatedEvent)?.OccurredAt);
                return new Row(
                    attempt, raised, CommandJournal.Done, Refusal: null, StoredAnswer.Of(happened), Audit.AuditBody.Of(attempt, [raised]), IsKept: true);
            }

            var refusal = result.Error!;
            var facts = StoredAnswer.Of(refusal);
            return new Row(
                attempt, Raised: null, refusal.Code, refusal.GetType().FullName, facts, Audit.AuditBody.OfRefusal(attempt, facts),
                IsKept: refusal is not InvalidInput);
        }
    }
}
