using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.Learning.Measuring;

/// <summary>A figure with its interval, and the share of resamples in which it was not above zero.</summary>
internal sealed record Estimate(double Value, double Low, double High, double ShareNotAbove);

/// <summary>
/// Intervals by resampling. Both figures of a comparison are computed on the same resample (paired); rows that share
/// a cluster are drawn together, because they are not independent evidence.
/// </summary>
internal sealed class Bootstrap(int resamples, ulong seed)
{
    /// <summary>A figure of rows, each its own cluster.</summary>
    public Estimate Of(int rowCount, Func<int[], double> figure) =>
        OfClusters([.. Enumerable.Range(0, rowCount)], figure);

    /// <summary>A figure of rows; <paramref name="clusters"/> names each row's cluster.</summary>
    public Estimate OfClusters(int[] clusters, Func<int[], double> figure)
    {
        int[][] members = [.. Enumerable.Range(0, clusters.Length).GroupBy(row => clusters[row]).OrderBy(group => group.Key)
            .Select(group => group.ToArray())];
        var draws = new Draws(seed);
        var figures = new List<double>(resamples);
        for (var i = 0; i < resamples; i++)
        {
            var rows = new List<int>(clusters.Length);
            for (var c = 0; c < members.Length; c++)
            {
                rows.AddRange(members[draws.NextBelow(members.Length)]);
            }

            var value = figure([.. rows]);
            if (!double.IsNaN(value))
            {
                figures.Add(value);
            }
        }

        figures.Sort();
        var whole = figure([.. Enumerable.Range(0, clusters.Length)]);
        return figures.Count == 0
            ? new Estimate(whole, double.NaN, double.NaN, double.NaN)
            : new Estimate(whole, At(figures, 0.025), At(figures, 0.975), figures.Count(value => value <= 0) / (double)figures.Count);
    }

    private static double At(List<double> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Round(share * (sorted.Count - 1)), 0, sorted.Count - 1)];
}
