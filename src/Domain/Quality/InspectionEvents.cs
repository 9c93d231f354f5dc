using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality;

/// <summary>Goods wait to be inspected.</summary>
public sealed record InspectionOpened(
    InspectionId Inspection,
    string Number,
    string SourceKind,
    Guid SourceId,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    ItemId Item,
    SupplierId? Supplier,
    decimal Quantity,
    decimal Sample,
    string? Rule,
    string Why,
    DateTimeOffset DueAt) : IEvent
{
    public Subject Subject => new(nameof(Quality.Inspection), Inspection.Value);
}

/// <summary>An inspection took a step; everything a list shows of it stands in the event.</summary>
public sealed record InspectionMoved(
    InspectionId Inspection,
    string Number,
    InspectionStep Step,
    InspectionStatus From,
    InspectionStatus To,
    InspectionVerdict? Verdict,
    decimal Quantity,
    decimal Accepted,
    decimal Rejected,
    decimal Disposed,
    string SourceKind,
    Guid SourceId,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    ItemId Item,
    SupplierId? Supplier,
    int Version,
    string? Reason) : IEvent
{
    public Subject Subject => new(nameof(Quality.Inspection), Inspection.Value);
}
