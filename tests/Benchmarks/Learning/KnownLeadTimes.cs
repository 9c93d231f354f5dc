using Platform.Intelligence.Learning.Numerics;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>
/// What was known of lead times on a day: a delivery counts only from its day on, an order on its way counts as
/// "longer than so far" (Kaplan and Meier), never as absent.
/// </summary>
internal sealed class KnownLeadTimes(IReadOnlyList<Shipment> shipments)
{
    // Old habits of a supplier say little; two years are the memory.
    private const double Memory = 730;

    /// <summary>The group's median lead time as of a day and how many deliveries it rests on.</summary>
    public (double Median, int Count) Of(Func<Shipment, bool> isMember, double day)
    {
        var times = new List<(double Time, bool Seen)>();
        foreach (var shipment in shipments)
        {
            if (shipment.Sent >= day)
            {
                break;
            }

            if (shipment.Sent < day - Memory || !isMember(shipment))
            {
                continue;
            }

            var seen = shipment.Delivered < day;
            times.Add((Math.Max(1, seen ? shipment.LeadTime!.Value : day - shipment.Sent), seen));
        }

        return (Median(times), times.Count(item => item.Seen));
    }

    private static double Median(List<(double Time, bool Seen)> times)
    {
        times.Sort(static (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : b.Seen.CompareTo(a.Seen));
        var survival = 1.0;
        for (var i = 0; i < times.Count; i++)
        {
            if (times[i].Seen)
            {
                survival *= 1 - (1.0 / (times.Count - i));
                if (survival <= 0.5)
                {
                    return times[i].Time;
                }
            }
        }

        // More than half are still on their way: the longest so far is the best lower bound.
        return times.Count == 0 ? double.NaN : times[^1].Time;
    }

    /// <summary>Medians of narrowing groups, each leaning on the wider one by <paramref name="strength"/> deliveries, on the log scale.</summary>
    public double Shrunken(Shipment asked, double day, double strength)
    {
        var (whole, _) = Of(static _ => true, day);
        var level = PortableMath.Log(double.IsNaN(whole) ? 90 : whole);
        foreach (var isMember in (Func<Shipment, bool>[])
            [
                other => other.Vendor == asked.Vendor,
                other => other.Vendor == asked.Vendor && other.Site == asked.Site,
                other => other.Vendor == asked.Vendor && other.Country == asked.Country,
            ])
        {
            var (median, count) = Of(isMember, day);
            if (count > 0)
            {
                level = ((count * PortableMath.Log(median)) + (strength * level)) / (count + strength);
            }
        }

        return PortableMath.Exp(level);
    }
}
