using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Intervals;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>A forecast made on the day an order was sent, and what became of it.</summary>
internal sealed record Forecast(
    Shipment Shipment, double Global, double Vendor, double Shrunken, double Boosted, double Mean, double Ours)
{
    public double Low { get; set; }

    public double High { get; set; }
}

/// <summary>
/// Lead times of SCMS, retrained at the start of each quarter on what was known that day: deliveries that had
/// happened, and orders on their way as censored. Forecasts are made when an order is sent; the band adapts as
/// deliveries become known.
/// </summary>
internal sealed class LeadTimeProof
{
    private const int FirstYear = 2009;

    private readonly IReadOnlyList<Shipment> _shipments;
    private readonly LeadTimeFeatures _features;
    private readonly float[][] _inputs;

    public LeadTimeProof(IReadOnlyList<Shipment> shipments)
    {
        _shipments = shipments;
        _features = new LeadTimeFeatures(shipments);
        _inputs = new float[shipments.Count][];
        Parallel.For(0, shipments.Count, i => _inputs[i] = _features.Of(shipments[i]));
    }

    public IReadOnlyList<Forecast> Run()
    {
        var forecasts = new List<Forecast>();
        var last = _shipments[^1].Sent;
        for (var start = new DateTime(FirstYear, 1, 1); (start - DateTime.UnixEpoch).TotalDays <= last; start = start.AddMonths(3))
        {
            var from = (start - DateTime.UnixEpoch).TotalDays;
            var to = (start.AddMonths(3) - DateTime.UnixEpoch).TotalDays;
            forecasts.AddRange(Quarter(from, to));
        }

        Band(forecasts);
        return forecasts;
    }

    private Forecast[] Quarter(double from, double to)
    {
        int[] train = [.. Enumerable.Range(0, _shipments.Count).Where(i => _shipments[i].Sent < from)];
        int[] test = [.. Enumerable.Range(0, _shipments.Count).Where(i => _shipments[i].Sent >= from && _shipments[i].Sent < to)];
        if (test.Length == 0)
        {
            return [];
        }

        var survival = Fit(train, from, new SurvivalLoss(SurvivalDistribution.Logistic, 0.6));
        var squared = FitMean(train, from, survival);
        return [.. test.Select(i =>
        {
            var shipment = _shipments[i];
            var shrunken = _features.Shrunken(shipment);
            var boosted = PortableMath.Exp(Clamp(survival.Margin(_inputs[i])));
            var mean = squared.Margin(_inputs[i]);
            var ours = (shrunken + boosted + mean) / 3;
            return new Forecast(shipment, _features.GlobalMedian(shipment), Or(_features.VendorMedian(shipment).Median, shrunken), shrunken, boosted, mean, Math.Max(1, ours));
        })];
    }

    private Scorer Fit(int[] train, double day, Loss loss)
    {
        double[] times = [.. train.Select(i => Math.Max(1, Known(i, day) ? _shipments[i].LeadTime!.Value : day - _shipments[i].Sent))];
        bool[] seen = [.. train.Select(i => Known(i, day))];
        return Compile(train, new Labels(times, seen), day, loss);
    }

    /// <summary>The mean in days. An open order stands for its expectation given how long it has lasted.</summary>
    private Scorer FitMean(int[] train, double day, Scorer survival)
    {
        double[] times = [.. train.Select(i => Known(i, day)
            ? Math.Max(1, _shipments[i].LeadTime!.Value)
            : Expected(day - _shipments[i].Sent, PortableMath.Exp(Clamp(survival.Margin(_inputs[i])))))];
        return Compile(train, Labels.Of(times), day, new SquaredLoss());
    }

    private Scorer Compile(int[] train, Labels labels, double day, Loss loss)
    {
        var matrix = new FeatureMatrix(_features.Features, [.. train.SelectMany(i => _inputs[i])], train.Length);
        double[] weights = [.. train.Select(i => Math.Pow(0.5, (day - _shipments[i].Sent) / 540))];
        var options = new BoosterOptions
        {
            Loss = loss, Trees = 60, Depth = 2, Eta = 0.05, MinChildWeight = 20, Lambda = 3, Subsample = 0.7, ColumnSample = 0.7, Seed = 1,
        };
        return Scorer.Compile(Booster.Fit(new LabelledRows(matrix, labels, weights), null, options, new Silent(), CancellationToken.None).Value);
    }

    // The rest of a logistic life beyond what has passed: at least a quarter of the forecast is still to come.
    private static double Expected(double passed, double median) => Math.Max(median, passed + (0.25 * median));

    /// <summary>An adaptive band on the log scale, per supplier with shrinkage; an outcome teaches it from its day on.</summary>
    private static void Band(List<Forecast> forecasts)
    {
        // Two one-sided bands. Each aims a little above 90 %: short lead times become known first, so what is known at
        // any moment looks calmer than it is.
        var policy = new BandPolicy(Coverage: 0.92, Step: 0.01, Memory: 400, Shrinkage: 40);
        AdaptiveBand above = new(policy), below = new(policy);
        var pending = new PriorityQueue<(Forecast Forecast, double Up, double Down), double>();
        foreach (var forecast in forecasts.OrderBy(forecast => forecast.Shipment.Sent))
        {
            while (pending.TryPeek(out var next, out var day) && day < forecast.Shipment.Sent)
            {
                pending.Dequeue();
                var error = Error(next.Forecast);
                above.Observe(next.Forecast.Shipment.Vendor, error, next.Up);
                below.Observe(next.Forecast.Shipment.Vendor, -error, next.Down);
            }

            var up = Finite(above.Width(forecast.Shipment.Vendor));
            var down = Finite(below.Width(forecast.Shipment.Vendor));
            forecast.High = forecast.Ours * PortableMath.Exp(up);
            forecast.Low = forecast.Ours * PortableMath.Exp(-down);
            if (forecast.Shipment.Delivered is { } delivered)
            {
                pending.Enqueue((forecast, up, down), delivered);
            }
        }
    }

    private static double Error(Forecast forecast) =>
        PortableMath.Log(Math.Max(1, forecast.Shipment.LeadTime!.Value)) - PortableMath.Log(forecast.Ours);

    // Before anything is known, a factor of three either way.
    private static double Finite(double width) => double.IsInfinity(width) ? 1.2 : width;

    private static double Or(double value, double otherwise) => double.IsNaN(value) ? otherwise : value;

    private static double Clamp(float margin) => Math.Clamp(margin, 0, 7);

    private bool Known(int i, double day) => _shipments[i].Delivered < day;
}
