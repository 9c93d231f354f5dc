namespace Platform.Intelligence.Learning.Intervals;

/// <summary>
/// Split conformal prediction: the margin that covers a new row with at least the wished chance, from the errors of a
/// later block. The rank ⌈(n+1)·coverage⌉ is what makes the promise hold for finite n; too few errors promise nothing.
/// </summary>
internal static class ConformalQuantile
{
    public static double Of(IEnumerable<double> errors, double coverage)
    {
        double[] sorted = [.. errors.Order()];
        var rank = (int)Math.Ceiling((sorted.Length + 1) * coverage);
        return rank > sorted.Length ? double.PositiveInfinity : sorted[Math.Max(rank, 1) - 1];
    }

    /// <summary>
    /// Conformalised quantile regression (Romano 2019): how far the band [low, high] must be widened (or, negative,
    /// narrowed) on both sides.
    /// </summary>
    public static double Widening(double[] low, double[] high, double[] actual, double coverage) =>
        Of(actual.Select((value, row) => Math.Max(low[row] - value, value - high[row])), coverage);
}
