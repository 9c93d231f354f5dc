using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Quality.Holding;

/// <summary>
/// Holds goods back, wherever in the scope they lie: what is usable is quarantined now, reservations of it end, and nothing in the
/// scope becomes usable while the hold stands (QLT-04, QLT-06, RCV-13).
/// </summary>
[Needs("quality.hold")]
[Refuses<InvalidField>, Refuses<LegalEntityNotFound>, Refuses<HoldScopeUnknown>, Refuses<AlreadyHeld>, Refuses<ComplianceNotYours>]
[RefusesLike<PostMovements>]
public sealed record PlaceHold(HoldKind Kind, HoldScope Scope, string Reason, string? Reference) : ICommand<HoldPlaced>, IReasoned;

public sealed record HoldPlaced(
    StockHoldId Hold,
    string Number,
    HoldKind Kind,
    HoldScope Scope,
    decimal Quantity,
    IReadOnlyList<ReservationId> ReservationsReleased,
    string Reason) : IEvent
{
    public Subject Subject => new(nameof(StockHold), Hold.Value);
}

/// <summary>
/// Sets goods free again, by somebody else than who held them back (QLT-04). What another hold covers stays where it is, and is that
/// hold's from now on.
/// </summary>
[Needs("quality.release")]
[Refuses<InvalidField>, Refuses<HoldNotFound>, Refuses<StaleVersion>, Refuses<HoldReleasedAlready>, Refuses<PlacerMayNotRelease>]
[Refuses<ComplianceNotYours>]
[RefusesLike<PostMovements>]
public sealed record ReleaseHold(StockHoldId Hold, int Version, string Reason) : ICommand<HoldReleased>, IReasoned;

/// <param name="Hold">The hold.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Why the goods were held back.</param>
/// <param name="Scope">Which goods.</param>
/// <param name="Freed">How many units may be used again.</param>
/// <param name="StillHeld">How many other holds still keep.</param>
/// <param name="Version">The hold's version.</param>
/// <param name="Reason">Why it was released.</param>
public sealed record HoldReleased(
    StockHoldId Hold, string Number, HoldKind Kind, HoldScope Scope, decimal Freed, decimal StillHeld, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(StockHold), Hold.Value);
}

internal sealed class PlaceHoldHandler(PlatformDb db, StockPoster poster) : ICommandHandler<PlaceHold, HoldPlaced>
{
    public async Task<Result<HoldPlaced>> HandleAsync(PlaceHold command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        if (command.Kind == HoldKind.Compliance && !envelope.Permissions.Contains(ComplianceNotYours.Permission))
        {
            return new ComplianceNotYours(command.Kind);
        }

        if (await RefuseScopeAsync(command.Scope, ct) is { } unknown)
        {
            return unknown;
        }

        // Alone: whoever makes goods usable reads the holds under the same lock, so none slips between.
        await db.LockPostingRulesAsync(ct);
        if (await db.FindStandingHoldAsync(command.Kind, command.Scope, ct) is { } standing)
        {
            return new AlreadyHeld(standing.Id, standing.Number);
        }

        var pieces = await db.FindUsableAsync(command.Scope, ct);
        var ended = await db.ReleaseReservationsOfAsync(pieces.ConvertAll(piece => piece.Balance), envelope, ct);
        var id = new StockHoldId(Guid.CreateVersion7(envelope.Now));
        var hold = StockHold.Place(id, await db.NextHoldNumberAsync(ct), command, pieces.Sum(piece => piece.Piece.Quantity), envelope);
        db.Add(hold);
        foreach (var (_, warehouse, piece) in pieces)
        {
            db.Add(StockHoldPart.Of(new StockHoldPartId(Guid.CreateVersion7(envelope.Now)), id, warehouse, piece, envelope.Now));
        }

        if (pieces.Count > 0)
        {
            var posted = await poster.PostAsync(Request(hold, pieces.ConvertAll(piece => piece.Piece)), envelope, ct);
            if (posted.Error is { } notPosted)
            {
                return notPosted;
            }
        }

        var placed = new HoldPlaced(id, hold.Number, hold.Kind, hold.Scope, hold.Quantity, ended, hold.Reason);
        db.Raise(placed);
        return placed;
    }

    private static InvalidField? Check(PlaceHold command) =>
        Field.Known<HoldKind>("kind", command.Kind)
        ?? command.Scope.Check()
        ?? Field.Text("reason", command.Reason, most: 500)
        ?? Field.OptionalText("reference", command.Reference, most: 200);

