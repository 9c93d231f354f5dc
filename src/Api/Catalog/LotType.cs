using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Catalog;

internal sealed class LotType : Readable<Lot>
{
    public LotType()
        : base("Lot", "lots", "catalog.read")
    {
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Code, "Its number, unique among the lots of its item.");
        Column(row => row.SupplierLot, "The number the supplier gave it.");
        Column(row => row.ManufacturedOn, "The day it was made.");
        Column(row => row.ReceivedOn, "The day it came.");
        Column(row => row.ExpiresOn, "The last day of its shelf life.");
        Column(row => row.UseByOn, "The day by which it must be used.");
        Column(row => row.RemovalOn, "The day on which it leaves the shelf.");
        Column(row => row.AlertOn, "The day on which somebody looks at it.");
        Column(row => row.CountryOfOrigin);
        Column(row => row.Status, "Whether it may be used.");
        Column(row => row.BlockReason);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        Computed<int?>(
            "daysToExpiry",
            "Days from today, in UTC, to the end of its shelf life; negative when that is over.",
            [lot => lot.ExpiresOn],
            DaysToExpiry);
        One<Item>("item", row => row.ItemId, "What it is a lot of.");
        One<Supplier>("supplier", row => row.SupplierId, "Who delivered it.");
        Many<Serial>("serials", row => row.LotId, "Its numbered units.");
        Many<StockBalance>("stockBalances", row => row.LotId, "Where it lies.");
        Many<StockMovement>("stockMovements", row => row.LotId, "Where it went.");
    }
    private static ValueTask<IReadOnlyList<int?>> DaysToExpiry(ComputedRows lots, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(lots.Service<TimeProvider>().GetUtcNow().UtcDateTime);
        var days = new int?[lots.Count];
        for (var i = 0; i < days.Length; i++)
        {
            days[i] = lots.Value<DateOnly?>(i, 0)?.DayNumber - today.DayNumber;
        }

        return ValueTask.FromResult<IReadOnlyList<int?>>(days);
    }
}
