using Platform.Api.Reading.Declaring;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Recommendations;
using Platform.Domain.Warehouses;

namespace Platform.Api.Intelligence;

internal sealed class RecommendationType : Readable<Recommendation>
{
    public RecommendationType()
        : base("Recommendation", "recommendations", "recommendations.read")
    {
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Kind, "What it is about.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.Title, "It in one line.");
        Column(row => row.Action, "The command that accepting runs.");
        Column(row => row.ActionInput, "The input of that command, as JSON.");
        Column(row => row.DecidedInput, "What was carried out instead, where somebody edited it, as JSON.");
        Column(row => row.Score, "What was found, such as the lead time in days.");
        Column(row => row.ScoreUnit, "The unit of the score.");
        Column(row => row.BaseScore, "What was planned with; base and contributions add up to the score.");
        Column(row => row.Low, "Four times in five it lies between low and high.");
        Column(row => row.High, "Four times in five it lies between low and high.");
        Column(row => row.Probability, "How probable it is that what was planned no longer suffices, from 0 to 1.");
        Column(row => row.ValueAtStake, "What is expected to be lost in a year if nothing changes.");
        Column(row => row.ModelName, "The model.");
        Column(row => row.ModelVersion, "Its version.");
        Column(row => row.ModelHash, "SHA-256 of the model.");
        Column(row => row.ThresholdNumber, "The version of the thresholds that let it pass; null for those of the house.");
        Column(row => row.AsOf, "What was known then is all it rests on.");
        Column(row => row.Inputs, "What the model was given, as JSON.");
        Column(row => row.InputsHash, "The fingerprint of the inputs.");
        Column(row => row.Counterfactual, "The smallest change that would drop it under the threshold.");
        Column(row => row.TrackRight, "How many of the earlier ones were right.");
        Column(row => row.TrackOf, "Of so many whose outcome was known when it was filed.");
        Column(row => row.Caveats, "What speaks against trusting it, as JSON.");
        Column(row => row.Deadline, "Until when deciding helps.");
        Column(row => row.ExpiresAt, "When it ends by itself.");
        Column(row => row.RejectedBecause, "Why it was rejected.");
        Column(row => row.DecisionNote, "Why, in the words of who decided.");
        Column(row => row.DecidedByName, "Who decided.");
        Column(row => row.DecidedAt, "When it was decided.");
        Column(row => row.Outcome, "Whether it was right, as later deliveries showed.");
        Column(row => row.OutcomeFacts, "What really happened, as JSON.");
        Column(row => row.OutcomeAt, "When that was known.");
        Column(row => row.ProposedByName, "Who recommends it.");
        Column(row => row.ProposedByKind, "What kind of actor recommends it.");
        Column(row => row.ProposedAt, "When it was recommended.");
        Column(row => row.Version);
        Column(row => row.UpdatedAt);
        One<Item>("item", row => row.ItemId, "The item.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Supplier>("supplier", row => row.SupplierId, "The supplier.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of what is at stake.");
        One<ApprovalRequest>("request", row => row.RequestId, "The request by which it is decided; its shown hash is named by whoever does.");
        Many<RecommendationReason>("reasons", row => row.RecommendationId, "Why, in planners' words.");
        Many<RecommendationEvidence>("evidence", row => row.RecommendationId, "The rows behind the reasons.");
        Many<RecommendationAlternative>("alternatives", row => row.RecommendationId, "What else could be done.");
    }
}

internal sealed class RecommendationReasonType : Readable<RecommendationReason>
{
    public RecommendationReasonType()
        : base("RecommendationReason", "recommendationReasons", "recommendations.read")
    {
        ScopedLike<Recommendation>(row => row.RecommendationId);
        Column(row => row.Rank, "1 weighs most.");
        Column(row => row.Code);
        Column(row => row.Says, "The reason in planners' words.");
        Column(row => row.Value, "What it is now.");
        Column(row => row.Unit, "The unit of that.");
        Column(row => row.Usual, "What is usual.");
        Column(row => row.Contribution, "What it adds to the score, with its sign.");
        One<Recommendation>("recommendation", row => row.RecommendationId, "What it speaks for.");
    }
}

internal sealed class RecommendationEvidenceType : Readable<RecommendationEvidence>
{
    public RecommendationEvidenceType()
        : base("RecommendationEvidence", "recommendationEvidence", "recommendations.read")
    {
        ScopedLike<Recommendation>(row => row.RecommendationId);
        Column(row => row.ReasonCode, "The reason it stands behind.");
        Column(row => row.RecordKind, "What kind of record it is.");
        Column(row => row.RecordId, "Which one.");
        Column(row => row.Says, "What it shows.");
        Column(row => row.NotedAt, "When it was noted.");
        One<Recommendation>("recommendation", row => row.RecommendationId, "What it speaks for.");
    }
}

internal sealed class RecommendationAlternativeType : Readable<RecommendationAlternative>
{
    public RecommendationAlternativeType()
        : base("RecommendationAlternative", "recommendationAlternatives", "recommendations.read")
    {
        ScopedLike<Recommendation>(row => row.RecommendationId);
        Column(row => row.Rank, "1 is best.");
        Column(row => row.Kind, "What kind of way it is.");
        Column(row => row.Says, "The way in words.");
        Column(row => row.Effect, "What it would change.");
        Column(row => row.Quantity, "How much, in base units.");
        Column(row => row.Cost, "What it costs.");
        Column(row => row.Days, "How many days it takes.");
        One<Recommendation>("recommendation", row => row.RecommendationId, "Instead of what.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of the cost.");
        One<Warehouse>("fromWarehouse", row => row.FromWarehouseId, "The site that would give.");
        One<Supplier>("supplier", row => row.SupplierId, "Who would deliver.");
    }
}
