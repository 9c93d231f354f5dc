using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Exceptions;

/// <summary>Something went wrong that nobody knew of; the case is in its queue.</summary>
public sealed record CaseOpened(
    ExceptionCaseId Case,
    string Category,
    string Title,
    CaseSeverity Severity,
    ServiceImpact ServiceImpact,
    decimal? ValueAtStake,
    string? Currency,
    string Queue,
    DateTimeOffset DueAt,
    string SourceKind,
    Guid SourceId,
    LegalEntityId? LegalEntity,
    WarehouseId? Warehouse,
    SupplierId? Supplier,
    CustomerId? Customer,
    ItemId? Item) : IEvent
{
    public Subject Subject => new(nameof(ExceptionCase), Case.Value);
}

/// <summary>A signal joined the case that was open about the same (EXC-12).</summary>
public sealed record CaseSignalled(
    ExceptionCaseId Case, int Signals, CaseSeverity Severity, decimal? ValueAtStake, string? Currency, string Queue,
    LegalEntityId? LegalEntity, WarehouseId? Warehouse, SupplierId? Supplier) : IEvent
{
    public Subject Subject => new(nameof(ExceptionCase), Case.Value);
}

/// <summary>A case took a step; everything a queue shows of it stands in the event (EXC-14).</summary>
public sealed record CaseMoved(
    ExceptionCaseId Case,
    CaseStep Step,
    CaseStatus From,
    CaseStatus To,
    string Category,
    CaseSeverity Severity,
    string Queue,
    Guid? Owner,
    DateTimeOffset DueAt,
    int EscalationLevel,
    CaseOutcome? Outcome,
    LegalEntityId? LegalEntity,
    WarehouseId? Warehouse,
    SupplierId? Supplier,
    int Version,
    string? Note) : IEvent
{
    public Subject Subject => new(nameof(ExceptionCase), Case.Value);
}
