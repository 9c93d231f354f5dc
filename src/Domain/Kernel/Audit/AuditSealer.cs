using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Kernel.Audit;

/// <summary>
/// Chains the audit rows that can no longer change their order, one sealer at a time. Chaining inside the business
/// transaction would make one row the bottleneck of every writer.
/// </summary>
public sealed class AuditSealer(NpgsqlDataSource source, TimeProvider clock, AuditKey? key)
{
    /// <summary>Seals what is below the horizon; returns how many rows.</summary>
    public async Task<int> SealAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        if (!await HasWorkAsync(connection, ct))
        {
            return 0;
        }

        await using var transaction = await connection.BeginTransactionAsync(ct);
        await LockAsync(connection, ct);
        var last = await LastAsync(connection, ct);
        var horizon = await HorizonAsync(connection, ct);
        var links = await ChainAsync(connection, last, horizon, ct);
        if (links.Count > 0)
        {
            await WriteAsync(connection, links, ct);
            await WriteAsync(
                connection,
                last,
                last with { LastPosition = links[^1].Position, Horizon = horizon, Head = links[^1].Hash, Note = string.Empty },
                ct);
            await transaction.CommitAsync(ct);
        }

        return links.Count;
    }

    /// <summary>
    /// Continues the chain after a restore into another server, where transaction ids start anew. Runs with the owner's
    /// rights, after the unsealed rows took this server's ids.
    /// </summary>
    public async Task ResealAsync(string note, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await LockAsync(connection, ct);
        await ExecuteAsync(connection, "select restamp_audit()", ct);
        var last = await LastAsync(connection, ct);
        await using var own = new NpgsqlCommand("select pg_current_xact_id()", connection);
        var horizon = (ulong)(await own.ExecuteScalarAsync(ct))!;
        await WriteAsync(connection, last, last with { Horizon = horizon, Note = note }, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<bool> HasWorkAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select exists (
                select from audit a
                where a.xid >= coalesce((select horizon from audit_seal order by number desc limit 1), '0'::xid8)
                  and a.xid < pg_snapshot_xmin(pg_current_snapshot())
                  and not exists (select from audit_link l where l.xid = a.xid and l.id = a.id))
            """,
            connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static Task LockAsync(NpgsqlConnection connection, CancellationToken ct) =>
        ExecuteAsync(connection, $"select pg_advisory_xact_lock({AdvisoryLocks.AuditSealer})", ct);

    private static async Task<AuditSeal> LastAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select {AuditSeal.Columns} from audit_seal order by number desc limit 1", connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? AuditSeal.Read(row) : AuditSeal.None;
    }

    /// <summary>Taken before the rows are read: what is below it is decided, and the later snapshot sees all of it.</summary>
    private static async Task<ulong> HorizonAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_snapshot_xmin(pg_current_snapshot())", connection);
        return (ulong)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<List<AuditLink>> ChainAsync(
        NpgsqlConnection connection, AuditSeal last, ulong horizon, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {AuditRow.Columns} from audit a
            where a.xid >= $1 and a.xid < $2 and not exists (select from audit_link l where l.xid = a.xid and l.id = a.id)
            order by a.xid, a.id
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter { Value = last.Horizon, NpgsqlDbType = NpgsqlDbType.Xid8 },
                new NpgsqlParameter { Value = horizon, NpgsqlDbType = NpgsqlDbType.Xid8 },
            },
        };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var links = new List<AuditLink>();
        var (position, hash) = (last.LastPosition, last.Head);
        while (await rows.ReadAsync(ct))
        {
            var row = AuditRow.Read(rows, first: 0);
            position++;
            hash = AuditChain.Next(hash, position, row);
            links.Add(new AuditLink(position, row.Xid, row.Id, hash));
        }

        return links;
    }

    private static async Task WriteAsync(NpgsqlConnection connection, List<AuditLink> links, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy audit_link (position, xid, id, hash) from stdin (format binary)", ct);
        foreach (var link in links)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(link.Position, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(link.Xid, NpgsqlDbType.Xid8, ct);
            await copy.WriteAsync(link.Id, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(link.Hash, NpgsqlDbType.Bytea, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private async Task WriteAsync(NpgsqlConnection connection, AuditSeal last, AuditSeal next, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var seal = next with
        {
            Number = last.Number + 1,
            SealedAt = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
        };
        var digest = AuditChain.Digest(last, seal);
        await using var command = new NpgsqlCommand(
            $"insert into audit_seal ({AuditSeal.Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", connection)
        {
            Parameters =
            {
                new() { Value = seal.Number },
                new() { Value = seal.LastPosition },
                new() { Value = seal.Horizon, NpgsqlDbType = NpgsqlDbType.Xid8 },
                new() { Value = seal.Head },
                new() { Value = seal.SealedAt },
                new() { Value = seal.Note },
                new() { Value = digest },
                new() { Value = (object?)key?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)key?.Sign(digest) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record AuditLink(long Position, ulong Xid, long Id, byte[] Hash);
}
