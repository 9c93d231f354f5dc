using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.LeadTime;

/// <summary>One input of the forecast: what it is called, since when it is known, and in which unit.</summary>
/// <param name="Name">As in the model's file.</param>
/// <param name="Since">When it becomes known.</param>
/// <param name="Unit">In which it is told to people.</param>
/// <param name="Says">What it is, in planners' words.</param>
/// <param name="IsLog">Whether the model sees its logarithm.</param>
internal sealed record DeclaredFeature(string Name, Clock Since, string Unit, string Says, bool IsLog)
{
    /// <summary>The value as people know it.</summary>
    public double Told(float value) => IsLog && !float.IsNaN(value) ? PortableMath.Exp(value) : value;
}

/// <summary>
/// The inputs of one order on the day it is sent. Everything historical is asked of <see cref="KnownLeadTimes"/> for that
/// day, in training as in scoring: there is one definition.
/// </summary>
internal sealed class LeadTimeFeatures
{
    private const double Memory = 730;
    private const double Strength = 8;
    private const int Few = 5;
    private const int Many = 60;

    private readonly KnownLeadTimes _known;
    private readonly Dictionary<double, double> _recentOfAll = [];
    private readonly Dictionary<string, int>[] _codes;
    private readonly Lock _gate = new();

    public LeadTimeFeatures(LeadTimeShape shape, IReadOnlyList<SupplyOrder> bySent)
        : this(
            shape,
            bySent,
            [
                .. Declare(shape).SkipLast(shape.Words.Count).Select(feature => Feature.Number(feature.Name)),
                .. shape.Words.Select((name, at) => Category(bySent, name, at)),
            ])
    {
    }

    private LeadTimeFeatures(LeadTimeShape shape, IReadOnlyList<SupplyOrder> bySent, IReadOnlyList<Feature> features)
    {
        Shape = shape;
        Declared = Declare(shape);
        Features = features;
        _known = new KnownLeadTimes(bySent);
        _codes = [.. features.TakeLast(shape.Words.Count).Select(feature => feature.Categories!
            .Select((word, code) => (word, code)).ToDictionary(one => one.word, one => one.code, StringComparer.Ordinal))];
    }

    public LeadTimeShape Shape { get; }

    public IReadOnlyList<DeclaredFeature> Declared { get; }

    public IReadOnlyList<Feature> Features { get; }

    /// <summary>Every feature of a shape, with its clock.</summary>
    public static IReadOnlyList<DeclaredFeature> Declare(LeadTimeShape shape) =>
    [
        Past("shrunken", "days", "median of the supplier, its items and sites, leaning on all suppliers", isLog: true),
        Past("supplier_median", "days", "median of the supplier's orders in two years", isLog: true),
        Past("supplier_count", "deliveries", "deliveries of the supplier in two years", isLog: false),
        .. shape.Groups.Select(group => Past($"{group}_median", "days", $"median of the {group} over all suppliers", isLog: true)),
        Past("supplier_recent", "days", "mean of the supplier's last five deliveries", isLog: true),
        Past("supplier_open", "orders", "orders of the supplier on their way", isLog: false),
        Past("supplier_open_age", "days", "mean age of the supplier's orders on their way", isLog: false),
        .. shape.Amounts.Select(amount => Own(amount.Name, amount.Unit, $"{amount.Name.Replace('_', ' ')} of the order", amount.IsLog)),
        Own("month", "month", "month of the order", isLog: false),
        Past("all_recent", "days", "mean of the last sixty deliveries of all suppliers", isLog: true),
        .. shape.Words.Select(word => Own(word, "word", word.Replace('_', ' '), isLog: false)),
    ];

    /// <summary>The same definitions over another history.</summary>
    public LeadTimeFeatures With(IReadOnlyList<SupplyOrder> bySent) => new(Shape, bySent, Features);

    /// <summary>The shrunken median, which is also the forecast to beat.</summary>
    public double Shrunken(SupplyOrder asked, double day) => _known.Shrunken(asked, day, Strength);

    public (double Median, int Count) SupplierMedian(SupplyOrder asked, double day) => _known.OfSupplier(asked, day);

    public double GlobalMedian(double day) => _known.OfAll(day).Median;

    /// <summary>The inputs on the day it is sent.</summary>
    public float[] Of(SupplyOrder asked) => Of(asked, asked.Sent);

    /// <summary>The inputs as of a day, for what would be sent then.</summary>
    public float[] Of(SupplyOrder asked, double day)
    {
        var (median, count) = _known.OfSupplier(asked, day);
        SupplyOrder[] open = [.. _known.BySupplier(asked, day)
            .Where(other => other.DeliveredAsOf(day) is null && other.Ended?.AsOf(day) is null && other.Sent > day - Memory)];
        return
        [
            Log(Shrunken(asked, day)), Log(median), count,
            .. Enumerable.Range(0, Shape.Groups.Count).Select(level => Log(_known.OfGroup(asked, level, day).Median)),
            Log(Recent(asked, day)), open.Length, open.Length == 0 ? float.NaN : (float)open.Average(other => day - other.Sent),
            .. Shape.Amounts.Select((amount, at) => amount.IsLog ? Log(asked.Amounts[at]) : (float)asked.Amounts[at]),
            DateTime.UnixEpoch.AddDays(day).Month, Log(RecentOfAll(day)),
            .. asked.Words.Select((word, at) => _codes[at].TryGetValue(word, out var code) ? code : float.NaN),
        ];
    }

    private static DeclaredFeature Past(string name, string unit, string says, bool isLog) => new(name, Clock.ReceiptRecorded, unit, says, isLog);

    private static DeclaredFeature Own(string name, string unit, string says, bool isLog) => new(name, Clock.OrderSent, unit, says, isLog);

    // The mean of the last deliveries of the supplier, by the day they arrived.
    private double Recent(SupplyOrder asked, double day) => Mean(_known.BySupplier(asked, day), day, Few);

    private double RecentOfAll(double day)
    {
        lock (_gate)
        {
            if (!_recentOfAll.TryGetValue(day, out var mean))
            {
                _recentOfAll.Add(day, mean = Mean(_known.All(day), day, Many));
            }

            return mean;
        }
    }

    private static double Mean(IEnumerable<SupplyOrder> orders, double day, int count)
    {
        double[] last = [.. orders.Where(other => other.DeliveredAsOf(day) is not null)
            .OrderByDescending(other => other.DeliveredAsOf(day)).Take(count).Select(other => other.LeadTimeAsOf(day)!.Value)];
        return last.Length == 0 ? double.NaN : last.Average();
    }

    private static Feature Category(IReadOnlyList<SupplyOrder> orders, string name, int at) => new(
        name,
        [.. orders.Select(order => order.Words[at]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(FeatureMatrix.MaxCategories)]);

    private static float Log(double value) => double.IsNaN(value) ? float.NaN : (float)PortableMath.Log(Math.Max(1, value));
}
