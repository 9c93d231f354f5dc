using Platform.Api.Reading.Declaring;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Stock;

internal sealed class ItemValueLayerType : Readable<ItemValueLayer>
{
    public ItemValueLayerType()
        : base("ItemValueLayer", "itemValueLayers", "stock.value.read")
    {
        ScopedLike<ItemValue>(row => row.PoolId);
        Column(row => row.Sequence, "Its place in the order of receipts.");
        Column(row => row.Original, "Units that came.");
        Column(row => row.Remaining, "Units that still lie there.");
        Column(row => row.Value, "What these are worth.");
        One<ItemValue>("itemValue", row => row.PoolId, "The stock it is a part of.");
    }
}
