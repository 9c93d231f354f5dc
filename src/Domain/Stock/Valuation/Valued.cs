namespace Platform.Domain.Stock.Valuation;

/// <summary>
/// What one change did to the value of stock. The document's amount is <see cref="Total"/>; <see cref="OnHand"/> of it is in
/// the pool, and <see cref="Rest"/> belongs to goods that left, to a variance, or to a price that differs from standard.
/// </summary>
public readonly record struct Valued(decimal OnHand, decimal Rest)
{
    public decimal Total => OnHand + Rest;
}

/// <summary>Where a receipt entered its pool; stored with its value entry, so that a late cost finds its share.</summary>
public readonly record struct ReceiptMark(long Generation, DecayIndex Decay, int Layer)
{
    /// <summary>A receipt of which nothing stayed: it only filled what had been issued before it came.</summary>
    public static ReceiptMark Gone => new(-1, DecayIndex.Start, -1);
}
