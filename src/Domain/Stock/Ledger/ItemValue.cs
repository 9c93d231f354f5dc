using Platform.Domain.Catalog;
using Platform.Domain.Partners;

namespace Platform.Domain.Stock.Ledger;

/// <summary>The stock of an item of a legal entity, as money.</summary>
public sealed class ItemValue
{
    private ItemValue()
    {
    }

    public long Id { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public ItemId ItemId { get; private set; }

    public CostingMethod Flow { get; private set; }

    /// <summary>How it will, as soon as nothing lies in it; none where a rule asks for no other way.</summary>
    public CostingMethod? NextFlow { get; private set; }

    public decimal Quantity { get; private set; }

    public decimal Value { get; private set; }

    public long Generation { get; private set; }

    public decimal Decay { get; private set; }

    public int Epoch { get; private set; }

    public decimal LastCost { get; private set; }

    public decimal StandardCost { get; private set; }

    public int LastLayer { get; private set; }
}
