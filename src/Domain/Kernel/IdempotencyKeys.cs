using System.Text.Json;
using Npgsql;

namespace Platform.Domain.Kernel;

/// <summary>What a claim found: the stored answer of the first request, or a refusal of the claim itself.</summary>
internal sealed record KeyFound(RunnerRefusal? Refused, string? RefusalType, string? Answer);

/// <summary>
/// One key, one effect, one answer (I-17). The row is inserted by the transaction that makes the effect, so a crash
/// before the commit takes both away, and the unique index makes a concurrent duplicate wait for the outcome.
/// </summary>
internal static class IdempotencyKeys
{
    /// <summary>Longer than any client retries; afterwards natural keys still refuse a second document.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(72);

    private const int LongestKey = 255;

    private const string Claim =
        """
        insert into idempotency_key (principal, operation, key, fingerprint, created_at)
        values ($1, $2, $3, $4, $5) on conflict do nothing
        """;

    public static bool IsWellFormed(string? key) =>
        key is null || (key.Length is > 0 and <= LongestKey && !key.AsSpan().ContainsAnyExceptInRange('!', '~'));

    /// <summary>Null when the key is ours now. A running first request is waited for, at most the lock timeout of 2 s.</summary>
    public static async Task<KeyFound?> ClaimAsync(PlatformDb db, Attempt attempt, CancellationToken ct)
    {
        try
        {
            await using var claim = db.Statement(Claim);
            claim.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = attempt.Actor.Id });
            claim.Parameters.Add(new NpgsqlParameter<string> { TypedValue = attempt.Operation });
            claim.Parameters.Add(new NpgsqlParameter<string> { TypedValue = attempt.Key! });
            claim.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = attempt.Fingerprint });
            claim.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = attempt.Envelope.Now });
            return await claim.ExecuteNonQueryAsync(ct) == 1 ? null : await FindAsync(db, attempt, ct);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return new KeyFound(new IdempotencyInProgress(attempt.Operation, attempt.Key!), RefusalType: null, Answer: null);
        }
    }

    private static async Task<KeyFound> FindAsync(PlatformDb db, Attempt attempt, CancellationToken ct)
    {
        await using var find = db.Statement(
            "select fingerprint, refusal, answer from idempotency_key where (principal, operation, key) = ($1, $2, $3)");
        find.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = attempt.Actor.Id });
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = attempt.Operation });
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = attempt.Key! });
        await using var row = await find.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
        {
            // The sweep took an expired key between the two statements: the client's retry is a new request.
            return new KeyFound(new IdempotencyInProgress(attempt.Operation, attempt.Key!), RefusalType: null, Answer: null);
        }

        if (!row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(attempt.Fingerprint))
        {
            return new KeyFound(new IdempotencyKeyReused(attempt.Operation, attempt.Key!), RefusalType: null, Answer: null);
        }

        return new KeyFound(
            Refused: null,
            await row.IsDBNullAsync(1, ct) ? null : row.GetString(1),
            row.GetString(2));
    }
}

/// <summary>An answer as it is kept beside its key.</summary>
internal static class StoredAnswer
{
    public static string Of<T>(T answer)
        where T : notnull => JsonSerializer.Serialize(answer, answer.GetType(), KernelJson.Options);

    public static T Value<T>(string stored)
        where T : notnull => JsonSerializer.Deserialize<T>(stored, KernelJson.Options)!;

    public static DomainError Refusal(Type type, string stored) =>
        (DomainError)JsonSerializer.Deserialize(stored, type, KernelJson.Options)!;
}
