using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Quality.Disposing;

/// <summary>
/// Does with goods what was agreed; run by the approval of it and by nothing else. Goods are used as they are only by the word of
/// somebody who neither inspected nor quarantined them (QLT-04).
/// </summary>
[Needs("quality.carry_out")]
[Refuses<DispositionNotFound>, Refuses<DispositionNeedsApproval>, Refuses<DispositionNotOpen>, Refuses<ReleaserIsInvolved>]
[RefusesLike<PostMovements>]
public sealed record CarryOutDisposition(DispositionId Disposition) : ICommand<DispositionMoved>;

internal sealed class CarryOutDispositionHandler(
    PlatformDb db, StockPoster poster, InspectionDesk desk, InspectionFollowers inspections, IEnumerable<IDispositionFollower> followers)
    : ICommandHandler<CarryOutDisposition, DispositionMoved>
{
    public async Task<Result<DispositionMoved>> HandleAsync(CarryOutDisposition command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is null)
        {
            return new DispositionNeedsApproval(command.Disposition);
        }

        var disposition = await db.FindDispositionForWorkAsync(command.Disposition, ct);
        if (disposition is null)
        {
            return new DispositionNotFound(command.Disposition);
        }

        if (disposition.Status != DispositionStatus.Proposed)
        {
            return new DispositionNotOpen(disposition.Id, disposition.Status);
        }

        var inspection = disposition.InspectionId is { } id ? await db.LockInspectionAsync(id, ct) : null;
        if (disposition.Kind == DispositionKind.UseAsIs && await RefuseReleaserAsync(disposition, inspection, envelope, ct) is { } involved)
        {
            return involved;
        }

        var posted = await poster.PostAsync(Request(disposition), envelope, ct);
        if (!posted.Succeeded(out var posting))
        {
            return posted.Error!;
        }

        disposition.CarryOut(posting.Posting, envelope);
        var moved = disposition.Moved();
        db.Raise(moved);
        if (inspection is not null)
        {
            await DisposeAsync(disposition, inspection, envelope, ct);
        }

        if (disposition.Kind == DispositionKind.Rework)
        {
            await InspectAgainAsync(disposition, inspection, envelope, ct);
        }

        foreach (var follower in followers.Where(one => one.Follows(disposition.SourceKind)))
        {
            await follower.CarriedOutAsync(disposition, envelope, ct);
        }

        return moved;
    }

    private static PostingRequest Request(Disposition disposition)
    {
        var piece = disposition.Piece;
        return new PostingRequest
        {
            LegalEntity = disposition.LegalEntityId,
            Document = new StockDocument(nameof(Disposition), disposition.Number, disposition.Id.Value),
            Reason = new PostingReason("DISPOSITION", disposition.Reason, disposition.Evidence),
            SetsFree = disposition.Kind == DispositionKind.UseAsIs,
            Lines =
            [
                disposition.Kind switch
                {
                    DispositionKind.UseAsIs => piece.ToCondition(disposition.UsedAs),
                    DispositionKind.Rework => piece.ToCondition(StockCondition.Inspection),
                    DispositionKind.Downgrade => piece.ToCondition(StockCondition.Damaged),
                    DispositionKind.Scrap => piece.Line(MovementType.Adjust, Place.Scrap),
                    DispositionKind.ReturnToSupplier => piece.Line(MovementType.SupplierReturn, Place.Supplier)
                        with { Partner = PartnerId.From(disposition.SupplierId!.Value.Value) },
                },
            ],
        };
    }

    private async Task<ReleaserIsInvolved?> RefuseReleaserAsync(
        Disposition disposition, Inspection? inspection, Envelope envelope, CancellationToken ct)
    {
        var person = envelope.Actor.Person;
        if (inspection?.DecidedByPerson == person || inspection?.InspectorPerson == person)
        {
            return new ReleaserIsInvolved(disposition.Id, person, "inspected them");
        }

        if (disposition.ProposedByPerson == person)
        {
            return new ReleaserIsInvolved(disposition.Id, person, "proposed it");
        }

        return await db.HasQuarantinedAsync(disposition, envelope.Actor.Id, ct)
            ? new ReleaserIsInvolved(disposition.Id, person, "quarantined them")
            : null;
    }

    private async Task DisposeAsync(Disposition disposition, Inspection inspection, Envelope envelope, CancellationToken ct)
    {
        var parts = await db.LockInspectionPartsAsync(inspection.Id, ct);
        parts.Single(part => part.Id == disposition.InspectionPartId).Dispose(disposition.Quantity);
        var from = inspection.Status;
        var step = inspection.Dispose(disposition.Quantity, envelope.Now);
        var moved = inspection.Moved(step, from);
        db.Raise(moved);
        await inspections.TellAsync(moved, envelope, ct);
    }

    /// <summary>What was put right is looked at again, all of it, by what failed before.</summary>
    private Task<InspectionId> InspectAgainAsync(Disposition disposition, Inspection? inspection, Envelope envelope, CancellationToken ct) =>
        desk.OpenAsync(
            new ArrivedGoods(
                new Subject(nameof(Disposition), disposition.Id.Value), disposition.LegalEntityId, disposition.WarehouseId, disposition.BinId,
                disposition.ItemId, disposition.SupplierId, disposition.OwnerId, Risk: null, disposition.UsedAs,
                [new GoodsPart(disposition.LotId, disposition.SerialId, disposition.HandlingUnitId, disposition.Quantity)]),
            InspectionNeed.AfterRework(disposition.Number, disposition.Quantity, inspection?.ReadCharacteristics()),
            envelope,
            ct);
}

/// <summary>What an approver relies on of a disposition: that it is open, and that the goods are still there.</summary>
internal sealed class DispositionFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(Disposition);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct)
    {
        var disposition = await db.FindDispositionForWorkAsync(new DispositionId(id), ct);
        return disposition is null
            ? null
            : new
            {
                disposition.Status,
                disposition.Kind,
                disposition.Quantity,
                IsThere = await db.FindOnHandAsync(disposition.Piece, ct) >= disposition.Quantity,
            };
    }
}

/// <summary>What others did not agree to does not happen.</summary>
internal sealed class DispositionEnds(PlatformDb db) : IApprovalFollower
{
    public string SubjectKind => nameof(Disposition);

    public async Task EndedAsync(Guid subject, ApprovalStatus end, string? reason, Envelope envelope, CancellationToken ct)
    {
        var disposition = await db.FindDispositionForWorkAsync(new DispositionId(subject), ct);
        if (disposition is { Status: DispositionStatus.Proposed })
        {
            disposition.End(reason, envelope.Now);
            db.Raise(disposition.Moved());
        }
    }
}
