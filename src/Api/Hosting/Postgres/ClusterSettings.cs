namespace Platform.Api.Hosting.Postgres;

/// <summary>The server's settings, given on its command line so that a folder from an older version cannot differ.</summary>
internal static class ClusterSettings
{
    private static readonly string[] Always =
    [
        "listen_addresses=", // The unix socket in a folder of mode 0700 is the only door.
        "max_wal_size=1GB", // 8 GB took 75 s to replay after a crash, 1 GB about one second.
        "checkpoint_timeout=5min",
        "deadlock_timeout=200ms",
        "log_lock_waits=on",
        "log_min_messages=warning",
        "log_destination=stderr",
        "logging_collector=off",
        "timezone=UTC",
        "log_timezone=UTC",
        "jit=off", // Compiling costs more than any of our short queries.
        "autovacuum_vacuum_insert_scale_factor=0.05",
        "synchronous_commit=on", // An answer means the commit is written, in tests too.
    ];

    private static readonly string[] Persistent =
        ["fsync=on", "full_page_writes=on", "shared_buffers=256MB", "max_connections=150"];

    // A killed server loses nothing without fsync, only a killed machine does; and then the tests are gone as well.
    private static readonly string[] Ephemeral =
        ["fsync=off", "full_page_writes=off", "shared_buffers=128MB", "max_connections=300", "autovacuum_naptime=5s"];

    public static IEnumerable<string> For(ClusterKind kind) =>
        Always.Concat(kind is ClusterKind.Ephemeral ? Ephemeral : Persistent)
            .SelectMany(setting => new[] { "-c", setting });
}
