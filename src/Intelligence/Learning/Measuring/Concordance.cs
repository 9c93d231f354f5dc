using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Measuring;

/// <summary>
/// Harrell's index: of the pairs whose order is known, the share in which the longer time was predicted longer. A
/// censored time only says that it is longer than what was seen.
/// </summary>
internal static class Concordance
{
    // All pairs of more rows than this would take minutes; an even sample of rows decides within a thousandth.
    private const int MostRows = 3_000;

    public static double Of(double[] scores, Labels labels)
    {
        var step = Math.Max(1, (scores.Length + MostRows - 1) / MostRows);
        double right = 0, pairs = 0;
        for (var i = 0; i < scores.Length; i += step)
        {
            if (!labels.IsObserved(i))
            {
                continue;
            }

            for (var j = 0; j < scores.Length; j += step)
            {
                if (labels.Values[j] > labels.Values[i])
                {
                    pairs++;
                    right += scores[j] > scores[i] ? 1 : scores[j] == scores[i] ? 0.5 : 0;
                }
            }
        }

        return pairs == 0 ? double.NaN : right / pairs;
    }
}
