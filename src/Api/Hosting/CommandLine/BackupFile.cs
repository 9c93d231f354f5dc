using System.Diagnostics;
using Npgsql;
using Platform.Api.Hosting.Postgres;
using Platform.Domain.Kernel.Audit;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Hosting.CommandLine;

/// <summary>Backups by PostgreSQL's own programs, and what a restored database needs before it may serve.</summary>
internal static class BackupFile
{
    public static async Task<int> WriteAsync(
        PlatformDatabase database, PostgresBinaries binaries, string file, CancellationToken ct)
    {
        var unfinished = file + ".new";
        var code = await RunAsync(binaries.Path("pg_dump"), database, ["--format=custom", "--file", unfinished], ct);
        if (code == ExitCode.Ok)
        {
            File.Move(unfinished, file, overwrite: true);
            await Console.Out.WriteLineAsync($"wrote {file} ({new FileInfo(file).Length / 1024} KiB)");
        }

        return code;
    }

    public static async Task<int> RestoreAsync(
        PlatformDatabase database, PostgresBinaries binaries, AuditKey? key, string file, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"There is no file {file}.");
            return ExitCode.Usage;
        }

        await EmptyAsync(database, ct);
        var code = await RunAsync(
            binaries.Path("pg_restore"), database, ["--no-owner", "--exit-on-error", "--single-transaction", file], ct);
        if (code != ExitCode.Ok)
        {
            return code;
        }

        // Transaction ids of this server are not those of the one the dump came from.
        await using var owner = DatabaseAccess.AsOwner(database.ConnectionString);
        await Migrations.ApplyAsync(owner, ct);
        await using (var restamp = owner.CreateCommand("select restamp_events()"))
        {
            await restamp.ExecuteNonQueryAsync(ct);
        }

        await new AuditSealer(owner, TimeProvider.System, key).ResealAsync($"restored from {Path.GetFileName(file)}", ct);
        await Console.Out.WriteLineAsync($"restored {file}");
        return ExitCode.Ok;
    }

    public static async Task<bool> HoldsDataAsync(NpgsqlDataSource owner, CancellationToken ct)
    {
        await using var command = owner.CreateCommand("select to_regclass('audit') is not null");
        if (await command.ExecuteScalarAsync(ct) is not true)
        {
            return false;
        }

        await using var rows = owner.CreateCommand("select exists (select from audit)");
        return await rows.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>The schema as a new database has it; the role exists before anything is granted to it.</summary>
    public static async Task EmptyAsync(PlatformDatabase database, CancellationToken ct)
    {
        await using var owner = DatabaseAccess.AsOwner(database.ConnectionString);
        await using var command = owner.CreateCommand(
            $"""
            drop schema public cascade;
            create schema public;
            grant usage on schema public to public;
            do $$ begin
                if not exists (select from pg_roles where rolname = '{DatabaseAccess.ApplicationRole}') then
                    create role {DatabaseAccess.ApplicationRole} nologin;
                end if;
            end $$;
            """);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<int> RunAsync(
        string program, PlatformDatabase database, string[] arguments, CancellationToken ct)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(program, ["--dbname", connection.Database ?? string.Empty, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = connection.Host,
                ["PGPORT"] = connection.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["PGUSER"] = connection.Username,
                ["PGPASSWORD"] = connection.Password,
            },
        };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode == 0)
        {
            return ExitCode.Ok;
        }

        await Console.Error.WriteLineAsync($"{Path.GetFileName(program)} failed: {errors.Trim()}");
        return ExitCode.Failed;
    }
}
