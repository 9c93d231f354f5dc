using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Catalog;

internal sealed class SerialType : Readable<Serial>
{
    public SerialType()
        : base("Serial", "serials", "catalog.read")
    {
        ScopedLike<Lot>(row => row.LotId);
        Column(row => row.Code, "Its number.");
        Column(row => row.IsGlobal);
        Column(row => row.Status, "Whether it may be used.");
        Column(row => row.BlockReason);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Item>("item", row => row.ItemId, "What it is.");
        One<Lot>("lot", row => row.LotId, "The lot it was made in.");
        Many<StockBalance>("stockBalances", row => row.SerialId, "Where it lies.");
        Many<StockMovement>("stockMovements", row => row.SerialId, "Where it went.");
    }
}
