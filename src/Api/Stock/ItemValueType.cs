using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Stock;

internal sealed class ItemValueType : Readable<ItemValue>
{
    /// <summary>FIN-14: what left in ninety days says how long the rest lasts, and how much of it is more than the next ninety take.</summary>
    private const string Used =
        "(select -coalesce(sum(u.quantity), 0) from value_entry u where u.pool_id = {Id} and u.kind = 'ISSUE' and u.posting_date > current_date - 90)";

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
        Formula<decimal>("usedLately", Used, "How much left stock in the last ninety days.");
        Formula<decimal?>(
            "daysOnHand", $"round(greatest({{Quantity}}, 0) * 90 / nullif({Used}, 0), 1)",
            "How many days it lasts at the pace of the last ninety; null where nothing left.");
        Formula<decimal>(
            "excessValue", $"coalesce(round({{Value}} * greatest({{Quantity}} - {Used}, 0) / nullif({{Quantity}}, 0), 4), 0)",
            "What of the value is more than another ninety days take.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it stands.");
        One<Item>("item", row => row.ItemId, "What is valued.");
        Many<ItemValueLayer>("layers", row => row.PoolId, "Receipts that still lie there, for cost that flows first in, first out.");
        Many<ValueEntry>("entries", row => row.PoolId, "Everything that changed it.");
    }
}
