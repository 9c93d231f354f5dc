using Npgsql;

namespace Platform.Domain.Kernel.Storage;

/// <summary>Tells PostgreSQL which rows a transaction is limited to; its policies show no others .</summary>
public static class RowSettings
{
    private const string Set =
        "select set_config('platform.legal_entities', $1, true), set_config('platform.warehouses', $2, true), set_config('platform.suppliers', $3, true)";

    /// <summary>For the rest of the transaction, or of the batch when there is none.</summary>
    public static NpgsqlBatchCommand Of(RowScope rows) => new(Set)
    {
        Parameters = { Text(rows.LegalEntities), Text(rows.Warehouses), Text(rows.Suppliers) },
    };

    /// <summary>
    /// Turns the running transaction into that of somebody who is limited. Over a connection of those who are, the role is
    /// theirs already; a session of many commands may begin over another.
    /// </summary>
    internal static async Task ApplyAsync(PlatformDb db, RowScope rows, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db.Connection, db.Transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"set local role {DatabaseAccess.ScopedRole}"));
        batch.BatchCommands.Add(Of(rows));
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter<string> Text(IReadOnlySet<Guid>? ids) =>
        new() { TypedValue = ids is null ? "*" : $"{{{string.Join(',', ids)}}}" };
}

/// <summary>
/// Connections of those who are limited to rows. A pool of their own: a connection that changed roles would plan every
/// statement anew.
/// </summary>
public sealed class ScopedDataSource(NpgsqlDataSource source) : IAsyncDisposable
{
    public NpgsqlDataSource Source => source;

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
