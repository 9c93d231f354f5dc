using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Platform.Api.Hosting.Background;

namespace Platform.Api.Hosting.Telemetry;

/// <summary>Starts the meters with the host, and asks the database for its numbers.</summary>
internal sealed class MeasuringWork(
    MeterProvider meters, PlatformMetrics metrics, NpgsqlDataSource source, TimeProvider clock, ILogger<MeasuringWork> logger)
    : RepeatedWork(TimeSpan.FromSeconds(5), clock, logger)
{
    protected override Task WorkAsync(CancellationToken ct) => metrics.MeasureAsync(source, ct);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        meters.ForceFlush((int)TracingWork.LastSending.TotalMilliseconds);
    }
}

/// <summary>Starts tracing with the host, and sends what is left when it stops.</summary>
internal sealed class TracingWork(TracerProvider tracer) : IHostedService
{
    public static readonly TimeSpan LastSending = TimeSpan.FromSeconds(1);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        tracer.ForceFlush((int)LastSending.TotalMilliseconds);
        return Task.CompletedTask;
    }
}
