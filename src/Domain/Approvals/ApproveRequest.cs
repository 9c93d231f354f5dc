using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>
/// Agrees to a request as it was shown. The last of those who are asked carries the action out, as themselves and in the same
/// transaction, after every fact behind it was read again; with an undo window, once that has passed.
/// </summary>
[Needs("approvals.decide")]
[Refuses<InvalidField>, Refuses<ApprovalRequestNotFound>, Refuses<WrongApprovalStatus>, Refuses<OnlyPeopleDecide>]
[Refuses<OwnRequest>, Refuses<OwnRequestThroughDelegation>, Refuses<ShownSomethingElse>, Refuses<ClaimedByAnother>]
[Refuses<DecidedAlready>, Refuses<NotAnApprover>, Refuses<PreconditionsChanged>, Refuses<ApproverMayNotAct>, Refuses<ActionRefused>]
public sealed record ApproveRequest(ApprovalRequestId Request, string ShownHash, string? Reason) : ICommand<ApprovalMoved>, IReasoned;

internal sealed class ApproveRequestHandler(PlatformDb db, ShownActions actions, LentRoles lending)
    : ICommandHandler<ApproveRequest, ApprovalMoved>, IConstraintRefusals<ApproveRequest>
{
    public async Task<Result<ApprovalMoved>> HandleAsync(ApproveRequest command, Envelope envelope, CancellationToken ct)
    {
        if (Field.OptionalText("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var request = await db.LockApprovalRequestAsync(command.Request, ct);
        if (request is null)
        {
            return new ApprovalRequestNotFound(command.Request);
        }

        var words = await db.FindStandingWordsAsync(request.Id, ct);
        var lent = await lending.ToAsync(envelope.Actor.Person, envelope.Now, ct);
        var judged = ApprovalSeats.Judge(request, command.ShownHash, words, lent, envelope);
        if (!judged.Succeeded(out var seat))
        {
            return judged.Error!;
        }

        db.Add(ApprovalDecision.Of(request, seat, DecisionKind.Agreed, command.Reason, envelope));
        var moved = await MoveAsync(request, ApprovalSeats.NextStep(request, seat, words), envelope, ct);
        if (!moved.Succeeded(out var step))
        {
            return moved.Error!;
        }

        var happened = request.Moved(step.Value, ApprovalStatus.Pending, envelope.Actor.Name, seat.OnBehalfOf, command.Reason);
        db.Raise(happened);
        return happened;
    }

    public DomainError? RefusalFor(ApproveRequest command, string constraint) => actions.RefusalFor(constraint);

    private async Task<Result<Taken>> MoveAsync(ApprovalRequest request, int? next, Envelope envelope, CancellationToken ct)
    {
        if (next is null && request.UndoSeconds == 0)
        {
            var ran = await actions.RunAsync(request, envelope, ct);
            if (ran.Error is not null)
            {
                return ran.Error;
            }

            request.Execute(envelope, ran.Value);
            return new Taken(ApprovalMove.Execute);
        }

        // Agreeing to what is no longer so would only be found out at the end.
        if (await actions.ChangesAsync(request, ct) is { Count: > 0 } changes)
        {
            return new PreconditionsChanged(request.Id, changes);
        }

        if (next is { } step)
        {
            request.Agree(step, envelope.Now);
            return new Taken(ApprovalMove.Agree);
        }

        if (actions.RefuseExecutor(request, envelope.Permissions) is { } mayNot)
        {
            return mayNot;
        }

        request.Approve(envelope);
        return new Taken(ApprovalMove.Approve);
    }

    private sealed record Taken(ApprovalMove Value);
}
