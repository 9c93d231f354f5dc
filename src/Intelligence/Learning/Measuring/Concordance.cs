using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Measuring;

/// <summary>
/// Harrell's index: of the pairs whose order is known, the share in which the longer time was predicted longer. A
/// censored time only says that it is longer than what was seen. Times are walked from the longest, and a tree of
/// counts (Fenwick 1994) over the ranks of the scores met so far replaces the comparison of all pairs.
/// </summary>
internal static class Concordance
{
    public static double Of(double[] scores, Labels labels)
    {
        var ranks = Ranks(scores, out var different);
        var met = new int[different + 1];
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort((double[])labels.Values.Clone(), order);
        double right = 0, pairs = 0;
        for (var end = order.Length; end > 0;)
        {
            var from = end;
            while (from > 0 && labels.Values[order[from - 1]] == labels.Values[order[end - 1]])
            {
                from--;
            }

            // Equal times say nothing of each other: all of them ask before any of them is met.
            var longer = order.Length - end;
            for (var i = from; i < end; i++)
            {
                if (labels.IsObserved(order[i]))
                {
                    var rank = ranks[order[i]];
                    var below = UpTo(met, rank - 1);
                    var equal = UpTo(met, rank) - below;
                    pairs += longer;
                    right += longer - below - equal + (0.5 * equal);
                }
            }

            for (var i = from; i < end; i++)
            {
                for (var at = ranks[order[i]]; at < met.Length; at += at & -at)
                {
                    met[at]++;
                }
            }

            end = from;
        }

        return pairs == 0 ? double.NaN : right / pairs;
    }

    /// <summary>Ranks from 1; equal scores share one.</summary>
    private static int[] Ranks(double[] scores, out int different)
    {
        var order = Ranking.Ascending(scores);
        var ranks = new int[scores.Length];
        different = 0;
        for (var i = 0; i < order.Length; i++)
        {
            different += i == 0 || scores[order[i]] != scores[order[i - 1]] ? 1 : 0;
            ranks[order[i]] = different;
        }

        return ranks;
    }

    private static int UpTo(int[] met, int rank)
    {
        var sum = 0;
        for (var at = rank; at > 0; at -= at & -at)
        {
            sum += met[at];
        }

        return sum;
    }
}
