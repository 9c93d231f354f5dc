using System.Data;
using Npgsql;

namespace Platform.Domain.Kernel.Storage;

/// <summary>
/// Connections go from hand to hand without being reset: seven statements of the driver would cost PostgreSQL more than a
/// whole read (0062). A transaction's settings and locks end with it; whoever holds a lock or listens beyond gives it back.
/// </summary>
public static class SessionState
{
    public static async Task GiveBackAsync(NpgsqlConnection connection)
    {
        // A broken connection is thrown away by the pool, and its session ends.
        if (connection.State is ConnectionState.Open)
        {
            await using var over = new NpgsqlCommand("select pg_advisory_unlock_all(); unlisten *", connection);
            await over.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
