using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.Api.Hosting.Settings;
using Platform.GraphQL.Diagnostics;

namespace Platform.Api.Hosting.Telemetry;

public sealed class TelemetrySettings : ISettings
{
    public string Section => "Telemetry";

    /// <summary>The part of all requests that is traced, where a collector is named by OTEL_EXPORTER_OTLP_ENDPOINT.</summary>
    public double TracedPart { get; set; } = 1;

    public IEnumerable<string> Faults()
    {
        if (TracedPart is not (>= 0 and <= 1))
        {
            yield return $"TracedPart is {TracedPart}, it must lie between 0 and 1";
        }
    }
}

/// <summary><c>/metrics</c> for a scraper, and traces and metrics for a collector where one is configured.</summary>
internal sealed class TelemetryModule : IHostModule
{
    public const string MeterName = "Platform";

    private const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Past so many different labels they are counted together.</summary>
    private const int MostLabels = 500;

    private static readonly double[] _seconds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly double[] _points = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PlatformMetrics>();
        builder.Services.AddSingleton<TextExporter>();
        builder.Services.AddSingleton<PullReader>();
        builder.Services.AddSingleton<MetricsEndpoint>();
        builder.Services.AddSingleton(Metrics);
        builder.Services.AddHostedService<MeasuringWork>();
        if (builder.Configuration[CollectorVariable] is not null)
        {
            builder.Services.AddSingleton(Traces);
            builder.Services.AddHostedService<TracingWork>();
        }
    }

    public void Map(WebApplication app) =>
        app.MapGet("/metrics", (HttpContext http, MetricsEndpoint metrics) => metrics.ServeAsync(http));

    private static MeterProvider Metrics(IServiceProvider services)
    {
        var reader = services.GetRequiredService<PullReader>();
        var own = services.GetRequiredService<IMeterFactory>();
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Self())
            .AddMeter(MeterName, GraphQLDiagnostics.Name, "Microsoft.AspNetCore.*", "System.Runtime", "Npgsql")
            .AddView(instrument => IsOfAnotherHost(instrument, own) ? MetricStreamConfiguration.Drop : null)
            .AddView("*.duration", Buckets(_seconds))
            .AddView("graphql.server.operation.cost", Buckets(_points))
            .AddReader(reader);
        if (services.GetRequiredService<IConfiguration>()[CollectorVariable] is not null)
        {
            builder.AddOtlpExporter();
        }

        return builder.Build();
    }

    /// <summary>Two hosts may share a process; each tells its own gauges.</summary>
    private static bool IsOfAnotherHost(Instrument instrument, IMeterFactory own) =>
        instrument.Meter.Name == MeterName && !ReferenceEquals(instrument.Meter.Scope, own);

    private static ExplicitBucketHistogramConfiguration Buckets(double[] boundaries) =>
        new() { Boundaries = boundaries, CardinalityLimit = MostLabels };

    /// <summary>Spans name the operation, its fields' batches and every SQL text; values of variables are in none.</summary>
    private static TracerProvider Traces(IServiceProvider services) =>
        Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Self())
            .SetSampler(new ParentBasedSampler(
                new TraceIdRatioBasedSampler(services.GetRequiredService<TelemetrySettings>().TracedPart)))
            .AddSource(GraphQLDiagnostics.Name, "Npgsql", "Microsoft.AspNetCore")
            .AddOtlpExporter()
            .Build();

    private static ResourceBuilder Self() => ResourceBuilder.CreateDefault().AddService("platform");
}
