using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

public sealed record ApprovalRequestNotFound(ApprovalRequestId Request) : DomainError
{
    public override string Message => $"There is no request for approval {Request}.";
}

public sealed record WrongApprovalStatus(ApprovalRequestId Request, ApprovalStatus Status, ApprovalMove Move) : DomainError
{
    public override string Message => $"Request {Request} is {Status}: there is no step {Move} from there.";
}

/// <summary>Decisions are people's (I-16).</summary>
public sealed record OnlyPeopleDecide(ActorKind Kind) : DomainError
{
    public override string Message => $"Only a person decides about a request; this is a {Kind}.";
}

/// <summary>Nobody decides about what they asked for, from whichever account (APR-05).</summary>
public sealed record OwnRequest(ApprovalRequestId Request, Guid Person) : DomainError
{
    public override string Message => $"Request {Request} was made by the same person who would decide about it.";
}

/// <summary>The right to decide was lent by the very person who asks (APR-05).</summary>
public sealed record OwnRequestThroughDelegation(ApprovalRequestId Request, Guid LentBy) : DomainError
{
    public override string Message => $"Request {Request} was made by the person who lent the right to decide about it.";
}

/// <summary>What the approver looked at is not what was filed.</summary>
public sealed record ShownSomethingElse(ApprovalRequestId Request, string ShownHash) : DomainError
{
    public override string Message => $"Request {Request} shows {ShownHash}; the decision names something else. Look at it again.";
}

public sealed record ClaimedByAnother(ApprovalRequestId Request, string ClaimedBy, DateTimeOffset Until) : DomainError
{
    public override string Message => $"{ClaimedBy} is looking at request {Request} until {Until:O}.";
}

/// <summary>One person has one voice, however many roles they hold.</summary>
public sealed record DecidedAlready(ApprovalRequestId Request, Guid Person) : DomainError
{
    public override string Message => $"The same person has agreed to request {Request} before; somebody else is asked now.";
}

public sealed record NotAnApprover(ApprovalRequestId Request, IReadOnlyList<string> Roles) : DomainError
{
    public override string Message => $"Request {Request} waits for {string.Join(" and ", Roles)}.";

    public bool Equals(NotAnApprover? other) => other is not null && Request == other.Request && Roles.SequenceEqual(other.Roles, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Request, Roles.Count);
}

/// <summary>What was shown is no longer so; nothing was done (R-52).</summary>
public sealed record PreconditionsChanged(ApprovalRequestId Request, IReadOnlyList<FactChange> Changes) : DomainError
{
    public override string Message =>
        $"Request {Request} was shown with other facts: {string.Join(", ", Changes.Select(one => $"{one.Kind} {one.Fact} was {one.Was ?? "nothing"}, is {one.Now ?? "nothing"}"))}.";

    public bool Equals(PreconditionsChanged? other) =>
        other is not null && Request == other.Request && Changes.SequenceEqual(other.Changes);

    public override int GetHashCode() => HashCode.Combine(Request, Changes.Count);
}

/// <summary>The action runs as the last approver, who may not do it.</summary>
public sealed record ApproverMayNotAct(string Action, string Needed) : DomainError
{
    public override string Message => $"The last approver carries out {Action} and needs {Needed} for it.";
}

/// <summary>Everybody agreed, and the action was refused all the same; nothing was done.</summary>
public sealed record ActionRefused(string Action, string RefusalCode, string Reason) : DomainError
{
    public override string Message => $"{Action} was refused: {Reason}";
}

public sealed record UndoWindowRuns(ApprovalRequestId Request, DateTimeOffset Until) : DomainError
{
    public override string Message => $"Request {Request} may be taken back until {Until:O}; only then it is carried out.";
}

public sealed record UndoWindowOver(ApprovalRequestId Request, DateTimeOffset Until) : DomainError
{
    public override string Message => $"Request {Request} could be taken back until {Until:O}.";
}

public sealed record NotTheLastApprover(ApprovalRequestId Request) : DomainError
{
    public override string Message => $"Only who agreed last takes request {Request} back.";
}

public sealed record NotYourRequest(ApprovalRequestId Request) : DomainError
{
    public override string Message => $"Request {Request} was made by another person; only they withdraw it.";
}

/// <summary>Nothing of a document changes while others decide about it (APR-03).</summary>
/// <param name="Kind">The kind of document.</param>
/// <param name="Subject">The document.</param>
public sealed record ApprovalPending(string Kind, Guid Subject) : DomainError
{
    public override string Message => $"A request about {Kind} {Subject} waits for a decision; withdraw it first.";
}

public sealed record DelegationNotFound(ApprovalDelegationId Delegation) : DomainError
{
    public override string Message => $"There is no delegation {Delegation} of yours.";
}

/// <summary>Nobody lends what they do not hold themselves.</summary>
public sealed record RoleNotHeld(string Role) : DomainError
{
    public override string Message => $"You are no approver as {Role}; only who is may lend it.";
}

public sealed record ApprovalKindUnknown(string Kind) : DomainError
{
    public override string Message => $"There is no kind of request {Kind}.";
}

/// <summary>The kind needs a person, and only people decide otherwise (APR-06).</summary>
public sealed record NeedsApproval(string What) : DomainError
{
    public override string Message => $"{What} needs approval: file a request for it.";
}

public sealed record AutomationLimitNotFound(AutomationLimitId Limit) : DomainError
{
    public override string Message => $"There is no limit of automation {Limit}.";
}
