namespace Platform.Intelligence.Learning.Measuring;

/// <summary>Places of values in their order, from 1; ties share their mean.</summary>
internal static class Ranks
{
    public static double[] Of(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(row => values[row])];
        var ranks = new double[values.Length];
        for (var from = 0; from < order.Length;)
        {
            var to = from + 1;
            while (to < order.Length && values[order[to]].Equals(values[order[from]]))
            {
                to++;
            }

            for (var i = from; i < to; i++)
            {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }

            from = to;
        }

        return ranks;
    }

    /// <summary>Pearson's correlation of two lists; of ranks, Spearman's. NaN when one of them is constant.</summary>
    public static double Correlation(double[] first, double[] second)
    {
        double a = first.Average(), b = second.Average();
        double both = 0, one = 0, two = 0;
        for (var row = 0; row < first.Length; row++)
        {
            both += (first[row] - a) * (second[row] - b);
            one += (first[row] - a) * (first[row] - a);
            two += (second[row] - b) * (second[row] - b);
        }

        return both / Math.Sqrt(one * two);
    }
}
