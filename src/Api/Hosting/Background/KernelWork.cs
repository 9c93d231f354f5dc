using Npgsql;
using Platform.Api.Hosting.Settings;
using Platform.Domain.Kernel.Audit;
using Platform.Domain.Kernel.Events;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Hosting.Background;

internal static class KernelWork
{
    public static void AddBackgroundWork(this IServiceCollection services)
    {
        services.AddSingleton<EventPublisher>();
        services.AddSingleton(provider => new AuditSealer(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<TimeProvider>(),
            SigningKey(provider.GetRequiredService<AuditSettings>())));
        services.AddHostedService<PublishingWork>();
        services.AddHostedService<ListeningWork>();
        services.AddHostedService<SealingWork>();
        services.AddHostedService<HousekeepingWork>();
        services.AddHostedService<ClockWork>();
        services.AddHostedService<ScheduleWork>();
    }

    /// <summary>The key outside the database; null when seals are not signed.</summary>
    public static AuditKey? SigningKey(AuditSettings settings) =>
        settings.SigningKeyFile is { } file ? AuditKey.FromPem(File.ReadAllText(file)) : null;
}

/// <summary>Stamps positions as long as the host runs.</summary>
internal sealed class PublishingWork(EventPublisher publisher) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => publisher.RunAsync(stoppingToken);
}

/// <summary>Wakes this node's readers when any node publishes.</summary>
internal sealed class ListeningWork(EventFeed feed) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => feed.ListenAsync(stoppingToken);
}

/// <summary>Work that repeats, survives an outage of the database, and says so in the log.</summary>
internal abstract partial class RepeatedWork(TimeSpan interval, TimeProvider clock, ILogger logger) : BackgroundService
{
    protected abstract Task WorkAsync(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WorkAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
            {
                Failed(logger, fault, GetType().Name);
            }

            await Task.Delay(interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} failed and will be repeated")]
    private static partial void Failed(ILogger logger, Exception fault, string work);
}

/// <summary>Chains audit rows, and writes the head of the chain to its second place every minute.</summary>
internal sealed class SealingWork(
    AuditSealer sealer, AuditSettings settings, NpgsqlDataSource source, TimeProvider clock, ILogger<SealingWork> logger)
    : RepeatedWork(settings.SealEvery, clock, logger)
{
    private static readonly TimeSpan HeadEvery = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock = clock;
    private DateTimeOffset _headDue = DateTimeOffset.MinValue;

    protected override async Task WorkAsync(CancellationToken ct)
    {
        await sealer.SealAsync(ct);
        if (settings.HeadFile is { } file && _clock.GetUtcNow() >= _headDue
            && await AuditHead.ReadAsync(source, ct) is { } head)
        {
            await head.WriteAsync(file, ct);
            _headDue = _clock.GetUtcNow() + HeadEvery;
        }
    }
}

/// <summary>Makes the partitions of the months to come, drops what is past its time, forgets old keys.</summary>
internal sealed class HousekeepingWork(
    NpgsqlDataSource source, EventSettings events, TimeProvider clock, ILogger<HousekeepingWork> logger)
    : RepeatedWork(TimeSpan.FromHours(1), clock, logger)
{
    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken ct)
    {
        await Housekeeping.RunAsync(source, TimeSpan.FromDays(events.KeepDays), ct);
        await KeySweep.RunAsync(source, _clock.GetUtcNow(), ct);
    }
}
