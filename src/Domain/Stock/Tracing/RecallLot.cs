using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Stock.Reserving;

namespace Platform.Domain.Stock.Tracing;

/// <summary>
/// Stops a lot everywhere at once (INV-11): the lot is blocked, what reservations hold of it is given back, and all of it on
/// hand is quarantined. A pick that ran at the same moment is either before it, and in the report, or refused.
/// </summary>
[Needs("stock.recall")]
[Refuses<LotNotFound>]
[RefusesLike<PostMovements>]
public sealed record RecallLot(LotId Lot, string Reason) : ICommand<LotRecalled>, IReasoned;

public sealed record LotRecalled(
    LotId Lot, ItemId Item, decimal Quarantined, IReadOnlyList<ReservationId> ReservationsReleased, IReadOnlyList<StockPostingId> Postings)
    : IEvent
{
    public Subject Subject => new(nameof(Catalog.Lot), Lot.Value);
}

internal sealed class RecallLotHandler(PlatformDb db, StockPoster poster) : ICommandHandler<RecallLot, LotRecalled>
{
    public async Task<Result<LotRecalled>> HandleAsync(RecallLot command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockLotAsync(command.Lot, ct) is not { } lot)
        {
            return new LotNotFound(command.Lot);
        }

        if (lot.Status == LotStatus.Open)
        {
            db.RegisterChange(
                new Changed(
                    RecordKind.Lot, lot.Id.Value, FieldGroup.Status, lot.Version, new LotStatusWas(LotStatus.Open),
                    new LotStatusWas(LotStatus.Blocked), command.Reason),
                envelope);
            lot.Block(command.Reason, envelope.Now);
        }

        // Whoever picks of this lot holds it shared until their commit, so from here on nobody does.
        var held = await db.FindLotReservationsAsync(command.Lot, ct);
        await db.LockHeldBalancesAsync(held, ct);
        var released = await db.ReleaseForRecallAsync(held, envelope.Now, ct);
        foreach (var reservation in released)
        {
            db.Raise(reservation);
        }

        var quarantined = 0m;
        var postings = new List<StockPostingId>();
        foreach (var (entity, lines) in await db.FindLotOnHandAsync(command.Lot, ct))
        {
            var posted = await poster.PostAsync(Quarantine(entity, lines, command.Reason), envelope, ct);
            if (!posted.Succeeded(out var done))
            {
                return posted.Error!;
            }

            quarantined += lines.Sum(line => line.Quantity);
            postings.Add(done.Posting);
        }

        var recalled = new LotRecalled(
            command.Lot,
            lot.ItemId,
            quarantined,
            [.. released.Select(reservation => reservation.Reservation)],
            postings);
        db.Raise(recalled);
        return recalled;
    }

    private static PostingRequest Quarantine(LegalEntityId entity, IReadOnlyList<MovementLine> lines, string reason) => new()
    {
        LegalEntity = entity,
        Document = new StockDocument("Recall", Number: null, Id: null),
        Reason = new PostingReason("RECALL", reason, Evidence: null),
        Lines = lines,
    };
}
