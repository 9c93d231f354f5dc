using Platform.Domain.Kernel;

namespace Platform.Domain.Stock.Reserving;

/// <summary>
/// Gives back what a reservation still holds: the customer cancelled, the pick fell short. What it had served already stays
/// served, and then it ends as consumed.
/// </summary>
[Needs("stock.reserve"), WithinRows]
[Refuses<ReservationNotFound>, Refuses<ReservationNotOpen>]
public sealed record ReleaseReservation(ReservationId Reservation, string Reason) : ICommand<ReservationEnded>, IReasoned;

/// <summary>A reservation ended, once and for all.</summary>
public sealed record ReservationEnded(ReservationId Reservation, ReservationStatus Status, decimal Quantity, decimal Consumed) : IEvent
{
    public Subject Subject => new("Reservation", Reservation.Value);
}

internal sealed class ReleaseReservationHandler(PlatformDb db) : ICommandHandler<ReleaseReservation, ReservationEnded>
{
    public async Task<Result<ReservationEnded>> HandleAsync(ReleaseReservation command, Envelope envelope, CancellationToken ct)
    {
        await db.LockHeldBalancesAsync([command.Reservation], ct);
        if (await db.LockReservationAsync(command.Reservation, ct) is not { } reservation)
        {
            return new ReservationNotFound(command.Reservation);
        }

        if (reservation.HasEnded)
        {
            return new ReservationNotOpen(reservation.Id, reservation.Status);
        }

        var status = reservation.Consumed > 0m ? ReservationStatus.Consumed : ReservationStatus.Released;
        await db.EndReservationsAsync([reservation.Id], status, envelope.Now, ct);
        var ended = new ReservationEnded(reservation.Id, status, reservation.Quantity, reservation.Consumed);
        db.Raise(ended);
        return ended;
    }
}
