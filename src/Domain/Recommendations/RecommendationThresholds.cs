using Platform.Domain.Kernel;
using Platform.Domain.Policies;

namespace Platform.Domain.Recommendations;

/// <summary>From when on something of a kind is recommended, and how much of it in a day.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="LeastProbability">How sure it must be that what was planned no longer suffices.</param>
/// <param name="LeastValueAtStake">How much a year must be at stake.</param>
/// <param name="LeastDeliveries">How many deliveries it must rest on.</param>
/// <param name="MostAgeDays">How old the newest delivery may be.</param>
/// <param name="MostPerDay">How many of the kind are taken in a day.</param>
/// <param name="QuietDays">How long nothing is said of what somebody rejected.</param>
public sealed record RecommendationThreshold(
    RecommendationKind Kind, decimal LeastProbability, decimal LeastValueAtStake, int LeastDeliveries, int MostAgeDays, int MostPerDay, int QuietDays)
{
    internal BelowThreshold? Refuse(GivenScore score, int? number) =>
        Missed(score.Probability, score.ValueAtStake) is var (threshold, least, given) ? new BelowThreshold(threshold, least, given, number) : null;

    /// <summary>The first threshold that is not reached.</summary>
    internal (string Threshold, decimal Least, decimal Given)? Missed(decimal probability, decimal valueAtStake) =>
        probability < LeastProbability ? ("Probability", LeastProbability, probability)
        : valueAtStake < LeastValueAtStake ? ("Value at stake", LeastValueAtStake, valueAtStake)
        : null;

    internal InvalidField? Check(string at) =>
        Field.Known<RecommendationKind>($"{at}.kind", Kind)
        ?? (LeastProbability is < 0m or > 1m ? Field.Invalid($"{at}.leastProbability", "must lie between 0 and 1", null) : null)
        ?? (LeastValueAtStake == 0m ? null : Field.Positive($"{at}.leastValueAtStake", LeastValueAtStake, most: 1_000_000_000m, decimals: 4))
        ?? Field.Whole($"{at}.leastDeliveries", LeastDeliveries, least: 1, most: 1000)
        ?? Field.Whole($"{at}.mostAgeDays", MostAgeDays, least: 1, most: 730)
        ?? Field.Whole($"{at}.mostPerDay", MostPerDay, least: 0, most: 10_000)
        ?? Field.Whole($"{at}.quietDays", QuietDays, least: 0, most: 365);
}

/// <summary>The thresholds of all kinds; a kind that is not named has those of the house.</summary>
public sealed record RecommendationThresholds(IReadOnlyList<RecommendationThreshold> Thresholds)
{
    /// <summary>While nobody published any.</summary>
    public static RecommendationThreshold OfTheHouse(RecommendationKind kind) => new(
        kind, LeastProbability: 0.6m, LeastValueAtStake: 100m, LeastDeliveries: 5, MostAgeDays: 120, MostPerDay: 100, QuietDays: 30);

    internal static async Task<ThresholdsInForce> InForceAsync(PlatformDb db, DateTimeOffset now, CancellationToken ct)
    {
        var policy = await db.FindPolicyInForceAsync<RecommendationThresholds>(PolicyKind.RecommendationThresholds, now, ct);
        return new ThresholdsInForce(policy?.Number, policy?.Body ?? new RecommendationThresholds([]));
    }

    public RecommendationThreshold For(RecommendationKind kind) => Thresholds.FirstOrDefault(one => one.Kind == kind) ?? OfTheHouse(kind);
}

internal sealed record ThresholdsInForce(int? Number, RecommendationThresholds Body)
{
    public RecommendationThreshold For(RecommendationKind kind) => Body.For(kind);
}

/// <summary>Writes the next version of the thresholds, whole; it decides nothing until it was simulated and somebody else publishes it (AIU-18).</summary>
[Needs("recommendations.govern")]
[Refuses<InvalidField>]
public sealed record DraftRecommendationThresholds(RecommendationThresholds Rules, string Note) : ICommand<PolicyDrafted>;

internal sealed class DraftRecommendationThresholdsHandler(PlatformDb db) : ICommandHandler<DraftRecommendationThresholds, PolicyDrafted>
{
    public async Task<Result<PolicyDrafted>> HandleAsync(DraftRecommendationThresholds command, Envelope envelope, CancellationToken ct)
    {
        var given = command.Rules.Thresholds;
        var invalid = Field.Text("note", command.Note, most: 500)
            ?? Field.Whole("thresholds", given.Count, least: 1, most: 20)
            ?? given.Select((one, at) => one.Check($"thresholds.{at}")).FirstOrDefault(found => found is not null)
            ?? (given.Select(one => one.Kind).Distinct().Count() < given.Count
                ? Field.Invalid("thresholds", "must name each kind once", null)
                : null);
        return invalid is not null
            ? invalid
            : await db.DraftPolicyAsync(PolicyKind.RecommendationThresholds, command.Rules, command.Note, envelope, ct);
    }
}

/// <summary>Plays a draft against what was recommended in the last months: what would not have been.</summary>
internal sealed class ThresholdSimulation(PlatformDb db) : IPolicySimulation
{
    private const int Most = 10_000;
    private const int Days = 180;

    public PolicyKind Kind => PolicyKind.RecommendationThresholds;

    public async Task<IReadOnlyList<(string Was, string WouldBe)>> RunAsync(PolicyVersion draft, DateTimeOffset now, CancellationToken ct)
    {
        var rules = draft.Read<RecommendationThresholds>();
        return [.. (await db.FindFiledAsync(now.AddDays(-Days), Most, ct)).Select(made => (
            "filed", rules.For(made.Kind).Missed(made.Probability, made.ValueAtStake) is var (threshold, _, _) ? $"not filed: {threshold}" : "filed"))];
    }
}
