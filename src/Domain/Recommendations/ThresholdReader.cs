using System.Text.Json;
using Npgsql;
using Platform.Domain.Kernel;

namespace Platform.Domain.Recommendations;

/// <summary>Reads the thresholds in force, for whoever must know before filing what would be refused.</summary>
public static class ThresholdReader
{
    private const string InForce =
        """
        select body from policy_version
        where kind = 'RECOMMENDATION_THRESHOLDS' and status = 'PUBLISHED' and effective_from <= $1
        order by effective_from desc, number desc limit 1
        """;

    public static async Task<RecommendationThreshold> ReadAsync(
        NpgsqlDataSource source, RecommendationKind kind, DateTimeOffset now, CancellationToken ct)
    {
        await using var ask = source.CreateCommand(InForce);
        ask.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return await ask.ExecuteScalarAsync(ct) is string body
            ? JsonSerializer.Deserialize<RecommendationThresholds>(body, KernelJson.Options)!.For(kind)
            : RecommendationThresholds.OfTheHouse(kind);
    }
}
