namespace Platform.Intelligence.Learning.Tables;

/// <summary>
/// The training matrix as small integers. Each feature owns a run of histogram bins, the last of which counts the
/// missing. Features are grouped so that one group's histogram stays in the processor's cache; inside a group the
/// rows lie one after the other and hold the bin's position in the group's histogram, ready to add to.
/// </summary>
internal sealed class BinnedMatrix
{
    /// <summary>Value bins of a feature, so that a bin and the mark for missing fit a byte.</summary>
    public const int MaxValueBins = 255;

    private const int FeaturesPerGroup = 32;

    private BinnedMatrix(FeatureMatrix source, IReadOnlyList<BinnedFeature> features)
    {
        Source = source;
        Features = features;
        RowCount = source.RowCount;
        BinCount = features.Count == 0 ? 0 : features[^1].FirstBin + features[^1].ValueBins + 1;
        Groups = [.. Group(features, RowCount)];
    }

    public FeatureMatrix Source { get; }

    public IReadOnlyList<BinnedFeature> Features { get; }

    public IReadOnlyList<BinGroup> Groups { get; }

    public int RowCount { get; }

    /// <summary>The length of a whole histogram.</summary>
    public int BinCount { get; }

    public static BinnedMatrix From(FeatureMatrix source, int maxBins, int threads)
    {
        var cuts = new float[source.Width][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, source.Width, parallel, f => cuts[f] = CutsOf(source, f, maxBins));
        var features = new List<BinnedFeature>(source.Width);
        var firstBin = 0;
        for (var f = 0; f < source.Width; f++)
        {
            var valueBins = source.Features[f].IsCategorical
                ? Math.Max(1, Math.Min(MaxValueBins, source.Features[f].Categories!.Count))
                : cuts[f].Length + 1;
            features.Add(new BinnedFeature(
                firstBin, valueBins, cuts[f], source.Features[f].IsCategorical, new byte[source.RowCount]));
            firstBin += valueBins + 1;
        }

        var binned = new BinnedMatrix(source, features);
        Parallel.For(0, binned.Groups.Count, parallel, g => binned.Fill(binned.Groups[g]));
        return binned;
    }

    private static float[] CutsOf(FeatureMatrix source, int feature, int maxBins)
    {
        if (source.Features[feature].IsCategorical)
        {
            return [];
        }

        var present = new float[source.RowCount];
        var count = 0;
        for (var row = 0; row < source.RowCount; row++)
        {
            var value = source[row, feature];
            if (!float.IsNaN(value))
            {
                present[count++] = value;
            }
        }

        return QuantileCuts.Of(present, count, Math.Min(maxBins, MaxValueBins));
    }

    private static IEnumerable<BinGroup> Group(IReadOnlyList<BinnedFeature> features, int rowCount)
    {
        var groups = (features.Count + FeaturesPerGroup - 1) / FeaturesPerGroup;
        for (var g = 0; g < groups; g++)
        {
            // Even sizes: 26 features make 13 + 13, not 16 + 10.
            var first = features.Count * g / groups;
            var end = features.Count * (g + 1) / groups;
            var bins = features[end - 1].FirstBin + features[end - 1].ValueBins + 1 - features[first].FirstBin;
            yield return new BinGroup(
                first, end - first, features[first].FirstBin, bins, new ushort[checked(rowCount * (end - first))]);
        }
    }

    private void Fill(BinGroup group)
    {
        for (var i = 0; i < group.FeatureCount; i++)
        {
            var feature = Features[group.FirstFeature + i];
            var offset = feature.FirstBin - group.FirstBin;
            for (var row = 0; row < RowCount; row++)
            {
                var bin = feature.BinOf(Source[row, group.FirstFeature + i]);
                feature.Bins[row] = (byte)bin;
                group.Rows[(row * group.FeatureCount) + i] = (ushort)(offset + bin);
            }
        }
    }
}

/// <summary>One feature's cuts (numbers) or codes (categories), its place in the histogram and its bin per row.</summary>
internal sealed record BinnedFeature(int FirstBin, int ValueBins, float[] Cuts, bool IsCategorical, byte[] Bins)
{
    public int MissingBin => ValueBins;

    public int BinOf(float value)
    {
        if (float.IsNaN(value))
        {
            return MissingBin;
        }

        if (!IsCategorical)
        {
            return QuantileCuts.Bin(Cuts, value);
        }

        return value >= 0 && value < ValueBins ? (int)value : MissingBin;
    }
}

/// <summary>Features whose bins lie together, row after row.</summary>
internal sealed record BinGroup(int FirstFeature, int FeatureCount, int FirstBin, int BinCount, ushort[] Rows);
