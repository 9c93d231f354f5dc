using System.Security.Cryptography;
using System.Text;
using Platform.Intelligence.Learning.Detecting;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.XgboostFormat;

namespace Platform.Intelligence.LeadTime;

/// <summary>How well the model does on deliveries it had not seen, beside the supplier's median on the same.</summary>
internal sealed record LeadTimeQuality(int MeasuredOn, double Error, double RuleError, double Coverage, double PopulationDrift);

/// <summary>
/// What scores: a model that was learnt as of a day, where it is better than the rule behind it, or the rule alone. Which of them,
/// and why, is said.
/// </summary>
internal sealed class LeadTimeScores
{
    /// <summary>Fewer orders teach nothing that the supplier's median does not say.</summary>
    public const int LeastOrders = 300;

    // Each quarter of the last year is forecast by what was known at its start.
    private const int Quarters = 4;
    private const double Quarter = 91;

    private const string RuleVersion = "rule-1";
    private const string Rule = "median of the supplier's orders in two years; since a change, mean of the deliveries after it";

    private readonly LeadTimeFeatures _features;
    private readonly LeadTimeLearner? _learner;
    private readonly LeadTimeBand _band;

    private LeadTimeScores(LeadTimeFeatures features, LeadTimeLearner? learner, LeadTimeBand band)
    {
        (_features, _learner, _band) = (features, learner, band);
    }

    public LeadTimeQuality? Quality { get; private init; }

    public required bool IsServing { get; init; }

    public bool IsSuspended { get; private init; }

    public required string Why { get; init; }

    public required string Version { get; init; }

    public required string Hash { get; init; }

    public required double TrainedOnDay { get; init; }

    public int TrainedOn => _learner?.TrainedOn ?? 0;

    public LeadTimeFeatures Features => _features;

    /// <summary>Learns as of a day and measures itself on the quarters before it; it serves only where it beats the rule.</summary>
    public static LeadTimeScores Learn(IReadOnlyList<SupplyOrder> orders, double day, CancellationToken ct)
    {
        var features = new LeadTimeFeatures(LeadTimeShape.Purchasing, orders);
        var delivered = orders.Count(order => order.DeliveredAsOf(day) is not null);
        if (delivered < LeastOrders)
        {
            return OnRules(features, day, $"{delivered} deliveries are known; a model is learnt from {LeastOrders} on.");
        }

        var inputs = LeadTimeBacktest.Inputs(features, orders);
        var windows = Enumerable.Range(0, Quarters)
            .Select(back => (From: day - ((Quarters - back) * Quarter), To: day - ((Quarters - back - 1) * Quarter)))
            .Where(window => orders.Count(order => order.LeadTimeAsOf(window.From) is not null) >= LeastOrders / 2)
            .ToList();
        var forecasts = LeadTimeBacktest.Run(features, orders, inputs, windows, ct);
        var band = new LeadTimeBand();
        band.Replay(forecasts);
        band.Learn(day);
        if (Measure(features, orders, inputs, forecasts, day) is not { } quality)
        {
            return OnRules(features, day, "Too few deliveries of the last year are known to measure a model on.");
        }

        var learner = LeadTimeLearner.Fit(features, orders, inputs, day, ct);
        var isSuspended = quality.MeasuredOn >= 100 && quality.Coverage is < 0.65 or > 0.95;
        return new LeadTimeScores(features, learner, band)
        {
            Quality = quality,
            IsSuspended = isSuspended,
            IsServing = !isSuspended && quality.Error <= quality.RuleError,
            Why = Judge(quality, isSuspended),
            Version = VersionOf(day, learner),
            Hash = HashOf(learner),
            TrainedOnDay = day,
        };
    }

    /// <summary>How long an order like this one takes that is sent on the day, with its band.</summary>
    public LeadTimeForecast? Forecast(SupplyOrder like, double day)
    {
        if (!IsServing)
        {
            return null;
        }

        var forecast = _learner!.Forecast(like, _features.Of(like, day), day);
        _band.Set(forecast);
        return forecast;
    }

