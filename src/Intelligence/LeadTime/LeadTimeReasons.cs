using Platform.Domain.Recommendations;
using Platform.Intelligence.Learning.Detecting;

namespace Platform.Intelligence.LeadTime;

/// <summary>Why a lead time is another one than planned, in planners' words; from the planned days the contributions lead to the forecast.</summary>
internal static class LeadTimeReasons
{
    private const int MostNamed = 5;
    private const int MostRows = 12;

    public static IReadOnlyList<GivenReason> Of(Outlook outlook, LeadTimeScores scores, SupplyOrder like, double day)
    {
        var reasons = outlook.Source == OutlookSourceModel ? ByModel(outlook, scores, like, day) : ByDeliveries(outlook);
        return Even(reasons, Round(outlook.Days) - Round(outlook.Planned.Days));
    }

    private const Domain.Recommendations.Watching.OutlookSource OutlookSourceModel = Domain.Recommendations.Watching.OutlookSource.Model;

    /// <summary>As the score and its base are stored.</summary>
    public static decimal Round(double value) => decimal.Round((decimal)value, 4);

    private static List<GivenReason> ByDeliveries(Outlook outlook)
    {
        var reading = outlook.Reading;
        var (now, usual, planned) = (outlook.Days, reading.Regime is null ? outlook.Days : reading.UsualDays, outlook.Planned.Days);
        var reasons = new List<GivenReason>();
        if (reading.Regime is { } regime)
        {
            reasons.Add(new GivenReason(
                regime.Kind == DriftKind.Wider ? "SPREAD" : "DRIFT",
                FormattableString.Invariant($"The last {reading.Now.Count} deliveries took {now:0.0} days on average, give or take {outlook.Spread:0.0}; usual {usual:0.0}, give or take {reading.UsualSpread:0.0}"),
                Round(now), "days", Round(usual), Round(now - usual), Rows(reading, reading.Now.Count)));
        }

        reasons.Add(new GivenReason(
            "PLAN",
            FormattableString.Invariant($"Planned were {planned:0.0} days; before that the supplier took {usual:0.0} over {reading.Usual.Count} deliveries"),
            Round(usual), "days", Round(planned), Round(usual - planned),
            reading.Regime is null ? Rows(reading, reading.Now.Count) : []));
        return reasons;
    }

    private static List<GivenReason> ByModel(Outlook outlook, LeadTimeScores scores, SupplyOrder like, double day)
    {
        var told = scores.Explain(like, day, out var baseDays).OrderByDescending(one => Math.Abs(one.Days)).ToList();
        var reasons = new List<GivenReason>
        {
            new(
                "ALL_SUPPLIERS",
                FormattableString.Invariant($"Orders of all suppliers take {baseDays:0.0} days; planned were {outlook.Planned.Days:0.0}"),
                Round(baseDays), "days", Round(outlook.Planned.Days), Round(baseDays - outlook.Planned.Days),
                Rows(outlook.Reading, outlook.Reading.Now.Count)),
        };
        reasons.AddRange(told.Take(MostNamed).Select(one => new GivenReason(
            one.Feature.Name.ToUpperInvariant(),
            FormattableString.Invariant($"{one.Feature.Says}: {one.Told:0.#} {one.Feature.Unit}"),
            double.IsNaN(one.Told) ? null : Round(one.Told), one.Feature.Unit, null, Round(one.Days), [])));
        var rest = told.Skip(MostNamed).ToList();
        reasons.Add(new GivenReason("REST", $"{rest.Count} other inputs together", null, null, null, Round(rest.Sum(one => one.Days)), []));
        return reasons;
    }

    /// <summary>What rounding left over goes to the weightiest, so that the sum on the screen is the score on the screen.</summary>
    private static List<GivenReason> Even(List<GivenReason> reasons, decimal total)
    {
        reasons.Sort(static (a, b) => Math.Abs(b.Contribution).CompareTo(Math.Abs(a.Contribution)));
        var left = total - reasons.Sum(reason => reason.Contribution);
        reasons[0] = reasons[0] with { Contribution = reasons[0].Contribution + left };
        return reasons;
    }

    private static List<GivenEvidence> Rows(SupplierReading reading, int count) =>
    [.. reading.Deliveries.TakeLast(Math.Min(count, MostRows)).Select(order => new GivenEvidence(
            "PurchaseOrderLine",
            Guid.Parse(order.Id),
            FormattableString.Invariant($"sent {DateTime.UnixEpoch.AddDays(order.Sent):yyyy-MM-dd}, took {order.LeadTimeAsOf(double.PositiveInfinity):0.0} days")))];
}
