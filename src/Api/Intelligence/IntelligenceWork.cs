using Npgsql;
using Platform.Api.Hosting;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Recommendations.Watching;
using Platform.Intelligence.LeadTime;

namespace Platform.Api.Intelligence;

/// <summary>Whether recommendations can be expected, in one word.</summary>
public enum IntelligenceState
{
    /// <summary>Switched off: the platform works on its rules.</summary>
    Off,

    /// <summary>It has not looked yet.</summary>
    Starting,

    /// <summary>A model scores.</summary>
    OnModel,

    /// <summary>It looks, and the rules speak, because too little is known or the model is no better.</summary>
    OnRules,

    /// <summary>The last look failed or took too long: what stands may be old.</summary>
    Unavailable,
}

/// <summary>How intelligence does on this node; told by the graph, so that nobody waits for what does not come (RES-07).</summary>
internal sealed class IntelligenceStatus
{
    private volatile Seen _seen = new(IntelligenceState.Starting, "It has not looked yet.", LastLookAt: null, Orders: 0, Supplies: 0);

    public Seen Now => _seen;

    public void Set(Seen seen) => _seen = seen;

    public sealed record Seen(IntelligenceState State, string Why, DateTimeOffset? LastLookAt, int Orders, int Supplies);
}

/// <summary>
/// Looks at lead times when deliveries, orders or plans changed, and now and then. Whatever goes wrong here is told and tried
/// again; nothing else of the host waits for it or fails with it.
/// </summary>
internal sealed partial class IntelligenceWork(
    LeadTimeWatch watch, IntelligenceStatus status, IntelligenceSettings settings, NpgsqlDataSource source, TimeProvider clock,
    ILogger<IntelligenceWork> logger) : BackgroundService
{
    private const string Changed =
        """
        select coalesce((select max(recorded_at) from lead_time_observation)::text, '') || (select count(*) from lead_time_observation)
            || coalesce((select max(set_at) from replenishment_policy)::text, '') || coalesce((select max(run_at) from replenishment_run)::text, '')
            || coalesce((select max(agreed_at) from supplier_item_terms)::text, '') || coalesce((select max(ended_at) from approval_request where kind = 'RECOMMENDATION')::text, '')
        """;

    private string? _seen;
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Enabled)
        {
            status.Set(new IntelligenceStatus.Seen(IntelligenceState.Off, "It is switched off on this node.", null, 0, 0));
            return;
        }

        // The host is to be ready first; learning takes a core for a while.
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(settings.LookEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
            {
                await TryAsync(stoppingToken);
            }
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(settings.LookAtMostFor);
        try
        {
            await LookAsync(limit.Token);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; there is nobody to tell.
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The outermost frame of this work: it must not take the host down, and must say that it does not work.
            Failed(logger, fault);
            var why = fault is OperationCanceledException ? $"A look took longer than {settings.LookAtMostFor}." : "The last look failed; the log says why.";
            status.Set(status.Now with { State = IntelligenceState.Unavailable, Why = why });
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var ask = source.CreateCommand(Changed);
        var changed = (string)(await ask.ExecuteScalarAsync(ct))!;
        if (string.Equals(changed, _seen, StringComparison.Ordinal) && now - _lookedAt < settings.LookAtLeastEvery)
        {
            return;
        }

        // Of several nodes one looks at a time; the others would file the same again.
        await using var only = await source.OpenConnectionAsync(ct);
        await using var take = new NpgsqlCommand("select pg_try_advisory_lock($1)", only);
        take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = AdvisoryLocks.LeadTimeWatch });
        if (await take.ExecuteScalarAsync(ct) is not true)
        {
            return;
        }

        try
        {
            var look = await watch.RunAsync(now, ct);
            var state = look.State == ServingState.Serving ? IntelligenceState.OnModel : IntelligenceState.OnRules;
            status.Set(new IntelligenceStatus.Seen(state, look.Why, now, look.Orders, look.Supplies));
            (_seen, _lookedAt) = (changed, now);
        }
        finally
        {
            await using var give = new NpgsqlCommand("select pg_advisory_unlock($1)", only);
            give.Parameters.Add(new NpgsqlParameter<long> { TypedValue = AdvisoryLocks.LeadTimeWatch });
            await give.ExecuteScalarAsync(CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking at lead times failed and will be tried again")]
    private static partial void Failed(ILogger logger, Exception fault);
}

internal sealed class IntelligenceModule : IHostModule
{
    public void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IntelligenceStatus>();
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<IntelligenceSettings>();
            return new LeadTimeWatch(
                provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<CommandRunner>(),
                new LeadTimeWatchOptions(settings.RetrainEvery, settings.MostOrders, settings.MostSupplies));
        });
        services.AddHostedService<IntelligenceWork>();
    }

    public void Map(WebApplication app)
    {
    }
}
