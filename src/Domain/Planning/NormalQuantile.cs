namespace Platform.Domain.Planning;

/// <summary>How many standard deviations of safety a service target needs.</summary>
internal static class NormalQuantile
{
    /// <summary>The z with P(Z ≤ z) = p, to six decimals: bisection of the normal distribution, which needs no table of constants.</summary>
    public static decimal Of(decimal probability)
    {
        var wanted = (double)probability;
        var (low, high) = (-8d, 8d);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2d;
            (low, high) = Below(middle) < wanted ? (middle, high) : (low, middle);
        }

        return decimal.Round((decimal)((low + high) / 2d), 6);
    }

    /// <summary>P(Z ≤ z) by the series z + z³/3 + z⁵/15 + … times the density, which converges everywhere.</summary>
    private static double Below(double z)
    {
        var (term, sum) = (z, z);
        for (var odd = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum) && odd < 400; odd += 2)
        {
            term *= z * z / odd;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-z * z / 2d) / Math.Sqrt(2d * Math.PI));
    }
}
