using Platform.Domain.Kernel;
using Platform.Domain.Quality.Holding;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Quality;

/// <summary>How many units of a part are accepted; the rest of it is rejected.</summary>
/// <param name="Part">The part's number.</param>
/// <param name="Accepted">How many, in base units.</param>
public sealed record PartVerdict(int Part, decimal Accepted);

/// <summary>
/// Decides about inspected goods: what is accepted may be used, unless something else holds it back; what is rejected is
/// quarantined until it is settled what becomes of it (QLT-02). Parts that are not named are rejected. A lot whose sample failed is
/// not accepted here: its use as it is needs the approval of others.
/// </summary>
[Needs("quality.inspect"), WithinRows]
[Refuses<InvalidField>, Refuses<InspectionNotFound>, Refuses<StaleVersion>, Refuses<WrongInspectionStatus>, Refuses<InspectionPartUnknown>]
[Refuses<AcceptedMoreThanCame>, Refuses<ResultsMissing>, Refuses<SampleTooSmall>, Refuses<SampleFailed>, Refuses<InspectedGoodsMissing>]
[RefusesLike<PostMovements>]
public sealed record DecideInspection(InspectionId Inspection, int Version, IReadOnlyList<PartVerdict> Accepted, string? Reason)
    : ICommand<InspectionMoved>, IReasoned;

internal sealed class DecideInspectionHandler(PlatformDb db, StockPoster poster, InspectionFollowers followers)
    : ICommandHandler<DecideInspection, InspectionMoved>
{
    public async Task<Result<InspectionMoved>> HandleAsync(DecideInspection command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        var inspection = await db.LockInspectionAsync(command.Inspection, ct);
        if (inspection is null)
        {
            return new InspectionNotFound(command.Inspection);
        }

        if (InspectionSteps.Refuse(inspection, command.Version, InspectionStep.Accept) is { } refusal)
        {
            return refusal;
        }

        var parts = await db.LockInspectionPartsAsync(inspection.Id, ct);
        if (RefuseParts(command, inspection, parts) is { } wrong)
        {
            return wrong;
        }

        var accepted = command.Accepted.Sum(part => part.Accepted);
        var results = await db.FindLatestResultsAsync(inspection.Id, ct);
        if (accepted > 0m && InspectionVerdicts.RefuseAcceptance(inspection, results, accepted) is { } notProven)
        {
            return notProven;
        }

        return await DecideAsync(command, inspection, parts, envelope, ct);
    }

    private async Task<Result<InspectionMoved>> DecideAsync(
        DecideInspection command, Inspection inspection, List<InspectionPart> parts, Envelope envelope, CancellationToken ct)
    {
        var lines = new List<MovementLine>();
        var holds = await db.FindStandingHoldsAsync(inspection.LegalEntityId, except: default, ct);
        foreach (var part in parts)
        {
            var accepted = command.Accepted.SingleOrDefault(one => one.Part == part.Part)?.Accepted ?? 0m;
            part.Decide(accepted, part.Quantity - accepted);
            var goods = await db.FindGoodsAsync(GoodsWanted.Of(inspection, part, StockCondition.Inspection), ct);
            if (goods.Found < part.Quantity)
            {
                return new InspectedGoodsMissing(inspection.Id, part.Part, part.Quantity, goods.Found);
            }

            lines.AddRange(goods.Take(accepted)!.Select(piece => Accept(inspection, part, piece, holds, envelope)));
            lines.AddRange(goods.Take(part.Quantity - accepted)!.Select(piece => piece.ToCondition(StockCondition.Quarantined)));
        }

        var from = inspection.Status;
        var total = parts.Sum(part => part.Accepted);
        var step = inspection.Decide(total, inspection.Quantity - total, command.Reason, envelope);
        var posted = await poster.PostAsync(
            new PostingRequest
            {
                LegalEntity = inspection.LegalEntityId,
                Document = new StockDocument(nameof(Inspection), inspection.Number, inspection.Id.Value),
                Reason = new PostingReason("INSPECTION", command.Reason, Evidence: null),
                SetsFree = true,
                Lines = lines,
            },
            envelope,
            ct);
        if (posted.Error is { } notPosted)
        {
            return notPosted;
        }

        var moved = inspection.Moved(step, from);
        db.Raise(moved);
        await followers.TellAsync(moved, envelope, ct);
        return moved;
    }

    /// <summary>Good goods are released, unless a hold stands over them: then they are that hold's (QLT-06).</summary>
    private MovementLine Accept(Inspection inspection, InspectionPart part, Piece piece, List<StockHold> holds, Envelope envelope)
    {
        var hold = holds.Find(one => one.Scope.Covers(inspection.WarehouseId, piece.Bin, piece.Item, piece.Lot, piece.Serial));
        if (hold is null)
        {
            return piece.ToCondition(inspection.AcceptedAs);
        }

        part.Withhold(piece.Quantity);
        db.Add(StockHoldPart.Accepted(new StockHoldPartId(Guid.CreateVersion7(envelope.Now)), hold.Id, inspection, part, piece, envelope.Now));
        return piece.ToCondition(StockCondition.Quarantined);
    }

    private static InvalidField? Check(DecideInspection command) =>
        Field.OptionalText("reason", command.Reason, most: 500)
        ?? Field.Whole("accepted", command.Accepted.Count, least: 0, most: 1000)
        ?? (command.Accepted.Select(part => part.Part).Distinct().Count() < command.Accepted.Count
            ? Field.Invalid("accepted", "must name each part once", given: null)
            : null)
        ?? command.Accepted.Select((part, at) => part.Accepted == 0m
            ? null
            : Field.Positive(FormattableString.Invariant($"accepted.{at}.accepted"), part.Accepted, most: 1_000_000_000m, decimals: 6))
            .FirstOrDefault(found => found is not null);

    private static DomainError? RefuseParts(DecideInspection command, Inspection inspection, List<InspectionPart> parts)
    {
        foreach (var said in command.Accepted)
        {
            if (parts.SingleOrDefault(part => part.Part == said.Part) is not { } part)
            {
                return new InspectionPartUnknown(inspection.Id, said.Part);
            }

            if (said.Accepted > part.Quantity)
            {
                return new AcceptedMoreThanCame(inspection.Id, said.Part, part.Quantity, said.Accepted);
            }
        }

        var rejects = command.Accepted.Sum(part => part.Accepted) < inspection.Quantity;
        return rejects && command.Reason is null ? Field.Text("reason", command.Reason, most: 500) : null;
    }
}

