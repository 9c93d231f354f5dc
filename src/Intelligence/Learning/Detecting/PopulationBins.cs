using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Detecting;

/// <summary>
/// The bins in which a population is counted: ten of equal share for a number, one per word for a category, and one for
/// missing at the end. Counted once when a model learns, so that later rows can be held against it without the old ones.
/// </summary>
internal sealed record PopulationBins(float[] Cuts)
{
    // An empty bin would make the distance infinite; half a row stands for "not seen".
    private const double Unseen = 0.5;
    private const int MostBins = 10;

    // The frequent words of a category are its first; the rare ones are counted together.
    private const int MostWords = 20;

    /// <summary>Bins for a feature, from the values of it that are there.</summary>
    public static PopulationBins Of(Feature feature, float[] present) => new(feature.IsCategorical
        ? [.. Enumerable.Range(1, Math.Max(0, Math.Min(feature.Categories!.Count, MostWords) - 1)).Select(code => code - 0.5f)]
        : QuantileCuts.Of(present, present.Length, MostBins));

    public double[] Shares(float[] values)
    {
        var counts = new double[Cuts.Length + 2];
        foreach (var value in values)
        {
            counts[float.IsNaN(value) ? Cuts.Length + 1 : QuantileCuts.Bin(Cuts, value)]++;
        }

        return [.. counts.Select(count => Math.Max(count, Unseen) / Math.Max(values.Length, 1))];
    }

    /// <summary>The population stability index of two lists of shares in the same bins.</summary>
    public static double Distance(double[] expected, double[] actual) =>
        expected.Zip(actual, static (e, a) => (a - e) * PortableMath.Log(a / e)).Sum();
}
