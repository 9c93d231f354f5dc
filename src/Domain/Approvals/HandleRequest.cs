using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>Opens a request to look at it: for a quarter of an hour nobody else decides. Claimed again, it runs anew.</summary>
[Needs("approvals.decide")]
[Refuses<ApprovalRequestNotFound>, Refuses<WrongApprovalStatus>, Refuses<OwnRequest>, Refuses<ClaimedByAnother>]
[Refuses<NotAnApprover>, Refuses<OwnRequestThroughDelegation>]
public sealed record ClaimRequest(ApprovalRequestId Request) : ICommand<ApprovalDeskChanged>;

/// <summary>Puts a claimed request back.</summary>
[Needs("approvals.decide")]
[Refuses<ApprovalRequestNotFound>, Refuses<WrongApprovalStatus>, Refuses<OwnRequest>, Refuses<ClaimedByAnother>]
[Refuses<NotAnApprover>, Refuses<OwnRequestThroughDelegation>]
public sealed record ReleaseRequest(ApprovalRequestId Request) : ICommand<ApprovalDeskChanged>;

/// <summary>Lets a request sleep until a moment, until something happens to a document, or until the earlier of both.</summary>
[Needs("approvals.decide")]
[Refuses<InvalidField>, Refuses<ApprovalRequestNotFound>, Refuses<WrongApprovalStatus>, Refuses<OwnRequest>, Refuses<ClaimedByAnother>]
[Refuses<NotAnApprover>, Refuses<OwnRequestThroughDelegation>]
public sealed record SnoozeRequest(ApprovalRequestId Request, DateTimeOffset? Until, Guid? UntilEventOf) : ICommand<ApprovalDeskChanged>;

/// <summary>Asks a certain person to decide. Others who may still can.</summary>
[Needs("approvals.decide")]
[Refuses<InvalidField>, Refuses<ApprovalRequestNotFound>, Refuses<WrongApprovalStatus>, Refuses<OwnRequest>, Refuses<ClaimedByAnother>]
[Refuses<NotAnApprover>, Refuses<OwnRequestThroughDelegation>]
public sealed record ReassignRequest(ApprovalRequestId Request, Guid To, Guid Person, string Name) : ICommand<ApprovalDeskChanged>;

/// <summary>Writes beside a request, whoever may see it; it stays.</summary>
[Needs("approvals.comment")]
[Refuses<InvalidField>, Refuses<ApprovalRequestNotFound>]
public sealed record CommentOnRequest(ApprovalRequestId Request, string Body) : ICommand<ApprovalCommented>;

internal sealed class ClaimRequestHandler(RequestDesk desk) : ICommandHandler<ClaimRequest, ApprovalDeskChanged>
{
    private static readonly TimeSpan Lapse = TimeSpan.FromMinutes(15);

    public Task<Result<ApprovalDeskChanged>> HandleAsync(ClaimRequest command, Envelope envelope, CancellationToken ct) =>
        desk.ChangeAsync(
            command.Request, envelope, request => request.Claim(envelope.Actor, envelope.Now + Lapse, envelope.Now), ct);
}

internal sealed class ReleaseRequestHandler(RequestDesk desk) : ICommandHandler<ReleaseRequest, ApprovalDeskChanged>
{
    public Task<Result<ApprovalDeskChanged>> HandleAsync(ReleaseRequest command, Envelope envelope, CancellationToken ct) =>
        desk.ChangeAsync(command.Request, envelope, request => request.LetGo(envelope.Now), ct);
}

internal sealed class SnoozeRequestHandler(RequestDesk desk) : ICommandHandler<SnoozeRequest, ApprovalDeskChanged>
{
    private const int MostDays = 90;

    public async Task<Result<ApprovalDeskChanged>> HandleAsync(SnoozeRequest command, Envelope envelope, CancellationToken ct)
    {
        var isOutside = command.Until is { } until && (until <= envelope.Now || until > envelope.Now.AddDays(MostDays));
        if (isOutside || (command.Until is null && command.UntilEventOf is null))
        {
            return Field.Invalid("until", $"must lie in the next {MostDays} days, unless an event is named", command.Until?.ToString("O"));
        }

        return await desk.ChangeAsync(
            command.Request, envelope, request => request.Snooze(command.Until, command.UntilEventOf, envelope.Now), ct);
    }
}

