using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>
/// Told, in the same transaction, that a request about a document ended without its action: it was refused, withdrawn, too
/// late or overtaken. Whoever owns the document stands downstream and puts it back.
/// </summary>
public interface IApprovalFollower
{
    string SubjectKind { get; }

    Task EndedAsync(Guid subject, ApprovalStatus end, string? reason, Envelope envelope, CancellationToken ct);
}

/// <summary>Told, in the same transaction, that the action that was asked for about a document was carried out as it was shown.</summary>
public interface ICarriedOutFollower
{
    string SubjectKind { get; }

    Task CarriedOutAsync(Guid subject, Envelope envelope, CancellationToken ct);
}

/// <summary>Ends requests whose action is not carried out.</summary>
internal sealed class RequestEnds(PlatformDb db, IEnumerable<IApprovalFollower> followers)
{
    public async Task<ApprovalMoved> CloseAsync(
        ApprovalRequest request, (ApprovalMove Move, Guid? OnBehalfOf, string? Reason) end, Envelope envelope, CancellationToken ct)
    {
        var from = request.Status;
        request.Close(end.Move, envelope.Actor.Id, end.Reason, envelope.Now);
        var moved = request.Moved(end.Move, from, envelope.Actor.Name, end.OnBehalfOf, end.Reason);
        db.Raise(moved);
        foreach (var follower in followers.Where(one => string.Equals(one.SubjectKind, request.SubjectKind, StringComparison.Ordinal)))
        {
            await follower.EndedAsync(request.SubjectId, request.Status, end.Reason, envelope, ct);
        }

        return moved;
    }
}
