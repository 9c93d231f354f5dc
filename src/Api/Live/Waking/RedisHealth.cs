using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Api.Live.Waking;

/// <summary>A lost Redis makes events later, not fewer: the node stays ready.</summary>
internal sealed class RedisHealth(RedisLine line) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            !line.IsConfigured ? HealthCheckResult.Healthy("not used: PostgreSQL wakes the nodes")
            : line.IsUp ? HealthCheckResult.Healthy("connected")
            : HealthCheckResult.Degraded("does not answer: PostgreSQL wakes the nodes meanwhile"));
}
