namespace Platform.Domain.Stock.Valuation;

/// <summary>
/// What part of one unit that lay in a moving-average pool at the start of its generation is still there. Each proportional
/// issue multiplies it by (what stays ÷ what lay there), so the share of any earlier receipt that is still on hand is the
/// quotient of two indexes: a late cost is split by reading one row, however many movements came between.
/// </summary>
/// <remarks>
/// Kept as index × 10¹², between 1 and 10¹², because a decimal holds 28 digits but at most 28 decimals: an index of 1E-12
/// stored as such would keep 16. Below the lower bound it is raised by 10¹² and the epoch counts on. No logarithm and no
/// binary fraction, so that a replay gives the same digits.
/// </remarks>
public readonly record struct DecayIndex(decimal Scaled, int Epoch)
{
    private const decimal Raise = 1_000_000_000_000m;

    /// <summary>Everything is still there.</summary>
    public static DecayIndex Start => new(Raise, 0);

    /// <summary>After an issue that left <paramref name="remaining"/> of <paramref name="before"/>.</summary>
    public DecayIndex After(decimal remaining, decimal before)
    {
        if (remaining <= 0m || remaining >= before)
        {
            throw new ArgumentOutOfRangeException(nameof(remaining), remaining, $"Of {before} something must go and something stay.");
        }

        // Raised before dividing: the quotient then has all its digits.
        var product = Scaled * remaining;
        var epoch = Epoch;
        while (product < before)
        {
            product *= Raise;
            epoch++;
        }

        return new DecayIndex(product / before, epoch);
    }

    /// <summary>The index a receipt would have had if <paramref name="part"/> of it had been the <paramref name="whole"/>.</summary>
    public DecayIndex AsIfWholeWere(decimal whole, decimal part) => this with { Scaled = Scaled * (whole / part) };

    /// <summary>The part of <paramref name="amount"/>, charged to a receipt marked then, that belongs to what is still here.</summary>
    public decimal ShareSince(DecayIndex then, decimal amount) => (Epoch - then.Epoch) switch
    {
        0 => amount * Scaled / then.Scaled,
        1 => amount * Scaled / then.Scaled / Raise,
        // Less than one part in 10¹² of an amount below 10¹⁵ in an index that fell through a whole epoch: not a coin.
        _ => 0m,
    };
}
