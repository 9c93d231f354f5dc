using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.LeadTime;

/// <summary>
/// What was known of lead times on a day: a delivery counts only once it is known, an order on its way counts as "longer
/// than so far" (Kaplan and Meier), never as absent.
/// </summary>
internal sealed class KnownLeadTimes
{
    // Old habits of a supplier say little; two years are the memory, and so many orders are enough of a group.
    private const double Memory = 730;
    private const int Most = 4_000;
    private const string Everybody = "";

    private readonly Dictionary<string, List<SupplyOrder>> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<double, (double Median, int Count)> _whole = [];
    private readonly Lock _gate = new();

    public KnownLeadTimes(IReadOnlyList<SupplyOrder> bySent)
    {
        foreach (var order in bySent)
        {
            Add(Everybody, order);
            Add(Supplier(order), order);
            for (var level = 0; level < order.Groups.Count; level++)
            {
                Add(Group(order, level), order);
                Add(Supplier(order) + Group(order, level), order);
            }
        }
    }

    public (double Median, int Count) OfAll(double day)
    {
        lock (_gate)
        {
            if (_whole.TryGetValue(day, out var known))
            {
                return known;
            }
        }

        var found = Of(Everybody, day);
        lock (_gate)
        {
            return _whole[day] = found;
        }
    }

    public (double Median, int Count) OfSupplier(SupplyOrder asked, double day) => Of(Supplier(asked), day);

    public (double Median, int Count) OfGroup(SupplyOrder asked, int level, double day) => Of(Group(asked, level), day);

    /// <summary>The group's orders sent before the day, the earliest first.</summary>
    public IEnumerable<SupplyOrder> BySupplier(SupplyOrder asked, double day) => Before(Supplier(asked), day);

    public IEnumerable<SupplyOrder> All(double day) => Before(Everybody, day);

    /// <summary>
    /// Medians of narrowing groups, each leaning on the wider one by <paramref name="strength"/> deliveries, on the log
    /// scale: everybody, the supplier, the supplier in each of its groups.
    /// </summary>
    public double Shrunken(SupplyOrder asked, double day, double strength)
    {
        var (whole, _) = OfAll(day);
        var level = PortableMath.Log(double.IsNaN(whole) ? 90 : whole);
        IEnumerable<string> narrowing =
            [Supplier(asked), .. Enumerable.Range(0, asked.Groups.Count).Select(group => Supplier(asked) + Group(asked, group))];
        foreach (var group in narrowing)
        {
            var (median, count) = Of(group, day);
            if (count > 0)
            {
                level = ((count * PortableMath.Log(median)) + (strength * level)) / (count + strength);
            }
        }

        return PortableMath.Exp(level);
    }

    private (double Median, int Count) Of(string group, double day)
    {
        if (!_groups.TryGetValue(group, out var orders))
        {
            return (double.NaN, 0);
        }

        var times = new List<(double Time, bool Seen)>();
        for (var at = Sent(orders, day) - 1; at >= 0 && times.Count < Most && orders[at].Sent >= day - Memory; at--)
        {
            times.Add((orders[at].LastedAsOf(day), orders[at].LeadTimeAsOf(day) is not null));
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

    private static int Sent(List<SupplyOrder> orders, double day)
    {
        var (low, high) = (0, orders.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = orders[middle].Sent < day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static string Supplier(SupplyOrder order) => $"s {order.Supplier}";

    private static string Group(SupplyOrder order, int level) => $" {level} {order.Groups[level]}";

    private IEnumerable<SupplyOrder> Before(string group, double day) =>
        _groups.TryGetValue(group, out var orders) ? orders.Take(Sent(orders, day)) : [];

    private void Add(string group, SupplyOrder order)
    {
        if (!_groups.TryGetValue(group, out var orders))
        {
            _groups.Add(group, orders = []);
        }

        orders.Add(order);
    }
}
