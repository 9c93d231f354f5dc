using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Tests.Intelligence.Learning;

/// <summary>Rows with a known truth: four numbers with gaps, one category, and a score that depends on them.</summary>
internal static class SyntheticRows
{
    public static readonly IReadOnlyList<Feature> Features =
    [
        Feature.Number("a"), Feature.Number("b"), Feature.Number("c"), Feature.Number("noise"),
        new("kind", ["red", "green", "blue", "grey", "pink", "black"]),
    ];

    private static readonly double[] ByKind = [0.9, -0.4, 0.2, -0.9, 1.3, 0];

    public static (FeatureMatrix Matrix, double[] Scores) Draw(int count, ulong seed)
    {
        var draws = new Draws(seed);
        var values = new float[count * 5];
        var scores = new double[count];
        for (var row = 0; row < count; row++)
        {
            var cells = values.AsSpan(row * 5, 5);
            for (var f = 0; f < 4; f++)
            {
                cells[f] = (float)draws.NextNormal();
            }

            cells[4] = draws.NextBelow(6);
            scores[row] = cells[0] + (0.8 * cells[1] * (cells[2] > 0 ? 1 : 0)) + ByKind[(int)cells[4]];
            if (draws.NextUnit() < 0.15)
            {
                // Missing means something: such rows score higher.
                cells[2] = float.NaN;
                scores[row] += 0.7;
            }
        }

        return (new FeatureMatrix(Features, values, count), scores);
    }

    public static LabelledRows Binary(int count, ulong seed)
    {
        var (matrix, scores) = Draw(count, seed);
        var draws = new Draws(seed + 1000);
        double[] labels = [.. scores.Select(score => draws.NextUnit() < PortableMath.Sigmoid(1.5 * score) ? 1.0 : 0.0)];
        return new LabelledRows(matrix, Labels.Of(labels), Weights: null);
    }

    public static LabelledRows Continuous(int count, ulong seed, double noise)
    {
        var (matrix, scores) = Draw(count, seed);
        var draws = new Draws(seed + 2000);
        return new LabelledRows(matrix, Labels.Of([.. scores.Select(score => score + (noise * draws.NextNormal()))]), Weights: null);
    }

    public static int[] Range(int from, int to) => [.. Enumerable.Range(from, to - from)];
}

internal sealed class Quiet : IProgress<BoostingRound>
{
    public static readonly Quiet Progress = new();

    public void Report(BoostingRound value)
    {
    }
}
