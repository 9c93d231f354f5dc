using Platform.Api.Reading.Declaring;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Stock;

internal sealed class ValueEntryType : Readable<ValueEntry>
{
    public ValueEntryType()
        : base("ValueEntry", "valueEntries", "stock.value.read")
    {
        ScopedLike<ItemValue>(row => row.PoolId);
        ScopedLikeAny<StockMovement>(row => row.MovementId);
        Column(row => row.Kind, "What changed the value.");
        Column(row => row.Quantity, "Units that came or went; zero where only cost did.");
        Column(row => row.OnHand, "The part of the amount that stayed with the stock.");
        Column(row => row.Rest, "The part that left with goods, or is a variance.");
        Column(row => row.UnitCost, "What a unit costs from here on, where the entry says so.");
        Column(row => row.PostingDate);
        Column(row => row.RecordedAt);
        One<ItemValue>("itemValue", row => row.PoolId, "The stock whose value changed.");
        One<StockPosting>("posting", row => row.PostingId, "What it was posted with.");
        One<StockMovement>("movement", row => row.MovementId, "The movement behind it, where goods moved.");
        One<ValueEntry>("chargedEntry", row => row.ChargedEntryId, "The receipt that a later cost belongs to.");
    }
}
