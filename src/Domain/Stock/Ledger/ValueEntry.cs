using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock.Ledger;

/// <summary>What a movement, or a cost without one, did to the value of stock.</summary>
public sealed class ValueEntry
{
    private ValueEntry()
    {
    }

    public long Id { get; private set; }

    public long PoolId { get; private set; }

    public StockPostingId PostingId { get; private set; }

    public long? MovementId { get; private set; }

    public ValueKind Kind { get; private set; }

    public decimal Quantity { get; private set; }

    public decimal OnHand { get; private set; }

    public decimal Rest { get; private set; }

    public long? Generation { get; private set; }

    public decimal? Decay { get; private set; }

    public int? Epoch { get; private set; }

    public int? Layer { get; private set; }

    public long? ChargedEntryId { get; private set; }

    public decimal? UnitCost { get; private set; }

    public DateOnly PostingDate { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }
}
