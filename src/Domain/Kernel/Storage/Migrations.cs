using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Platform.Domain.Kernel.Storage;

/// <summary>One step of the schema: <c>0012_items.sql</c>, embedded in the assembly.</summary>
public sealed record Migration(int Number, string Name, string Sql)
{
    public byte[] Checksum { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n")));
}

/// <summary>The database was made by another version of the program, and serving it would be a guess.</summary>
public sealed class SchemaMismatchException(string message) : Exception(message);

/// <summary>Applies the schema's ordered steps, once each, one process at a time.</summary>
public static class Migrations
{
    public static IReadOnlyList<Migration> All { get; } = Load();

    /// <summary>Applies what is missing and returns it. Every step commits on its own, together with its record.</summary>
    public static async Task<IReadOnlyList<Migration>> ApplyAsync(NpgsqlDataSource owner, CancellationToken ct)
    {
        await using var connection = await owner.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, "set lock_timeout = 0", ct);
        await ExecuteAsync(connection, $"select pg_advisory_lock({AdvisoryLocks.Migration})", ct);
        try
        {
            await ExecuteAsync(
                connection,
                """
                create table if not exists schema_migration (
                    number int primary key, name text not null, checksum bytea not null,
                    applied_at timestamptz not null default now())
                """,
                ct);
            var pending = Pending(await AppliedAsync(connection, ct));
            foreach (var migration in pending)
            {
                await ApplyAsync(connection, migration, ct);
            }

            return pending;
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({AdvisoryLocks.Migration})", ct);
        }
    }

    /// <summary>What a database still lacks; throws when it holds steps that this program does not know.</summary>
    public static async Task<IReadOnlyList<Migration>> PendingAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var exists = new NpgsqlCommand("select to_regclass('schema_migration') is not null", connection);
        return await exists.ExecuteScalarAsync(ct) is true
            ? Pending(await AppliedAsync(connection, ct))
            : All;
    }

    private static List<Migration> Pending(Dictionary<int, (string Name, byte[] Checksum)> applied)
    {
        foreach (var (number, (name, _)) in applied)
        {
            if (All.All(migration => migration.Number != number))
            {
                throw new SchemaMismatchException(
                    $"The database holds migration {number:0000}_{name}, which this version does not know. Start the newer version.");
            }
        }

        foreach (var migration in All)
        {
            if (applied.TryGetValue(migration.Number, out var found)
                && !found.Checksum.AsSpan().SequenceEqual(migration.Checksum))
            {
                throw new SchemaMismatchException(
                    $"Migration {migration.Number:0000}_{migration.Name} was changed after it was applied. "
                    + "Add a new step instead, or reset a database that holds nothing of value.");
            }
        }

        return All.Where(migration => !applied.ContainsKey(migration.Number)).ToList();
    }

    private static async Task<Dictionary<int, (string Name, byte[] Checksum)>> AppliedAsync(
        NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select number, name, checksum from schema_migration", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new Dictionary<int, (string, byte[])>();
        while (await reader.ReadAsync(ct))
        {
            applied.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetFieldValue<byte[]>(2)));
        }

        return applied;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await ExecuteAsync(connection, migration.Sql, ct);
        }
        catch (PostgresException fault)
        {
            throw new SchemaMismatchException(
                $"Migration {migration.Number:0000}_{migration.Name} failed{Line(migration.Sql, fault.Position)}: {fault.MessageText}");
        }

        await using var record = new NpgsqlCommand(
            "insert into schema_migration (number, name, checksum) values ($1, $2, $3)", connection, transaction)
        {
            Parameters =
            {
                new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum },
            },
        };
        await record.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static string Line(string sql, int position) =>
        position > 0 && position <= sql.Length
            ? string.Create(CultureInfo.InvariantCulture, $" at line {sql.AsSpan(0, position).Count('\n') + 1}")
            : string.Empty;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static List<Migration> Load()
    {
        var assembly = typeof(Migrations).Assembly;
        var migrations = assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && char.IsAsciiDigit(name[0]))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))
            .ToList();
        var twice = migrations.GroupBy(migration => migration.Number).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? migrations
            : throw new InvalidOperationException($"Two migrations have the number {twice.Key:0000}.");
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        var separator = resource.IndexOf('_', StringComparison.Ordinal);
        return new Migration(
            int.Parse(resource.AsSpan(0, separator), NumberStyles.None, CultureInfo.InvariantCulture),
            resource[(separator + 1)..^".sql".Length],
            reader.ReadToEnd());
    }
}
