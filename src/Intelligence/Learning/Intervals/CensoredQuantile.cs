namespace Platform.Intelligence.Learning.Intervals;

/// <summary>
/// The value that a share of a sample does not exceed, where some values are only known to be at least so large
/// (Kaplan and Meier). Leaving those out, or taking them as they are, would promise too little.
/// </summary>
internal static class CensoredQuantile
{
    /// <summary>Infinite when too much of the sample is still open to tell.</summary>
    public static double Of(IEnumerable<(double Value, bool IsObserved)> sample, double share)
    {
        var sorted = sample.OrderBy(item => item.Value).ThenByDescending(item => item.IsObserved).ToArray();
        var above = 1.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!sorted[i].IsObserved)
            {
                continue;
            }

            // One row more than there are: the row to come may be the largest.
            above *= 1 - (1.0 / (sorted.Length + 1 - i));
            if (above <= 1 - share + 1e-12)
            {
                return sorted[i].Value;
            }
        }

        return double.PositiveInfinity;
    }
}
