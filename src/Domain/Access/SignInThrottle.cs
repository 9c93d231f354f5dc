using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Platform.Domain.Access;

/// <summary>How many tries are free, and how long it takes until they are again.</summary>
public sealed record ThrottleRule(int Tries, TimeSpan Window);

/// <summary>
/// Counts tries before they are judged, so that guesses sent at the same instant are counted like those sent in turn, and
/// counts unknown logins like known ones, so that nothing can be learned from being stopped.
/// </summary>
public sealed class SignInThrottle(NpgsqlDataSource source)
{
    /// <summary>The row lock of the upsert puts simultaneous tries in line.</summary>
    private const string Count =
        """
        insert into sign_in_try as t (source, tries, since) values ($1, 1, $2)
        on conflict (source) do update set
            tries = case when t.since <= $3 then 1 else t.tries + 1 end,
            since = case when t.since <= $3 then $2 else t.since end
        returning tries, since
        """;

    /// <summary>Null when the try may be judged; otherwise how long to wait.</summary>
    public async Task<TimeSpan?> CountAsync(string from, ThrottleRule rule, DateTimeOffset now, CancellationToken ct)
    {
        await using var count = source.CreateCommand(Count);
        count.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = KeyOf(from) });
        count.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        count.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - rule.Window });
        await using var row = await count.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return row.GetInt32(0) <= rule.Tries
            ? null
            : row.GetFieldValue<DateTimeOffset>(1) + rule.Window - now;
    }

    /// <summary>Whoever proved who they are starts anew.</summary>
    public async Task ForgetAsync(string from, CancellationToken ct)
    {
        await using var forget = source.CreateCommand("delete from sign_in_try where source = $1");
        forget.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = KeyOf(from) });
        await forget.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Drops what no window reaches any more.</summary>
    public async Task SweepAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var sweep = source.CreateCommand("delete from sign_in_try where since < $1");
        sweep.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = before });
        await sweep.ExecuteNonQueryAsync(ct);
    }

    /// <summary>People type passwords where the login belongs; what is kept does not tell.</summary>
    private static byte[] KeyOf(string from) => SHA256.HashData(Encoding.UTF8.GetBytes(from));
}
