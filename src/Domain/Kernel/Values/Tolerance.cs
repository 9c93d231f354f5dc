namespace Platform.Domain.Kernel.Values;

/// <summary>How far an actual quantity may lie from the expected one. The wider of the two limits counts; none means exact.</summary>
public sealed record Tolerance
{
    private Tolerance(decimal? percent, decimal? absolute)
    {
        Percent = percent;
        Absolute = absolute;
    }

    public static Tolerance Exact { get; } = new(percent: null, absolute: null);

    public decimal? Percent { get; }

    public decimal? Absolute { get; }

    public static Result<Tolerance> Create(decimal? percent, decimal? absolute) =>
        percent is < 0m or > 1000m || absolute is < 0m or >= Quantity.Limit
            ? new ToleranceNotValid(percent, absolute)
            : new Tolerance(percent, absolute);

    public decimal Of(decimal expected) =>
        decimal.Max(decimal.Abs(expected) * (Percent ?? 0m) / 100m, Absolute ?? 0m);

    public bool Tolerates(decimal expected, decimal actual) => decimal.Abs(actual - expected) <= Of(expected);
}
