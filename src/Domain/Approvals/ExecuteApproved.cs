using System.Collections.Frozen;
using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>The last approver takes it back while nothing was done; the request waits for their seat again.</summary>
[Needs("approvals.decide")]
[Refuses<ApprovalRequestNotFound>, Refuses<WrongApprovalStatus>, Refuses<NotTheLastApprover>, Refuses<UndoWindowOver>]
public sealed record UndoApproval(ApprovalRequestId Request) : ICommand<ApprovalMoved>;

/// <summary>
/// Carries out what everybody agreed to once it can no longer be taken back, as the last approver; run by a service for every
/// request that is due. Every fact is read again.
/// </summary>
[Needs("approvals.execute")]
[Refuses<ApprovalRequestNotFound>, Refuses<WrongApprovalStatus>, Refuses<UndoWindowRuns>, Refuses<PreconditionsChanged>]
[Refuses<ApproverMayNotAct>, Refuses<ActionRefused>]
public sealed record ExecuteApproved(ApprovalRequestId Request) : ICommand<ApprovalMoved>;

internal sealed class UndoApprovalHandler(PlatformDb db) : ICommandHandler<UndoApproval, ApprovalMoved>
{
    public async Task<Result<ApprovalMoved>> HandleAsync(UndoApproval command, Envelope envelope, CancellationToken ct)
    {
        var request = await db.LockApprovalRequestAsync(command.Request, ct);
        if (request is null)
        {
            return new ApprovalRequestNotFound(command.Request);
        }

        if (ApprovalMoves.Refuse(request, ApprovalMove.Undo) is { } wrong)
        {
            return wrong;
        }

        if (request.ExecutorPerson != envelope.Actor.Person)
        {
            return new NotTheLastApprover(request.Id);
        }

        // The service may be late; the window is not: at its end the decision is the company's.
        if (request.ExecutesAt <= envelope.Now)
        {
            return new UndoWindowOver(request.Id, request.ExecutesAt.Value);
        }

        var decision = await db.LockDecisionAsync(request.Id, envelope.Actor.Person, ct);
        decision.Undo(envelope.Now);
        request.Undo(envelope.Now);
        var moved = request.Moved(ApprovalMove.Undo, ApprovalStatus.Approved, envelope.Actor.Name, decision.OnBehalfOfPerson, reason: null);
        db.Raise(moved);
        return moved;
    }
}

internal sealed class ExecuteApprovedHandler(PlatformDb db, ShownActions actions)
    : ICommandHandler<ExecuteApproved, ApprovalMoved>, IConstraintRefusals<ExecuteApproved>
{
    public async Task<Result<ApprovalMoved>> HandleAsync(ExecuteApproved command, Envelope envelope, CancellationToken ct)
    {
        var request = await db.LockApprovalRequestAsync(command.Request, ct);
        if (request is null)
        {
            return new ApprovalRequestNotFound(command.Request);
        }

        // From PENDING only the last approver's own word leads to the action.
        if (request.Status != ApprovalStatus.Approved)
        {
            return new WrongApprovalStatus(request.Id, request.Status, ApprovalMove.Execute);
        }

        if (request.ExecutesAt > envelope.Now)
        {
            return new UndoWindowRuns(request.Id, request.ExecutesAt.Value);
        }

        var executor = new Actor(ActorKind.Human, request.ExecutorId!.Value, request.ExecutorPerson!.Value, request.ExecutorName!);
        var approver = envelope with
        {
            Actor = executor,
            Permissions = request.ExecutorPermissions!.ToFrozenSet(StringComparer.Ordinal),
        };
        var ran = await actions.RunAsync(request, approver, ct);
        if (ran.Error is not null)
        {
            return ran.Error;
        }

        request.Execute(approver, ran.Value);
        var moved = request.Moved(ApprovalMove.Execute, ApprovalStatus.Approved, executor.Name, onBehalfOf: null, reason: null);
        db.Raise(moved);
        return moved;
    }

    public DomainError? RefusalFor(ExecuteApproved command, string constraint) => actions.RefusalFor(constraint);
}
