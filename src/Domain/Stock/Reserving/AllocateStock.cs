using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Reserving;

/// <summary>Units of one bin that a reservation takes.</summary>
public sealed record AllocationLine(BinId Bin, LotId? Lot, SerialId? Serial, HandlingUnitId? HandlingUnit, decimal Quantity);

/// <summary>
/// Says which units serve a promise. Less than promised leaves the rest as a promise of its own, so that each reservation
/// has one state.
/// </summary>
[Needs("stock.reserve"), WithinRows]
[Refuses<ReservationInvalid>, Refuses<ReservationNotFound>, Refuses<ReservationNotOpen>, Refuses<AllocationExceedsReservation>]
[Refuses<InsufficientStock>, Refuses<BinIsBlocked>, Refuses<LotIsBlocked>, Refuses<LotExpired>, Refuses<SerialIsBlocked>]
[Refuses<OtherWarehouse>, Refuses<BinRoleNotAllowed>]
public sealed record AllocateStock(ReservationId Reservation, IReadOnlyList<AllocationLine> Lines) : ICommand<StockAllocated>;

public sealed record StockAllocated(
    ReservationId Reservation, ItemId Item, WarehouseId Warehouse, decimal Quantity, ReservationId? Rest, decimal RestQuantity,
    IReadOnlyList<AllocationLine> Lines) : IEvent
{
    public Subject Subject => new("Reservation", Reservation.Value);
}

internal sealed class AllocateStockHandler(PlatformDb db) : ICommandHandler<AllocateStock, StockAllocated>
{
    private const int MostLines = 500;

    public async Task<Result<StockAllocated>> HandleAsync(AllocateStock command, Envelope envelope, CancellationToken ct)
    {
        if (command.Lines.Count is 0 or > MostLines || command.Lines.Any(line => line.Quantity <= 0m))
        {
            return new ReservationInvalid($"Between 1 and {MostLines} lines, each with a positive quantity, please.");
        }

        if (await db.FindReservationAsync(command.Reservation, ct) is not { } promised)
        {
            return new ReservationNotFound(command.Reservation);
        }

        var spots = await db.LockSpotsAsync(promised, command.Lines, ct);
        if (await db.LockReservationAsync(command.Reservation, ct) is not { Status: ReservationStatus.Promised } reservation)
        {
            return new ReservationNotOpen(command.Reservation, (await db.FindReservationAsync(command.Reservation, ct))!.Status);
        }

        var decided = Decide(reservation, command.Lines, spots, DateOnly.FromDateTime(envelope.Now.UtcDateTime));
        if (decided is not null)
        {
            return decided;
        }

        var quantity = command.Lines.Sum(line => line.Quantity);
        var rest = reservation.Quantity - quantity;
        ReservationId? remainder = rest > 0m ? ReservationId.From(Guid.CreateVersion7(envelope.Now)) : null;
        await db.AllocateAsync(reservation, spots, quantity, remainder, envelope.Now, ct);
        var allocated = new StockAllocated(
            reservation.Id, reservation.Item, reservation.Warehouse, quantity, remainder, rest, command.Lines);
        db.Raise(allocated);
        return allocated;
    }

    internal static DomainError? Decide(
        ReservationRow reservation, IReadOnlyList<AllocationLine> lines, IReadOnlyList<AllocationSpot?> spots, DateOnly today)
    {
        var total = lines.Sum(line => line.Quantity);
        if (total > reservation.Quantity)
        {
            return new AllocationExceedsReservation(reservation.Id, reservation.Quantity, total);
        }

        var taken = new Dictionary<long, decimal>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (RefuseLine(i + 1, reservation, lines[i], spots[i], today, taken) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static LineRefusal? RefuseLine(
        int number, ReservationRow reservation, AllocationLine line, AllocationSpot? spot, DateOnly today, Dictionary<long, decimal> taken)
    {
        if (spot is null)
        {
            return new InsufficientStock(number, line.Bin, reservation.Item, line.Lot, 0m, line.Quantity);
        }

        if (spot.Warehouse != reservation.Warehouse)
        {
            return new OtherWarehouse(number, MovementType.Pick, line.Bin, line.Bin);
        }

        if (spot.Role is not ("FORWARD_PICK" or "RESERVE"))
        {
            return new BinRoleNotAllowed(number, line.Bin, spot.Role, MovementType.Pick);
        }

        if (spot.BinBlock is { } blocked)
        {
            return new BinIsBlocked(number, line.Bin, Inwards: false, blocked);
        }

        if (spot.LotBlock is { } held)
        {
            return new LotIsBlocked(number, line.Lot!.Value, held);
        }

        if (spot.SerialBlock is { } stopped)
        {
            return new SerialIsBlocked(number, line.Serial!.Value, stopped);
        }

        if (spot.ExpiresOn is { } day && day < today)
        {
            return new LotExpired(number, line.Lot!.Value, day);
        }

        var free = spot.Free - taken.GetValueOrDefault(spot.Balance);
        taken[spot.Balance] = taken.GetValueOrDefault(spot.Balance) + line.Quantity;
        return free < line.Quantity
            ? new InsufficientStock(number, line.Bin, reservation.Item, line.Lot, free, line.Quantity)
            : null;
    }
}
