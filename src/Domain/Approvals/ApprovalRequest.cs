using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Approvals;

/// <summary>
/// A document or an action that others must agree to: what will be done, what was shown for it, who is asked, and how it
/// ended. What was shown never changes.
/// </summary>
public sealed class ApprovalRequest
{
    private ApprovalRequest()
    {
    }

    public ApprovalRequestId Id { get; private set; }

    public string Kind { get; private set; } = string.Empty;

    public ApprovalStatus Status { get; private set; }

    public string SubjectKind { get; private set; } = string.Empty;

    public Guid SubjectId { get; private set; }

    public string Title { get; private set; } = string.Empty;

    public string? Note { get; private set; }

    /// <summary>The command that approving runs.</summary>
    public string Action { get; private set; } = string.Empty;

    /// <summary>Its input, as canonical JSON.</summary>
    public string ActionInput { get; private set; } = "{}";

    /// <summary>What will be otherwise, as JSON.</summary>
    public string Effects { get; private set; } = "[]";

    /// <summary>The facts that must still be so when the action runs, as JSON.</summary>
    public string Preconditions { get; private set; } = "[]";

    /// <summary>SHA-256 of the action and all that was shown; whoever decides names it.</summary>
    public string ShownHash { get; private set; } = string.Empty;

    public decimal? Amount { get; private set; }

    public string? CurrencyCode { get; private set; }

    /// <summary>What the matrix judged: in its currency, with what was split off before; null when nobody knew the rate.</summary>
    public decimal? JudgedAmount { get; private set; }

    public LegalEntityId? LegalEntityId { get; private set; }

