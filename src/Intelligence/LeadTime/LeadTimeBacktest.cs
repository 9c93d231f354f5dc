namespace Platform.Intelligence.LeadTime;

/// <summary>
/// Forecasts as they would have been made: at the start of each window everything is learnt anew from what was known that day,
/// orders of the window are forecast when they are sent, and the band learns as deliveries become known.
/// </summary>
internal static class LeadTimeBacktest
{
    public static IReadOnlyList<LeadTimeForecast> Run(
        LeadTimeFeatures features, IReadOnlyList<SupplyOrder> orders, float[][] inputs, IReadOnlyList<(double From, double To)> windows,
        CancellationToken ct)
    {
        var forecasts = new List<LeadTimeForecast>();
        foreach (var (from, to) in windows)
        {
            int[] asked = [.. Enumerable.Range(0, orders.Count).Where(i => orders[i].Sent >= from && orders[i].Sent < to)];
            if (asked.Length > 0)
            {
                var learner = LeadTimeLearner.Fit(features, orders, inputs, from, ct);
                forecasts.AddRange(asked.Select(i => learner.Forecast(orders[i], inputs[i], orders[i].Sent)));
            }
        }

        return forecasts;
    }

    /// <summary>The inputs of every order on its own day.</summary>
    public static float[][] Inputs(LeadTimeFeatures features, IReadOnlyList<SupplyOrder> orders)
    {
        var inputs = new float[orders.Count][];
        Parallel.For(0, orders.Count, i => inputs[i] = features.Of(orders[i]));
        return inputs;
    }
}
