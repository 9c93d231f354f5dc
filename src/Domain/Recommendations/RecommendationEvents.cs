using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Recommendations;

/// <summary>Something is recommended.</summary>
/// <param name="Recommendation">The recommendation.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="IsNew">Whether it is another one, and not more of an open one.</param>
/// <param name="Item">The item.</param>
/// <param name="Warehouse">The site.</param>
/// <param name="Supplier">The supplier.</param>
/// <param name="Title">It in one line.</param>
/// <param name="Score">What was found, such as the lead time in days.</param>
/// <param name="Probability">How probable it is that what was planned no longer suffices.</param>
/// <param name="ValueAtStake">What is expected to be lost in a year if nothing changes.</param>
/// <param name="Currency">The currency of that.</param>
/// <param name="Model">Which model, with its version.</param>
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
/// <param name="Recommendation">The recommendation.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Step">What happened.</param>
/// <param name="From">How far it had come before.</param>
/// <param name="To">How far it has come.</param>
/// <param name="Item">The item.</param>
/// <param name="Warehouse">The site.</param>
/// <param name="Supplier">The supplier.</param>
/// <param name="Title">It in one line.</param>
/// <param name="ValueAtStake">What is expected to be lost in a year if nothing changes.</param>
/// <param name="Currency">The currency of that.</param>
/// <param name="RejectedBecause">Why it was rejected.</param>
/// <param name="Outcome">Whether it was right, as later deliveries showed.</param>
/// <param name="By">Who decided.</param>
/// <param name="Note">Why, in words.</param>
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
/// <param name="Recommendation">The recommendation.</param>
/// <param name="Warehouse">The site.</param>
/// <param name="Rows">How many rows were added.</param>
public sealed record EvidenceAdded(RecommendationId Recommendation, WarehouseId Warehouse, int Rows) : IEvent
{
    public Subject Subject => new(nameof(Recommendation), Recommendation.Value);
}
