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
    public Estimate Of(int rowCount, Func<int[], double> figure) => Of(rowCount, rows => [figure(rows)], count: 1)[0];

    /// <summary>Several figures of the same resamples: each resample is drawn once.</summary>
    public Estimate[] Of(int rowCount, Func<int[], double[]> figures, int count) => Resample(
        rowCount,
        draws =>
        {
            var rows = new int[rowCount];
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = draws.NextBelow(rowCount);
            }

            return rows;
        },
        figures,
        count);

    /// <summary>A figure of rows; <paramref name="clusters"/> names each row's cluster.</summary>
    public Estimate OfClusters(int[] clusters, Func<int[], double> figure)
    {
        int[][] members = [.. Enumerable.Range(0, clusters.Length).GroupBy(row => clusters[row]).OrderBy(group => group.Key)
            .Select(group => group.ToArray())];
        return Resample(
            clusters.Length,
            draws =>
            {
                var rows = new List<int>(clusters.Length);
                for (var c = 0; c < members.Length; c++)
                {
                    rows.AddRange(members[draws.NextBelow(members.Length)]);
                }

                return [.. rows];
            },
            rows => [figure(rows)],
            count: 1)[0];
    }

    private Estimate[] Resample(int rowCount, Func<Draws, int[]> draw, Func<int[], double[]> figures, int count)
    {
        var whole = figures([.. Enumerable.Range(0, rowCount)]);
        var draws = new Draws(seed);
        List<double>[] seen = [.. Enumerable.Range(0, count).Select(_ => new List<double>(resamples))];
        for (var i = 0; i < resamples; i++)
        {
            var values = figures(draw(draws));
            for (var f = 0; f < count; f++)
            {
                if (!double.IsNaN(values[f]))
                {
                    seen[f].Add(values[f]);
                }
            }
        }

        return [.. seen.Select((values, f) => Interval(whole[f], values))];
    }

    private static Estimate Interval(double whole, List<double> values)
    {
        values.Sort();
        return values.Count == 0
            ? new Estimate(whole, double.NaN, double.NaN, double.NaN)
            : new Estimate(whole, At(values, 0.025), At(values, 0.975), values.Count(value => value <= 0) / (double)values.Count);
    }

    private static double At(List<double> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Round(share * (sorted.Count - 1)), 0, sorted.Count - 1)];
}
