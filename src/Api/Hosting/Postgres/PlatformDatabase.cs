using Npgsql;
using Platform.Api.Hosting.Settings;

namespace Platform.Api.Hosting.Postgres;

/// <summary>Which database a verb works on, and the private server behind it when there is one.</summary>
public sealed class PlatformDatabase : IAsyncDisposable
{
    private readonly PrivateCluster? _cluster;

    private PlatformDatabase(string connectionString, PrivateCluster? cluster, bool isPrivate)
    {
        ConnectionString = connectionString;
        _cluster = cluster;
        IsPrivate = isPrivate;
    }

    public string ConnectionString { get; }

    /// <summary>Ours alone, so that it may be migrated and reset without asking anybody.</summary>
    public bool IsPrivate { get; }

    public string Description => _cluster is null && !IsPrivate
        ? Connections.Masked(ConnectionString)
        : $"private PostgreSQL in {new NpgsqlConnectionStringBuilder(ConnectionString).Host}";

    /// <summary>For serving: an external database, or a private server that nobody else uses.</summary>
    public static Task<PlatformDatabase> OpenAsync(DatabaseChoice choice, CancellationToken ct) =>
        OpenAsync(choice, attach: false, ct);

    /// <summary>For a verb beside a running host: its server is used when it is up.</summary>
    public static Task<PlatformDatabase> AttachAsync(DatabaseChoice choice, CancellationToken ct) =>
        OpenAsync(choice, attach: true, ct);

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<PlatformDatabase> OpenAsync(DatabaseChoice choice, bool attach, CancellationToken ct)
    {
        if (choice.ConnectionString is { } external)
        {
            return new PlatformDatabase(external, cluster: null, isPrivate: false);
        }

        var binaries = choice.Binaries();
        if (choice.IsEphemeral)
        {
            var passing = await PrivateCluster.StartEphemeralAsync(binaries, ct);
            return new PlatformDatabase(passing.ConnectionString, passing, isPrivate: true);
        }

        if (attach && await PrivateCluster.FindRunningAsync(binaries, choice.Data, ct) is { } running)
        {
            return new PlatformDatabase(running, cluster: null, isPrivate: true);
        }

        var cluster = await PrivateCluster.StartPersistentAsync(binaries, choice.Data, ct);
        return new PlatformDatabase(cluster.ConnectionString, cluster, isPrivate: true);
    }
}

/// <summary>What configuration and command line say about the database.</summary>
public sealed record DatabaseChoice(string? ConnectionString, PostgresSettings Postgres, string? DataOption, bool IsEphemeral)
{
    public string? Data => DataOption ?? Postgres.Data;

    public PostgresBinaries Binaries() =>
        PostgresBinaries.Find(Postgres.Bin) ?? throw new MissingPrerequisiteException(
            """
            No PostgreSQL 15 or newer was found. One of these gives one:
              apt-get install postgresql                    (its programs are enough; no server has to run)
              export Platform__Postgres__Bin=/path/to/bin   (the folder of initdb and postgres)
              export ConnectionStrings__Platform="Host=…"   (a server that exists)
            """);
}
