using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Reserving;

/// <summary>What stock is kept for: an order line, a transfer, a kit.</summary>
public sealed record Demand(string Kind, Guid Id);

/// <summary>Keeps so many of our own units of a warehouse free for somebody, until they are allocated, released, or time runs out.</summary>
[Needs("stock.reserve"), WithinRows]
[Refuses<ReservationInvalid>, Refuses<NotEnoughToPromise>]
public sealed record ReserveStock(
    ItemId Item, WarehouseId Warehouse, decimal Quantity, Demand Demand, DateTimeOffset? ExpiresAt) : ICommand<StockReserved>;

public sealed record StockReserved(
    ReservationId Reservation, ItemId Item, WarehouseId Warehouse, decimal Quantity, Demand Demand, DateTimeOffset? ExpiresAt) : IEvent
{
    public Subject Subject => new("Reservation", Reservation.Value);
}

internal sealed class ReserveStockHandler(PlatformDb db) : ICommandHandler<ReserveStock, StockReserved>
{
    public async Task<Result<StockReserved>> HandleAsync(ReserveStock command, Envelope envelope, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(command.Demand.Kind) || command.Demand.Id == Guid.Empty)
        {
            return new ReservationInvalid("A reservation names what it is for.");
        }

        if (command.ExpiresAt <= envelope.Now)
        {
            return new ReservationInvalid("A reservation ends in the future.");
        }

        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        if (await db.LockPositionAsync(command.Item, command.Warehouse, today, ct) is not { } position
            || command.Quantity is <= 0m or >= Quantity.Limit
            || decimal.Round(command.Quantity, position.Decimals) != command.Quantity)
        {
            return new ReservationInvalid("An existing item and warehouse, and a positive amount in base units, please.");
        }

        if (position.Available < command.Quantity)
        {
            return new NotEnoughToPromise(command.Item, command.Warehouse, position.Available, command.Quantity);
        }

        var reserved = new StockReserved(
            ReservationId.From(Guid.CreateVersion7(envelope.Now)),
            command.Item, command.Warehouse, command.Quantity, command.Demand, command.ExpiresAt?.ToUniversalTime());
        await db.InsertReservationAsync(reserved, position.Owner, envelope.Now, ct);
        db.Raise(reserved);
        return reserved;
    }
}
