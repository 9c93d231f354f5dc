using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Explaining;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.LeadTime;

/// <summary>A forecast made as of a day, by each of its parts and together, in days.</summary>
internal sealed record LeadTimeForecast(SupplyOrder Order, double Day, double Shrunken, double Survival, double Mean)
{
    /// <summary>The mean of the three, never under a day.</summary>
    public double Days => Math.Max(1, (Shrunken + Survival + Mean) / 3);

    /// <summary>Four of five take between low and high; set by the band.</summary>
    public double Low { get; set; }

    public double High { get; set; }
}

/// <summary>
/// What is learnt from everything known on a day: boosting on survival times, where open orders count as "longer than so far",
/// and boosting on the mean, where an open order stands for its expectation.
/// </summary>
internal sealed class LeadTimeLearner
{
    private readonly LeadTimeFeatures _features;
    private readonly Scorer _survival;
    private readonly Scorer _mean;

    private LeadTimeLearner(LeadTimeFeatures features, BoostedModel survival, BoostedModel mean, int rows)
    {
        (_features, SurvivalModel, MeanModel, TrainedOn) = (features, survival, mean, rows);
        (_survival, _mean) = (Scorer.Compile(survival), Scorer.Compile(mean));
    }

    public BoostedModel SurvivalModel { get; }

    public BoostedModel MeanModel { get; }

    public int TrainedOn { get; }

    /// <summary>Learns from the orders that were sent before the day, as they were known on it.</summary>
    public static LeadTimeLearner Fit(
        LeadTimeFeatures features, IReadOnlyList<SupplyOrder> orders, float[][] inputs, double day, CancellationToken ct)
    {
        int[] train = [.. Enumerable.Range(0, orders.Count).Where(i => orders[i].Sent < day)];
        var fit = new Fitting(features, orders, inputs, train, day, ct);
        double[] lasted = [.. train.Select(i => orders[i].LastedAsOf(day))];
        bool[] seen = [.. train.Select(i => orders[i].LeadTimeAsOf(day) is not null)];
        var survival = fit.Boost(new Labels(lasted, seen), new SurvivalLoss(SurvivalDistribution.Logistic, 0.6));
        var scorer = Scorer.Compile(survival);
        double[] expected = [.. train.Select((i, at) => seen[at] ? lasted[at] : Expected(lasted[at], Days(scorer.Margin(inputs[i]))))];
        return new LeadTimeLearner(features, survival, fit.Boost(Labels.Of(expected), new SquaredLoss()), train.Length);
    }

    /// <summary>The same model over another history.</summary>
    public LeadTimeLearner Over(LeadTimeFeatures features) => new(features, SurvivalModel, MeanModel, TrainedOn);

    public LeadTimeForecast Forecast(SupplyOrder order, float[] inputs, double day) => new(
        order, day, _features.Shrunken(order, day), Days(_survival.Margin(inputs)), _mean.Margin(inputs));

    /// <summary>
    /// What each input adds to the forecast, in days; with the base they add up to it exactly. A contribution to the logarithm is
    /// told as its share of the days that all of them make.
    /// </summary>
    public IReadOnlyList<(DeclaredFeature Feature, double Told, double Days)> Explain(
        SupplyOrder order, float[] inputs, double day, out double baseDays)
    {
        var forecast = Forecast(order, inputs, day);
        var (survival, survivalBase) = Contributions(SurvivalModel, inputs);
        var (mean, meanBase) = Contributions(MeanModel, inputs);
        var bias = PortableMath.Exp(Math.Clamp(survivalBase, 0, 7));
        var moved = survival.Sum();
        var whole = _features.GlobalMedian(day) is var median && double.IsNaN(median) ? forecast.Shrunken : median;
        baseDays = (whole + bias + meanBase) / 3;
        var told = new List<(DeclaredFeature Feature, double Told, double Days)>();
        for (var at = 0; at < inputs.Length; at++)
        {
            var days = mean[at] + (Math.Abs(moved) < 1e-9 ? 0 : survival[at] / moved * (forecast.Survival - bias));
            days += string.Equals(_features.Declared[at].Name, "shrunken", StringComparison.Ordinal) ? forecast.Shrunken - whole : 0;
            told.Add((_features.Declared[at], _features.Declared[at].Told(inputs[at]), days / 3));
        }

        return told;
    }

    private static (double[] Features, double Bias) Contributions(BoostedModel model, float[] inputs)
    {
        var all = new double[inputs.Length + 1];
        Explainer.For(model).Explain(inputs, all);
        return (all[..^1], all[^1]);
    }

    /// <summary>A survival margin is the logarithm of days; nobody waits longer than three years.</summary>
    public static double Days(float margin) => PortableMath.Exp(Math.Clamp(margin, 0, 7));

    // The rest of a logistic life beyond what has passed: at least a quarter of the forecast is still to come.
    private static double Expected(double passed, double median) => Math.Max(median, passed + (0.25 * median));

    private sealed record Fitting(
        LeadTimeFeatures Features, IReadOnlyList<SupplyOrder> Orders, float[][] Inputs, int[] Train, double Day, CancellationToken Ct)
    {
        // What is a year and a half old counts half.
        private const double HalfLife = 540;

        public BoostedModel Boost(Labels labels, Loss loss)
        {
            var matrix = new FeatureMatrix(Features.Features, [.. Train.SelectMany(i => Inputs[i])], Train.Length);
            double[] weights = [.. Train.Select(i => Math.Pow(0.5, (Day - Orders[i].Sent) / HalfLife))];
            var options = new BoosterOptions
            {
                Loss = loss, Trees = 60, Depth = 2, Eta = 0.05, MinChildWeight = 20, Lambda = 3, Subsample = 0.7, ColumnSample = 0.7, Seed = 1,
            };
            return Booster.Fit(new LabelledRows(matrix, labels, weights), null, options, new Progress(), Ct).Value;
        }
    }

    private sealed class Progress : IProgress<BoostingRound>
    {
        public void Report(BoostingRound value)
        {
        }
    }
}
