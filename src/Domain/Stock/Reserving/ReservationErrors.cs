using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Reserving;

/// <summary>Where a reservation stands.</summary>
public enum ReservationStatus
{
    /// <summary>So many units are kept free for it, nobody has said which.</summary>
    Promised,

    /// <summary>These units, in these bins.</summary>
    Allocated,

    /// <summary>Its goods have left their bins for staging; it no longer runs out of time.</summary>
    Picked,
    Consumed,
    Released,
    Expired,
}

public sealed record ReservationNotFound(ReservationId Reservation) : DomainError
{
    public override string Message => $"There is no reservation {Reservation}.";
}

public sealed record ReservationNotOpen(ReservationId Reservation, ReservationStatus Status) : DomainError
{
    public override string Message => $"Reservation {Reservation} is {Status}; it ends once.";
}

public sealed record NotEnoughToPromise(ItemId Item, WarehouseId Warehouse, decimal Available, decimal Requested) : DomainError
{
    public override string Message => $"{Available:0.######} of item {Item} are free in warehouse {Warehouse}; {Requested:0.######} are asked for.";
}

public sealed record ReservationInvalid(string Why) : InvalidInput
{
    public override string Message => Why;
}

/// <summary>The lines ask for more than was promised.</summary>
public sealed record AllocationExceedsReservation(ReservationId Reservation, decimal Promised, decimal Requested) : DomainError
{
    public override string Message => $"Reservation {Reservation} promises {Promised}; the lines allocate {Requested}.";
}
