using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Recommendations;

/// <summary>Something is recommended.</summary>
public sealed record RecommendationFiled(
    RecommendationId Recommendation,
    RecommendationKind Kind,
    RecommendationStatus Status,
    bool IsNew,
    ItemId Item,
    WarehouseId Warehouse,
    SupplierId? Supplier,
    string Title,
    decimal Score,
    decimal Probability,
    decimal ValueAtStake,
    string Currency,
    string Model) : IEvent
{
    public Subject Subject => new(nameof(Recommendation), Recommendation.Value);
}

/// <summary>A recommendation took a step.</summary>
public sealed record RecommendationMoved(
    RecommendationId Recommendation,
    RecommendationKind Kind,
    RecommendationStep Step,
    RecommendationStatus From,
    RecommendationStatus To,
    ItemId Item,
    WarehouseId Warehouse,
    SupplierId? Supplier,
    string Title,
    decimal ValueAtStake,
    string Currency,
    RejectionReason? RejectedBecause,
    OutcomeVerdict? Outcome,
    string? By,
    string? Note) : IEvent
{
    public Subject Subject => new(nameof(Recommendation), Recommendation.Value);
}

/// <summary>More rows speak for what is already recommended.</summary>
public sealed record EvidenceAdded(RecommendationId Recommendation, WarehouseId Warehouse, int Rows) : IEvent
{
    public Subject Subject => new(nameof(Recommendation), Recommendation.Value);
}
