using Platform.Api.Reading.Declaring;
using Platform.Domain.Approvals;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Api.Approvals;

internal sealed class ApprovalRequestType : Readable<ApprovalRequest>
{
    public ApprovalRequestType()
        : base("ApprovalRequest", "approvalRequests", "approvals.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Status, "How far it has come.");
        Column(row => row.SubjectKind, "The kind of document it is about.");
        Column(row => row.SubjectId, "The document it is about.");
        Column(row => row.Title, "What is asked for, in one line.");
        Column(row => row.Note, "What the one who asks says of it.");
        Column(row => row.Action);
        Column(row => row.ActionInput);
        Column(row => row.Effects);
        Column(row => row.Preconditions);
        Column(row => row.ShownHash);
        Column(row => row.Amount, "What is at stake.");
        Column(row => row.JudgedAmount);
        Column(row => row.SupplierCategory, "The category of the supplier.");
        Column(row => row.Criticality, "How critical the item is.");
        Column(row => row.ExceptionType, "The category of the exception behind it.");
        Column(row => row.IsOffContract, "Whether it is bought beside an agreement that exists.");
        Column(row => row.MatrixNumber, "The version of the matrix that sent it.");
        Column(row => row.Rule, "The line of the matrix that sent it.");
        Column(row => row.Steps);
        Column(row => row.Step);
        Column(row => row.UndoSeconds, "How long the last approver may take it back.");
        Column(row => row.IsAutomatic);
        Column(row => row.RequestedBy, "The account that asked.");
        Column(row => row.RequestedByName, "Who asked.");
        Column(row => row.RequestedByKind, "What kind of actor asked.");
        Column(row => row.RequestedAt, "When it was asked for.");
        Column(row => row.ExpiresAt, "When it ends by itself.");
        Column(row => row.EscalatesAt, "When the escalation role may take any seat.");
        Column(row => row.EscalationRole, "The role it is escalated to.");
        Column(row => row.EscalatedAt, "When it was escalated.");
        Column(row => row.AssignedToName, "Who is asked to decide.");
        Column(row => row.ClaimedByName, "Who is looking at it.");
        Column(row => row.ClaimedUntil, "Until when nobody else decides.");
        Column(row => row.SnoozedUntil, "Until when it sleeps.");
        Column(row => row.SnoozedUntilEventOf, "The document whose next event wakes it.");
        Column(row => row.ExecutorName, "Who carries it out.");
        Column(row => row.ExecutesAt, "When it is carried out.");
        Column(row => row.EndedAt, "When it ended.");
        Column(row => row.EndReason, "Why it ended.");
        Column(row => row.Outcome);
        Column(row => row.Version);
        Column(row => row.UpdatedAt);
        One<ApprovalKind>("kind", row => row.Kind, "What is asked for.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of the amount.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Supplier>("supplier", row => row.SupplierId, "The supplier.");
        Many<ApprovalDecision>("decisions", row => row.RequestId, "Who agreed or refused.");
        Many<ApprovalComment>("comments", row => row.RequestId, "What was written beside it.");
    }
}

internal sealed class ApprovalDecisionType : Readable<ApprovalDecision>
{
    public ApprovalDecisionType()
        : base("ApprovalDecision", "approvalDecisions", "approvals.read")
    {
        ScopedLike<ApprovalRequest>(row => row.RequestId);
        Column(row => row.Step, "In which step, from 0.");
        Column(row => row.Role, "In which seat.");
        Column(row => row.Decision, "Yes or no.");
        Column(row => row.ActorName, "Who decided.");
        Column(row => row.PersonId, "The person.");
        Column(row => row.OnBehalfOfPerson);
        Column(row => row.ShownHash, "What they had looked at.");
        Column(row => row.Reason, "Why, in their words.");
        Column(row => row.DecidedAt, "When.");
        Column(row => row.UndoneAt, "When it was taken back.");
        One<ApprovalRequest>("request", row => row.RequestId, "The request.");
    }
}

internal sealed class ApprovalCommentType : Readable<ApprovalComment>
{
    public ApprovalCommentType()
        : base("ApprovalComment", "approvalComments", "approvals.read")
    {
        ScopedLike<ApprovalRequest>(row => row.RequestId);
        Column(row => row.Body, "The text.");
        Column(row => row.Author, "Who wrote it.");
        Column(row => row.At, "When it was written.");
        One<ApprovalRequest>("request", row => row.RequestId, "The request.");
    }
}

internal sealed class ApprovalKindType : Readable<ApprovalKind>
{
    public ApprovalKindType()
        : base("ApprovalKind", "approvalKinds", "approvals.read")
    {
        Shared();
        Column(row => row.Code);
        Column(row => row.Name);
        Column(row => row.NeedsHuman, "Whether a person must decide, whatever the matrix says.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Code);
        Many<ApprovalRequest>("requests", row => row.Kind, "What was asked for.");
    }
}

internal sealed class ApprovalDelegationType : Readable<ApprovalDelegation>
{
    public ApprovalDelegationType()
        : base("ApprovalDelegation", "approvalDelegations", "approvals.read")
    {
        Shared();
        Column(row => row.FromPerson, "The person who lends.");
        Column(row => row.FromName, "Their name.");
        Column(row => row.ToPerson, "The person to whom it is lent.");
        Column(row => row.ToName, "Their name.");
        Column(row => row.ValidFrom, "From when.");
        Column(row => row.ValidUntil, "Until when.");
        Column(row => row.Reason, "Why.");
        Column(row => row.RevokedAt, "When it was taken back.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
    }
}

internal sealed class AutomationLimitType : Readable<AutomationLimit>
{
    public AutomationLimitType()
        : base("AutomationLimit", "automationLimits", "approvals.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.MostPerDay, "How many pass in a day without a person.");
        Column(row => row.MostValuePerDay, "What value passes in a day without a person.");
        Column(row => row.IsStopped);
        Column(row => row.StopReason, "Why nothing passes by itself.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<ApprovalKind>("kind", row => row.Kind, "What passes.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of the value.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company; none means every one.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site; none means every one.");
    }
}
