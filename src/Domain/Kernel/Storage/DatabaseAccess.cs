using Npgsql;

namespace Platform.Domain.Kernel.Storage;

/// <summary>
/// The ways into the database. The application works as <c>platform_api</c>, which may append to the ledger and never
/// change it (I-05), and for those who are limited to rows as <c>platform_scoped</c>, which sees no others; the
/// owner's rights are for migrations and verbs of the command line.
/// </summary>
public static class DatabaseAccess
{
    public const string ApplicationRole = "platform_api";

    public const string ScopedRole = "platform_scoped";

    /// <summary>No lock is waited for longer than 2 s and no statement runs longer than 10 s in a request.</summary>
    private const string RequestSettings =
        "-c lock_timeout=2s -c statement_timeout=10s -c idle_in_transaction_session_timeout=10s -c timezone=UTC";

    private const string OwnerSettings = "-c lock_timeout=60s -c timezone=UTC";

    public static NpgsqlDataSource AsApplication(string connectionString) =>
        Build(connectionString, $"-c role={ApplicationRole} {RequestSettings}", "platform", isHandedOnAsItIs: true);

    /// <summary>Sees nothing until <see cref="RowSettings"/> say what.</summary>
    public static ScopedDataSource AsScoped(string connectionString) =>
        new(Build(connectionString, $"-c role={ScopedRole} {RequestSettings}", "platform scoped", isHandedOnAsItIs: true));

    public static NpgsqlDataSource AsOwner(string connectionString) =>
        Build(connectionString, OwnerSettings, "platform owner", isHandedOnAsItIs: false);

    private static NpgsqlDataSource Build(string connectionString, string settings, string name, bool isHandedOnAsItIs)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = name,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = false,
            NoResetOnClose = isHandedOnAsItIs, // What a request leaves in a session ends with its transaction; see SessionState.
        };
        parts.Options = string.IsNullOrWhiteSpace(parts.Options) ? settings : $"{parts.Options} {settings}";
        return new NpgsqlDataSourceBuilder(parts.ConnectionString) { Name = name }.Build();
    }
}
