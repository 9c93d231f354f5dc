using System.Text.Json;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Exceptions;

/// <summary>
/// One thing that is not as it should be, with one id for every function that has to do with it (EXC-05): how bad it is,
/// what is at stake, whose it is, and until when.
/// </summary>
public sealed class ExceptionCase
{
    private ExceptionCase()
    {
    }

    public ExceptionCaseId Id { get; private set; }

    public string Category { get; private set; } = string.Empty;

    public CaseStatus Status { get; private set; }

    public string Title { get; private set; } = string.Empty;

    public string CorrelationKey { get; private set; } = string.Empty;

    /// <summary>The document or record that it is about, and what happened to it.</summary>
    public string SourceKind { get; private set; } = string.Empty;

    public Guid SourceId { get; private set; }

    public string SourceEvent { get; private set; } = string.Empty;

    /// <summary>The larger cause of the first signal: everything done for that request shares it.</summary>
    public Guid CorrelationId { get; private set; }

    public CaseSeverity Severity { get; private set; }

    public ServiceImpact ServiceImpact { get; private set; }

    public decimal? ValueAtStake { get; private set; }

    public string? CurrencyCode { get; private set; }

    public LegalEntityId? LegalEntityId { get; private set; }

    public WarehouseId? WarehouseId { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public CustomerId? CustomerId { get; private set; }

    public ItemId? ItemId { get; private set; }

    /// <summary>Expected, found, tolerated: what the signal knew, as JSON.</summary>
    public string Facts { get; private set; } = "[]";

    /// <summary>What was known of the supplier and the item when the case was opened, as JSON (EXC-13).</summary>
    public string History { get; private set; } = "{}";

    /// <summary>How often it was signalled; the first opened the case, the others joined it (EXC-12).</summary>
    public int Signals { get; private set; }

    public DateTimeOffset LastSignalAt { get; private set; }

    /// <summary>The number of the routing policy that sent it here; null for the category's own queue.</summary>
    public int? RoutedBy { get; private set; }

    /// <summary>The role that answers for it, always (EXC-11).</summary>
    public string Queue { get; private set; } = string.Empty;

    public string[] EscalationPath { get; private set; } = [];

    /// <summary>The person who answers for it.</summary>
    public Guid? OwnerId { get; private set; }

    public string? OwnerName { get; private set; }

    public CalendarId? CalendarId { get; private set; }

    public string TimeZone { get; private set; } = "UTC";

    public int SlaHours { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    /// <summary>What is left of the time while the case waits.</summary>
    public TimeSpan? SlaLeft { get; private set; }

    public DateTimeOffset? WaitUntil { get; private set; }

    public int EscalationLevel { get; private set; }

    public DateTimeOffset? EscalatedAt { get; private set; }

    public CaseOutcome? Outcome { get; private set; }

    public string? RootCause { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    public Guid? ResolvedBy { get; private set; }

    public int Reopened { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static ExceptionCase Open(ExceptionCaseId id, Signal signal, Route route, CaseHistory history, Envelope envelope) => new()
    {
        Id = id,
        Category = signal.Category,
        Status = CaseStatus.New,
        Title = signal.Title,
        CorrelationKey = signal.CorrelationKey,
        SourceKind = signal.Source.Kind,
        SourceId = signal.Source.Id,
        SourceEvent = signal.SourceEvent,
        CorrelationId = envelope.CorrelationId,
        Severity = route.Severity,
        ServiceImpact = signal.ServiceImpact,
        ValueAtStake = signal.ValueAtStake,
        CurrencyCode = signal.Currency,
        LegalEntityId = signal.LegalEntity,
        WarehouseId = signal.Warehouse,
        SupplierId = signal.Supplier,
        CustomerId = signal.Customer,
        ItemId = signal.Item,
        Facts = JsonSerializer.Serialize(signal.Facts, KernelJson.Options),
        History = JsonSerializer.Serialize(history, KernelJson.Options),
        Signals = 1,
        LastSignalAt = envelope.Now,
        RoutedBy = route.PolicyNumber,
        Queue = route.Queue,
        EscalationPath = [.. route.EscalationPath],
        CalendarId = route.Calendar,
        TimeZone = route.TimeZone,
        SlaHours = route.SlaHours,
        DueAt = route.DueAt,
        Version = 1,
        CreatedAt = envelope.Now,
        UpdatedAt = envelope.Now,
    };

    /// <summary>The same again: the case knows the worst that was said of it, and keeps its clock.</summary>
    internal void Join(Signal signal, DateTimeOffset at)
    {
        Signals++;
        LastSignalAt = at;
        Facts = JsonSerializer.Serialize(signal.Facts, KernelJson.Options);
        if (signal.Severity > Severity)
        {
            Severity = signal.Severity.Value;
        }

        if (signal.ServiceImpact > ServiceImpact)
        {
            ServiceImpact = signal.ServiceImpact;
        }

        if (signal.ValueAtStake is { } value && (ValueAtStake is null || (signal.Currency == CurrencyCode && value > ValueAtStake)))
        {
            (ValueAtStake, CurrencyCode) = (value, signal.Currency);
        }

        Touch(at);
    }

    internal void Triage(Triage judged, DateTimeOffset dueAt, DateTimeOffset at)
    {
        Status = CaseSteps.After(Status, CaseStep.Triage);
        (Severity, ServiceImpact, Queue, SlaHours, DueAt) = (judged.Severity, judged.ServiceImpact, judged.Queue, judged.SlaHours, dueAt);
        (OwnerId, OwnerName) = (null, null);
        Touch(at);
    }

    internal void Assign(Guid owner, string name, DateTimeOffset at)
    {
        Status = CaseSteps.After(Status, CaseStep.Assign);
        (OwnerId, OwnerName) = (owner, name);
        Touch(at);
    }

    internal void Start(DateTimeOffset at)
    {
        Status = CaseSteps.After(Status, CaseStep.Start);
        Touch(at);
    }

    internal void Wait(TimeSpan left, DateTimeOffset? until, DateTimeOffset at)
    {
        Status = CaseSteps.After(Status, CaseStep.Wait);
        (SlaLeft, WaitUntil) = (left, until);
        Touch(at);
    }

    internal void Resume(DateTimeOffset dueAt, DateTimeOffset at)
    {
        Status = CaseSteps.After(Status, CaseStep.Resume);
        (SlaLeft, WaitUntil, DueAt) = (null, null, dueAt);
        Touch(at);
    }

    /// <summary>The next queue of the path inherits it; the last one gets it again and again.</summary>
    internal void Escalate(DateTimeOffset dueAt, DateTimeOffset at)
    {
        Status = CaseSteps.After(Status, CaseStep.Escalate);
        Queue = EscalationPath[Math.Min(EscalationLevel, EscalationPath.Length - 1)];
        (OwnerId, OwnerName) = (null, null);
        EscalationLevel++;
        (EscalatedAt, DueAt) = (at, dueAt);
        Touch(at);
    }

    internal void Resolve(CaseOutcome outcome, string? rootCause, Guid by, DateTimeOffset at)
    {
        Status = CaseSteps.After(Status, CaseStep.Resolve);
        (Outcome, RootCause, ResolvedAt, ResolvedBy) = (outcome, rootCause, at, by);
        (SlaLeft, WaitUntil) = (null, null);
        Touch(at);
    }

    internal void Reopen(DateTimeOffset dueAt, DateTimeOffset at)
    {
        Status = CaseSteps.After(Status, CaseStep.Reopen);
        (Outcome, RootCause, ResolvedAt, ResolvedBy) = (null, null, null, null);
        (OwnerId, OwnerName, DueAt) = (null, null, dueAt);
        Reopened++;
        Touch(at);
    }

    internal CaseMoved Moved(CaseStep step, CaseStatus from, string? note) => new(
        Id, step, from, Status, Category, Severity, Queue, OwnerId, DueAt, EscalationLevel, Outcome, LegalEntityId, WarehouseId,
        SupplierId, Version, note);

    private void Touch(DateTimeOffset at)
    {
        Version++;
        UpdatedAt = at;
    }
}
