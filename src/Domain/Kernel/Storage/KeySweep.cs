using Npgsql;

namespace Platform.Domain.Kernel.Storage;

/// <summary>Forgets idempotency keys that are older than any client retries.</summary>
public static class KeySweep
{
    /// <summary>In bites, so that the sweep never holds many row locks at once.</summary>
    private const int Bite = 5_000;

    public static async Task<int> RunAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        var swept = 0;
        int bite;
        do
        {
            await using var delete = source.CreateCommand(
                $"""
                delete from idempotency_key where ctid = any (array(
                    select ctid from idempotency_key where created_at < $1 limit {Bite}))
                """);
            delete.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - IdempotencyKeys.KeptFor });
            bite = await delete.ExecuteNonQueryAsync(ct);
            swept += bite;
        }
        while (bite == Bite);

        return swept;
    }
}
