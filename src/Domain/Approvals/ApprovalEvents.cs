using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Approvals;

/// <summary>Somebody asks for approval.</summary>
public sealed record ApprovalFiled(
    ApprovalRequestId Request,
    string Kind,
    ApprovalStatus Status,
    string SubjectKind,
    Guid SubjectId,
    string Title,
    string Rule,
    IReadOnlyList<string> WaitsFor,
    decimal? Amount,
    string? Currency,
    LegalEntityId? LegalEntity,
    WarehouseId? Warehouse,
    SupplierId? Supplier,
    DateTimeOffset ExpiresAt) : IEvent
{
    public Subject Subject => new(nameof(ApprovalRequest), Request.Value);
}

/// <summary>A request took a step; everything a queue shows of it stands in the event.</summary>
/// <param name="Request">The request.</param>
/// <param name="Move">What happened.</param>
/// <param name="From">Its status before.</param>
/// <param name="To">Its status after.</param>
/// <param name="Step">The step that is asked now, from 0.</param>
/// <param name="WaitsFor">The roles that are asked now.</param>
/// <param name="By">Who did it.</param>
/// <param name="OnBehalfOf">Who lent them the right.</param>
/// <param name="ExecutesAt">Until when the last approver may take it back.</param>
/// <param name="SubjectKind">The kind of document it is about.</param>
/// <param name="SubjectId">The document.</param>
/// <param name="LegalEntity">Its company.</param>
/// <param name="Warehouse">Its site.</param>
/// <param name="Supplier">Its supplier.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="Outcome">What the action answered, as JSON, once it was carried out.</param>
public sealed record ApprovalMoved(
    ApprovalRequestId Request,
    ApprovalMove Move,
    ApprovalStatus From,
    ApprovalStatus To,
    int Step,
    IReadOnlyList<string> WaitsFor,
    string By,
    Guid? OnBehalfOf,
    DateTimeOffset? ExecutesAt,
    string SubjectKind,
    Guid SubjectId,
    LegalEntityId? LegalEntity,
    WarehouseId? Warehouse,
    SupplierId? Supplier,
    string? Reason,
    string? Outcome) : IEvent
{
    public Subject Subject => new(nameof(ApprovalRequest), Request.Value);
}

/// <summary>Who looks at a request, for whom it is, and whether it sleeps; nothing of what it asks changed.</summary>
public sealed record ApprovalDeskChanged(
    ApprovalRequestId Request,
    string? ClaimedBy,
    DateTimeOffset? ClaimedUntil,
    string? AssignedTo,
    DateTimeOffset? SnoozedUntil,
    Guid? SnoozedUntilEventOf,
    bool IsEscalated) : IEvent
{
    public Subject Subject => new(nameof(ApprovalRequest), Request.Value);
}

public sealed record ApprovalCommented(ApprovalRequestId Request, Guid Comment, string Author, string Body) : IEvent
{
    public Subject Subject => new(nameof(ApprovalRequest), Request.Value);
}