    private static PostingRequest Request(StockHold hold, List<Piece> pieces) => new()
    {
        LegalEntity = hold.LegalEntityId,
        Document = new StockDocument(nameof(StockHold), hold.Number, hold.Id.Value),
        Reason = new PostingReason("HOLD", hold.Reason, hold.Reference),
        Lines = [.. pieces.Select(piece => piece.ToCondition(StockCondition.Quarantined))],
    };

    private async Task<DomainError?> RefuseScopeAsync(HoldScope scope, CancellationToken ct)
    {
        if (await db.ShareLegalEntityAsync(scope.LegalEntity, ct) is null)
        {
            return new LegalEntityNotFound(scope.LegalEntity);
        }

        return await db.IsHoldScopeKnownAsync(scope, ct) ? null : new HoldScopeUnknown(scope);
    }
}

internal sealed class ReleaseHoldHandler(PlatformDb db, StockPoster poster, InspectionFollowers inspections) : ICommandHandler<ReleaseHold, HoldReleased>
{
    public async Task<Result<HoldReleased>> HandleAsync(ReleaseHold command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        await db.LockPostingRulesAsync(ct);
        var hold = await db.LockHoldAsync(command.Hold, ct);
        if (hold is null)
        {
            return new HoldNotFound(command.Hold);
        }

        if (Refuse(command, hold, envelope) is { } refusal)
        {
            return refusal;
        }

        hold.Release(command.Reason, envelope);
        var others = await db.FindStandingHoldsAsync(hold.LegalEntityId, hold.Id, ct);
        var (freed, still) = (new List<(StockHoldPart Part, Piece Piece)>(), 0m);
        foreach (var part in await db.LockHoldPartsAsync(hold.Id, ct))
        {
            if (others.Find(other => other.Scope.Covers(part.WarehouseId, part.BinId, part.ItemId, part.LotId, part.SerialId)) is { } other)
            {
                still += part.Held;
                part.PassTo(other.Id);
                continue;
            }

            freed.AddRange((await db.FindHeldGoodsAsync(part, ct)).Select(piece => (part, piece)));
            part.FreeAll();
        }

        if (freed.Count > 0 && await FreeAsync(hold, freed, envelope, ct) is { } notPosted)
        {
            return notPosted;
        }

        await TellAsync(freed, envelope, ct);
        var released = new HoldReleased(
            hold.Id, hold.Number, hold.Kind, hold.Scope, freed.Sum(one => one.Piece.Quantity), still, hold.Version, command.Reason);
        db.Raise(released);
        return released;
    }

    internal static DomainError? Refuse(ReleaseHold command, StockHold hold, Envelope envelope)
    {
        if (hold.Version != command.Version)
        {
            return new StaleVersion(nameof(StockHold), hold.Id.Value, command.Version, hold.Version);
        }

        if (hold.Status == HoldStatus.Released)
        {
            return new HoldReleasedAlready(hold.Id);
        }

        if (hold.PlacedByPerson == envelope.Actor.Person)
        {
            return new PlacerMayNotRelease(hold.Id, envelope.Actor.Person);
        }

        return hold.Kind == HoldKind.Compliance && !envelope.Permissions.Contains(ComplianceNotYours.Permission)
            ? new ComplianceNotYours(hold.Kind)
            : null;
    }

    private async Task<DomainError?> FreeAsync(StockHold hold, List<(StockHoldPart Part, Piece Piece)> freed, Envelope envelope, CancellationToken ct)
    {
        // The row must say that it no longer stands before the ledger asks what does.
        await db.SaveReleaseAsync(hold, ct);
        var posted = await poster.PostAsync(
            new PostingRequest
            {
                LegalEntity = hold.LegalEntityId,
                Document = new StockDocument("HoldRelease", hold.Number, hold.Id.Value),
                Reason = new PostingReason("HOLD_RELEASE", hold.ReleaseReason, Evidence: null),
                SetsFree = true,
                Lines = [.. freed.Select(one => one.Piece.ToCondition(one.Part.FreesAs))],
            },
            envelope,
            ct);
        return posted.Error;
    }

    /// <summary>What was accepted while the hold stood is free now: whoever brought it hears of that.</summary>
    private async Task TellAsync(List<(StockHoldPart Part, Piece Piece)> freed, Envelope envelope, CancellationToken ct)
    {
        foreach (var group in freed.Where(one => one.Part.InspectionPartId is not null).GroupBy(one => one.Part.InspectionPartId!.Value))
        {
            var quantity = group.Sum(one => one.Piece.Quantity);
            var (inspection, part) = await db.LockInspectionPartAsync(group.Key, ct);
            part.Free(quantity);
            await inspections.TellFreedAsync(inspection, part, quantity, envelope, ct);
        }
    }
}
