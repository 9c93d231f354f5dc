using Platform.GraphQL.Conventions;

namespace Platform.Api.Intelligence;

/// <summary>Whether recommendations can be expected.</summary>
/// <param name="State">In one word.</param>
/// <param name="Why">Why so.</param>
/// <param name="LastLookAt">When lead times were looked at last; null when they never were.</param>
/// <param name="Orders">How many order lines were looked at.</param>
/// <param name="Supplies">How many items at sites were looked at.</param>
[Authorize("recommendations.read")]
public sealed record IntelligenceHealth(IntelligenceState State, string Why, DateTimeOffset? LastLookAt, int Orders, int Supplies);

[QueryType]
internal static class IntelligenceQueries
{
    /// <summary>Whether recommendations can be expected from this node; without them the platform works on its rules.</summary>
    [Authorize("recommendations.read")]
    public static IntelligenceHealth GetIntelligence([Service] IntelligenceStatus status)
    {
        var now = status.Now;
        return new IntelligenceHealth(now.State, now.Why, now.LastLookAt, now.Orders, now.Supplies);
    }
}
