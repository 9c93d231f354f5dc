using System.Net;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Platform.Api.Access;

namespace Platform.Api.Hosting.Telemetry;

/// <summary>Collects when somebody reads, and at no other time.</summary>
internal sealed class PullReader(TextExporter pages) : BaseExportingMetricReader(pages)
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The metrics as text; scrapers take turns, because a collection has one result.</summary>
    public async Task<string> ReadAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            Collect();
            return pages.Text;
        }
        finally
        {
            _one.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _one.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Keeps the last collection as Prometheus text.</summary>
internal sealed class TextExporter : BaseExporter<Metric>
{
    public string Text { get; private set; } = string.Empty;

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText();
        foreach (var metric in batch)
        {
            text.Add(metric);
        }

        Text = text.ToString();
        return ExportResult.Success;
    }
}

/// <summary>
/// <c>GET /metrics</c>: for a process on this machine, and from elsewhere for whoever holds <c>metrics.read</c>, such as
/// a scraper with an API key.
/// </summary>
internal sealed class MetricsEndpoint(PullReader reader)
{
    private const string Permission = "metrics.read";

    public async Task ServeAsync(HttpContext http)
    {
        var scraper = Principal.Of(http.User);
        if (!IsOfThisMachine(http) && !scraper.Holds(Permission))
        {
            http.Response.StatusCode = scraper == Principal.Nobody
                ? StatusCodes.Status401Unauthorized
                : StatusCodes.Status403Forbidden;
            return;
        }

        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await http.Response.WriteAsync(await reader.ReadAsync(http.RequestAborted), http.RequestAborted);
    }

    /// <summary>Not somebody far away behind a proxy that runs here.</summary>
    private static bool IsOfThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
}