    /// <summary>The same model over what is known since.</summary>
    public LeadTimeScores Over(IReadOnlyList<SupplyOrder> orders)
    {
        var features = _features.With(orders);
        return new LeadTimeScores(features, _learner?.Over(features), _band)
        {
            Quality = Quality, IsServing = IsServing, IsSuspended = IsSuspended, Why = Why, Version = Version, Hash = Hash, TrainedOnDay = TrainedOnDay,
        };
    }

    public IReadOnlyList<(DeclaredFeature Feature, double Told, double Days)> Explain(SupplyOrder like, double day, out double baseDays) =>
        _learner!.Explain(like, _features.Of(like, day), day, out baseDays);

    private static LeadTimeScores OnRules(LeadTimeFeatures features, double day, string why) => new(features, learner: null, new LeadTimeBand())
    {
        IsServing = false,
        Why = why,
        Version = RuleVersion,
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rule))),
        TrainedOnDay = day,
    };

    private static string Judge(LeadTimeQuality quality, bool isSuspended) => FormattableString.Invariant(
        $"On {quality.MeasuredOn} deliveries it had not seen it was off by {quality.Error:0.0} days, the supplier's median by {quality.RuleError:0.0}; {(isSuspended ? $"its band covered {quality.Coverage:P0} instead of 80 %: it is suspended" : quality.Error <= quality.RuleError ? $"its band covered {quality.Coverage:P0}" : "the rule is better and speaks")}.");

    private static LeadTimeQuality? Measure(
        LeadTimeFeatures features, IReadOnlyList<SupplyOrder> orders, float[][] inputs, IReadOnlyList<LeadTimeForecast> forecasts, double day)
    {
        LeadTimeForecast[] known = [.. forecasts.Where(one => one.Order.LeadTimeAsOf(day) is not null)];
        if (known.Length < 50)
        {
            return null;
        }

        double[] actual = [.. known.Select(one => one.Order.LeadTimeAsOf(day)!.Value)];
        double[] rule = [.. known.Select(one => features.SupplierMedian(one.Order, one.Day).Median is var median && double.IsNaN(median) ? one.Shrunken : median)];
        return new LeadTimeQuality(
            known.Length,
            Errors.MeanAbsolute([.. known.Select(one => one.Days)], actual),
            Errors.MeanAbsolute(rule, actual),
            Errors.Coverage([.. known.Select(one => one.Low)], [.. known.Select(one => one.High)], actual),
            Moved(features, orders, inputs, day));
    }

    /// <summary>The index of the input of the order itself that moved most between the last quarter and the year before.</summary>
    private static double Moved(LeadTimeFeatures features, IReadOnlyList<SupplyOrder> orders, float[][] inputs, double day)
    {
        int[] late = [.. Enumerable.Range(0, orders.Count).Where(i => orders[i].Sent >= day - Quarter)];
        int[] before = [.. Enumerable.Range(0, orders.Count).Where(i => orders[i].Sent < day - Quarter && orders[i].Sent >= day - (5 * Quarter))];
        return late.Length < 30 || before.Length < 30
            ? 0
            : features.Declared.Select((declared, at) => (declared, at))
                .Where(one => one.declared is { Since: Clock.OrderSent, Name: not "month" })
                .Max(one => Population.StabilityIndex([.. before.Select(i => inputs[i][one.at])], [.. late.Select(i => inputs[i][one.at])]));
    }

    private static string VersionOf(double day, LeadTimeLearner learner) =>
        FormattableString.Invariant($"{DateTime.UnixEpoch.AddDays(day):yyyyMMdd}-{HashOf(learner)[..7]}");

    private static string HashOf(LeadTimeLearner learner) => Convert.ToHexStringLower(
        SHA256.HashData([.. ModelWriter.Write(learner.SurvivalModel), .. ModelWriter.Write(learner.MeanModel)]));
}
