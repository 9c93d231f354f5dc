using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Kernel.Audit;
using Platform.Domain.Kernel.Events;

namespace Platform.Domain.Kernel;

/// <summary>What every command writes beside its own rows: events, one audit row, and the answer kept under its key.</summary>
internal static class CommandJournal
{
    public const string Done = "DONE";

    /// <summary>One round trip for all of it; the commit too, where the command's end is that of its transaction.</summary>
    public static async Task EndAsync<TEvent>(PlatformDb db, Attempt attempt, string auditBody, TEvent answer, Func<NpgsqlBatch, Task> end)
        where TEvent : notnull
    {
        await using var batch = db.Ending();
        if (db.Raised.Count > 0)
        {
            batch.BatchCommands.Add(EventRows.Insert(db.Raised, attempt.Envelope));
        }

        batch.BatchCommands.Add(AuditRow(attempt, Done, auditBody));
        if (attempt.Key is not null)
        {
            batch.BatchCommands.Add(Keep(attempt, refusal: null, StoredAnswer.Of(answer)));
        }

        await end(batch);
    }

    public static async Task CommitRefusalAsync(PlatformDb db, Attempt attempt, DomainError refusal, bool isKept)
    {
        var facts = StoredAnswer.Of(refusal);
        await using var batch = db.Ending();
        batch.BatchCommands.Add(AuditRow(attempt, refusal.Code, AuditBody.OfRefusal(attempt, facts)));
        if (isKept)
        {
            batch.BatchCommands.Add(Keep(attempt, refusal.GetType().FullName, facts));
        }

        await PlatformDb.CommitAsync(batch);
    }

    private static NpgsqlBatchCommand AuditRow(Attempt attempt, string outcome, string body) =>
        new("""
            insert into audit (at, correlation_id, actor_kind, actor_id, person_id, actor_name, action, outcome, reason, body)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<DateTimeOffset> { TypedValue = attempt.Envelope.Now },
                new NpgsqlParameter<Guid> { TypedValue = attempt.Envelope.CorrelationId },
                new NpgsqlParameter<string> { TypedValue = EventRows.Kind(attempt.Actor.Kind) },
                new NpgsqlParameter<Guid> { TypedValue = attempt.Actor.Id },
                new NpgsqlParameter<Guid> { TypedValue = attempt.Actor.Person },
                new NpgsqlParameter<string> { TypedValue = attempt.Actor.Name },
                new NpgsqlParameter<string> { TypedValue = attempt.Operation },
                new NpgsqlParameter<string> { TypedValue = outcome },
                new NpgsqlParameter { Value = (object?)attempt.Reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<string> { TypedValue = body },
            },
        };

    private static NpgsqlBatchCommand Keep(Attempt attempt, string? refusal, string answer) =>
        new("update idempotency_key set refusal = $4, answer = $5 where (principal, operation, key) = ($1, $2, $3)")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = attempt.Actor.Id },
                new NpgsqlParameter<string> { TypedValue = attempt.Operation },
                new NpgsqlParameter<string> { TypedValue = attempt.Key! },
                new NpgsqlParameter { Value = (object?)refusal ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<string> { TypedValue = answer },
            },
        };
}
