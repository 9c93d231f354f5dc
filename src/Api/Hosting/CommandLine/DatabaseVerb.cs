using System.CommandLine;
using Npgsql;
using Platform.Api.Hosting.Background;
using Platform.Api.Hosting.Postgres;
using Platform.Api.Hosting.Settings;
using Platform.Domain.Kernel.Audit;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Hosting.CommandLine;

/// <summary><c>db migrate|reset|backup|restore|check</c>, on the same database that <c>run</c> would use.</summary>
internal sealed class DatabaseVerb : IVerb
{
    private readonly Argument<string> _file = new("file") { Description = "The backup's file (pg_dump's custom format)." };

    private readonly Option<bool> _yes = new("--yes") { Description = "Yes, everything in this database may go." };

    private readonly Option<bool> _audit = new("--audit") { Description = "Also walk the audit chain from its first row." };

    private readonly Option<string?> _anchor = new("--anchor") { Description = "A head of the audit chain that was exported earlier." };

    public Command Build()
    {
        var migrate = new Command("migrate", "Applies the schema's missing steps.") { SharedOptions.Data };
        migrate.SetAction((call, ct) => WithAsync(call, MigrateAsync, ct));

        var reset = new Command("reset", "Throws everything away and starts with an empty, migrated database.")
        {
            SharedOptions.Data, _yes,
        };
        reset.SetAction((call, ct) => ResetAsync(call, call.GetValue(_yes), ct));

        var backup = new Command("backup", "Writes everything to a file.") { SharedOptions.Data, _file };
        backup.SetAction((call, ct) => WithAsync(
            call, (database, token) => BackupFile.WriteAsync(database, Choice(call).Binaries(), call.GetValue(_file)!, token), ct));

        var restore = new Command("restore", "Replaces everything by a backup.") { SharedOptions.Data, _file, _yes };
        restore.SetAction((call, ct) => WithAsync(
            call, (database, token) => RestoreAsync(database, call, token), ct));

        var check = new Command("check", "Asks the database every invariant; silent when all hold.")
        {
            SharedOptions.Data, _audit, _anchor,
        };
        check.SetAction((call, ct) => WithAsync(
            call, (database, token) => CheckAsync(database, call.GetValue(_audit), call.GetValue(_anchor), token), ct));

        return new Command("db", "The database: migrate, reset, backup, restore, check.") { migrate, reset, backup, restore, check };
    }

    private static DatabaseChoice Choice(ParseResult call) => SharedOptions.Database(call, isEphemeral: false);

    private static async Task<int> WithAsync(
        ParseResult call, Func<PlatformDatabase, CancellationToken, Task<int>> work, CancellationToken ct)
    {
        using var stop = StopSignals.Listen();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, stop.Token);
        await using var database = await PlatformDatabase.AttachAsync(Choice(call), either.Token);
        return await work(database, either.Token);
    }

    private static async Task<int> MigrateAsync(PlatformDatabase database, CancellationToken ct)
    {
        await using var owner = DatabaseAccess.AsOwner(database.ConnectionString);
        var applied = await Migrations.ApplyAsync(owner, ct);
        foreach (var migration in applied)
        {
            await Console.Out.WriteLineAsync($"applied {migration.Number:0000}_{migration.Name}");
        }

        await Console.Out.WriteLineAsync(applied.Count == 0 ? "up to date" : $"{applied.Count} applied");
        return ExitCode.Ok;
    }

    /// <summary>A private database is a folder of ours. What another server keeps goes only when told twice.</summary>
    private static async Task<int> ResetAsync(ParseResult call, bool isConfirmed, CancellationToken ct)
    {
        var choice = Choice(call);
        if (choice.ConnectionString is null)
        {
            PrivateCluster.Remove(choice.Binaries(), choice.Data);
            return await WithAsync(call, MigrateAsync, ct);
        }

        if (!isConfirmed)
        {
            await Console.Error.WriteLineAsync(
                $"This would remove everything from {Connections.Masked(choice.ConnectionString)}. Repeat it with --yes.");
            return ExitCode.Usage;
        }

        return await WithAsync(
            call,
            async (database, token) =>
            {
                await BackupFile.EmptyAsync(database, token);
                return await MigrateAsync(database, token);
            },
            ct);
    }

    private async Task<int> RestoreAsync(PlatformDatabase database, ParseResult call, CancellationToken ct)
    {
        await using var owner = DatabaseAccess.AsOwner(database.ConnectionString);
        if (await BackupFile.HoldsDataAsync(owner, ct) && !call.GetValue(_yes))
        {
            await Console.Error.WriteLineAsync(
                $"{database.Description} holds data, which a restore replaces. Repeat it with --yes.");
            return ExitCode.Usage;
        }

        using var key = Key();
        return await BackupFile.RestoreAsync(database, Choice(call).Binaries(), key, call.GetValue(_file)!, ct);
    }

    private static async Task<int> CheckAsync(PlatformDatabase database, bool isAuditAsked, string? anchor, CancellationToken ct)
    {
        await using var owner = DatabaseAccess.AsOwner(database.ConnectionString);
        var violations = await InvariantCheck.RunAsync(owner, ct);
        foreach (var violation in violations)
        {
            await Console.Out.WriteLineAsync($"{violation.Invariant.Id} is broken: {violation.Invariant.Sentence}");
            foreach (var row in violation.Rows)
            {
                await Console.Out.WriteLineAsync($"  {row}");
            }

            if (violation.MoreExist)
            {
                await Console.Out.WriteLineAsync("  … and more");
            }
        }

        var isSound = !isAuditAsked || await IsAuditSoundAsync(owner, anchor, ct);
        return violations.Count == 0 && isSound ? ExitCode.Ok : ExitCode.Failed;
    }

    private static AuditKey? Key() =>
        KernelWork.SigningKey(new SettingsReader(SharedOptions.Configuration()).Read().OfType<AuditSettings>().Single());

    private static async Task<bool> IsAuditSoundAsync(NpgsqlDataSource owner, string? anchor, CancellationToken ct)
    {
        using var key = Key();
        var exported = anchor is null ? null : AuditHead.Parse(await File.ReadAllTextAsync(anchor, ct));
        var report = await new AuditVerification(owner, key, exported).RunAsync(ct);
        if (!report.IsSound)
        {
            await Console.Out.WriteLineAsync($"I-23 is broken: the audit chain does not verify. {report.Fault}");
        }

        return report.IsSound;
    }
}
