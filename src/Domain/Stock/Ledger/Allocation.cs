namespace Platform.Domain.Stock.Ledger;

/// <summary>The row of stock that holds goods of a reservation.</summary>
public sealed class Allocation
{
    private Allocation()
    {
    }

    public ReservationId ReservationId { get; private set; }

    public long BalanceId { get; private set; }

    public decimal Quantity { get; private set; }
}