/// <summary>Whether what was found allows to accept. Pure.</summary>
internal static class InspectionVerdicts
{
    public static DomainError? RefuseAcceptance(Inspection inspection, IReadOnlyDictionary<string, InspectionResult> results, decimal accepted)
    {
        var characteristics = inspection.ReadCharacteristics();
        var missing = characteristics.Where(one => !results.ContainsKey(one.Code)).Select(one => one.Code).ToList();
        if (missing.Count > 0)
        {
            return new ResultsMissing(inspection.Id, missing);
        }

        foreach (var one in characteristics)
        {
            var result = results[one.Code];
            if (result.Tested < inspection.Sample)
            {
                return new SampleTooSmall(inspection.Id, one.Code, result.Tested, inspection.Sample);
            }
        }

        // Where every unit was looked at, the bad ones are sorted out; of a sample, too many bad ones speak for the whole lot.
        var looked = inspection.Sample == inspection.Quantity;
        foreach (var one in characteristics)
        {
            var failed = results[one.Code].Failed;
            if (looked ? accepted > inspection.Quantity - failed : failed > (one.IsCritical ? 0 : inspection.AcceptUpTo))
            {
                return new SampleFailed(inspection.Id, one.Code, failed, one.IsCritical ? 0 : inspection.AcceptUpTo);
            }
        }

        return null;
    }
}

/// <summary>Tells whoever brought the goods how their inspection goes.</summary>
internal sealed class InspectionFollowers(IEnumerable<IInspectionFollower> followers)
{
    public async Task TellAsync(InspectionMoved moved, Envelope envelope, CancellationToken ct)
    {
        foreach (var follower in followers.Where(one => string.Equals(one.SourceKind, moved.SourceKind, StringComparison.Ordinal)))
        {
            await follower.MovedAsync(moved, envelope, ct);
        }
    }

    public async Task TellFreedAsync(Inspection inspection, InspectionPart part, decimal quantity, Envelope envelope, CancellationToken ct)
    {
        foreach (var follower in followers.Where(one => string.Equals(one.SourceKind, inspection.SourceKind, StringComparison.Ordinal)))
        {
            await follower.FreedAsync(inspection, part, quantity, envelope, ct);
        }
    }
}
