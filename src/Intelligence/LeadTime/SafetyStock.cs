using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.LeadTime;

/// <summary>
/// What a lead time means for the stock that is kept: safety stock is z · √((L + R) · σd² + d² · σL²), with lead time L and review
/// time R in days, demand d a day with spread σd, and spread σL of the lead time.
/// </summary>
internal sealed record SafetyStock(double Demand, double DemandSpread, double ReviewDays, double Factor)
{
    /// <summary>95 of 100 cycles, where a policy names no target of its own.</summary>
    public const double UsualFactor = 1.645;

    private const double Year = 365;

    /// <summary>The standard deviation of what is wanted until goods come.</summary>
    public double Deviation(double days, double spread) =>
        Math.Sqrt(((days + ReviewDays) * DemandSpread * DemandSpread) + (Demand * Demand * spread * spread));

    public double Needed(double days, double spread) => Factor * Deviation(days, spread);

    public double ReorderPoint(double days, double spread) => (Demand * (days + ReviewDays)) + Needed(days, spread);

    /// <summary>In how many of all cycles nobody waits when something is ordered at this point.</summary>
    public double Service(double point, double days, double spread) => Below(Distance(point, days, spread));

    /// <summary>How many units a year are wanted and not there, when so many are ordered at a time.</summary>
    public double ShortInAYear(double point, double days, double spread, double lot)
    {
        if (Demand <= 0)
        {
            return 0;
        }

        var deviation = Deviation(days, spread);
        var distance = Distance(point, days, spread);
        var shortInACycle = deviation <= 0
            ? Math.Max(0, (Demand * (days + ReviewDays)) - point)
            : deviation * (Density(distance) - (distance * (1 - Below(distance))));
        return Math.Max(0, shortInACycle) * Year * Demand / Math.Max(lot, Demand);
    }

    public static double Below(double z) => PortableMath.NormalCumulative(z);

    private static double Density(double z) => PortableMath.NormalDensity(z);

    private double Distance(double point, double days, double spread)
    {
        var gap = point - (Demand * (days + ReviewDays));
        var deviation = Deviation(days, spread);
        return deviation <= 0 ? gap >= 0 ? 8 : -8 : Math.Clamp(gap / deviation, -8, 8);
    }
}
