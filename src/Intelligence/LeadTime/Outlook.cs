using Platform.Domain.Planning;
using Platform.Domain.Recommendations;
using Platform.Domain.Recommendations.Watching;
using Platform.Intelligence.Learning.Detecting;

namespace Platform.Intelligence.LeadTime;

/// <summary>What a planned supply looks like with the lead time as it is now.</summary>
internal sealed record Outlook(
    PlannedSupply Planned, SupplierReading Reading, OutlookSource Source, double Days, double Low, double High, double Spread, int Open)
{
    // Nobody plans with a tenth of a day more or less.
    private const double LeastChange = 0.1;
    private const double Normal80 = 1.2816;

    public SafetyStock Stock { get; } = new(
        Planned.DemandPerDay, Planned.DemandSpread, Planned.Terms.ReviewDays,
        Planned.ServiceFactor is { } factor ? (double)factor : SafetyStock.UsualFactor);

    public double PlannedSafety => Stock.Needed(Planned.Days, Planned.Spread);

    public double NeededSafety => Stock.Needed(Days, Spread);

    /// <summary>By how much the reorder point must move so that as few people wait as was planned.</summary>
    public double PointMoves => Stock.ReorderPoint(Days, Spread) - Stock.ReorderPoint(Planned.Days, Planned.Spread);

    public double Service => Stock.Service(PlannedPoint, Days, Spread);

    public double PlannedPoint => Planned.ReorderPoint > 0 ? Planned.ReorderPoint : Stock.ReorderPoint(Planned.Days, Planned.Spread);

    /// <summary>Whether the lead time that was planned with is another one than this.</summary>
    public bool IsOff => Math.Abs(Days - Planned.Days) > LeastChange * Math.Max(1, Planned.Days) || Reading.Regime?.Kind == DriftKind.Wider;

    /// <summary>What is lost in a year: goods that are wanted and not there, or goods that lie there for nothing.</summary>
    public double ValueAtStake
    {
        get
        {
            var price = (double)Planned.UnitPrice;
            var waited = Stock.ShortInAYear(PlannedPoint, Days, Spread, Lot) - Stock.ShortInAYear(PlannedPoint, Planned.Days, Planned.Spread, Lot);
            return price * Math.Max(0, PointMoves >= 0 ? Math.Max(waited, 0) : -PointMoves);
        }
    }

    /// <summary>How probable it is that the lead time is not the planned one but lies beyond it, on the side of the forecast.</summary>
    public double Probability
    {
        get
        {
            if (Reading.Regime?.Kind == DriftKind.Wider)
            {
                return SafetyStock.Below(Math.Log(Math.Max(1, Spread) / Math.Max(1, Planned.Spread)) * Math.Sqrt(2 * Math.Max(1, Reading.Now.Count - 1)));
            }

            var error = Math.Max(0.5, Spread) / Math.Sqrt(Math.Max(1, Reading.Now.Count));
            return SafetyStock.Below(Math.Abs(Days - Planned.Days) / error);
        }
    }

    private double Lot => Planned.Terms.Method switch
    {
        ReplenishmentMethod.MinMax => (double)(Planned.Terms.OrderUpTo!.Value - Planned.Terms.ReorderPoint!.Value),
        ReplenishmentMethod.FixedQuantity => (double)Planned.Terms.OrderQuantity!.Value,
        ReplenishmentMethod.ServiceTarget => Planned.DemandPerDay * Planned.Terms.CoverDays,
        ReplenishmentMethod.NotReplenished => 1,
    };

    /// <summary>
    /// Since a change the deliveries after it say how long it takes; otherwise the model does where it serves, and the supplier's
    /// own deliveries where it does not.
    /// </summary>
    public static Outlook Of(PlannedSupply planned, SupplierReading reading, LeadTimeForecast? forecast, int open)
    {
        var spread = reading.NowSpread;
        if (reading.Regime is null && forecast is not null)
        {
            return new Outlook(planned, reading, OutlookSource.Model, forecast.Days, forecast.Low, forecast.High, spread, open);
        }

        var days = reading.Regime is null ? Median(reading.Usual) : reading.NowDays;
        return new Outlook(
            planned, reading, OutlookSource.Rule, days, Math.Max(1, days - (Normal80 * spread)), days + (Normal80 * spread), spread, open);
    }

    /// <summary>What keeps it from being recommended; null where nothing does (AIU-23).</summary>
    public (OutlookVerdict Verdict, string Why)? Hindrance(RecommendationThreshold threshold, bool isSuspended, double day)
    {
        var newest = Reading.Deliveries.Count == 0 ? double.NegativeInfinity : Reading.Deliveries[^1].Delivered!.Since;
        var since = Reading.Regime is null ? Reading.Deliveries.Count : Reading.Now.Count;
        return since < threshold.LeastDeliveries
                ? (OutlookVerdict.TooFewDeliveries, $"{since} deliveries speak for it; {threshold.LeastDeliveries} are needed.")
            : day - newest > threshold.MostAgeDays
                ? (OutlookVerdict.Stale, FormattableString.Invariant($"Nothing came for {day - newest:0} days; more than {threshold.MostAgeDays} is too long ago."))
            : Planned.DemandPerDay <= 0
                ? (OutlookVerdict.NoDemand, "No demand is known, so no lead time matters.")
            : !IsOff
                ? (OutlookVerdict.Holds, FormattableString.Invariant($"Planned are {Planned.Days:0.#} days, it takes {Days:0.#}."))
            : isSuspended && Reading.Regime is null
                ? (OutlookVerdict.Suspended, "The model left its band and says nothing until it is back.")
            : null;
    }

    private static double Median(IReadOnlyList<double> days)
    {
        if (days.Count == 0)
        {
            return 1;
        }

        double[] sorted = [.. days.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
