using Platform.Api.Reading.Declaring;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Stock;

internal sealed class AllocationType : Readable<Allocation>
{
    public AllocationType()
        : base("Allocation", "allocations", "stock.read")
    {
        ScopedLike<Reservation>(row => row.ReservationId);
        Column(row => row.Quantity, "Base units that are held.");
        One<Reservation>("reservation", row => row.ReservationId, "For which reservation.");
        One<StockBalance>("stockBalance", row => row.BalanceId, "Where they lie.");
    }
}
