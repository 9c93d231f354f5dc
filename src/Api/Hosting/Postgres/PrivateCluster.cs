using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Platform.Api.Hosting.Postgres;

/// <summary>How a private cluster keeps its data.</summary>
public enum ClusterKind
{
    /// <summary>For work: survives power cuts, stays where it is.</summary>
    Persistent,

    /// <summary>For tests: never flushed to disk, removed when it stops.</summary>
    Ephemeral,
}

/// <summary>What the machine lacks, and the command that mends it.</summary>
public sealed class MissingPrerequisiteException(string message) : Exception(message);

/// <summary>
/// A PostgreSQL server of our own, reachable through a unix socket only. It stops when this process ends, however it
/// ends: the server's guard reads a pipe that the kernel closes for us.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    public const string Superuser = "platform";

    /// <summary>The name of the application's database.</summary>
    public const string DatabaseName = "platform";

    // The shell waits for the pipe to close, then asks the server for a fast shutdown. It outlives a SIGKILL of ours,
    // which exit handlers do not; PR_SET_PDEATHSIG would follow the thread that forked, not the process.
    private const string Guard =
        """
        exec 3<&0 </dev/null; log=$1; shift
        "$@" >>"$log" 2>&1 3<&- & pid=$!
        (read -r _ <&3; kill -INT $pid) 2>/dev/null & reader=$!
        exec 3<&-
        trap 'kill -INT $pid' TERM INT
        wait $pid; code=$?
        while kill -0 $pid 2>/dev/null; do wait $pid; code=$?; done
        kill $reader 2>/dev/null
        exit $code
        """;

    /// <summary>A Ctrl-C reaches every process of the terminal's group; the server must outlive our own graceful stop.</summary>
    private const string SetSid = "/usr/bin/setsid";

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan GuardActsWithin = TimeSpan.FromSeconds(5);

    private readonly PostgresBinaries _binaries;
    private readonly ClusterFolders _folders;
    private readonly ClusterKind _kind;
    private Process? _guard;

    private PrivateCluster(PostgresBinaries binaries, ClusterFolders folders, ClusterKind kind)
    {
        _binaries = binaries;
        _folders = folders;
        _kind = kind;
    }

    public string ConnectionString => ConnectionStringFor(DatabaseName);

    /// <summary>The server's own process; the guard is its parent.</summary>
    public int ServerProcessId =>
        _folders.ServerProcessId() ?? throw new InvalidOperationException("The server does not run.");

    /// <summary>Where the data lies and how it will be reached; nothing runs yet.</summary>
    public static PrivateCluster Persistent(PostgresBinaries binaries, string? folder) =>
        new(binaries, ClusterFolders.Persistent(binaries, folder), ClusterKind.Persistent);

    /// <summary>The same for one that is thrown away.</summary>
    public static PrivateCluster Ephemeral(PostgresBinaries binaries)
    {
        ClusterFolders.SweepOrphans();
        return new PrivateCluster(binaries, ClusterFolders.Ephemeral(), ClusterKind.Ephemeral);
    }

    public static Task<PrivateCluster> StartPersistentAsync(
        PostgresBinaries binaries, string? folder, CancellationToken ct) =>
        StartedAsync(Persistent(binaries, folder), ct);

    public static Task<PrivateCluster> StartEphemeralAsync(PostgresBinaries binaries, CancellationToken ct) =>
        StartedAsync(Ephemeral(binaries), ct);

    /// <summary>The connection string of a persistent cluster that another process runs; null when none does.</summary>
    public static async Task<string?> FindRunningAsync(PostgresBinaries binaries, string? folder, CancellationToken ct)
    {
        using var folders = ClusterFolders.Persistent(binaries, folder);
        var cluster = new PrivateCluster(binaries, folders, ClusterKind.Persistent);
        return await cluster.IsReadyAsync(ct) ? cluster.ConnectionString : null;
    }

    /// <summary>Removes a stopped persistent cluster with all it holds.</summary>
    public static void Remove(PostgresBinaries binaries, string? folder)
    {
        using var folders = ClusterFolders.Persistent(binaries, folder);
        folders.Claim();
        folders.Remove();
    }

    public string ConnectionStringFor(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = _folders.Socket,
            Username = Superuser,
            Database = database,
            MaxPoolSize = 50,
            Timeout = 15,
        }.ConnectionString;

    /// <summary>Makes the data folder and the database where they are missing, and returns when the server answers.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        _folders.Claim();
        await InitialiseAsync(ct);
        await StartServerAsync(ct);
        await CreateDatabaseAsync(ct);
    }

    /// <summary>Starts the server again on the same data after it was killed; the crash tests do.</summary>
    public async Task RestartAsync(CancellationToken ct)
    {
        await StopAsync();
        await StartServerAsync(ct);
    }

    /// <summary>Fast shutdown: sessions are cut, transactions roll back, everything is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_kind is ClusterKind.Ephemeral)
        {
            _folders.Remove();
        }
        else
        {
            _folders.RemoveSocket();
        }

        _folders.Dispose();
    }

    private async Task StopAsync()
    {
        if (_guard is { } guard)
        {
            _guard = null;
            guard.StandardInput.Close();
            await guard.WaitForExitAsync();
            guard.Dispose();
        }
    }

    private static async Task<PrivateCluster> StartedAsync(PrivateCluster cluster, CancellationToken ct)
    {
        try
        {
            await cluster.StartAsync(ct);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private async Task InitialiseAsync(CancellationToken ct)
    {
        if (File.Exists(Path.Combine(_folders.Data, "PG_VERSION")))
        {
            return;
        }

        string[] arguments =
        [
            "-D", _folders.Data, "-U", Superuser, "-A", "trust", "--locale=C", "-E", "UTF8", "--no-instructions",
            .. _kind is ClusterKind.Ephemeral ? ["--no-sync"] : new[] { "--data-checksums" },
        ];
        var start = ClusterFolders.AsServerUser(_binaries.Path("initdb"), arguments);
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        using var initdb = Process.Start(start)!;
        var output = initdb.StandardOutput.ReadToEndAsync(ct);
        var errors = await initdb.StandardError.ReadToEndAsync(ct);
        await output;
        await initdb.WaitForExitAsync(ct);
        if (initdb.ExitCode != 0)
        {
            throw new MissingPrerequisiteException($"initdb failed in {_folders.Data}: {errors.Trim()}");
        }
    }

    /// <summary>We hold the lock, so a server that still runs here has lost its owner: it leaves, or is told to.</summary>
    private async Task AwaitOrphanAsync(CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var isTold = false;
        while (_folders.ServerProcessId() is { } orphan)
        {
            if (!isTold && clock.Elapsed > GuardActsWithin)
            {
                using var kill = Process.Start("kill", ["-INT", orphan.ToString(CultureInfo.InvariantCulture)]);
                isTold = true;
            }

            if (clock.Elapsed > StartsWithin)
            {
                throw new MissingPrerequisiteException($"Process {orphan} still serves {_folders.Data} and does not stop.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
        }
    }

    private async Task StartServerAsync(CancellationToken ct)
    {
        await AwaitOrphanAsync(ct);
        string[] ownSession = File.Exists(SetSid) ? [SetSid, "/bin/sh"] : ["/bin/sh"];
        var start = ClusterFolders.AsServerUser(
            ownSession[0],
            [
                .. ownSession[1..], "-c", Guard, "platform-postgres", _folders.Log,
                _binaries.Path("postgres"), "-D", _folders.Data, "-k", _folders.Socket, .. ClusterSettings.For(_kind),
            ]);
        start.RedirectStandardInput = true;
        _guard = Process.Start(start)!;
        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync(ct))
        {
            if (_guard.HasExited || clock.Elapsed > StartsWithin)
            {
                throw new MissingPrerequisiteException(
                    $"PostgreSQL did not start in {_folders.Data}:{Environment.NewLine}{_folders.LastLogLines()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), ct);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(_folders.Socket, ".s.PGSQL.5432")))
        {
            return false;
        }

        try
        {
            await using var connection = new NpgsqlConnection(ConnectionStringFor("postgres") + ";Pooling=false");
            await connection.OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // Still starting, or recovering after a crash.
        }
    }

    private async Task CreateDatabaseAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringFor("postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection)
        {
            Parameters = { new() { Value = DatabaseName } },
        };
        if (await exists.ExecuteScalarAsync(ct) is null)
        {
            await using var create = new NpgsqlCommand($"create database {DatabaseName}", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
    }
}
