namespace Platform.Intelligence.Learning.Measuring;

/// <summary>How well scores order rows. Labels are 1 for what is sought and 0 for the rest.</summary>
internal static class Ranking
{
    /// <summary>The chance that a sought row scores above another; ties count half. NaN when one kind is absent.</summary>
    public static double Auc(double[] scores, double[] labels)
    {
        var order = Ascending(scores);
        double rankSum = 0;
        long positives = 0;
        for (var from = 0; from < order.Length;)
        {
            var to = from + 1;
            while (to < order.Length && scores[order[to]] == scores[order[from]])
            {
                to++;
            }

            // Ranks from + 1 … to share their mean.
            var rank = (from + 1 + to) / 2.0;
            for (; from < to; from++)
            {
                if (labels[order[from]] > 0.5)
                {
                    rankSum += rank;
                    positives++;
                }
            }
        }

        var negatives = order.Length - positives;
        return positives == 0 || negatives == 0
            ? double.NaN
            : (rankSum - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>Average precision: precision at each distinct score, weighted by the recall it adds.</summary>
    public static double AveragePrecision(double[] scores, double[] labels)
    {
        var order = Ascending(scores);
        double total = labels.Count(label => label > 0.5), found = 0, sum = 0;
        for (var to = order.Length; to > 0;)
        {
            var from = to;
            var before = found;
            while (from > 0 && scores[order[from - 1]] == scores[order[to - 1]])
            {
                from--;
                found += labels[order[from]] > 0.5 ? 1 : 0;
            }

            sum += (found - before) * found / (order.Length - from);
            to = from;
        }

        return total == 0 ? double.NaN : sum / total;
    }

    /// <summary>The share of sought rows among the highest-scored share of rows. Ties are broken by row order.</summary>
    public static double RecallAtBudget(double[] scores, double[] labels, double budget)
    {
        var taken = (int)Math.Round(budget * scores.Length);
        var order = Ascending(scores);
        double total = labels.Count(label => label > 0.5), found = 0;
        for (var to = order.Length; to > 0 && taken > 0;)
        {
            var from = to;
            while (from > 0 && scores[order[from - 1]] == scores[order[to - 1]])
            {
                from--;
            }

            for (var i = from; i < to && taken > 0; i++, taken--)
            {
                found += labels[order[i]] > 0.5 ? 1 : 0;
            }

            to = from;
        }

        return total == 0 ? double.NaN : found / total;
    }

    /// <summary>Rows by score, equal scores by row. Scores that are in order already, as resamples are, cost nothing.</summary>
    public static int[] Ascending(double[] scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        var isSorted = true;
        for (var i = 1; i < scores.Length && isSorted; i++)
        {
            isSorted = scores[i - 1] <= scores[i];
        }

        if (isSorted)
        {
            return order;
        }

        var keys = (double[])scores.Clone();
        Array.Sort(keys, order);
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            Array.Sort(order, from, to - from);
            from = to;
        }

        return order;
    }
}
