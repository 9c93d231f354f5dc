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

    /// <summary>For serving: an external database, or a private server that nobody else uses and that is not started yet.</summary>
    public static PlatformDatabase Of(DatabaseChoice choice)
    {
        if (choice.ConnectionString is { } external)
        {
            return new PlatformDatabase(external, cluster: null, isPrivate: false);
        }

        var cluster = choice.IsEphemeral
            ? PrivateCluster.Ephemeral(choice.Binaries())
            : PrivateCluster.Persistent(choice.Binaries(), choice.Data);
        return new PlatformDatabase(cluster.ConnectionString, cluster, isPrivate: true);
    }

    /// <summary>The same, started.</summary>
    public static async Task<PlatformDatabase> OpenAsync(DatabaseChoice choice, CancellationToken ct)
    {
        var database = Of(choice);
        try
        {
            await database.StartAsync(ct);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>For a verb beside a running host: its server is used when it is up.</summary>
    public static async Task<PlatformDatabase> AttachAsync(DatabaseChoice choice, CancellationToken ct) =>
        choice is { ConnectionString: null, IsEphemeral: false }
        && await PrivateCluster.FindRunningAsync(choice.Binaries(), choice.Data, ct) is { } running
            ? new PlatformDatabase(running, cluster: null, isPrivate: true)
            : await OpenAsync(choice, ct);

    /// <summary>Returns when the database can be asked; one that is not ours is left as it is.</summary>
    public Task StartAsync(CancellationToken ct) => _cluster?.StartAsync(ct) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
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
