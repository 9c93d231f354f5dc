namespace Platform.Intelligence.Learning.Tables;

/// <summary>
/// Where a number's histogram is cut: bin b holds the values below cut b and not below cut b−1. Few distinct values
/// get a bin each; many get bins of equal row count, never splitting a tie.
/// </summary>
internal static class QuantileCuts
{
    public static float[] Of(float[] values, int count, int maxBins)
    {
        if (count == 0)
        {
            return [];
        }

        RadixSort.Sort(values, count);
        var distinct = 1;
        for (var i = 1; i < count; i++)
        {
            distinct += values[i] != values[i - 1] ? 1 : 0;
        }

        return distinct <= maxBins ? Between(values, count) : Equal(values, count, maxBins);
    }

    /// <summary>The bin of a value: how many cuts are not above it.</summary>
    public static int Bin(float[] cuts, float value)
    {
        int low = 0, high = cuts.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (value < cuts[middle])
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static float[] Between(float[] sorted, int count)
    {
        var cuts = new List<float>();
        for (var i = 1; i < count; i++)
        {
            if (sorted[i] != sorted[i - 1])
            {
                cuts.Add(Middle(sorted[i - 1], sorted[i]));
            }
        }

        return [.. cuts];
    }

    private static float[] Equal(float[] sorted, int count, int maxBins)
    {
        var cuts = new List<float>(maxBins);
        var last = 0;
        for (var bin = 1; bin < maxBins; bin++)
        {
            var at = (int)((long)count * bin / maxBins);
            while (at < count && at > 0 && sorted[at] == sorted[at - 1])
            {
                at++;
            }

            if (at >= count)
            {
                break;
            }

            if (at > last)
            {
                cuts.Add(Middle(sorted[at - 1], sorted[at]));
                last = at;
            }
        }

        return [.. cuts];
    }

    // Half-way separates unseen values most evenly; it must stay above the lower value in single precision.
    private static float Middle(float low, float high)
    {
        var middle = (float)(((double)low + high) / 2);
        return middle > low ? middle : high;
    }
}