    public WarehouseId? WarehouseId { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public string? SupplierCategory { get; private set; }

    public string? Criticality { get; private set; }

    public string? ExceptionType { get; private set; }

    public bool IsOffContract { get; private set; }

    public int? MatrixNumber { get; private set; }

    public string Rule { get; private set; } = string.Empty;

    /// <summary>Who is asked, in order, as JSON.</summary>
    public string Steps { get; private set; } = "[]";

    /// <summary>The step that is asked now, from 0.</summary>
    public int Step { get; private set; }

    public int UndoSeconds { get; private set; }

    /// <summary>A rule let it pass; nobody was asked.</summary>
    public bool IsAutomatic { get; private set; }

    public Guid RequestedBy { get; private set; }

    public Guid RequestedByPerson { get; private set; }

    public string RequestedByName { get; private set; } = string.Empty;

    public ActorKind RequestedByKind { get; private set; }

    public DateTimeOffset RequestedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset EscalatesAt { get; private set; }

    public string EscalationRole { get; private set; } = string.Empty;

    public DateTimeOffset? EscalatedAt { get; private set; }

    public Guid? AssignedTo { get; private set; }

    public string? AssignedToName { get; private set; }

    public Guid? ClaimedBy { get; private set; }

    public string? ClaimedByName { get; private set; }

    public DateTimeOffset? ClaimedUntil { get; private set; }

    public DateTimeOffset? SnoozedAt { get; private set; }

    public DateTimeOffset? SnoozedUntil { get; private set; }

    public Guid? SnoozedUntilEventOf { get; private set; }

    public Guid? ExecutorId { get; private set; }

    public Guid? ExecutorPerson { get; private set; }

    public string? ExecutorName { get; private set; }

    public string[]? ExecutorPermissions { get; private set; }

    public DateTimeOffset? ExecutesAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public Guid? EndedBy { get; private set; }

    public string? EndReason { get; private set; }

    /// <summary>What the action answered, as JSON.</summary>
    public string? Outcome { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static ApprovalRequest File(ApprovalRequestId id, ShownAction shown, ApprovalSheet sheet, ApprovalWay way, Envelope envelope) => new()
    {
        Id = id,
        Kind = sheet.Kind,
        Status = ApprovalStatus.Pending,
        SubjectKind = sheet.Subject.Kind,
        SubjectId = sheet.Subject.Id,
        Title = sheet.Title,
        Note = sheet.Note,
        Action = shown.Action,
        ActionInput = shown.Input,
        Effects = Write(sheet.Effects),
        Preconditions = Write(shown.Preconditions),
        ShownHash = shown.Hash,
        Amount = sheet.Amount,
        CurrencyCode = sheet.Currency,
        JudgedAmount = way.Judged == decimal.MaxValue ? null : way.Judged,
        LegalEntityId = sheet.LegalEntity,
        WarehouseId = sheet.Warehouse,
        SupplierId = sheet.Supplier,
        SupplierCategory = sheet.SupplierCategory,
        Criticality = sheet.Criticality,
        ExceptionType = sheet.ExceptionType,
        IsOffContract = sheet.IsOffContract,
        MatrixNumber = way.MatrixNumber,
        Rule = way.Rule.Name,
        Steps = Write(way.Rule.Steps),
        UndoSeconds = way.Rule.UndoSeconds,
        IsAutomatic = way.IsAutomatic,
        RequestedBy = envelope.Actor.Id,
        RequestedByPerson = envelope.Actor.Person,
        RequestedByName = envelope.Actor.Name,
        RequestedByKind = envelope.Actor.Kind,
        RequestedAt = envelope.Now,
        ExpiresAt = envelope.Now.AddHours(way.Rule.ExpiresAfterHours),
        EscalatesAt = envelope.Now.AddHours(way.Rule.EscalatesAfterHours),
        EscalationRole = way.Rule.EscalationRole,
        Version = 1,
        UpdatedAt = envelope.Now,
    };

    internal IReadOnlyList<ApprovalStep> AllSteps() =>
        JsonSerializer.Deserialize<IReadOnlyList<ApprovalStep>>(Steps, KernelJson.Options)!;

    internal IReadOnlyList<string> WaitsFor() =>
        Status == ApprovalStatus.Pending && !IsAutomatic ? [.. AllSteps()[Step].Seats.Select(seat => seat.Role)] : [];

    internal bool IsClaimedByAnother(Guid actor, DateTimeOffset now) => ClaimedUntil > now && ClaimedBy != actor;

    internal void Agree(int step, DateTimeOffset at)
    {
        Status = ApprovalMoves.After(Status, ApprovalMove.Agree);
        Step = step;
        LetGo(at);
    }

    internal void Approve(Envelope envelope)
    {
        Status = ApprovalMoves.After(Status, ApprovalMove.Approve);
        SetExecutor(envelope);
        ExecutesAt = envelope.Now.AddSeconds(UndoSeconds);
        LetGo(envelope.Now);
    }

    internal void Execute(Envelope executor, string outcome)
    {
        Status = ApprovalMoves.After(Status, ApprovalMove.Execute);
        SetExecutor(executor);
        Outcome = outcome;
        End(executor.Actor.Id, reason: null, executor.Now);
    }

    internal void Undo(DateTimeOffset at)
    {
        Status = ApprovalMoves.After(Status, ApprovalMove.Undo);
        (ExecutorId, ExecutorPerson, ExecutorName, ExecutorPermissions, ExecutesAt) = (null, null, null, null, null);
        Touch(at);
    }

    /// <summary>The ends at which nothing is done.</summary>
    internal void Close(ApprovalMove move, Guid by, string? reason, DateTimeOffset at)
    {
        Status = ApprovalMoves.After(Status, move);
        ExecutesAt = null;
        End(by, reason, at);
    }

    internal void Claim(Actor by, DateTimeOffset until, DateTimeOffset at)
    {
        (ClaimedBy, ClaimedByName, ClaimedUntil) = (by.Id, by.Name, until);
        Touch(at);
    }

    internal void LetGo(DateTimeOffset at)
    {
        (ClaimedBy, ClaimedByName, ClaimedUntil) = (null, null, null);
        Touch(at);
    }

    internal void Snooze(DateTimeOffset? until, Guid? untilEventOf, DateTimeOffset at)
    {
        (SnoozedAt, SnoozedUntil, SnoozedUntilEventOf) = (at, until, untilEventOf);
        LetGo(at);
    }

    internal void Wake(DateTimeOffset at)
    {
        (SnoozedAt, SnoozedUntil, SnoozedUntilEventOf) = (null, null, null);
        Touch(at);
    }

    internal void Reassign(Guid to, string name, DateTimeOffset at)
    {
        (AssignedTo, AssignedToName) = (to, name);
        LetGo(at);
    }

    internal void Escalate(DateTimeOffset at)
    {
        EscalatedAt = at;
        Touch(at);
    }

    internal ApprovalMoved Moved(ApprovalMove move, ApprovalStatus from, string by, Guid? onBehalfOf, string? reason) => new(
        Id, move, from, Status, Step, WaitsFor(), by, onBehalfOf, ExecutesAt, SubjectKind, SubjectId, LegalEntityId, WarehouseId,
        SupplierId, reason, Outcome);

    internal ApprovalDeskChanged Desk() => new(
        Id, ClaimedByName, ClaimedUntil, AssignedToName, SnoozedUntil, SnoozedUntilEventOf, EscalatedAt is not null);

    private static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), KernelJson.Options);

    private void SetExecutor(Envelope envelope)
    {
        (ExecutorId, ExecutorPerson, ExecutorName) = (envelope.Actor.Id, envelope.Actor.Person, envelope.Actor.Name);
        ExecutorPermissions = [.. envelope.Permissions.Order(StringComparer.Ordinal)];
    }

    private void End(Guid by, string? reason, DateTimeOffset at)
    {
        (EndedAt, EndedBy, EndReason) = (at, by, reason);
        (SnoozedAt, SnoozedUntil, SnoozedUntilEventOf) = (null, null, null);
        LetGo(at);
    }

    private void Touch(DateTimeOffset at)
    {
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>The way that the matrix sends a request.</summary>
internal sealed record ApprovalWay(int? MatrixNumber, ApprovalRule Rule, decimal? Judged, bool IsAutomatic);
