using Npgsql;

namespace Platform.Api.Hosting.Settings;

/// <summary>How the host treats the database it is given.</summary>
public sealed class DatabaseSettings : ISettings
{
    public string Section => "Database";

    /// <summary>Bring an external database up to date when the host starts; a private one always is.</summary>
    public bool MigrateOnStart { get; set; }

    public IEnumerable<string> Faults() => [];
}

/// <summary>Where the private PostgreSQL comes from and where it keeps its data.</summary>
public sealed class PostgresSettings : ISettings
{
    public string Section => "Postgres";

    /// <summary>The folder of the programs (initdb, postgres, pg_dump); found by itself when empty.</summary>
    public string? Bin { get; set; }

    /// <summary>The folder of the data; <c>--data</c> goes first.</summary>
    public string? Data { get; set; }

    public IEnumerable<string> Faults()
    {
        if (Bin is not null && !File.Exists(Path.Combine(Bin, "postgres")))
        {
            yield return $"Bin is '{Bin}', which holds no program 'postgres'";
        }
    }
}

public sealed class AuditSettings : ISettings
{
    public string Section => "Audit";

    /// <summary>How often audit rows are sealed.</summary>
    public TimeSpan SealEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A PEM file with the ECDSA P-256 key that signs seals; unsigned when empty.</summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>Where the head of the chain is written every minute; best on another machine's disk.</summary>
    public string? HeadFile { get; set; }

    public IEnumerable<string> Faults()
    {
        if (SealEvery < TimeSpan.FromMilliseconds(100) || SealEvery > TimeSpan.FromMinutes(1))
        {
            yield return $"SealEvery is {SealEvery}, it must lie between 0.1 s and 1 min";
        }

        if (SigningKeyFile is not null && !File.Exists(SigningKeyFile))
        {
            yield return $"SigningKeyFile is '{SigningKeyFile}', which does not exist";
        }

        if (HeadFile is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(HeadFile))))
        {
            yield return $"HeadFile is '{HeadFile}', whose folder does not exist";
        }
    }
}

public sealed class EventSettings : ISettings
{
    public string Section => "Events";

    /// <summary>How long events stay readable; whole months are dropped after it.</summary>
    public int KeepDays { get; set; } = 400;

    public IEnumerable<string> Faults()
    {
        if (KeepDays is < 2 or > 36_500)
        {
            yield return $"KeepDays is {KeepDays}, it must lie between 2 and 36500";
        }
    }
}

/// <summary>What stands outside the section Platform: the connections.</summary>
internal static class Connections
{
    public const string Platform = "ConnectionStrings:Platform";

    public const string Redis = "ConnectionStrings:Redis";

    public static string? FaultOf(string? connectionString)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connectionString);
            return null;
        }
        catch (ArgumentException fault)
        {
            return $"ConnectionStrings__Platform: {fault.Message}";
        }
    }

    /// <summary>Without what opens the door.</summary>
    public static string Masked(string connectionString) =>
        string.Join(';', connectionString.Split(';').Select(part =>
            part.Contains("password", StringComparison.OrdinalIgnoreCase) || part.Contains("pwd", StringComparison.OrdinalIgnoreCase)
                ? part.Split('=')[0] + "=***"
                : part));
}
