namespace Platform.Domain.Stock.Ledger;

/// <summary>A receipt of an item costed first in, first out, as far as it still lies here.</summary>
public sealed class ItemValueLayer
{
    private ItemValueLayer()
    {
    }

    public long PoolId { get; private set; }

    public int Sequence { get; private set; }

    public decimal Original { get; private set; }

    public decimal Remaining { get; private set; }

    public decimal Value { get; private set; }
}
