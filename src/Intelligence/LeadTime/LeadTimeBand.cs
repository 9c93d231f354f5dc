using Platform.Intelligence.Learning.Intervals;
using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.LeadTime;

/// <summary>
/// A band of 80 % around forecasts: two one-sided adaptive bands on the log scale, per supplier, leaning on all. A delivery
/// teaches it once it is known.
/// </summary>
internal sealed class LeadTimeBand
{
    // Each side aims a little above 90 %: short lead times become known first, so what is known at any moment looks calmer
    // than it is.
    private static readonly BandPolicy _policy = new(Coverage: 0.92, Step: 0.01, Memory: 400, Shrinkage: 40);

    // Before anything is known, a factor of three either way.
    private const double Unknown = 1.2;

    private readonly AdaptiveBand _above = new(_policy);
    private readonly AdaptiveBand _below = new(_policy);
    private readonly PriorityQueue<(LeadTimeForecast Forecast, double Up, double Down), double> _pending = new();

    /// <summary>Gives each forecast its band, in the order in which they were made, learning from what became known before each.</summary>
    public void Replay(IEnumerable<LeadTimeForecast> forecasts)
    {
        foreach (var forecast in forecasts.OrderBy(one => one.Day))
        {
            Learn(forecast.Day);
            var (up, down) = Set(forecast);
            if (forecast.Order.Delivered?.Since is { } day)
            {
                _pending.Enqueue((forecast, up, down), day);
            }
        }
    }

    /// <summary>Learns from every delivery that was known before the day.</summary>
    public void Learn(double day)
    {
        while (_pending.TryPeek(out var next, out var known) && known < day)
        {
            _pending.Dequeue();
            var took = next.Forecast.Order.LeadTimeAsOf(day)!.Value;
            var error = PortableMath.Log(took) - PortableMath.Log(next.Forecast.Days);
            _above.Observe(next.Forecast.Order.Supplier, error, next.Up);
            _below.Observe(next.Forecast.Order.Supplier, -error, next.Down);
        }
    }

    public (double Up, double Down) Set(LeadTimeForecast forecast)
    {
        var up = Finite(_above.Width(forecast.Order.Supplier));
        var down = Finite(_below.Width(forecast.Order.Supplier));
        forecast.High = forecast.Days * PortableMath.Exp(up);
        forecast.Low = forecast.Days * PortableMath.Exp(-down);
        return (up, down);
    }

    private static double Finite(double width) => double.IsInfinity(width) ? Unknown : width;
}
