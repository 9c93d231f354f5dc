using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Stock;

internal sealed class ItemValueType : Readable<ItemValue>
{
    public ItemValueType()
        : base("ItemValue", "itemValues", "stock.value.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.Flow, "How cost flows through it.");
        Column(row => row.NextFlow);
        Column(row => row.Quantity, "Units in it; for an item priced by weight its weight.");
        Column(row => row.Value, "What they are worth, in the currency of the books.");
        Column(row => row.LastCost, "What the last receipt cost a unit.");
        Column(row => row.StandardCost, "What a unit should cost.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it stands.");
        One<Item>("item", row => row.ItemId, "What is valued.");
        Many<ItemValueLayer>("layers", row => row.PoolId, "Receipts that still lie there, for cost that flows first in, first out.");
        Many<ValueEntry>("entries", row => row.PoolId, "Everything that changed it.");
    }
}
