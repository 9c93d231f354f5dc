using System.Net;
using System.Security.Cryptography;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

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

/// <summary><c>GET /metrics</c>: for who holds the token, or, without one, for this machine.</summary>
internal sealed class MetricsEndpoint(PullReader reader, TelemetrySettings settings)
{
    private const string Scheme = "Bearer ";

    public async Task ServeAsync(HttpContext http)
    {
        if (!IsAllowed(http))
        {
            http.Response.StatusCode = settings.MetricsToken is null
                ? StatusCodes.Status403Forbidden
                : StatusCodes.Status401Unauthorized;
            return;
        }

        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await http.Response.WriteAsync(await reader.ReadAsync(http.RequestAborted), http.RequestAborted);
    }

    private bool IsAllowed(HttpContext http)
    {
        if (settings.MetricsToken is not { } token)
        {
            return http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
        }

        var given = http.Request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(given[Scheme.Length..])), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }
}
