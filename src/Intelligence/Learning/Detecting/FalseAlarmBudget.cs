using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.Learning.Detecting;

/// <summary>
/// Chooses a limit by what it may cost: at most <paramref name="Chance"/> of any false alarm within
/// <paramref name="Observations"/> observations without drift, over all streams that are watched together.
/// </summary>
internal sealed record FalseAlarmBudget(double Chance, int Observations)
{
    private const int Runs = 4_000;
    private const ulong Seed = 20_231;

    /// <summary>
    /// The lowest limit that keeps the budget for residuals drawn from the given in-control residuals: the process's
    /// own shape, not an assumed normal one. Deterministic.
    /// </summary>
    public CusumPolicy Limit(double slack, double winsor, double[] inControl)
    {
        var draws = new Draws(Seed);
        var peaks = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var cusum = new Cusum(new CusumPolicy(slack, double.PositiveInfinity, winsor));
            for (var i = 0; i < Observations; i++)
            {
                cusum.Observe(inControl[draws.NextBelow(inControl.Length)]);
                peaks[run] = Math.Max(peaks[run], cusum.Sum);
            }
        }

        Array.Sort(peaks);
        return new CusumPolicy(slack, peaks[(int)Math.Ceiling((1 - Chance) * (Runs - 1))], winsor);
    }

    /// <summary>Residuals of an ideal process, for streams too young to have their own.</summary>
    public static double[] NormalResiduals()
    {
        var residuals = new double[2_000];
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] = PortableMath.NormalQuantile((i + 0.5) / residuals.Length);
        }

        return residuals;
    }
}
