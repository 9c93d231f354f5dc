using Npgsql;
using Platform.Api.Hosting.Postgres;
using Platform.Domain.Kernel.Storage;

namespace Platform.Tests.Support;

/// <summary>One ephemeral PostgreSQL per test process, with a migrated template that every test class clones.</summary>
public sealed class TestCluster
{
    private const string Template = "platform_template";

    private static readonly Lazy<Task<TestCluster>> Shared = new(StartAsync);

    private readonly PrivateCluster _cluster;
    private readonly SemaphoreSlim _oneClone = new(1);
    private int _clones;

    private TestCluster(PrivateCluster cluster) => _cluster = cluster;

    public static Task<TestCluster> SharedAsync() => Shared.Value;

    public string ConnectionStringFor(string database) => _cluster.ConnectionStringFor(database);

    /// <summary>A migrated database of one's own, in some hundredths of a second.</summary>
    public async Task<string> CloneAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _clones)}";
        await _oneClone.WaitAsync();
        try
        {
            await ExecuteAsync($"create database {name} template {Template}");
        }
        finally
        {
            _oneClone.Release();
        }

        return name;
    }

    /// <summary>An empty database, for tests of the migrations themselves.</summary>
    public async Task<string> CreateEmptyAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _clones)}";
        await ExecuteAsync($"create database {name}");
        return name;
    }

    public Task DropAsync(string database) => ExecuteAsync($"drop database if exists {database} with (force)");

    /// <summary>A server of one's own, for tests that kill it.</summary>
    public static Task<TestCluster> StartOwnAsync() => StartAsync();

    public int ServerProcessId => _cluster.ServerProcessId;

    /// <summary>Starts the server again after it was killed; it recovers from its log.</summary>
    public async Task RestartAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await _cluster.RestartAsync(CancellationToken.None);
                return;
            }
            catch (MissingPrerequisiteException) when (attempt < 50)
            {
                await Task.Delay(100); // The killed server's children still hold its shared memory.
            }
        }
    }

    public ValueTask StopAsync() => _cluster.DisposeAsync();

    // The server stops with the process: its guard reads a pipe that the kernel closes.
    private static async Task<TestCluster> StartAsync()
    {
        var binaries = PostgresBinaries.Find(Environment.GetEnvironmentVariable("Platform__Postgres__Bin"))
            ?? throw new MissingPrerequisiteException("The tests need PostgreSQL 15 or newer: apt-get install postgresql");
        var cluster = new TestCluster(await PrivateCluster.StartEphemeralAsync(binaries, CancellationToken.None));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster._cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
        await cluster.ExecuteAsync($"create database {Template}");
        await using var owner = DatabaseAccess.AsOwner(cluster.ConnectionStringFor(Template) + ";Pooling=false");
        await Migrations.ApplyAsync(owner, CancellationToken.None);
        return cluster;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringFor("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }
}
