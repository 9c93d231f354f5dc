using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Learning.Detecting;

/// <summary>Drift of a whole population of one feature. For single streams CUSUM is two to three times faster.</summary>
internal static class Population
{
    /// <summary>
    /// Population stability index over ten bins of equal share of the expected sample, and one for missing. By custom
    /// below 0.1 is stable and above 0.25 a shift.
    /// </summary>
    public static double StabilityIndex(float[] expected, float[] actual)
    {
        float[] present = [.. expected.Where(value => !float.IsNaN(value))];
        var bins = PopulationBins.Of(Feature.Number("value"), present);
        return PopulationBins.Distance(bins.Shares(expected), bins.Shares(actual));
    }

    /// <summary>Kolmogorov and Smirnov's largest distance between two samples, and the chance of a larger one by luck.</summary>
    public static (double Distance, double Chance) KolmogorovSmirnov(double[] first, double[] second)
    {
        double[] a = [.. first.Order()], b = [.. second.Order()];
        double distance = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            var value = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= value)
            {
                i++;
            }

            while (j < b.Length && b[j] <= value)
            {
                j++;
            }

            distance = Math.Max(distance, Math.Abs((i / (double)a.Length) - (j / (double)b.Length)));
        }

        var size = Math.Sqrt(a.Length * (double)b.Length / (a.Length + b.Length));
        return (distance, Tail((size + 0.12 + (0.11 / size)) * distance));
    }

    // Kolmogorov's series with Stephens' correction of the argument.
    private static double Tail(double x)
    {
        if (x < 0.3)
        {
            return 1;
        }

        var sum = 0.0;
        for (var k = 1; k <= 100; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * PortableMath.Exp(-2.0 * k * k * x * x);
        }

        return Math.Clamp(sum, 0, 1);
    }
}
