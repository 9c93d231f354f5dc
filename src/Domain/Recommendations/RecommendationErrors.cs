using Platform.Domain.Kernel;

namespace Platform.Domain.Recommendations;

public sealed record RecommendationNotFound(RecommendationId Recommendation) : DomainError
{
    public override string Message => $"There is no recommendation {Recommendation}.";
}

public sealed record WrongRecommendationStatus(RecommendationId Recommendation, RecommendationStatus Status, RecommendationStep Step) : DomainError
{
    public override string Message => $"Recommendation {Recommendation} is {Status}: there is no step {Step} from there.";
}

/// <summary>Contributions that do not add up to the score explain something else.</summary>
/// <param name="Score">The score.</param>
/// <param name="Sum">What base and contributions add up to.</param>
public sealed record ReasonsDoNotAddUp(decimal Score, decimal Sum) : DomainError
{
    public override string Message => $"Base and contributions add up to {Sum}, the score is {Score}.";
}

/// <summary>Too little is at stake, or too little is sure, to take somebody's time (AIU-18).</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Least">The least that is recommended.</param>
/// <param name="Given">What was given.</param>
/// <param name="PolicyNumber">The version of the thresholds; null for those of the house.</param>
public sealed record BelowThreshold(string Threshold, decimal Least, decimal Given, int? PolicyNumber) : DomainError
{
    public override string Message => $"{Threshold} is {Given}, less than {Least}: nothing is recommended.";
}

/// <summary>More in a day would hide what is important .</summary>
public sealed record TooManyToday(RecommendationKind Kind, int Most) : DomainError
{
    public override string Message => $"{Most} recommendations of kind {Kind} were filed today; no more are taken.";
}

/// <summary>Somebody decided about the same not long ago.</summary>
public sealed record RejectedLately(RecommendationId Recommendation, RejectionReason Because, DateTimeOffset At) : DomainError
{
    public override string Message => $"The same was rejected at {At:u} ({Because}); it is not recommended again so soon.";
}
