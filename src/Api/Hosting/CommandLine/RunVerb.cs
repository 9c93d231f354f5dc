using System.CommandLine;
using System.Diagnostics;
using Platform.Api.Hosting.Postgres;
using Platform.Api.Hosting.Settings;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Hosting.CommandLine;

/// <summary>Starts everything and serves until a signal; prints one line <c>ready &lt;url&gt;</c> when it answers.</summary>
internal sealed class RunVerb : IVerb
{
    private const string None = "none";

    private readonly Option<string> _urls = new("--urls")
    {
        Description = "Where to listen, such as http://127.0.0.1:5080; port 0 lets the system choose.",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "What an empty database is filled with: demo or none (default: demo for the private PostgreSQL, else none).",
    };

    private readonly Option<bool> _ephemeral = new("--ephemeral")
    {
        Description = "A private PostgreSQL that is thrown away afterwards.",
    };

    public Command Build()
    {
        _seed.AcceptOnlyFromAmong("demo", None);
        var run = new Command("run", "Starts everything and serves until Ctrl-C.")
        {
            _urls, SharedOptions.Data, _seed, _ephemeral,
        };
        run.Aliases.Add("serve");
        run.SetAction((call, ct) => RunAsync(
            call.GetValue(_urls)!, call.GetValue(_seed), SharedOptions.Database(call, call.GetValue(_ephemeral)), ct));
        return run;
    }

    private static async Task<int> RunAsync(string urls, string? seed, DatabaseChoice choice, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        using var stop = StopSignals.Listen();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, stop.Token);
        try
        {
            await using var database = PlatformDatabase.Of(choice);

            // A machine that is not told otherwise and keeps its own database is somebody's desk.
            var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
                ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
                ?? (database.IsPrivate ? Environments.Development : Environments.Production);
            await using var host = await TogetherAsync(
                PrepareAsync(database, either.Token),
                new HostStart(database.ConnectionString, urls, environment, new Dictionary<string, string?>(StringComparer.Ordinal)));
            await host.StartAsync(either.Token);
            await SeedAsync(host, seed ?? (database.IsPrivate ? "demo" : None), either.Token);
            await Console.Out.WriteLineAsync($"ready {host.Url}");
            await Banner.WriteAsync(host, database, environment, clock.Elapsed);
            await host.WaitForStopAsync(either.Token);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
    }

    /// <summary>The host is built while the database starts and is migrated: one computes, the other mostly waits.</summary>
    private static async Task<PlatformHost> TogetherAsync(Task database, HostStart start)
    {
        PlatformHost host;
        try
        {
            host = PlatformHost.Build(start);
        }
        catch
        {
            // Whoever starts a server waits for it, also to stop it.
            await database.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        try
        {
            await database;
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private static async Task PrepareAsync(PlatformDatabase database, CancellationToken ct)
    {
        await Task.Yield();
        await database.StartAsync(ct);
        await PrepareSchemaAsync(database, ct);
    }

    private static async Task PrepareSchemaAsync(PlatformDatabase database, CancellationToken ct)
    {
        var isAllowed = database.IsPrivate
            || new SettingsReader(SharedOptions.Configuration()).Read().OfType<DatabaseSettings>().Single().MigrateOnStart;
        await using var owner = DatabaseAccess.AsOwner(database.ConnectionString);
        if (isAllowed)
        {
            await Migrations.ApplyAsync(owner, ct);
            return;
        }

        var pending = await Migrations.PendingAsync(owner, ct);
        if (pending.Count > 0)
        {
            throw new MissingPrerequisiteException(
                $"The database lacks {pending.Count} migrations, from {pending[0].Number:0000}_{pending[0].Name} on. "
                + "Run `platform db migrate`, or set Platform__Database__MigrateOnStart=true.");
        }
    }

    private static async Task SeedAsync(PlatformHost host, string name, CancellationToken ct)
    {
        foreach (var seed in Parts.Of<ISeed>().Where(seed => seed.Name == name))
        {
            await seed.PlantAsync(host.Services, ct);
        }
    }
}
