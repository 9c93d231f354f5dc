using System.Diagnostics.Metrics;
using Npgsql;
using Platform.Domain.Kernel.Events;

namespace Platform.Api.Hosting.Telemetry;

/// <summary>A number that a capability lets be observed; found by its registration as a service.</summary>
/// <param name="Name">In the words of OpenTelemetry: what, then of what.</param>
/// <param name="Unit">As OpenTelemetry writes it: <c>s</c>, <c>{stream}</c>.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Read">Cheap: it is read at every scrape.</param>
public sealed record Gauge(string Name, string Unit, string Description, Func<double> Read);

/// <summary>The gauges of the house. What the database knows is asked every few seconds, not by every scraper.</summary>
internal sealed class PlatformMetrics
{
    private EventLag _lag = new(TimeSpan.Zero, 0);

    public PlatformMetrics(IMeterFactory meters, IEnumerable<Gauge> gauges)
    {
        var meter = meters.Create(TelemetryModule.MeterName);
        meter.CreateObservableGauge(
            "platform.events.lag", () => _lag.OldestUnpublished.TotalSeconds, "s",
            "How long the oldest committed event waits for its position.");
        meter.CreateObservableGauge(
            "platform.events.position", () => _lag.Head, "{event}", "The position of the last published event.");
        foreach (var gauge in gauges)
        {
            meter.CreateObservableGauge(gauge.Name, gauge.Read, gauge.Unit, gauge.Description);
        }
    }

    public async Task MeasureAsync(NpgsqlDataSource source, CancellationToken ct) =>
        _lag = await EventLag.MeasureAsync(source, ct);
}
