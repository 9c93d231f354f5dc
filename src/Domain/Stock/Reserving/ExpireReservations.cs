using Platform.Domain.Kernel;

namespace Platform.Domain.Stock.Reserving;

/// <summary>Ends reservations whose time has run out before anybody picked; run by a service, again and again.</summary>
[Needs("stock.reserve.expire")]
public sealed record ExpireReservations(int Most) : ICommand<ReservationsExpired>;

/// <summary>The reservations that ended because their time ran out.</summary>
public sealed record ReservationsExpired(IReadOnlyList<ReservationId> Reservations);

internal sealed class ExpireReservationsHandler(PlatformDb db) : ICommandHandler<ExpireReservations, ReservationsExpired>
{
    private const int MostAtOnce = 1_000;

    public async Task<Result<ReservationsExpired>> HandleAsync(ExpireReservations command, Envelope envelope, CancellationToken ct)
    {
        var due = await db.FindDueReservationsAsync(envelope.Now, Math.Clamp(command.Most, 1, MostAtOnce), ct);
        if (due.Count == 0)
        {
            return new ReservationsExpired([]);
        }

        await db.LockHeldBalancesAsync(due, ct);
        var expired = await db.LockDueReservationsAsync(due, envelope.Now, ct);
        await db.EndReservationsAsync([.. expired.Select(reservation => reservation.Id)], ReservationStatus.Expired, envelope.Now, ct);
        foreach (var reservation in expired)
        {
            db.Raise(new ReservationEnded(reservation.Id, ReservationStatus.Expired, reservation.Quantity, reservation.Consumed));
        }

        return new ReservationsExpired([.. expired.Select(reservation => reservation.Id)]);
    }
}
