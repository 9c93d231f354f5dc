namespace Platform.Intelligence.Learning.Detecting;

/// <summary>Which way a stream drifted.</summary>
internal enum DriftKind
{
    Longer,
    Shorter,
    Wider,
}

internal sealed record DetectedDrift(DriftKind Kind, int Onset, int Detected, double Size);

/// <summary>
/// Watches one stream of standardised residuals for its mean, up and down, and for its spread: |residual| against the
/// mean absolute value it had in control. The three share one false-alarm budget evenly.
/// </summary>
internal sealed class DriftDetectors
{
    // Tuned to a shift of one standard deviation: half of it is the classical slack.
    private const double Slack = 0.5;
    private const double Winsor = 3;

    private readonly Cusum _longer;
    private readonly Cusum _shorter;
    private readonly Cusum _wider;
    private readonly double _spreadMean;
    private readonly double _spreadDeviation;

    private DriftDetectors(CusumPolicy up, CusumPolicy down, CusumPolicy wide, double spreadMean, double spreadDeviation)
    {
        _longer = new Cusum(up);
        _shorter = new Cusum(down);
        _wider = new Cusum(wide);
        _spreadMean = spreadMean;
        _spreadDeviation = spreadDeviation;
    }

    public static Func<DriftDetectors> For(FalseAlarmBudget budget, double[] inControl)
    {
        var share = budget with { Chance = budget.Chance / 3 };
        double[] sizes = [.. inControl.Select(residual => Math.Min(Math.Abs(residual), Winsor))];
        var mean = sizes.Average();
        var deviation = Math.Max(1e-9, Math.Sqrt(sizes.Average(size => (size - mean) * (size - mean))));
        var up = share.Limit(Slack, Winsor, inControl);
        var down = share.Limit(Slack, Winsor, [.. inControl.Select(residual => -residual)]);
        var wide = share.Limit(Slack, Winsor, [.. sizes.Select(size => (size - mean) / deviation)]);
        return () => new DriftDetectors(up, down, wide, mean, deviation);
    }

    /// <summary>The first drift that this residual completes, if any.</summary>
    public DetectedDrift? Observe(double residual)
    {
        var size = (Math.Min(Math.Abs(residual), Winsor) - _spreadMean) / _spreadDeviation;
        var longer = _longer.Observe(residual);
        var shorter = _shorter.Observe(-residual);
        var wider = _wider.Observe(size);
        return longer is not null ? Report(DriftKind.Longer, longer, longer.Size)
            : shorter is not null ? Report(DriftKind.Shorter, shorter, -shorter.Size)
            : wider is not null ? Report(DriftKind.Wider, wider, wider.Size)
            : null;
    }

    private static DetectedDrift Report(DriftKind kind, Drift drift, double size) =>
        new(kind, drift.Onset, drift.Detected, size);
}
