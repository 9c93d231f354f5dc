using System.Text.Json;
using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>
/// Carries out other values of the action that was asked for, as the one person who decides, once every fact behind it was read
/// again. What was asked and shown stands; the outcome and the subject's owner tell what was done.
/// </summary>
internal sealed class AmendedApproval(PlatformDb db, ShownActions actions, LentRoles lending)
{
    public async Task<Result<ApprovalMoved>> RunAsync(
        ApprovalRequest request, string shownHash, object command, string reason, Envelope envelope, CancellationToken ct)
    {
        var words = await db.FindStandingWordsAsync(request.Id, ct);
        var lent = await lending.ToAsync(envelope.Actor.Person, envelope.Now, ct);
        var judged = ApprovalSeats.Judge(request, shownHash, words, lent, envelope);
        if (!judged.Succeeded(out var seat))
        {
            return judged.Error!;
        }

        if (words.Count > 0 || ApprovalSeats.NextStep(request, seat, words) is not null)
        {
            return new EditedBySeveral(request.Id);
        }

        var ran = await actions.RunAmendedAsync(request, command, envelope, ct);
        if (ran.Error is not null)
        {
            return ran.Error;
        }

        db.Add(ApprovalDecision.Of(request, seat, DecisionKind.Agreed, reason, envelope));
        request.Execute(envelope, JsonSerializer.Serialize(new { Edited = command, Answer = JsonSerializer.Deserialize<JsonElement>(ran.Value) }, KernelJson.Options));
        var moved = request.Moved(ApprovalMove.Execute, ApprovalStatus.Pending, envelope.Actor.Name, seat.OnBehalfOf, reason);
        db.Raise(moved);
        return moved;
    }

    public DomainError? RefusalFor(string constraint) => actions.RefusalFor(constraint);
}

/// <summary>Where several must agree, none of them edits what the others see.</summary>
public sealed record EditedBySeveral(ApprovalRequestId Request) : DomainError
{
    public override string Message => $"Several people decide about request {Request}: it is decided as it was filed.";
}