internal sealed class ReassignRequestHandler(PlatformDb db, RequestDesk desk, LentRoles lending) : ICommandHandler<ReassignRequest, ApprovalDeskChanged>
{
    public async Task<Result<ApprovalDeskChanged>> HandleAsync(ReassignRequest command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("name", command.Name, most: 200) is { } invalid)
        {
            return invalid;
        }

        var request = await db.LockApprovalRequestAsync(command.Request, ct);
        if (request?.RequestedByPerson == command.Person)
        {
            return new OwnRequest(command.Request, command.Person);
        }

        if (request is not null)
        {
            var asked = ApprovalSeats.Asked(request, await db.FindStandingWordsAsync(request.Id, ct));
            if (!await lending.HoldsOneOfAsync(command.Person, asked, ct))
            {
                return new NotAnApprover(request.Id, asked);
            }
        }

        return await desk.ChangeAsync(
            command.Request, envelope, found => found.Reassign(command.To, command.Name, envelope.Now), ct);
    }
}

internal sealed class CommentOnRequestHandler(PlatformDb db) : ICommandHandler<CommentOnRequest, ApprovalCommented>
{
    public async Task<Result<ApprovalCommented>> HandleAsync(CommentOnRequest command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("body", command.Body, most: 4000) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockApprovalRequestAsync(command.Request, ct) is null)
        {
            return new ApprovalRequestNotFound(command.Request);
        }

        var comment = ApprovalComment.Write(command, envelope);
        db.Add(comment);
        var commented = new ApprovalCommented(command.Request, comment.Id, comment.Author, comment.Body);
        db.Raise(commented);
        return commented;
    }
}

internal sealed class RequestDesk(PlatformDb db, LentRoles lending)
{
    /// <summary>What may be done with a request that waits, by those whom it waits for and from whom no other claims it.</summary>
    public async Task<Result<ApprovalDeskChanged>> ChangeAsync(
        ApprovalRequestId id, Envelope envelope, Action<ApprovalRequest> change, CancellationToken ct)
    {
        var request = await db.LockApprovalRequestAsync(id, ct);
        if (request is null)
        {
            return new ApprovalRequestNotFound(id);
        }

        if (ApprovalMoves.Refuse(request, ApprovalMove.Agree) is { } wrong)
        {
            return wrong;
        }

        if (request.RequestedByPerson == envelope.Actor.Person)
        {
            return new OwnRequest(id, envelope.Actor.Person);
        }

        if (request.IsClaimedByAnother(envelope.Actor.Id, envelope.Now))
        {
            return new ClaimedByAnother(id, request.ClaimedByName!, request.ClaimedUntil!.Value);
        }

        var words = await db.FindStandingWordsAsync(request.Id, ct);
        var lent = await lending.ToAsync(envelope.Actor.Person, envelope.Now, ct);
        if (ApprovalSeats.RefuseDesk(request, words, lent, envelope) is { } notAsked)
        {
            return notAsked;
        }

        change(request);
        var changed = request.Desk();
        db.Raise(changed);
        return changed;
    }
}

/// <summary>A remark beside a request.</summary>
public sealed class ApprovalComment
{
    private ApprovalComment()
    {
    }

    public Guid Id { get; private set; }

    public ApprovalRequestId RequestId { get; private set; }

    public string Body { get; private set; } = string.Empty;

    public Guid AuthorId { get; private set; }

    public string Author { get; private set; } = string.Empty;

    public DateTimeOffset At { get; private set; }

    internal static ApprovalComment Write(CommentOnRequest command, Envelope envelope) => new()
    {
        Id = Guid.CreateVersion7(envelope.Now),
        RequestId = command.Request,
        Body = command.Body,
        AuthorId = envelope.Actor.Id,
        Author = envelope.Actor.Name,
        At = envelope.Now,
    };
}
