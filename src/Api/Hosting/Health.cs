using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Platform.Domain.Kernel.Events;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, with the reasons when it cannot.
/// Capabilities add their checks to the framework's list.
/// </summary>
internal static class Health
{
    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks()
            .AddCheck<SchemaHealth>("database")
            .AddCheck<PublicationHealth>("events");

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new
            {
                status = report.Status.ToString().ToUpperInvariant(),
                checks = report.Entries.Select(entry => new
                {
                    name = entry.Key,
                    status = entry.Value.Status.ToString().ToUpperInvariant(),
                    reason = entry.Value.Description,
                }),
            },
            JsonSerializerOptions.Web,
            context.RequestAborted);
    }
}

internal sealed class SchemaHealth(NpgsqlDataSource source) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var pending = await Migrations.PendingAsync(source, cancellationToken);
            return pending.Count == 0
                ? HealthCheckResult.Healthy("reachable, schema up to date")
                : HealthCheckResult.Unhealthy($"{pending.Count} migrations are pending: platform db migrate");
        }
        catch (SchemaMismatchException mismatch)
        {
            return HealthCheckResult.Unhealthy(mismatch.Message);
        }
        catch (NpgsqlException)
        {
            // The driver's message may name hosts and users; the log has it.
            return HealthCheckResult.Unhealthy("the database does not answer");
        }
    }
}

internal sealed class PublicationHealth(NpgsqlDataSource source) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var lag = await EventLag.MeasureAsync(source, cancellationToken);
            return lag.IsAlarming
                ? HealthCheckResult.Degraded(
                    $"the oldest unpublished event waits for {lag.OldestUnpublished.TotalSeconds:0} s: a long transaction holds the horizon, or no publisher runs")
                : HealthCheckResult.Healthy($"published up to {lag.Head}");
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Unhealthy("the database does not answer");
        }
    }
}
