using Platform.Domain.Catalog;
using Platform.Domain.Partners;

namespace Platform.Domain.Stock.Ledger;

/// <summary>How cost flows for a class of items or for one item, in one company's books or in all.</summary>
public sealed class CostingRule
{
    private CostingRule()
    {
    }

    public CostingRuleId Id { get; private set; }

    public LegalEntityId? LegalEntityId { get; private set; }

    public string? Category { get; private set; }

    public ItemId? ItemId { get; private set; }

    public CostingMethod? Method { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }
}
