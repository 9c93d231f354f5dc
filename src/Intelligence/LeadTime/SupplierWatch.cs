using Platform.Intelligence.Learning.Detecting;
using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.LeadTime;

/// <summary>A change of how a supplier delivers that still holds.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Onset">The delivery with which it began, from 0.</param>
/// <param name="Detected">The delivery that made it sure, from 0.</param>
internal sealed record SupplierRegime(DriftKind Kind, int Onset, int Detected);

/// <summary>How a supplier did, delivery by delivery in the order in which they became known, and what the detectors say.</summary>
/// <param name="Deliveries">What was delivered, the first known first.</param>
/// <param name="Usual">The lead times, in days, before the change; all of them where there is none.</param>
/// <param name="Now">The lead times since the change; the last ones where there is none.</param>
/// <param name="Regime">The change; null where it is steady or too little is known.</param>
internal sealed record SupplierReading(
    IReadOnlyList<SupplyOrder> Deliveries, IReadOnlyList<double> Usual, IReadOnlyList<double> Now, SupplierRegime? Regime)
{
    public double UsualDays => Mean(Usual);

    public double NowDays => Mean(Now);

    public double UsualSpread => Spread(Usual);

    /// <summary>The standard deviation now; few deliveries say little, so it leans on what was usual.</summary>
    public double NowSpread
    {
        get
        {
            const int lean = 5;
            var own = Math.Max(0, Now.Count - 1);
            var (now, usual) = (Spread(Now), UsualSpread);
            return Math.Sqrt(((own * now * now) + (lean * usual * usual)) / (own + lean));
        }
    }

    private static double Mean(IReadOnlyList<double> days) => days.Count == 0 ? double.NaN : days.Average();

    private static double Spread(IReadOnlyList<double> days)
    {
        if (days.Count < 2)
        {
            return 0;
        }

        var mean = days.Average();
        return Math.Sqrt(days.Sum(one => (one - mean) * (one - mean)) / (days.Count - 1));
    }
}

/// <summary>
/// Watches suppliers for lasting changes in the mean and in the spread of their lead times: winsorised CUSUM on residuals of the
/// logarithm, standardised by what the supplier itself did before. Limits keep <see cref="Budget"/>.
/// </summary>
internal static class SupplierWatch
{
    /// <summary>At most so many false alarms in a hundred deliveries of a supplier that did not change.</summary>
    public const decimal FalseAlarmsPerHundred = 0.1m;

    /// <summary>A supplier is compared with at least so many of its own deliveries.</summary>
    public const int Baseline = 10;

    // What is newer may already be the change, and would hide it.
    private const int Lag = 12;
    private const int Recent = 10;
    private const int Habit = 60;

    // Orders that come on the very same day every time do vary; nobody promises the hour.
    private const double LeastSpread = 0.03;

    private static readonly FalseAlarmBudget Budget = new(decimal.ToDouble(FalseAlarmsPerHundred), Observations: 100);
    private static readonly Lazy<Func<DriftDetectors>> _detectors = new(() => DriftDetectors.For(Budget, FalseAlarmBudget.NormalResiduals()));

    /// <summary>What the deliveries of one supplier say that were known before the day.</summary>
    public static SupplierReading Read(IEnumerable<SupplyOrder> orders, double day)
    {
        SupplyOrder[] known = [.. orders.Where(order => order.LeadTimeAsOf(day) is not null)
            .OrderBy(order => order.Delivered!.Since).ThenBy(order => order.Sent).ThenBy(order => order.Id, StringComparer.Ordinal)];
        double[] days = [.. known.Select(order => order.LeadTimeAsOf(day)!.Value)];
        double[] logs = [.. days.Select(PortableMath.Log)];
        SupplierRegime? regime = null;
        var start = 0;
        while (start + Baseline < days.Length && Next(logs, start) is { } found)
        {
            // What follows is compared with the new habit, once there is enough of it.
            (regime, start) = (found, Math.Max(start + 1, found.Onset));
        }

        // What has lasted for long is the habit now.
        if (days.Length - start > Habit)
        {
            return new SupplierReading(known, days[start..], [.. days.TakeLast(Recent)], Regime: null);
        }

        var since = regime?.Onset ?? 0;
        return regime is null
            ? new SupplierReading(known, days, [.. days.TakeLast(Recent)], Regime: null)
            : new SupplierReading(known, [.. days[..since].TakeLast(Recent * 6)], [.. days[since..].TakeLast(Recent * 6)], regime);
    }

    /// <summary>The first lasting change after the start; the first deliveries after it are the habit that is watched.</summary>
    private static SupplierRegime? Next(double[] logs, int start)
    {
        var detectors = _detectors.Value();
        var first = start + Baseline;
        for (var at = first; at < logs.Length; at++)
        {
            var habit = logs.AsSpan(start, Math.Max(Baseline, at - start - Lag));
            var (mean, spread) = Of(habit);
            if (detectors.Observe((logs[at] - mean) / spread) is { } drift)
            {
                return new SupplierRegime(drift.Kind, first + drift.Onset, at);
            }
        }

        return null;
    }

    private static (double Mean, double Spread) Of(ReadOnlySpan<double> logs)
    {
        double sum = 0;
        foreach (var log in logs)
        {
            sum += log;
        }

        var mean = sum / logs.Length;
        double squares = 0;
        foreach (var log in logs)
        {
            squares += (log - mean) * (log - mean);
        }

        // The habit itself is known from few deliveries: the error of its mean widens what is usual.
        var spread = Math.Sqrt(squares / (logs.Length - 1) * (1 + (1.0 / logs.Length)));
        return (mean, Math.Max(LeastSpread, spread));
    }
}
