using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using Platform.Api.Hosting.Background;
using Platform.Api.Hosting.Settings;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Hosting;

/// <summary>What a host is started with.</summary>
/// <param name="ConnectionString">The database, migrated.</param>
/// <param name="Urls">Where to listen; port 0 lets the system choose.</param>
/// <param name="Environment">Development or Production.</param>
/// <param name="Configuration">More configuration, above every other source.</param>
public sealed record HostStart(
    string ConnectionString, string Urls, string Environment, IReadOnlyDictionary<string, string?> Configuration)
{
    /// <summary>What time it is; a history that is played through has a clock of its own.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>The running application: web server, domain, background work. It knows the capabilities only as modules.</summary>
public sealed class PlatformHost : IAsyncDisposable
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(4);

    private readonly WebApplication _app;
    private readonly NpgsqlDataSource _application;

    private PlatformHost(WebApplication app, NpgsqlDataSource application)
    {
        _app = app;
        _application = application;
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens, with the port that the system chose.</summary>
    public string Url =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<PlatformHost> StartAsync(HostStart start, CancellationToken ct)
    {
        var host = Build(start);
        try
        {
            await host.StartAsync(ct);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything that needs no database, the schema above all: it may be made while the database starts.</summary>
    public static PlatformHost Build(HostStart start)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            EnvironmentName = start.Environment,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(start.Configuration);
        foreach (var settings in new SettingsReader(builder.Configuration).Read())
        {
            builder.Services.AddSingleton(settings.GetType(), settings);
        }

        var application = DatabaseAccess.AsApplication(start.ConnectionString);
        AddLogging(builder);
        builder.WebHost.UseUrls(start.Urls);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopsWithin);
        builder.Services.AddSingleton(start.Clock);
        builder.Services.AddDomain(application);
        builder.Services.AddSingleton(_ => DatabaseAccess.AsScoped(start.ConnectionString));
        builder.Services.AddBackgroundWork();
        builder.Services.AddHealth();
        var modules = Parts.Of<IHostModule>().ToList();
        modules.ForEach(module => module.AddServices(builder));

        var app = builder.Build();
        app.MapHealth();
        modules.ForEach(module => module.Map(app));
        return new PlatformHost(app, application);
    }

    /// <summary>Serves; the database must be there and migrated.</summary>
    public Task StartAsync(CancellationToken ct) => _app.StartAsync(ct);

    /// <summary>Until a signal asks it to stop.</summary>
    public Task WaitForStopAsync(CancellationToken ct) => _app.WaitForShutdownAsync(ct);

    /// <summary>Stops accepting, lets what runs finish, stops the background work, gives the connections back.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopsWithin);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
        await _application.DisposeAsync();
    }

    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        if (builder.Environment.IsProduction())
        {
            builder.Logging.AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat) = (true, "O"));
        }
        else
        {
            builder.Logging.AddSimpleConsole(options =>
                (options.SingleLine, options.TimestampFormat, options.ColorBehavior) =
                    (true, "HH:mm:ss ", Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default));
        }

        // The line `ready <url>` and what verbs print are standard output; logs are not.
        builder.Logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
