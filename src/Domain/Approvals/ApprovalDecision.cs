using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

public enum DecisionKind
{
    Agreed,
    Rejected,
}

/// <summary>One person's word about a request, in which seat, and for whom. It stands, or is undone once.</summary>
public sealed class ApprovalDecision
{
    private ApprovalDecision()
    {
    }

    public ApprovalDecisionId Id { get; private set; }

    public ApprovalRequestId RequestId { get; private set; }

    public Guid RequestedByPerson { get; private set; }

    public int Step { get; private set; }

    public string Role { get; private set; } = string.Empty;

    public DecisionKind Decision { get; private set; }

    public ActorKind ActorKind { get; private set; }

    public Guid ActorId { get; private set; }

    public Guid PersonId { get; private set; }

    public string ActorName { get; private set; } = string.Empty;

    /// <summary>The person who lent the role.</summary>
    public Guid? OnBehalfOfPerson { get; private set; }

    public string ShownHash { get; private set; } = string.Empty;

    public string? Reason { get; private set; }

    public DateTimeOffset DecidedAt { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>By whose right it was given.</summary>
    internal Guid Authority => OnBehalfOfPerson ?? PersonId;

    internal static ApprovalDecision Of(
        ApprovalRequest request, Seat seat, DecisionKind decision, string? reason, Envelope envelope) => new()
    {
        Id = new ApprovalDecisionId(Guid.CreateVersion7(envelope.Now)),
        RequestId = request.Id,
        RequestedByPerson = request.RequestedByPerson,
        Step = request.Step,
        Role = seat.Role,
        Decision = decision,
        ActorKind = envelope.Actor.Kind,
        ActorId = envelope.Actor.Id,
        PersonId = envelope.Actor.Person,
        ActorName = envelope.Actor.Name,
        OnBehalfOfPerson = seat.OnBehalfOf,
        ShownHash = request.ShownHash,
        Reason = reason,
        DecidedAt = envelope.Now,
    };

    internal void Undo(DateTimeOffset at) => UndoneAt = at;
}

/// <summary>The seat in which somebody decides, and who lent it to them.</summary>
internal sealed record Seat(string Role, Guid? OnBehalfOf);

/// <summary>A role that is lent to the person who wants to decide.</summary>
internal sealed record LentRole(Guid FromPerson, IReadOnlyList<string> Roles);

/// <summary>A word that was given in the present step or an earlier one.</summary>
internal sealed record StandingWord(int Step, string Role, Guid Person, Guid Authority);

/// <summary>Who may decide, in which seat, and when all seats are filled. Pure.</summary>
internal static class ApprovalSeats
{
    /// <summary>The permission that being an approver in a role gives.</summary>
    public static string PermissionOf(string role) => $"approver.{role}";

    public static Result<Seat> Judge(
        ApprovalRequest request, string shownHash, IReadOnlyList<StandingWord> words, IReadOnlyList<LentRole> lent, Envelope envelope)
    {
        var actor = envelope.Actor;
        if (ApprovalMoves.Refuse(request, ApprovalMove.Agree) is { } wrong)
        {
            return wrong;
        }

        if (actor.Kind != ActorKind.Human)
        {
            return new OnlyPeopleDecide(actor.Kind);
        }

        if (request.RequestedByPerson == actor.Person)
        {
            return new OwnRequest(request.Id, actor.Person);
        }

        if (!string.Equals(shownHash, request.ShownHash, StringComparison.Ordinal))
        {
            return new ShownSomethingElse(request.Id, request.ShownHash);
        }

        if (request.IsClaimedByAnother(actor.Id, envelope.Now))
        {
            return new ClaimedByAnother(request.Id, request.ClaimedByName!, request.ClaimedUntil!.Value);
        }

        // Four eyes are not two eyes twice: one person, and one lender, counts once over all steps.
        if (words.Any(word => word.Person == actor.Person || word.Authority == actor.Person))
        {
            return new DecidedAlready(request.Id, actor.Person);
        }

        return Find(request, OpenRoles(request.AllSteps()[request.Step], request.Step, words), words, lent, envelope);
    }

    /// <summary>Null when it is for this person to look at the request: they sit in one of the seats that are still open.</summary>
    public static DomainError? RefuseDesk(
        ApprovalRequest request, IReadOnlyList<StandingWord> words, IReadOnlyList<LentRole> lent, Envelope envelope) =>
        Find(request, OpenRoles(request.AllSteps()[request.Step], request.Step, words), words, lent, envelope).Error;

    /// <summary>The roles of those whom the present step still waits for, with those it was handed up to.</summary>
    public static IReadOnlyList<string> Asked(ApprovalRequest request, IReadOnlyList<StandingWord> words) =>
        [.. OpenRoles(request.AllSteps()[request.Step], request.Step, words), .. request.EscalatedAt is null ? [] : new[] { request.EscalationRole }];

    /// <summary>The step that is asked once a word was given in a seat; null when it was the last.</summary>
    public static int? NextStep(ApprovalRequest request, Seat taken, IReadOnlyList<StandingWord> words)
    {
        var steps = request.AllSteps();
        var left = OpenRoles(steps[request.Step], request.Step, words).ToList();
        left.Remove(taken.Role);
        return left.Count > 0 ? request.Step : request.Step + 1 < steps.Count ? request.Step + 1 : null;
    }

    private static Result<Seat> Find(
        ApprovalRequest request, IReadOnlyList<string> open, IReadOnlyList<StandingWord> words, IReadOnlyList<LentRole> lent,
        Envelope envelope)
    {
        var inherits = request.EscalatedAt is not null;
        bool Fills(string role, Func<string, bool> holds) => holds(role) || (inherits && holds(request.EscalationRole));

        if (open.FirstOrDefault(role => Fills(role, held => envelope.Permissions.Contains(PermissionOf(held)))) is { } own)
        {
            return new Seat(own, OnBehalfOf: null);
        }

        var isLentByRequester = false;
        foreach (var lender in lent)
        {
            if (open.FirstOrDefault(role => Fills(role, held => lender.Roles.Contains(held, StringComparer.Ordinal))) is not { } role)
            {
                continue;
            }

            if (lender.FromPerson == request.RequestedByPerson)
            {
                isLentByRequester = true;
            }
            else if (!words.Any(word => word.Authority == lender.FromPerson || word.Person == lender.FromPerson))
            {
                return new Seat(role, lender.FromPerson);
            }
        }

        return isLentByRequester
            ? new OwnRequestThroughDelegation(request.Id, request.RequestedByPerson)
            : new NotAnApprover(request.Id, open);
    }

    /// <summary>The roles still asked for in a step, once for every voice that is missing.</summary>
    private static List<string> OpenRoles(ApprovalStep step, int at, IReadOnlyList<StandingWord> words) =>
        [.. step.Seats.SelectMany(seat => Enumerable.Repeat(
            seat.Role, Math.Max(0, seat.Quorum - words.Count(word => word.Step == at && word.Role == seat.Role))))];
}
