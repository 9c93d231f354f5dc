using System.Text;
using System.Text.Json;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Planning;

namespace Platform.Domain.Recommendations;

/// <summary>
/// Agrees to what is recommended with other values of the same command, and carries that out at once, as whoever edits it. Only
/// where one person decides: others would have agreed to something else.
/// </summary>
/// <param name="Recommendation">The recommendation.</param>
/// <param name="ShownHash">What was looked at, as its request tells it.</param>
/// <param name="Terms">How the item shall be replenished instead.</param>
/// <param name="Reason">Why it is edited.</param>
[Needs("approvals.decide")]
[Refuses<InvalidField>, Refuses<RecommendationNotFound>, Refuses<WrongRecommendationStatus>, Refuses<EditedBySeveral>]
[Refuses<WrongApprovalStatus>, Refuses<OnlyPeopleDecide>, Refuses<OwnRequest>, Refuses<OwnRequestThroughDelegation>]
[Refuses<ShownSomethingElse>, Refuses<ClaimedByAnother>, Refuses<DecidedAlready>, Refuses<NotAnApprover>]
[Refuses<PreconditionsChanged>, Refuses<ApproverMayNotAct>, Refuses<ActionRefused>]
public sealed record ModifyRecommendation(RecommendationId Recommendation, string ShownHash, PolicyTerms Terms, string Reason)
    : ICommand<RecommendationMoved>, IReasoned;

/// <summary>Rejects what is recommended; the code says why and is learnt from.</summary>
/// <param name="Recommendation">The recommendation.</param>
/// <param name="ShownHash">What was looked at, as its request tells it.</param>
/// <param name="Because">Why.</param>
/// <param name="Note">Why, in words.</param>
[Needs("approvals.decide")]
[Refuses<InvalidField>, Refuses<RecommendationNotFound>, Refuses<ApprovalRequestNotFound>]
[Refuses<WrongApprovalStatus>, Refuses<OnlyPeopleDecide>, Refuses<OwnRequest>, Refuses<OwnRequestThroughDelegation>]
[Refuses<ShownSomethingElse>, Refuses<ClaimedByAnother>, Refuses<DecidedAlready>, Refuses<NotAnApprover>]
public sealed record RejectRecommendation(RecommendationId Recommendation, string ShownHash, RejectionReason Because, string Note)
    : ICommand<RecommendationMoved>, IReasoned
{
    string? IReasoned.Reason => Note;
}

internal sealed class ModifyRecommendationHandler(PlatformDb db, AmendedApproval amending)
    : ICommandHandler<ModifyRecommendation, RecommendationMoved>, IConstraintRefusals<ModifyRecommendation>
{
    public async Task<Result<RecommendationMoved>> HandleAsync(ModifyRecommendation command, Envelope envelope, CancellationToken ct)
    {
        if ((command.Terms.Check() ?? Field.Text("reason", command.Reason, most: 500)) is { } invalid)
        {
            return invalid;
        }

        // The request is locked before what it is about, as everywhere.
        var id = await db.FindRequestOfAsync(command.Recommendation, ct);
        var request = id is { } known ? await db.LockApprovalRequestAsync(known, ct) : null;
        if (await db.LockRecommendationAsync(command.Recommendation, ct) is not { } made)
        {
            return new RecommendationNotFound(command.Recommendation);
        }

        if (made.Refuse(RecommendationStep.Modify) is { } wrong)
        {
            return wrong;
        }

        var change = JsonSerializer.Deserialize<SetReplenishmentPolicy>(made.ActionInput, KernelJson.Options)!
            with { Terms = command.Terms, Reason = command.Reason };
        var carried = await amending.RunAsync(request!, command.ShownHash, change, command.Reason, envelope, ct);
        if (carried.Error is { } refusal)
        {
            return refusal;
        }

        var moved = made.Agree(Encoding.UTF8.GetString(CanonicalJson.Of(change)), command.Reason, envelope);
        db.Raise(moved);
        db.Raise(made.Execute(envelope.Now));
        return moved;
    }

    public DomainError? RefusalFor(ModifyRecommendation command, string constraint) => amending.RefusalFor(constraint);
}

internal sealed class RejectRecommendationHandler(PlatformDb db, RequestEnds ends, LentRoles lending, RejectionReasons reasons)
    : ICommandHandler<RejectRecommendation, RecommendationMoved>
{
    public async Task<Result<RecommendationMoved>> HandleAsync(RejectRecommendation command, Envelope envelope, CancellationToken ct)
    {
        if ((Field.Known<RejectionReason>("because", command.Because) ?? Field.Text("note", command.Note, most: 500)) is { } invalid)
        {
            return invalid;
        }

        if (await db.FindRequestOfAsync(command.Recommendation, ct) is not { } request)
        {
            return new RecommendationNotFound(command.Recommendation);
        }

        reasons.Give(command.Recommendation, command.Because);
        var rejected = await new RejectRequestHandler(db, ends, lending)
            .HandleAsync(new RejectRequest(request, command.ShownHash, command.Note), envelope, ct);
        if (rejected.Error is { } refusal)
        {
            return refusal;
        }

        return reasons.Moved!;
    }
}

/// <summary>Carries the code of a rejection from whoever gives it to whoever is told of the end, within one command.</summary>
internal sealed class RejectionReasons
{
    private (RecommendationId Recommendation, RejectionReason Because)? _given;

    public RecommendationMoved? Moved { get; private set; }

    public void Give(RecommendationId recommendation, RejectionReason because) => _given = (recommendation, because);

    /// <summary>Whoever rejects the request itself gives words only.</summary>
    public RejectionReason For(RecommendationId recommendation) =>
        _given is { } given && given.Recommendation == recommendation ? given.Because : RejectionReason.Other;

    public void Tell(RecommendationMoved moved) => Moved = moved;
}
