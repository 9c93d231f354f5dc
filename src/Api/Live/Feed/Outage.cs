using Npgsql;

namespace Platform.Api.Live.Feed;

/// <summary>A database that is away for a while makes events later: whoever listens keeps the connection and waits.</summary>
internal static class Outage
{
    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads again until the database is back, or nobody wants to know any more.</summary>
    public static async ValueTask<T> OutlastAsync<T>(Func<ValueTask<T>> read, TimeProvider clock, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await read();
            }
            catch (NpgsqlException fault) when (fault.IsTransient)
            {
                await Task.Delay(_rest, clock, ct);
            }
        }
    }
}
