using System.Reflection;
using Platform.Domain.Kernel.Events;
using Platform.GraphQL.Conventions;

namespace Platform.Api.Graph;

/// <summary>The running service itself.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Version">The version of the program that answers.</param>
/// <param name="ServerTime">The time of the server that answers.</param>
/// <param name="EventPosition">The last event published; whoever subscribes from here misses nothing.</param>
[AllowAnonymous]
public sealed record Service(string Name, string Version, DateTimeOffset ServerTime, long EventPosition);

[QueryType]
internal static class ServiceQueries
{
    private static readonly string Version =
        typeof(ServiceQueries).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Who answers, and up to which event it has published.</summary>
    [AllowAnonymous]
    public static async Task<Service> GetServiceAsync(EventReader events, TimeProvider clock, CancellationToken ct) =>
        new("Platform", Version, clock.GetUtcNow(), await events.HeadAsync(ct));
}
