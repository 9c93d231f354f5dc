namespace Platform.Intelligence.Learning.Explaining;

/// <summary>Nodes and weights that integrate polynomials up to degree 2n − 1 over [0, 1] exactly.</summary>
internal sealed class GaussLegendre
{
    private GaussLegendre(double[] nodes, double[] weights)
    {
        Nodes = nodes;
        Weights = weights;
    }

    public double[] Nodes { get; }

    public double[] Weights { get; }

    /// <summary>The roots of Legendre's polynomial by bisection between sign changes, then Newton to the last bit.</summary>
    public static GaussLegendre Of(int count)
    {
        var nodes = new double[count];
        var weights = new double[count];
        var found = 0;

        // The closest roots of degree n are about π²/(2n²) apart; a grid ten times finer separates them.
        var steps = Math.Max(64, 20 * count * count);
        var before = Legendre(count, -1).Value;
        for (var i = 1; i <= steps && found < count; i++)
        {
            var x = -1 + (2.0 * i / steps);
            var after = Legendre(count, x).Value;
            if (before * after < 0 || after == 0)
            {
                var root = Refine(count, x - (2.0 / steps), x);
                var slope = Legendre(count, root).Slope;
                nodes[found] = (root + 1) / 2;
                weights[found++] = 1 / ((1 - (root * root)) * slope * slope);
                before = -before;
            }
        }

        return found == count
            ? new GaussLegendre(nodes, weights)
            : throw new InvalidOperationException($"Legendre's polynomial of degree {count} has {count} roots; {found} were found.");
    }

    private static double Refine(int degree, double low, double high)
    {
        var sign = Math.Sign(Legendre(degree, low).Value);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Math.Sign(Legendre(degree, middle).Value) == sign)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        var (value, slope) = Legendre(degree, high);
        return high - (value / slope);
    }

    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        double previous = 1, value = x;
        if (degree == 0)
        {
            return (1, 0);
        }

        for (var k = 2; k <= degree; k++)
        {
            (previous, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * previous)) / k);
        }

        var slope = Math.Abs(x) == 1
            ? degree * (degree + 1) / 2.0
            : degree * ((x * value) - previous) / ((x * x) - 1);
        return (value, slope);
    }
}
