using System.CommandLine;
using Platform.Api.Hosting.Postgres;
using Platform.Api.Hosting.Settings;

namespace Platform.Api.Hosting.CommandLine;

/// <summary>The options that several verbs share, and what they mean together with the configuration.</summary>
internal static class SharedOptions
{
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "The folder of the private PostgreSQL's data (default: /var/lib/platform for root, else the user's state folder).",
    };

    /// <summary>As the host reads it: appsettings.json, appsettings.{Environment}.json, environment variables.</summary>
    public static IConfigurationRoot Configuration()
    {
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? "Production";
        return new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment}.json", optional: true)
            .AddEnvironmentVariables()
            .Build();
    }

    public static DatabaseChoice Database(ParseResult call, bool isEphemeral)
    {
        var configuration = Configuration();
        var settings = new SettingsReader(configuration).Read();
        return new DatabaseChoice(
            configuration[Connections.Platform], settings.OfType<PostgresSettings>().Single(), call.GetValue(Data), isEphemeral);
    }
}
