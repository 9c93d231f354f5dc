using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Stock;

internal sealed class CostingRuleType : Readable<CostingRule>
{
    public CostingRuleType()
        : base("CostingRule", "costingRules", "stock.value.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Column(row => row.Category, "The class of items it is about.");
        Column(row => row.Method, "How cost flows; none where the next wider rule speaks.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it holds; none means all.");
        One<Item>("item", row => row.ItemId, "The item it is about.");
    }
}
