using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Platform.Intelligence.Learning.Boosting;

/// <summary>
/// Derivatives as integers: gradient and hessian scaled by powers of two so that the sum over all rows cannot
/// overflow. Integer sums do not depend on the order of the rows, so one thread and sixteen build the same tree, and
/// the larger child's histogram is the parent's minus the smaller's without any rounding.
/// </summary>
internal sealed class FixedPoint(int rowCount)
{
    // Signed 64 bits, one for the sign, one spare.
    private const int UsableBits = 62;

    private double _gradientScale = 1;
    private double _hessianScale = 1;

    /// <summary>Row by row (gradient, hessian), ready to be added to a histogram bin.</summary>
    public Vector128<long>[] Rows { get; } = new Vector128<long>[rowCount];

    public double GradientUnit => 1 / _gradientScale;

    public double HessianUnit => 1 / _hessianScale;

    /// <summary>Σg² / Σh of the round: the gain that one free parameter brings by luck.</summary>
    public double Noise { get; set; } = 1;

    /// <summary>Chooses the scales for the largest magnitudes of this round.</summary>
    public void Scale(double largestGradient, double largestHessian)
    {
        _gradientScale = For(largestGradient);
        _hessianScale = For(largestHessian);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int row, double gradient, double hessian) => Rows[row] = Vector128.Create(
        (long)Math.Round(gradient * _gradientScale), (long)Math.Round(hessian * _hessianScale));

    private double For(double largest)
    {
        if (largest == 0)
        {
            return 1;
        }

        var bits = UsableBits - Bits(rowCount) - (Math.ILogB(largest) + 1);
        return Math.ScaleB(1, Math.Clamp(bits, -1000, 1000));
    }

    private static int Bits(int count) => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)count);
}
