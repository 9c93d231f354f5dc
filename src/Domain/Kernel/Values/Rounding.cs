namespace Platform.Domain.Kernel.Values;

/// <summary>The only roundings of the house.</summary>
public static class Rounding
{
    /// <summary>
    /// Commercial rounding: a half goes away from zero, so that a reversal rounds to the exact mirror of what it reverses.
    /// </summary>
    public static decimal HalfUp(decimal amount, int digits) =>
        decimal.Round(amount, digits, MidpointRounding.AwayFromZero);

    /// <summary>
    /// Shares <paramref name="total"/> by weight so that the coins add up (largest remainder; ties go to the earlier share).
    /// Every share has the sign of the total or is zero.
    /// </summary>
    public static decimal[] Share(decimal total, IReadOnlyList<decimal> weights, int digits)
    {
        if (weights.Count == 0 || weights.Any(weight => weight < 0m) || HalfUp(total, digits) != total)
        {
            throw new ArgumentException(
                "Sharing needs weights that are not negative, and a total in whole coins.", nameof(weights));
        }

        var sum = weights.Sum();
        if (sum <= 0m)
        {
            throw new ArgumentException("At least one weight must be positive.", nameof(weights));
        }

        var coin = CoinOf(digits);
        var sign = total < 0m ? -1m : 1m;
        var coins = decimal.Abs(total) / coin;
        var shares = new decimal[weights.Count];
        var remainders = new (decimal Remainder, int Index)[weights.Count];
        var given = 0m;
        for (var i = 0; i < weights.Count; i++)
        {
            var exact = coins * (weights[i] / sum);
            shares[i] = decimal.Floor(exact);
            remainders[i] = (exact - shares[i], i);
            given += shares[i];
        }

        Array.Sort(remainders, static (a, b) =>
            a.Remainder == b.Remainder ? a.Index.CompareTo(b.Index) : b.Remainder.CompareTo(a.Remainder));
        // The ratios are rounded in their 28th digit, so the floors may miss the total by a coin either way.
        for (var next = 0; given < coins; next = (next + 1) % remainders.Length)
        {
            if (weights[remainders[next].Index] > 0m)
            {
                shares[remainders[next].Index] += 1m;
                given += 1m;
            }
        }

        for (var last = remainders.Length - 1; given > coins; last--)
        {
            if (shares[remainders[last].Index] > 0m)
            {
                shares[remainders[last].Index] -= 1m;
                given -= 1m;
            }
        }

        return Array.ConvertAll(shares, share => sign * share * coin);
    }

    private static decimal CoinOf(int digits) => new(1, 0, 0, isNegative: false, (byte)digits);
}
