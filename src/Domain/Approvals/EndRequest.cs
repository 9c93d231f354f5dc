using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>Says no to a request, and why; one no is enough.</summary>
[Needs("approvals.decide")]
[Refuses<InvalidField>, Refuses<ApprovalRequestNotFound>, Refuses<WrongApprovalStatus>, Refuses<OnlyPeopleDecide>]
[Refuses<OwnRequest>, Refuses<OwnRequestThroughDelegation>, Refuses<ShownSomethingElse>, Refuses<ClaimedByAnother>]
[Refuses<DecidedAlready>, Refuses<NotAnApprover>]
public sealed record RejectRequest(ApprovalRequestId Request, string ShownHash, string Reason) : ICommand<ApprovalMoved>, IReasoned;

/// <summary>Takes one's own request back, as long as nothing was done.</summary>
[Needs("approvals.request")]
[Refuses<InvalidField>, Refuses<ApprovalRequestNotFound>, Refuses<WrongApprovalStatus>, Refuses<NotYourRequest>]
public sealed record WithdrawRequest(ApprovalRequestId Request, string Reason) : ICommand<ApprovalMoved>, IReasoned;

/// <summary>Ends a request whose facts are no longer as they were shown, or whose action is refused; run by a service that found it so.</summary>
[Needs("approvals.execute")]
[Refuses<InvalidField>, Refuses<ApprovalRequestNotFound>, Refuses<WrongApprovalStatus>]
public sealed record InvalidateRequest(ApprovalRequestId Request, string Reason) : ICommand<ApprovalMoved>, IReasoned;

internal sealed class RejectRequestHandler(PlatformDb db, RequestEnds ends, LentRoles lending) : ICommandHandler<RejectRequest, ApprovalMoved>
{
    public async Task<Result<ApprovalMoved>> HandleAsync(RejectRequest command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
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

        db.Add(ApprovalDecision.Of(request, seat, DecisionKind.Rejected, command.Reason, envelope));
        return await ends.CloseAsync(request, (ApprovalMove.Reject, seat.OnBehalfOf, command.Reason), envelope, ct);
    }
}

internal sealed class WithdrawRequestHandler(PlatformDb db, RequestEnds ends) : ICommandHandler<WithdrawRequest, ApprovalMoved>
{
    public async Task<Result<ApprovalMoved>> HandleAsync(WithdrawRequest command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var request = await db.LockApprovalRequestAsync(command.Request, ct);
        if (request is null)
        {
            return new ApprovalRequestNotFound(command.Request);
        }

        if (request.RequestedByPerson != envelope.Actor.Person)
        {
            return new NotYourRequest(request.Id);
        }

        return ApprovalMoves.Refuse(request, ApprovalMove.Withdraw) is { } wrong
            ? wrong
            : await ends.CloseAsync(request, (ApprovalMove.Withdraw, null, command.Reason), envelope, ct);
    }
}

internal sealed class InvalidateRequestHandler(PlatformDb db, RequestEnds ends) : ICommandHandler<InvalidateRequest, ApprovalMoved>
{
    public async Task<Result<ApprovalMoved>> HandleAsync(InvalidateRequest command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var request = await db.LockApprovalRequestAsync(command.Request, ct);
        if (request is null)
        {
            return new ApprovalRequestNotFound(command.Request);
        }

        return ApprovalMoves.Refuse(request, ApprovalMove.Invalidate) is { } wrong
            ? wrong
            : await ends.CloseAsync(request, (ApprovalMove.Invalidate, null, command.Reason), envelope, ct);
    }
}
