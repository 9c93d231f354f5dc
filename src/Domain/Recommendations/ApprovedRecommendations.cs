using Platform.Domain.Approvals;
using Platform.Domain.Kernel;

namespace Platform.Domain.Recommendations;

/// <summary>What became of the request is what became of the recommendation, in the same transaction.</summary>
internal sealed class ApprovedRecommendations(PlatformDb db, RejectionReasons reasons) : IApprovalFollower, ICarriedOutFollower
{
    public string SubjectKind => nameof(Recommendation);

    public async Task CarriedOutAsync(Guid subject, Envelope envelope, CancellationToken ct)
    {
        var made = await db.LockRecommendationAsync(new RecommendationId(subject), ct);
        db.Raise(made!.Agree(editedInput: null, note: null, envelope));
        db.Raise(made.Execute(envelope.Now));
    }

    public async Task EndedAsync(Guid subject, ApprovalStatus end, string? reason, Envelope envelope, CancellationToken ct)
    {
        var made = await db.LockRecommendationAsync(new RecommendationId(subject), ct);
        var moved = end switch
        {
            ApprovalStatus.Rejected => made!.Reject(reasons.For(made.Id), reason, envelope),
            ApprovalStatus.Expired => made!.End(RecommendationStep.Expire, reason, envelope.Now),
            ApprovalStatus.Withdrawn or ApprovalStatus.Invalidated => made!.End(RecommendationStep.Invalidate, reason, envelope.Now),
            ApprovalStatus.Pending or ApprovalStatus.Approved or ApprovalStatus.Executed => throw new InvalidOperationException($"{end} is no end without action."),
        };
        db.Raise(moved);
        reasons.Tell(moved);
    }
}

/// <summary>What an approver relies on: that it still waits, as it was made.</summary>
internal sealed class RecommendationFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(Recommendation);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct)
    {
        var made = await db.FindOrLockRecommendationAsync(new RecommendationId(id), ct);
        return made is null
            ? null
            : new
            {
                Open = made.Status is RecommendationStatus.Proposed or RecommendationStatus.InQueue ? "yes" : "no",
                made.InputsHash, made.ModelHash, made.ModelVersion, made.Score, made.Low, made.High, made.Probability, made.ValueAtStake,
            };
    }
}

/// <summary>What an approver relies on of the terms with a supplier: that those looked at are the newest.</summary>
internal sealed class TermsFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(Purchasing.SupplierItemTerms);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct) =>
        await db.LockTermsAsync(id, ct) is { } newest ? new { newest.Number, newest.LeadTimeDays, newest.LeadTimeSpreadDays, newest.UnitPrice } : null;
}
