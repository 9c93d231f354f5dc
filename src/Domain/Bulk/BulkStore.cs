using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Kernel;

namespace Platform.Domain.Bulk;

/// <summary>A job as the node that works on it sees it.</summary>
public sealed record BulkWork(
    BulkJobId Job,
    BulkKind Kind,
    string Document,
    string? Variables,
    ExportFormat? Format,
    ImportPolicy? Policy,
    bool IsDryRun,
    BulkFileId? File,
    IReadOnlyList<string>? Columns,
    Actor Actor,
    IReadOnlySet<string> Permissions,
    BulkProgress Progress,
    Guid Lease,
    int Attempts);

/// <summary>A file that came whole.</summary>
public sealed record BulkUpload(
    BulkFileId File, Guid Owner, string Name, long Bytes, int Lines, string[]? Columns, DateTimeOffset At, DateTimeOffset Expires);

/// <summary>How far a job is, and where it goes on.</summary>
public sealed record BulkProgress(long Done, long Refused, string? Position, long Bytes);

/// <summary>
/// The working side of jobs: who works on which, how far they are, and the pieces of their files. A piece and the progress
/// it stands for are written by one statement, so a node that takes over goes on exactly where the other stopped.
/// </summary>
public sealed class BulkStore(NpgsqlDataSource source)
{
    private const string Claim =
        """
        update bulk_job set status = 'RUNNING', lease = $1, leased_until = $2, attempts = attempts + 1, started_at = coalesce(started_at, $3)
        where id = (
            select id from bulk_job
            where status = 'WAITING' or (status = 'RUNNING' and leased_until < $3)
            order by created_at, id limit 1 for update skip locked)
        returning id, kind, document, variables, format, policy, is_dry_run, file_id, actor_kind, actor_id, person_id, actor_name,
            permissions, done, refused, position, bytes, attempts, (select f.columns from bulk_file f where f.id = file_id)
        """;

    private const string Advance =
        """
        with moved as (
            update bulk_job set done = $4, refused = $5, position = $6, bytes = $7, leased_until = $8, pieces = pieces + 1
            where id = $1 and lease = $2 and status = 'RUNNING' returning id, pieces)
        insert into bulk_piece (of_id, number, body) select id, pieces, $3 from moved
        """;

    /// <summary>The oldest job that waits, or whose node has not been heard of; null when there is none.</summary>
    public async Task<BulkWork?> ClaimAsync(DateTimeOffset now, TimeSpan leaseFor, CancellationToken ct)
    {
        var lease = Guid.CreateVersion7(now);
        await using var command = source.CreateCommand(Claim);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = lease });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now + leaseFor });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? await WorkOfAsync(row, lease, ct) : null;
    }

    /// <summary>Writes a piece and the progress it stands for; false when the job was cancelled or another node has it.</summary>
    public async Task<bool> AdvanceAsync(
        BulkWork work, ReadOnlyMemory<byte> piece, BulkProgress progress, DateTimeOffset leasedUntil, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Advance);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = work.Job.Value });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = work.Lease });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = piece, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Done });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Refused });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)progress.Position ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Bytes });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = leasedUntil });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Keeps a job that takes its time; false when it is no longer ours.</summary>
    public async Task<bool> RenewAsync(BulkWork work, DateTimeOffset leasedUntil, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            "update bulk_job set leased_until = $3 where id = $1 and lease = $2 and status = 'RUNNING'");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = work.Job.Value });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = work.Lease });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = leasedUntil });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    public async Task AddPieceAsync(BulkFileId file, int number, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        await using var command = source.CreateCommand("insert into bulk_piece (of_id, number, body) values ($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = file.Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = body, NpgsqlDbType = NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>An upload is there once it is whole.</summary>
    public async Task AddFileAsync(BulkUpload upload, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            "insert into bulk_file (id, owner_id, name, bytes, lines, created_at, expires_at, columns) values ($1, $2, $3, $4, $5, $6, $7, $8)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = upload.File.Value });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = upload.Owner });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = upload.Name });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upload.Bytes });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = upload.Lines });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = upload.At });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = upload.Expires });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)upload.Columns ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The next piece of a file or result; null at its end.</summary>
    public async Task<byte[]?> PieceAsync(Guid of, int number, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select body from bulk_piece where of_id = $1 and number = $2");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = of });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        return (byte[]?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Forgets what is past its time: uploads by their own date, results and jobs some time after their end.</summary>
    public async Task SweepAsync(DateTimeOffset now, TimeSpan keepResults, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            with files as (delete from bulk_file where expires_at < $1 returning id),
                jobs as (delete from bulk_job where ended_at < $2 returning id)
            delete from bulk_piece where of_id in (select id from files union all select id from jobs)
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - keepResults });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<BulkWork> WorkOfAsync(NpgsqlDataReader row, Guid lease, CancellationToken ct)
    {
        var permissions = (await row.GetFieldValueAsync<string[]>(12, ct)).ToHashSet(StringComparer.Ordinal);
        return new BulkWork(
            new BulkJobId(row.GetGuid(0)),
            Word<BulkKind>(row.GetString(1)),
            row.GetString(2),
            row.IsDBNull(3) ? null : row.GetString(3),
            row.IsDBNull(4) ? null : Word<ExportFormat>(row.GetString(4)),
            row.IsDBNull(5) ? null : Word<ImportPolicy>(row.GetString(5)),
            row.GetBoolean(6),
            row.IsDBNull(7) ? null : new BulkFileId(row.GetGuid(7)),
            row.IsDBNull(18) ? null : await row.GetFieldValueAsync<string[]>(18, ct),
            new Actor(Word<ActorKind>(row.GetString(8)), row.GetGuid(9), row.GetGuid(10), row.GetString(11)),
            permissions,
            new BulkProgress(row.GetInt64(13), row.GetInt64(14), row.IsDBNull(15) ? null : row.GetString(15), row.GetInt64(16)),
            lease,
            row.GetInt32(17));
    }

    private static TEnum Word<TEnum>(string text)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(text.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true);
}
