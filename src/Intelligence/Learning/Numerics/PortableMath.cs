using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Platform.Intelligence.Learning.Numerics;

/// <summary>
/// Exponential, logarithm and the normal distribution from plain IEEE additions and multiplications. The C library's
/// differ in the last bit between processors (some use fused multiply-add), which would make two machines train two
/// models from one seed. Accuracy: a few units in the last place.
/// </summary>
internal static class PortableMath
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    // Adding and subtracting 1.5·2^52 rounds a small double to the nearest integer, ties to even, on every machine.
    private const double Rounder = 6755399441055744.0;

    // Beyond this the result is clamped: an exponential here is always finite.
    private const double Limit = 700;

    private static readonly double[] Factorials =
    [
        1, 1, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880,
        1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800,
    ];

    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        x = Math.Clamp(x, -Limit, Limit);
        var k = ((x * Log2E) + Rounder) - Rounder;
        var r = (x - (k * Ln2High)) - (k * Ln2Low);
        var p = Factorials[13];
        for (var i = 12; i >= 0; i--)
        {
            p = (p * r) + Factorials[i];
        }

        return p * BitConverter.Int64BitsToDouble(((long)k + 1023) << 52);
    }

    /// <summary>Four exponentials, each bit-identical to <see cref="Exp(double)"/>. Not for NaN.</summary>
    public static Vector256<double> Exp(Vector256<double> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(-Limit)), Vector256.Create(Limit));
        var rounder = Vector256.Create(Rounder);
        var shifted = (x * Log2E) + rounder;
        var k = shifted - rounder;
        var r = (x - (k * Ln2High)) - (k * Ln2Low);
        var p = Vector256.Create(Factorials[13]);
        for (var i = 12; i >= 0; i--)
        {
            p = (p * r) + Vector256.Create(Factorials[i]);
        }

        // The low bits of the shifted value hold k as an integer.
        var exponent = (shifted.AsInt64() - rounder.AsInt64() + Vector256.Create(1023L)) << 52;
        return p * exponent.AsDouble();
    }

    public static double Log(double x)
    {
        if (x <= 0 || !double.IsFinite(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        var scale = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0; // 2^54 lifts a subnormal into the normal range.
            scale = -54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)((bits >> 52) & 0x7FF) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = 0.0;
        for (var i = 23; i >= 3; i -= 2)
        {
            sum = (sum + (1.0 / i)) * square;
        }

        var e = exponent + scale;
        return (e * Ln2High) + ((2 * s) + ((2 * s * sum) + (e * Ln2Low)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sigmoid(double x) => 1 / (1 + Exp(-x));

    /// <summary>log(1 + e^x) without overflow.</summary>
    public static double SoftPlus(double x) => x > 0 ? x + Log1P(Exp(-x)) : Log1P(Exp(x));

    /// <summary>log(1 + x), accurate near zero by the classical correction of the rounding of 1 + x.</summary>
    public static double Log1P(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : Log(u) * x / (u - 1);
    }

    public static double NormalDensity(double z) => Exp(-0.5 * z * z) * 0.3989422804014327;

    /// <summary>Φ(z).</summary>
    public static double NormalCumulative(double z) => z > 0 ? 1 - NormalTail(z) : NormalTail(-z);

    /// <summary>1 − Φ(z) for z ≥ 0.</summary>
    private static double NormalTail(double z) =>
        z < 2.5 ? 0.5 - (NormalDensity(z) * CentralSeries(z)) : NormalDensity(z) / HazardFraction(z);

    /// <summary>φ(z) / (1 − Φ(z)): the hazard of the normal distribution, finite for every z.</summary>
    public static double NormalHazard(double z) =>
        z >= 2.5 ? HazardFraction(z) : NormalDensity(z) / (1 - NormalCumulative(z));

    /// <summary>log(1 − Φ(z)).</summary>
    public static double NormalLogSurvival(double z) =>
        z >= 2.5 ? (-0.5 * z * z) - 0.9189385332046727 - Log(HazardFraction(z)) : Log(1 - NormalCumulative(z));

    /// <summary>The standard normal quantile, by bisection refined with Newton's rule: portable before it is fast.</summary>
    public static double NormalQuantile(double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        double low = -40, high = 40;
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (NormalCumulative(middle) < p)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }

    // Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/15 + …); 60 terms are exact to rounding below 2.5.
    private static double CentralSeries(double z)
    {
        double term = z, sum = z;
        for (var k = 1; k < 60; k++)
        {
            term *= z * z / ((2 * k) + 1);
            sum += term;
        }

        return sum;
    }

    // Laplace's continued fraction of the inverse Mills ratio: z + 1/(z + 2/(z + 3/(z + …))).
    private static double HazardFraction(double z)
    {
        var fraction = z;
        for (var k = 120; k >= 1; k--)
        {
            fraction = z + (k / fraction);
        }

        return fraction;
    }
}
